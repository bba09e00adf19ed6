/// The reason a file cannot be read as tables.
package enum TableFailure: Error, Hashable {
  /// The system could not read the bytes.
  case unreadable(file: String, reason: String)
  case empty(file: String)
  case notText(file: String, looksLike: String)
  /// The file is damaged, encrypted, dangerous or exceeds a limit. The location is a line, a sheet or a
  /// cell, such as `line 12` or `sheet 7A`.
  case unusable(file: String, location: String?, reason: String, remedy: String)
  case missingColumn(file: String, row: Int, column: String, found: [String], remedy: String)
  /// A header that was named is not in the table.
  case unknownHeader(file: String, row: Int, reason: String, found: [String], remedy: String)
}

extension TableFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .empty(let file): "\(file): the file is empty"
    case .notText(let file, let looksLike):
      "\(file): looks like \(looksLike). Export it as CSV or as a workbook (.xlsx)."
    case .unusable(let file, let location, let reason, let remedy):
      "\(file): \(location.map { "\($0): " } ?? "")\(reason). \(remedy)"
    case .missingColumn(let file, let row, let column, let found, let remedy):
      "\(TableFailure.prefix(file, row)): no column \"\(column)\"; found \(found.joined(separator: ", ")). \(remedy)"
    case .unknownHeader(let file, let row, let reason, let found, let remedy):
      "\(TableFailure.prefix(file, row)): \(reason); found \(found.joined(separator: ", ")). \(remedy)"
    }
  }

  /// Returns the file and row. The names of the fields of records are in no row.
  private static func prefix(_ file: String, _ row: Int) -> String { row == 0 ? file : "\(file):\(row)" }

  /// The reason alone, for a message that names the file itself.
  package var reason: String {
    switch self {
    case .unreadable(_, let reason), .unusable(_, _, let reason, _), .unknownHeader(_, _, let reason, _, _):
      reason
    case .empty, .notText, .missingColumn: description
    }
  }

  /// The file that cannot be read.
  package var file: String {
    switch self {
    case .unreadable(let file, _), .empty(let file), .notText(let file, _), .unusable(let file, _, _, _),
      .missingColumn(let file, _, _, _, _), .unknownHeader(let file, _, _, _, _):
      file
    }
  }

  /// A Boolean value that indicates whether the cause is the system, not the data.
  package var isOfTheSystem: Bool {
    switch self {
    case .unreadable: true
    case .empty, .notText, .unusable, .missingColumn, .unknownHeader: false
    }
  }
}
