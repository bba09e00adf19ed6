import ReportModel

/// A worksheet with one table, before it is written.
struct TableSheet {
  let name: String
  let title: String
  /// The title with the numbers of the table's notes.
  let heading: String
  /// The lines between the title and the table.
  let lines: [String]
  let tableName: String
  let columns: [Table.Column]
  let rows: [[Cell]]
  /// The sheets to which the first cells link, or an empty array if there are no links.
  let links: [String]
  /// Indicates that the table has filters and a frozen header.
  let isWorkingList: Bool
  let widths: ColumnWidths

  /// The row of the header, counted from 0.
  var headerRow: Int { 1 + lines.count }

  /// The alignment of each column.
  var sides: [CellStyle.Side] {
    columns.enumerated().map { index, column in column.holdsFigures ? .right : index == 0 ? .left : .inset }
  }

  /// The contents of a sheet above its table.
  struct Preface {
    var sensitivity: String?
    var sentences: [Sentence] = []
    var source: String?
    /// The table's notes with their numbers on the sheet Notes.
    var notes: [(number: Int, text: String)] = []
    /// Sentences that are text in the table and whose shorthand needs an explanation.
    var shorthandOf: [Sentence] = []
  }

  init(
    _ table: Table, name: String, tableName: String, preface: Preface, links: [String] = [],
    isWorkingList: Bool = false
  ) throws(WorkbookFailure) {
    guard !table.columns.isEmpty else { throw .noColumns(table: table.name) }
    for (index, row) in table.rows.enumerated() where row.count != table.columns.count {
      throw .rowDoesNotFit(table: table.name, row: index + 1, cells: row.count, columns: table.columns.count)
    }
    self.name = name
    self.tableName = tableName
    title = UniqueNames.oneLine(table.title)
    heading = ([title] + preface.notes.map { "[note \($0.number)]" }).joined(separator: " ")
    let headers = UniqueNames.headers(table.columns.map(\.header))
    columns = zip(headers, table.columns).map { Table.Column($0, $1.unit) }
    rows = table.rows.isEmpty ? [TableSheet.rowOfNone(columns.count)] : table.rows
    self.links = links
    self.isWorkingList = isWorkingList
    widths = ColumnWidths(of: columns, rows: rows, filters: isWorkingList)
    let width = min(max(widths.total, 960), 1400)
    lines = TableSheet.lines(above: rows, preface: preface).flatMap {
      TextWidth.lines(of: UniqueNames.oneLine($0), within: width)
    }
  }

  /// Returns the row of a table without rows, because a table in Excel has at least one.
  private static func rowOfNone(_ columns: Int) -> [Cell] {
    [.text("None")] + Array(repeating: .shorthand(.notApplicable), count: columns - 1)
  }

  private static func lines(above rows: [[Cell]], preface: Preface) -> [String] {
    var lines: [String] = []
    if let sensitivity = preface.sensitivity { lines.append(sensitivity) }
    lines.append("This worksheet contains one table.")
    lines += preface.sentences.map(\.formatted)
    // The notes are repeated here, so that readers need not leave the table.
    lines += preface.notes.map { "[note \($0.number)] \($0.text)" }
    if let shorthand = shorthand(in: rows, preface.sentences + preface.shorthandOf) {
      lines.append(shorthand)
    }
    if let source = preface.source { lines.append("Source: \(source)") }
    return lines.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// Returns the explanation of the shorthand on the sheet, or `nil` if there is none.
  private static func shorthand(in rows: [[Cell]], _ sentences: [Sentence]) -> String? {
    var used: Set<Cell.Shorthand> = []
    for row in rows {
      for cell in row {
        if let shorthand = cell.shorthandShown { used.insert(shorthand) }
      }
    }
    for case .figure(let cell) in sentences.flatMap(\.parts) {
      if let shorthand = cell.shorthandShown { used.insert(shorthand) }
    }
    let meanings = Cell.Shorthand.allCases.filter(used.contains).map(\.meaning)
    return meanings.isEmpty ? nil : "Shorthand: " + meanings.joined(separator: "; ") + "."
  }
}

extension WorkbookFile {
  mutating func write(_ sheet: TableSheet) throws(WorkbookFailure) {
    try addSheet(named: sheet.name, title: sheet.heading)
    for (index, line) in sheet.lines.enumerated() {
      try write(line, at: (index + 1, 0), .line)
    }
    // Adds space above the table without an empty row, which would mislead a screen reader.
    try setHeight(28, ofRow: sheet.headerRow - 1)
    let headerLines = sheet.widths.lineCount(ofHeaders: sheet.columns, filters: sheet.isWorkingList)
    try setLineCount(headerLines, ofRow: sheet.headerRow)
    for (column, pixels) in sheet.widths.pixels.enumerated() {
      try setWidth(pixels, ofColumn: column)
    }
    try addTable(
      named: sheet.tableName, headers: Array(zip(sheet.columns.map(\.header), sheet.sides)),
      headerRow: sheet.headerRow,
      rows: sheet.rows.count, isWorkingList: sheet.isWorkingList)
    try writeRows(of: sheet)
  }

  private mutating func writeRows(of sheet: TableSheet) throws(WorkbookFailure) {
    let sides = sheet.sides
    for (index, cells) in sheet.rows.enumerated() {
      let row = sheet.headerRow + 1 + index
      let lines = sheet.widths.lineCount(of: cells)
      if lines > 1 { try setLineCount(lines, ofRow: row) }
      for (column, cell) in cells.enumerated() {
        switch CellValue(cell) {
        case .number(let value, let style):
          try write(value, at: (row, column), .cell(style, sides[column]))
        case .text(let text) where column == 0 && index < sheet.links.count:
          try write(text, at: (row, column), linkedTo: sheet.links[index], .link(inTable: true))
        case .text(let text):
          try write(text, at: (row, column), .cell(.text, sides[column]))
        }
      }
    }
  }
}
