import Registers

/// A register export and the schools its rows may belong to.
public struct ExportFile {
  /// The path by which findings name the file.
  public let name: String
  public let profile: SourceProfile
  /// Opens the bytes, from the start each time.
  public let open: () throws(ExportFailure) -> ByteFeed.Read

  /// What a file of a school is for.
  enum Content {
    case register, pupilDetails
  }

  public init(
    name: String, profile: SourceProfile = SourceProfile(),
    open: @escaping () throws(ExportFailure) -> ByteFeed.Read
  ) {
    self.name = name
    self.profile = profile
    self.open = open
  }
}

/// A file of delimited text, read as far as its header row.
struct ExportTable: ~Copyable {
  var rows: CSVRows
  let header: HeaderRow
  private let fieldCount: Int

  init(_ file: ExportFile, content: ExportFile.Content) throws(ExportFailure) {
    var rows = CSVRows(ByteFeed(read: try file.open()))
    let opening = try rows.opening()
    guard opening.count == CSVRows.openingLength || !ExportTable.text(of: opening).isEmpty else {
      throw .empty(file: file.name)
    }
    if let looksLike = ExportTable.binaryKind(opening) {
      throw .notText(file: file.name, looksLike: looksLike)
    }
    guard var header = try HeaderRow.find(in: &rows) else {
      throw .missingColumn(
        file: file.name, row: 1, column: "Mark", found: try rows.head(rows: 1, delimiter: .comma).first ?? [],
        remedy: "The first 30 rows hold no column names that are known.")
    }
    try header.overrule(with: file.profile.columns, content: content, file: file.name)
    _ = try rows.head(rows: 0, delimiter: header.delimiter)
    for _ in 0..<header.row { _ = try rows.next() }
    fieldCount = header.headers.count
    self.header = header
    self.rows = rows
  }

  /// The bytes behind a byte order mark of UTF-8 and white space.
  private static func text(of opening: [UInt8]) -> ArraySlice<UInt8> {
    opening.dropFirst(opening.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0).drop { $0.isBlank }
  }

  /// Whether the row has a field for each header; systems that end each row with a comma write one more.
  private var rowFitsHeader: Bool {
    if rows.count == fieldCount { return true }
    return rows.count > fieldCount && (fieldCount..<rows.count).allSatisfy { rows.bytes($0).isEmpty }
  }

  /// Why the fields of the row cannot be told apart. Missing: nil when they can.
  var misfit: (rule: FindingRule, message: String, kind: String)? {
    if rows.spansRows {
      let message = "a quotation mark opens and closes only in a later row"
      return (.openQuote, message, message)
    }
    if rowFitsHeader { return nil }
    return (
      .unreadableRow, "the row has \(rows.count) fields, the header \(fieldCount)",
      "rows with another number of fields than the header"
    )
  }

  private static func binaryKind(_ opening: [UInt8]) -> String? {
    if opening.starts(with: [0x50, 0x4B]) { return "a workbook (.xlsx)" }
    if opening.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return "an old workbook (.xls)" }
    if opening.starts(with: [0xFF, 0xFE]) || opening.starts(with: [0xFE, 0xFF])
      || opening.prefix(8).dropFirst().contains(0)
    {
      return "text in UTF-16"
    }
    switch text(of: opening).first {
    case UInt8(ascii: "<"): return "XML or HTML"
    case UInt8(ascii: "{"), UInt8(ascii: "["): return "JSON"
    default: return nil
    }
  }
}
