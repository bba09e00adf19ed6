/// A handler that adds the cells of a worksheet to a batch of rows.
///
/// Source: ECMA-376, part 1, 18.3.1.80 (sheetData), 18.3.1.73 (row), 18.3.1.4 (c).
final class SheetCells: XMLHandler {
  private enum Kind { case number, boolean, shared, text }

  var batch: RowBatch
  private let shared: SharedTexts?
  private(set) var row = 0
  private var column = 0
  private var kind = Kind.number
  private var value = ByteBuffer()

  private var isInSheetData = false
  private var isInRow = false
  private var isInCell = false
  private var isInInlineText = false
  private var hasInlineText = false
  private var isInRun = false
  private var isCollecting = false
  private var hasStartedRow = false
  private var rowsSeen = 0
  private var rowBytes = 0

  /// The maximum number of rows in a worksheet.
  private static let maxRows = 1 << 20
  /// The maximum number of columns in a worksheet.
  private static let maxColumns = 1 << 14
  /// The maximum length of the text of a spreadsheet cell in characters, and in bytes before it is decoded.
  private static let maxCharacters = 32_767
  static let maxTextLength = 1 << 17
  static let tooLong = "a text of more than 32,767 characters, the most that a cell can hold"
  private static let maxRowLength = 1 << 24
  /// The number of cells at which a batch is returned, at the end of a row.
  private static let batchCells = 1 << 14
  private static let batchBytes = 1 << 18

  init(shared: SharedTexts?, batch: RowBatch) {
    self.shared = shared
    self.batch = batch
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    switch depth {
    case 5 where isInCell:
      startInCell(name)
    case 4 where isInRow:
      isInCell = name.bytes.equals("c")
      if isInCell { startCell(attributes) }
    case 3 where isInSheetData:
      isInRow = name.bytes.equals("row")
      if isInRow { startRow(attributes) }
    case 2: isInSheetData = name.bytes.equals("sheetData")
    case 6 where isInInlineText:
      isInRun = name.bytes.equals("r")
      isCollecting = name.bytes.equals("t")
    case 7 where isInInlineText: isCollecting = isInRun && name.bytes.equals("t")
    default: break
    }
  }

  override func end(_ name: XMLName) {
    switch depth {
    case 5...7: isCollecting = false
    case 4 where isInCell:
      isInCell = false
      isInInlineText = false
      finishCell()
    case 3 where isInRow:
      isInRow = false
      if batch.cells.count >= SheetCells.batchCells || batch.count >= SheetCells.batchBytes {
        request = .pause
      }
    case 2: isInSheetData = false
    default: break
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isCollecting else { return }
    value.append(bytes)
    if value.count > SheetCells.maxTextLength { refuse("row \(row) has \(SheetCells.tooLong)") }
  }

  /// Returns whether a text is longer than that of a spreadsheet cell can be.
  static func isTooLong(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count > maxCharacters && text.count { $0 & 0xC0 != 0x80 } > maxCharacters
  }

  /// Begins an element of a cell. Some writers give a value beside its text; the cell shows
  /// the text.
  private func startInCell(_ name: XMLName) {
    isCollecting = name.bytes.equals("v") && !hasInlineText
    isInInlineText = name.bytes.equals("is")
    guard isInInlineText else { return }
    hasInlineText = true
    value.truncate(to: 0)
  }

  private func startRow(_ attributes: XMLAttributes) {
    rowsSeen += 1
    if rowsSeen > SheetCells.maxRows { refuse("it has more rows than a sheet can have") }
    var number = row + 1
    for (name, value) in attributes where name.bytes.equals("r") {
      number = SheetCells.wholeNumber(value) ?? 0
    }
    guard row < number, number <= SheetCells.maxRows else {
      return refuse("the row after row \(row) has a number that is out of order or beyond the last")
    }
    row = number
    column = -1
    rowBytes = 0
    hasStartedRow = false
  }

  private func startCell(_ attributes: XMLAttributes) {
    kind = .number
    hasInlineText = false
    value.truncate(to: 0)
    var found = column + 1
    for (name, value) in attributes where !name.hasPrefix && name.bytes.count == 1 {
      switch name.bytes[0] {
      case UInt8(ascii: "r"): found = SheetCells.column(ofCell: value) ?? -1
      case UInt8(ascii: "t"): kind = SheetCells.kind(value)
      default: break
      }
    }
    guard column < found, found < SheetCells.maxColumns else {
      return refuse("row \(row) has a cell that is out of order, repeated or beyond the last column")
    }
    column = found
  }

  private func finishCell() {
    guard value.count > 0, request == .proceed else { return }
    guard column < RowBatch.maxCells else {
      // Below the header, a cell without a header belongs to no column.
      if row <= RowBatch.maxHeaderRows { refuse("row \(row) has \(RowBatch.maxCells) columns or more") }
      return
    }
    if !hasStartedRow {
      batch.startRow(row)
      hasStartedRow = true
    }
    rowBytes += value.count
    if rowBytes > SheetCells.maxRowLength { return refuse("row \(row) is longer than 16 MB") }
    switch kind {
    case .number: batch.add(value.bytes, column: column)
    case .text:
      EscapedText.decode(&value, from: 0)
      if SheetCells.isTooLong(value.bytes) { return refuse("row \(row) has \(SheetCells.tooLong)") }
      batch.add(value.bytes, column: column)
    case .boolean:
      let isTrue = value.bytes.equals("1") || value.bytes.equals("true")
      value.truncate(to: 0)
      value.append(isTrue ? "TRUE" : "FALSE")
      batch.add(value.bytes, column: column)
    case .shared: addShared()
    }
  }

  private func addShared() {
    guard let number = SheetCells.wholeNumber(value.bytes.trimmed), let range = shared?.range(of: number)
    else {
      return refuse("row \(row) refers to a text that the workbook does not have")
    }
    rowBytes += range.count
    if rowBytes > SheetCells.maxRowLength { return refuse("row \(row) is longer than 16 MB") }
    batch.addShared(range, column: column)
  }

  /// Returns the kind of a cell. Dates (`d`) and errors (`e`) are kept as written, like numbers.
  private static func kind(_ type: UnsafeBufferPointer<UInt8>) -> Kind {
    if type.equals("s") { return .shared }
    if type.equals("b") { return .boolean }
    return type.equals("str") || type.equals("inlineStr") ? .text : .number
  }

  /// Returns the number, or `nil` if the bytes are not a whole number of at most nine digits.
  @inline(__always) private static func wholeNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard 1...9 ~= bytes.count else { return nil }
    var number = 0
    for byte in bytes {
      guard let digit = byte.digit else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// Returns the column of a reference such as `AB12`, counted from 0, or `nil` if it names none.
  @inline(__always) private static func column(ofCell reference: UnsafeBufferPointer<UInt8>) -> Int? {
    var column = 0
    for byte in reference.prefix(4) {
      let letter = byte.uppercased &- UInt8(ascii: "A")
      guard letter < 26 else { break }
      column = column * 26 + Int(letter) + 1
    }
    return column == 0 ? nil : column - 1
  }
}
