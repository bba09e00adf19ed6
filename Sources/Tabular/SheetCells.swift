/// The cells of a worksheet, from the events of its XML into a batch of rows.
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

  /// Rows a worksheet can have.
  private static let mostRows = 1 << 20
  /// Columns a worksheet can have.
  private static let mostColumns = 1 << 14
  /// Unit: bytes; a spreadsheet cell holds 32,767 characters.
  private static let longestText = 1 << 17
  private static let longestRow = 1 << 24
  /// A batch that holds more cells or bytes is given out at the end of its row.
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
      isInCell = name.bytes.says("c")
      if isInCell { startCell(attributes) }
    case 3 where isInSheetData:
      isInRow = name.bytes.says("row")
      if isInRow { startRow(attributes) }
    case 2: isInSheetData = name.bytes.says("sheetData")
    case 6 where isInInlineText:
      isInRun = name.bytes.says("r")
      isCollecting = name.bytes.says("t")
    case 7 where isInInlineText: isCollecting = isInRun && name.bytes.says("t")
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
    if value.count > SheetCells.longestText { refuse("row \(row) has a text longer than 128 KB") }
  }

  /// Some writers give a value beside the text it stands for: the text is what the cell shows.
  private func startInCell(_ name: XMLName) {
    isCollecting = name.bytes.says("v") && !hasInlineText
    isInInlineText = name.bytes.says("is")
    guard isInInlineText else { return }
    hasInlineText = true
    value.cut(to: 0)
  }

  private func startRow(_ attributes: XMLAttributes) {
    rowsSeen += 1
    if rowsSeen > SheetCells.mostRows { refuse("it has more rows than a sheet can have") }
    var number = row + 1
    for (name, value) in attributes where name.bytes.says("r") { number = SheetCells.wholeNumber(value) ?? 0 }
    guard row < number, number <= SheetCells.mostRows else {
      return refuse("the row behind row \(row) has a number that is out of order or beyond the last")
    }
    row = number
    column = -1
    rowBytes = 0
    hasStartedRow = false
  }

  private func startCell(_ attributes: XMLAttributes) {
    kind = .number
    hasInlineText = false
    value.cut(to: 0)
    var found = column + 1
    for (name, value) in attributes where !name.hasPrefix && name.bytes.count == 1 {
      switch name.bytes[0] {
      case UInt8(ascii: "r"): found = SheetCells.column(ofCell: value) ?? -1
      case UInt8(ascii: "t"): kind = SheetCells.kind(value)
      default: break
      }
    }
    guard column < found, found < SheetCells.mostColumns else {
      return refuse("row \(row) has a cell that is out of order, stands twice or lies beyond the last column")
    }
    column = found
  }

  private func finishCell() {
    guard value.count > 0, request == .goOn else { return }
    guard column < RowBatch.mostCells else {
      // Below the header, what has no header is of no column.
      if row <= RowBatch.headRows { refuse("row \(row) has \(RowBatch.mostCells) columns or more") }
      return
    }
    if !hasStartedRow {
      batch.startRow(row)
      hasStartedRow = true
    }
    rowBytes += value.count
    if rowBytes > SheetCells.longestRow { return refuse("row \(row) is longer than 16 MB") }
    switch kind {
    case .number: batch.add(value.bytes, column: column)
    case .text:
      EscapedText.decode(&value, from: 0)
      batch.add(value.bytes, column: column)
    case .boolean:
      let isTrue = value.bytes.says("1") || value.bytes.says("true")
      value.cut(to: 0)
      value.append(isTrue ? "TRUE" : "FALSE")
      batch.add(value.bytes, column: column)
    case .shared: addShared()
    }
  }

  private func addShared() {
    guard let number = SheetCells.wholeNumber(value.bytes.trimmed), let range = shared?.range(of: number)
    else {
      return refuse("row \(row) refers to a text that the workbook does not hold")
    }
    batch.addShared(range, column: column)
  }

  /// Dates (`d`) and errors (`e`) stand as they are shown, as numbers do.
  private static func kind(_ type: UnsafeBufferPointer<UInt8>) -> Kind {
    if type.says("s") { return .shared }
    if type.says("b") { return .boolean }
    return type.says("str") || type.says("inlineStr") ? .text : .number
  }

  /// Missing: nil when the bytes are no whole number of at most nine digits.
  @inline(__always) private static func wholeNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard 1...9 ~= bytes.count else { return nil }
    var number = 0
    for byte in bytes {
      guard let digit = byte.digit else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// The column of a reference such as `AB12`, the first being 0. Missing: nil when it names none.
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
