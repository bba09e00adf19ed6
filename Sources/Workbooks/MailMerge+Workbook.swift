import Registers
import ReportModel

extension MailMerge {
  /// Writes an Excel workbook with one sheet, whose first row is the header, as a mail merge requires.
  ///
  /// The same letters give the same bytes. The file gets its name after it is complete.
  ///
  /// - Throws: `WorkbookFailure` if the file cannot be written.
  package func writeWorkbook(to path: String, publisher: String) throws(WorkbookFailure) {
    var file = try WorkbookFile(path: path)
    try file.describe(
      title: UniqueNames.oneLine("Letters to parents: \(school)"),
      subject: Report.Kind.sencoReport.sensitivity,
      author: UniqueNames.oneLine(publisher), created: asAt)
    // There can be no line above the header, so the name of the sheet has the sensitivity.
    try file.addSheet(named: "Letters Official-Sensitive", isOnePage: false)
    let widths = ColumnWidths(of: columns, rows: rows, filters: true)
    for (column, pixels) in widths.pixels.enumerated() { try file.setWidth(pixels, ofColumn: column) }
    try file.setLineCount(widths.lineCount(ofHeaders: columns, filters: true), ofRow: 0)
    let sides = columns.enumerated().map { index, column -> CellStyle.Side in
      column.holdsFigures ? .right : index == 0 ? .left : .inset
    }
    if rows.isEmpty {
      // An Excel table has at least one row, and a mail merge would make a letter of it.
      for (index, column) in columns.enumerated() {
        try file.write(column.header, at: (0, index), .header(sides[index], hasButton: false))
      }
    } else {
      try file.addTable(
        named: "Letters_to_parents", headers: Array(zip(columns.map(\.header), sides)), headerRow: 0,
        rows: rows.count, isWorkingList: true)
    }
    for (index, cells) in rows.enumerated() {
      try file.setLineCount(widths.lineCount(of: cells), ofRow: index + 1)
      try file.write(cells, ofRow: index + 1, sides)
    }
    try file.save()
  }
}

extension WorkbookFile {
  /// Writes cells without a replacement for empty texts, which a table would explain.
  fileprivate mutating func write(
    _ cells: [Cell], ofRow row: Int, _ sides: [CellStyle.Side]
  ) throws(WorkbookFailure) {
    for (column, cell) in cells.enumerated() {
      if case .text(let text) = cell {
        try write(text, at: (row, column), .cell(.text, sides[column]))
        continue
      }
      switch CellValue(cell) {
      case .number(let value, let style): try write(value, at: (row, column), .cell(style, sides[column]))
      case .text(let text): try write(text, at: (row, column), .cell(.text, sides[column]))
      }
    }
  }
}
