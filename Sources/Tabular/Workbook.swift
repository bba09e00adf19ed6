/// A workbook (.xlsx, .xlsm) whose sheets are read row by row and never held in memory as a whole.
///
/// Chart sheets and dialogue sheets, which have no cells, are left out.
package final class Workbook {
  /// The sheets, in workbook order.
  package let sheets: [(name: String, isHidden: Bool)]
  /// A Boolean value that indicates whether day 0 is 1 January 1904, as in workbooks from old Macintosh
  /// computers.
  package let usesDatesFrom1904: Bool

  private let parts: WorkbookParts
  private let sheetParts: [String]
  private let sharedPart: String?
  private var shared: SharedTexts?

  /// The maximum size of a sheet in bytes, uncompressed.
  private static let maxSheetSize = 1 << 30
  private static let maxSharedTextsSize = 128 << 20

  /// Opens a workbook.
  ///
  /// - Throws: A failure if the file is not a workbook, is in an old format, protected, damaged, or exceeds
  ///   a limit.
  package init(_ content: WholeFile, file: String) throws(TableFailure) {
    if let refused = Workbook.refusal(ofOpening: content.bytes, file: file) { throw refused }
    do { parts = WorkbookParts(archive: try ZipArchive(content), file: file) } catch {
      throw WorkbookParts.failure(error, file: file, location: nil)
    }
    let main = try parts.mainPart()
    let references = try parts.references(of: main)
    let byID = Dictionary(references.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var sheets: [(name: String, isHidden: Bool)] = []
    var sheetParts: [String] = []
    var startsIn1904 = false
    for element in try parts.elements(of: main, named: ["sheet", "workbookPr"]) {
      if element.name == "workbookPr" {
        startsIn1904 = ["1", "true", "on"].contains(element.attributes["date1904"])
        continue
      }
      guard let reference = element.attributes["id"].flatMap({ byID[$0] }), reference.kind == "worksheet"
      else {
        continue
      }
      let state = element.attributes["state"] ?? "visible"
      sheets.append((element.attributes["name"] ?? "", state != "visible"))
      sheetParts.append(reference.part)
    }
    self.sheets = sheets
    self.sheetParts = sheetParts
    usesDatesFrom1904 = startsIn1904
    sharedPart = references.first { $0.kind == "sharedStrings" }?.part
  }

  /// Returns the rows of a sheet by its index in `sheets`. Rows without a value are left out; the others
  /// keep their numbers.
  ///
  /// - Throws: A failure if the sheet or the shared strings cannot be read.
  package func rows(ofSheet index: Int) throws(TableFailure) -> any RowSource {
    guard sheets.indices.contains(index) else {
      throw .unusable(
        file: parts.file, location: nil, reason: "the workbook has no sheet \(index + 1)",
        remedy: "It has \(sheets.count).")
    }
    let sheet = "sheet \(sheets[index].name)"
    let read = try parts.reader(of: sheetParts[index], maxSize: Workbook.maxSheetSize, location: sheet)
    return try SheetRows(read, shared: try sharedTexts(), file: parts.file, location: sheet)
  }

  private func sharedTexts() throws(TableFailure) -> SharedTexts? {
    guard shared == nil, let sharedPart, parts.archive.index(of: sharedPart) != nil else { return shared }
    let texts = SharedTexts()
    try parts.scan(sharedPart, maxSize: Workbook.maxSharedTextsSize, location: nil, handler: texts)
    shared = texts
    return texts
  }
}

/// The rows of one worksheet.
final class SheetRows: RowSource {
  private let cells: SheetCells
  private let shared: SharedTexts?
  private var scan: XMLScan
  private var hasEnded = false

  init(_ read: @escaping ByteFeed.Read, shared: SharedTexts?, file: String, location: String)
    throws(TableFailure)
  {
    self.shared = shared
    cells = SheetCells(shared: shared, batch: RowBatch(capacity: 64))
    scan = try XMLScan(
      read, handler: cells, source: XMLScan.Source(file: file, part: location, remedy: WorkbookParts.remedy))
  }

  var sharedTexts: UnsafeBufferPointer<UInt8> {
    shared?.bytes ?? UnsafeBufferPointer(start: nil, count: 0)
  }

  func fill(_ batch: RowBatch) throws(TableFailure) -> Bool {
    cells.batch = batch
    while !hasEnded {
      hasEnded = try scan.run() == .ended
      if !batch.rows.isEmpty { return true }
    }
    return false
  }
}

extension Workbook {
  /// Returns the failure of a file that is not a current workbook, judged by its first bytes, or `nil` for
  /// a zip file.
  static func refusal(ofOpening bytes: UnsafeBufferPointer<UInt8>, file: String) -> TableFailure? {
    if bytes.isEmpty { return .empty(file: file) }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      let isEncrypted = bytes.contains("EncryptedPackage".utf16)
      return .unusable(
        file: file, location: nil,
        reason: isEncrypted
          ? "the workbook is protected with a password" : "it is an old Excel file (.xls)",
        remedy: isEncrypted ? "Save it without a password." : "Open it in Excel and save it as .xlsx or CSV.")
    }
    if bytes.starts(with: [0x50, 0x4B]) { return nil }
    let root = XMLRecords.rootName(of: Array(bytes.prefix(1024)))
    if let refused = XMLRecords.refusal(ofRoot: root, file: file) { return refused }
    return .unusable(
      file: file, location: nil, reason: "it is not a workbook, despite its name",
      remedy: "Export it again as .xlsx or CSV.")
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Returns whether the bytes contain the text in little-endian UTF-16.
  fileprivate func contains(_ text: some Sequence<UInt16>) -> Bool {
    let wanted = text.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    guard let first = wanted.first, count >= wanted.count else { return false }
    return (0...(count - wanted.count)).contains { start in
      self[start] == first && wanted.indices.allSatisfy { self[start + $0] == wanted[$0] }
    }
  }
}
