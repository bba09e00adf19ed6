import Registers
import Tabular

/// Why a file cannot be read as one of DfE's. The words are in `description`.
package enum ComparatorFailure: Error, Hashable {
  /// The file is no table of text.
  case file(TableFailure)
  case unknownLayout(file: String, found: [String])
  case missingColumns(file: String, layout: BenchmarkLayout, columns: [String], found: [String])
  case columnTwice(file: String, column: String)
  case badValue(file: String, row: Int, column: String, written: String, wanted: String)
  /// Two rows give different values for what is read as one figure.
  case contradiction(file: String, row: Int, other: Int, column: String)
}

extension ComparatorFailure: ReportableError {
  package var description: String {
    switch self {
    case .file(let failure): failure.description
    case .unknownLayout(let file, let found):
      "\(file): the file is none of DfE's that are read; its columns are \(ComparatorFailure.list(found)). Take it out of "
        + "benchmarks in the trust file, or download it again."
    case .missingColumns(let file, let layout, let columns, let found):
      "\(file): taken for \(layout.formatted), it lacks \(ComparatorFailure.list(columns)); found "
        + "\(ComparatorFailure.list(found)). Download it again with all columns."
    case .columnTwice(let file, let column): "\(file): two columns are called \"\(column)\""
    case .badValue(let file, let row, let column, let written, let wanted):
      "\(file):\(row): \(column) must be \(wanted), but is \"\(written.prefix(60))\""
    case .contradiction(let file, let row, let other, let column):
      "\(file):\(row): another value of \(column) than row \(other) has for the same figure. The rows differ by a column "
        + "that is not known; download the file without that filter."
    }
  }

  /// Unit: columns.
  private static let mostListed = 20

  private static func list(_ columns: [String]) -> String {
    let named = columns.prefix(mostListed).map { String($0.prefix(60)) }.joined(separator: ", ")
    return columns.count > mostListed ? "\(named) and \(columns.count - mostListed) more" : named
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .file(let failure): failure.isOfTheSystem ? .systemFailed : .blocked
    case .unknownLayout, .missingColumns, .columnTwice, .badValue, .contradiction: .blocked
    }
  }
}
