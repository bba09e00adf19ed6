import ReportModel

/// A worksheet of one table, before it is written.
struct TableSheet {
  let name: String
  let title: String
  /// The title with the marks of the notes on the table.
  let heading: String
  /// The lines between the title and the table.
  let lines: [String]
  let tableName: String
  let columns: [Table.Column]
  let rows: [[Cell]]
  /// The sheets that the first cells lead to, row by row; empty when they lead nowhere.
  let links: [String]
  /// Whether the table can be filtered and its header stays in sight.
  let isWorkingList: Bool
  let widths: ColumnWidths

  /// Counted from 0.
  var headerRow: Int { 1 + lines.count }

  var sides: [CellStyle.Side] {
    columns.enumerated().map { place, column in column.holdsFigures ? .right : place == 0 ? .left : .inset }
  }

  /// What a sheet says above its table.
  struct Preface {
    var sensitivity: String?
    var sentences: [Sentence] = []
    var source: String?
    /// The table's notes, by the numbers that they have on Notes.
    var notes: [(number: Int, text: String)] = []
    /// Sentences that stand in the table as text, whose shorthand is to be explained.
    var shorthandOf: [Sentence] = []
  }

  init(
    _ table: Table, name: String, tableName: String, preface: Preface, links: [String] = [],
    isWorkingList: Bool = false
  ) throws(WorkbookFailure) {
    guard !table.columns.isEmpty else { throw .noColumns(table: table.name) }
    for (place, row) in table.rows.enumerated() where row.count != table.columns.count {
      throw .rowDoesNotFit(table: table.name, row: place + 1, cells: row.count, columns: table.columns.count)
    }
    self.name = name
    self.tableName = tableName
    title = Names.oneLine(table.title)
    heading = ([title] + preface.notes.map { "[note \($0.number)]" }).joined(separator: " ")
    let headers = Names.headers(table.columns.map(\.header))
    columns = zip(headers, table.columns).map { Table.Column($0, $1.unit) }
    rows = table.rows.isEmpty ? [TableSheet.rowOfNone(columns.count)] : table.rows
    self.links = links
    self.isWorkingList = isWorkingList
    widths = ColumnWidths(of: columns, rows: rows, filters: isWorkingList)
    let width = min(max(widths.total, 960), 1400)
    lines = TableSheet.lines(above: rows, preface: preface).flatMap {
      TextWidth.lines(of: Names.oneLine($0), within: width)
    }
  }

  /// A table in Excel has one row at least.
  private static func rowOfNone(_ columns: Int) -> [Cell] {
    [.text("None")] + Array(repeating: .shorthand(.notApplicable), count: columns - 1)
  }

  private static func lines(above rows: [[Cell]], preface: Preface) -> [String] {
    var lines: [String] = []
    if let sensitivity = preface.sensitivity { lines.append(sensitivity) }
    lines.append("This worksheet contains one table.")
    lines += preface.sentences.map(\.formatted)
    // Said here too, so that nobody has to leave the table to read it.
    lines += preface.notes.map { "[note \($0.number)] \($0.text)" }
    if let shorthand = shorthand(in: rows, preface.sentences + preface.shorthandOf) {
      lines.append(shorthand)
    }
    if let source = preface.source { lines.append("Source: \(source)") }
    return lines.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// Missing: nil when nothing on the sheet is shown in shorthand.
  private static func shorthand(in rows: [[Cell]], _ sentences: [Sentence]) -> String? {
    var used: Set<Cell.Shorthand> = []
    for row in rows {
      for cell in row {
        if let shown = cell.shorthandShown { used.insert(shown) }
      }
    }
    for case .figure(let cell) in sentences.flatMap(\.parts) {
      if let shown = cell.shorthandShown { used.insert(shown) }
    }
    let meanings = Cell.Shorthand.allCases.filter(used.contains).map(\.meaning)
    return meanings.isEmpty ? nil : "Shorthand: " + meanings.joined(separator: "; ") + "."
  }
}

extension WorkbookFile {
  mutating func write(_ sheet: TableSheet) throws(WorkbookFailure) {
    try addSheet(named: sheet.name, title: sheet.heading)
    for (place, line) in sheet.lines.enumerated() {
      try write(line, at: (place + 1, 0), .line)
    }
    // White space above the table, where an empty row would mislead a screen reader.
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
    for (place, cells) in sheet.rows.enumerated() {
      let row = sheet.headerRow + 1 + place
      let lines = sheet.widths.lineCount(of: cells)
      if lines > 1 { try setLineCount(lines, ofRow: row) }
      for (column, cell) in cells.enumerated() {
        switch CellValue(cell) {
        case .number(let value, let shown):
          try write(value, at: (row, column), .cell(shown, sides[column]))
        case .text(let text) where column == 0 && place < sheet.links.count:
          try write(text, at: (row, column), linkedTo: sheet.links[place], .link(inTable: true))
        case .text(let text):
          try write(text, at: (row, column), .cell(.text, sides[column]))
        }
      }
    }
  }
}
