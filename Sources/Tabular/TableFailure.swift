/// The reason a file cannot be read as tables, worded in `description`.
package enum TableFailure: Error, Hashable {
  /// The system could not give the bytes.
  case unreadable(file: String, reason: String)
  case empty(file: String)
  case notText(file: String, looksLike: String)
  /// The file's form cannot be read: it is damaged, encrypted, dangerous or beyond a limit. The place is a line, a sheet or a
  /// cell, in words such as `line 12` or `sheet 7A`.
  case unusable(file: String, place: String?, reason: String, remedy: String)
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
    case .unusable(let file, let place, let reason, let remedy):
      "\(file): \(place.map { "\($0): " } ?? "")\(reason). \(remedy)"
    case .missingColumn(let file, let row, let column, let found, let remedy):
      "\(TableFailure.place(file, row)): no column \"\(column)\"; found \(found.joined(separator: ", ")). \(remedy)"
    case .unknownHeader(let file, let row, let reason, let found, let remedy):
      "\(TableFailure.place(file, row)): \(reason); found \(found.joined(separator: ", ")). \(remedy)"
    }
  }

  /// The names of the fields of records stand in no row.
  private static func place(_ file: String, _ row: Int) -> String { row == 0 ? file : "\(file):\(row)" }

  /// The file it is about.
  package var file: String {
    switch self {
    case .unreadable(let file, _), .empty(let file), .notText(let file, _), .unusable(let file, _, _, _),
      .missingColumn(let file, _, _, _, _), .unknownHeader(let file, _, _, _, _):
      file
    }
  }

  /// Whether the system failed, not the data.
  package var isOfTheSystem: Bool {
    switch self {
    case .unreadable: true
    case .empty, .notText, .unusable, .missingColumn, .unknownHeader: false
    }
  }
}
