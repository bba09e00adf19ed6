import Registers
import Tabular

/// The decisions about a table of a file, which a trust file's profile can overrule.
package struct TableDecision: Hashable, Sendable {
  package let file: String
  /// The sheet, or `nil` in a file with one table.
  package let sheet: String?
  let form: FileForm
  let delimiter: UInt8?
  let headerRow: Int
  let headerHeight: Int
  let kind: TableKind
  let joinedOn: Column?
  var dates: SourceProfile.DateOrder?
  /// The columns of pupil details, or `nil` for another table.
  package var columns: Columns?

  /// The headers of a table of pupil details: those used, and those not used.
  package struct Columns: Hashable, Sendable {
    /// Each known column as a label, with its header.
    package let used: [String]
    /// The headers that name no known column.
    package let unused: [String]

    init(_ header: HeaderRow) {
      used = Column.allCases.compactMap { column in
        header.index(of: column).map { "\(header.headers[$0]) = \(column.label)" }
      }
      unused = header.unusedHeaders
    }
  }

  init<Rows: RowReader & ~Copyable>(_ table: borrowing ExportTable<Rows>, kind: TableKind, file: String) {
    self.file = file
    self.kind = kind
    sheet = table.facts.sheet
    form = table.facts.form
    delimiter = table.facts.delimiter
    headerRow = table.header.row
    headerHeight = table.header.height
    joinedOn = Column.identifiers.first(where: table.header.has)
  }

  /// The decision as text: `CSV in Windows-1252; header in row 1; a row per pupil and session; dates day
  /// first; joined on UPN`.
  package var words: String {
    let header =
      headerRow == 0
      ? nil
      : headerHeight == 2
        ? "header in rows \(headerRow - 1) and \(headerRow)"
        : headerHeight == 3 ? "header in rows \(headerRow - 2) to \(headerRow)" : "header in row \(headerRow)"
    return [
      formLabel, header, kind.label, dates.map { "dates \($0.label)" },
      joinedOn.map { "joined on \($0 == .upn ? $0.label : $0.label.lowercased())" },
    ].compactMap(\.self).joined(separator: "; ")
  }

  private var formLabel: String {
    switch form {
    case .delimited(let text):
      switch delimiter {
      case UInt8(ascii: "\t"): "tabs between columns, \(text.rawValue)"
      case UInt8(ascii: ";"): "semicolons between columns, \(text.rawValue)"
      case UInt8(ascii: "|"): "bars between columns, \(text.rawValue)"
      default: "CSV, \(text.rawValue)"
      }
    case .workbook: "workbook"
    case .json: "JSON"
    case .xml: "XML"
    }
  }
}

extension TableKind {
  fileprivate var label: String {
    switch self {
    case .register(let layout): layout.formatted
    case .codeList: "a list of codes"
    case .totals: "totals, compared with the marks"
    case .pupils: "pupil details"
    case .unknown: "not read"
    }
  }
}

extension SourceProfile.DateOrder {
  fileprivate var label: String {
    switch self {
    case .dayFirst: "day first"
    case .yearFirst: "year first"
    case .monthFirst: "month first"
    }
  }
}
