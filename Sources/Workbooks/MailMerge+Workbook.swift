import Registers
import ReportModel

extension MailMerge {
  /// Writes the rows as an Excel workbook of one sheet, its header in the first row as a mail merge wants it.
  ///
  /// The same letters give the same bytes. The file appears under its name only when it is whole.
  /// Throws: `WorkbookFailure` when the file cannot be written.
  package func writeWorkbook(to path: String, publisher: String) throws(WorkbookFailure) {
    var file = try WorkbookFile(path: path)
    try file.describe(
      title: Names.oneLine("Letters to parents: \(school)"), subject: Report.Kind.sencoReport.sensitivity,
      author: Names.oneLine(publisher), created: asAt)
    // No line may stand above the header, so the sheet says by its name what it holds.
    try file.addSheet(named: "Letters Official-Sensitive", isOnePage: false)
    let widths = ColumnWidths(of: columns, rows: rows, filters: true)
    for (column, pixels) in widths.pixels.enumerated() { try file.setWidth(pixels, ofColumn: column) }
    try file.setLineCount(widths.lineCount(ofHeaders: columns, filters: true), ofRow: 0)
    let sides = columns.enumerated().map { place, column -> CellStyle.Side in
      column.holdsFigures ? .right : place == 0 ? .left : .inset
    }
    if rows.isEmpty {
      // A table has one row at least, and a merge would make a letter of it.
      for (place, column) in columns.enumerated() {
        try file.write(column.header, at: (0, place), .header(sides[place], hasButton: false))
      }
    } else {
      try file.addTable(
        named: "Letters_to_parents", headers: Array(zip(columns.map(\.header), sides)), headerRow: 0,
        rows: rows.count, isWorkingList: true)
    }
    for (place, cells) in rows.enumerated() {
      try file.setLineCount(widths.lineCount(of: cells), ofRow: place + 1)
      try file.write(cells, ofRow: place + 1, sides)
    }
    try file.save()
  }
}

extension WorkbookFile {
  /// Writes cells as they are: an empty text stays empty, where a table would say why.
  fileprivate mutating func write(
    _ cells: [Cell], ofRow row: Int, _ sides: [CellStyle.Side]
  ) throws(WorkbookFailure) {
    for (column, cell) in cells.enumerated() {
      if case .text(let text) = cell {
        try write(text, at: (row, column), .cell(.text, sides[column]))
        continue
      }
      switch CellValue(cell) {
      case .number(let value, let shown): try write(value, at: (row, column), .cell(shown, sides[column]))
      case .text(let text): try write(text, at: (row, column), .cell(.text, sides[column]))
      }
    }
  }
}
