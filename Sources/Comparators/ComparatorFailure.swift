import Registers
import Tabular

/// The reason why a file of DfE's figures cannot be read.
package enum ComparatorFailure: ReportableError, Hashable {
  /// The file is not a table of text.
  case file(TableFailure)
  case unknownLayout(file: String, found: [String])
  case missingColumns(file: String, layout: BenchmarkLayout, columns: [String], found: [String])
  case columnTwice(file: String, column: String)
  case badValue(file: String, row: Int, column: String, text: String, expected: String)
  /// Two rows have different values for the same figure.
  case contradiction(file: String, row: Int, other: Int, column: String)

  package var description: String {
    switch self {
    case .file(.notText(let file, let looksLike)):
      "\(file): looks like \(looksLike). Files of DfE's figures are read as CSV: download it again."
    case .file(let failure): failure.description
    case .unknownLayout(let file, let found):
      "\(file): the file is not one of the DfE files that Halfterm reads; its columns are "
        + "\(ComparatorFailure.list(found)). Take it out of benchmarks in the trust file, or download it again."
    case .missingColumns(let file, let layout, let columns, let found):
      "\(file): read as \(layout.label), but without the columns \(ComparatorFailure.list(columns)); found "
        + "\(ComparatorFailure.list(found)). Download it again with all columns."
    case .columnTwice(let file, let column): "\(file): two columns are called \"\(column)\""
    case .badValue(let file, let row, let column, let text, let expected):
      "\(file):\(row): \(column) must be \(expected), but is \"\(text.prefix(60))\""
    case .contradiction(let file, let row, let other, let column):
      "\(file):\(row): \(column) differs from row \(other) for the same figure. The rows differ in an unknown "
        + "column; download the file without that filter."
    }
  }

  /// Maximum number of columns that are listed.
  private static let maxListed = 20

  private static func list(_ columns: [String]) -> String {
    let named = columns.prefix(maxListed).map { String($0.prefix(60)) }.joined(separator: ", ")
    return columns.count > maxListed ? "\(named) and \(columns.count - maxListed) more" : named
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .file(let failure): failure.isOfTheSystem ? .systemFailed : .blocked
    case .unknownLayout, .missingColumns, .columnTwice, .badValue, .contradiction: .blocked
    }
  }
}
