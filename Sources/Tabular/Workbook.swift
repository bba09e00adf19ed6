/// A workbook (.xlsx, .xlsm) whose sheets are read row by row, without ever holding one whole.
///
/// Chart sheets and dialogue sheets, which have no cells, are left out.
package final class Workbook {
  /// In the workbook's own order.
  package let sheets: [(name: String, isHidden: Bool)]
  /// Whether day 0 is 1 January 1904, as in workbooks begun on an old Macintosh.
  package let usesDatesFrom1904: Bool

  private let parts: WorkbookParts
  private let sheetParts: [String]
  private let sharedPart: String?
  private var shared: SharedTexts?

  /// Unit: bytes, uncompressed.
  private static let largestSheet = 1 << 30
  private static let largestSharedTexts = 128 << 20

  /// Throws: where the file is no workbook, an old one, protected, damaged or beyond a limit.
  package init(_ bytes: [UInt8], file: String) throws(TableFailure) {
    if let refused = Workbook.refusal(ofOpening: bytes, file: file) { throw refused }
    do { parts = WorkbookParts(archive: try ZipArchive(bytes), file: file) } catch {
      throw WorkbookParts.failure(error, file: file, place: nil)
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

  /// The rows of a sheet by its place in `sheets`. Rows without a value are left out; the others keep their
  /// numbers.
  ///
  /// Throws: where the sheet or the texts it points to cannot be read.
  package func rows(ofSheet place: Int) throws(TableFailure) -> any RowSource {
    guard sheets.indices.contains(place) else {
      throw .unusable(
        file: parts.file, place: nil, reason: "the workbook has no sheet \(place + 1)",
        remedy: "It has \(sheets.count).")
    }
    let words = "sheet \(sheets[place].name)"
    let read = try parts.reader(of: sheetParts[place], largest: Workbook.largestSheet, words: words)
    return try SheetRows(read, shared: try sharedTexts(), file: parts.file, place: words)
  }

  private func sharedTexts() throws(TableFailure) -> SharedTexts? {
    guard shared == nil, let sharedPart, parts.archive.place(of: sharedPart) != nil else { return shared }
    let texts = SharedTexts()
    try parts.scan(sharedPart, largest: Workbook.largestSharedTexts, words: nil, handler: texts)
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

  init(_ read: @escaping ByteFeed.Read, shared: SharedTexts?, file: String, place: String)
    throws(TableFailure)
  {
    self.shared = shared
    cells = SheetCells(shared: shared, batch: RowBatch(capacity: 64))
    scan = try XMLScan(
      read, handler: cells, words: XMLScan.Words(file: file, part: place, remedy: WorkbookParts.remedy))
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
