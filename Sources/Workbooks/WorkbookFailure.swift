import Registers

/// The reason why a workbook cannot be written. It has no data of pupils.
package enum WorkbookFailure: ReportableError, Equatable {
  /// The file could not be opened for writing.
  case cannotCreate(path: String, reason: String)
  /// The file could not be completed or renamed.
  case cannotSave(path: String, reason: String)
  /// Excel does not allow a value. The row and the column are counted from 1, and are `nil` for a whole sheet.
  case notAllowed(sheet: String, row: Int?, column: Int?, reason: String)
  case outOfMemory
  case noColumns(table: String)
  /// A row has more or fewer cells than its table has columns. The row is counted from 1.
  case rowDoesNotFit(table: String, row: Int, cells: Int, columns: Int)
  /// A chart names a table that its section does not have.
  case noTableForChart(chart: String, table: String)
  /// A chart names no series, or a column that its table does not have. The column is counted from 0.
  case noColumnForChart(chart: String, table: String, column: Int?)

  package var exitStatus: ExitStatus { .systemFailed }

  package var description: String {
    switch self {
    case .cannotCreate(let path, let reason):
      "\(path): cannot write the workbook: \(reason)."
    case .cannotSave(let path, let reason):
      "\(path): cannot save the workbook: \(reason)."
    case .notAllowed(let sheet, let row?, let column?, let reason):
      "Worksheet \"\(sheet)\", row \(row), column \(column): \(reason)"
    case .notAllowed(let sheet, _, _, let reason):
      "Worksheet \"\(sheet)\": \(reason)"
    case .outOfMemory:
      "Not enough memory to make the workbook."
    case .noColumns(let table):
      "Table \(table) has no columns."
    case .rowDoesNotFit(let table, let row, let cells, let columns):
      "Table \(table), row \(row): \(cells) cells for \(columns) columns."
    case .noTableForChart(let chart, let table):
      "Chart \"\(chart)\" shows table \(table), which its section does not have."
    case .noColumnForChart(let chart, let table, let column?):
      "Chart \"\(chart)\" draws column \(column) of table \(table), which has no such column."
    case .noColumnForChart(let chart, let table, nil):
      "Chart \"\(chart)\" draws no column of table \(table)."
    }
  }
}
