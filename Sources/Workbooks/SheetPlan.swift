import ReportModel

/// The sheets of a report's workbook, in order and with their names, before anything is written.
struct SheetPlan {
  let title: String
  let cover: CoverSheet
  private(set) var sheets: [Sheet] = []

  enum Sheet {
    case table(TableSheet)
    case chart(ChartSheet)
  }

  private let report: Report
  /// What every sheet of a report that names pupils says.
  private let sensitivity: String?
  private var names = Names()
  private var tableNames = Names()
  private var contents: [(name: String, title: String, part: String)] = []
  /// The report's notes, then those of its tables, as Notes explains them: a note of several tables once.
  private var notes: [String]

  init(_ report: Report, publisher: String) throws(WorkbookFailure) {
    self.report = report
    title = Names.oneLine("\(report.kind.title): \(report.subject)")
    sensitivity = report.kind.mayBeShared ? nil : report.kind.sensitivity
    notes = report.notes
    let names = SheetPlan.ownNames
    for name in names { _ = self.names.sheet([name]) }
    cover = CoverSheet(report, title: title, publisher: publisher, name: names[0])
    contents = [(names[0], title, SheetPlan.ownPart)]
    let contentsTable = tableNames.table("List_of_worksheets")
    try addSummary(named: names[2])
    try addQuestions()
    for section in report.sections { try add(section) }
    try addNotes(named: names[3])
    try insertContents(named: names[1], tableName: contentsTable)
  }

  private static let ownNames = ["Cover", "Contents", "Summary", "Notes"]
  private static let ownPart = "About this report"

  private mutating func addSummary(named name: String) throws(WorkbookFailure) {
    let table = Table(
      "Summary_of_headlines", title: "Summary",
      columns: [Table.Column("What matters most, most important first", .text)],
      rows: report.headlines.map { [.text($0.formatted)] })
    try add(table, named: name, part: SheetPlan.ownPart, preface: preface(), shorthandOf: report.headlines)
  }

  private mutating func addNotes(named name: String) throws(WorkbookFailure) {
    let table = Table(
      "Notes_on_method", title: "Notes",
      columns: [Table.Column("Note number", .text), Table.Column("Note", .text)],
      rows: notes.enumerated().map { [.text("note \($0 + 1)"), .text($1)] })
    try add(table, named: name, part: SheetPlan.ownPart, preface: preface())
  }

  private mutating func add(_ section: Section) throws(WorkbookFailure) {
    for chart in section.charts where !report.tables.contains(where: { $0.name == chart.table }) {
      throw .noTableForChart(chart: chart.title, table: chart.table)
    }
    // Excerpts stand on a sheet of their own already.
    let tables = section.tables.filter { $0.look != .excerpt }
    if tables.isEmpty, section.tables.isEmpty || section.prose != nil { try addWords(of: section) }
    for (place, table) in tables.enumerated() {
      let name = names.sheet(SheetPlan.wishes(for: table))
      let figures = try add(
        table, named: name, part: section.title,
        preface: preface(place == 0 ? section.sentences : [], source: table.source))
      for other in report.sections {
        for chart in other.charts where chart.table == table.name { try add(chart, of: figures, section) }
      }
    }
  }

  private mutating func addQuestions() throws(WorkbookFailure) {
    let asked = report.questions.prefix(Question.asked)
    guard !asked.isEmpty else { return }
    let table = Table(
      "Questions_to_ask", title: "Questions to ask",
      columns: [Table.Column("Question", .text), Table.Column("Where to look", .text)],
      rows: asked.map {
        [.text($0.asks.formatted), $0.section.isEmpty ? .shorthand(.notApplicable) : .text($0.section)]
      })
    try add(table, named: names.sheet([table.title]), part: SheetPlan.ownPart, preface: preface())
  }

  /// A section without a table is a table of its words, so that every sheet reads alike.
  private mutating func addWords(of section: Section) throws(WorkbookFailure) {
    let lines = section.sentences.map(\.formatted) + (section.prose?.lines ?? [])
    guard !lines.isEmpty else { return }
    let table = Table(
      section.title, title: section.title, columns: [Table.Column("In words", .text)],
      rows: lines.map { [.text($0)] })
    let name = names.sheet([section.title])
    try add(
      table, named: name, part: section.title, preface: preface(), shorthandOf: section.sentences)
  }

  @discardableResult
  private mutating func add(
    _ table: Table, named name: String, part: String, preface: TableSheet.Preface,
    shorthandOf sentences: [Sentence] = []
  ) throws(WorkbookFailure) -> TableSheet {
    var preface = preface
    preface.shorthandOf = sentences
    preface.notes = table.notes.map { note in (number(of: note), note) }
    let sheet = try TableSheet(
      table, name: name, tableName: tableNames.table(table.name), preface: preface,
      isWorkingList: table.look.isWorkingList && !report.kind.mayBeShared)
    sheets.append(.table(sheet))
    contents.append((name, sheet.title, Names.oneLine(part)))
    return sheet
  }

  /// Counted from 1.
  private mutating func number(of note: String) -> Int {
    if let place = notes.firstIndex(of: note) { return place + 1 }
    notes.append(note)
    return notes.count
  }

  private mutating func add(
    _ chart: Chart, of figures: TableSheet, _ section: Section
  ) throws(WorkbookFailure) {
    let name = names.sheet(["Chart " + figures.name])
    guard let sheet = try ChartSheet(chart, of: figures, name: name, sensitivity: sensitivity) else { return }
    sheets.append(.chart(sheet))
    contents.append((name, "Chart: " + Names.oneLine(chart.title), Names.oneLine(section.title)))
  }

  private mutating func insertContents(named name: String, tableName: String) throws(WorkbookFailure) {
    let columns = ["Worksheet", "What it shows", "Part of the report"].map { Table.Column($0, .text) }
    let table = Table(
      tableName, title: "Contents", columns: columns,
      rows: contents.map { [.text($0.name), .text($0.title), .text($0.part)] })
    let sheet = try TableSheet(
      table, name: name, tableName: tableName, preface: preface(), links: contents.map(\.name))
    sheets.insert(.table(sheet), at: 0)
  }

  private func preface(_ sentences: [Sentence] = [], source: String? = nil) -> TableSheet.Preface {
    TableSheet.Preface(sensitivity: sensitivity, sentences: sentences, source: source)
  }

  /// What a table's sheet might be called, best first: its title, the start of its title, its name.
  private static func wishes(for table: Table) -> [String] {
    let start = table.title.prefix { !",;:(".contains($0) }
    return [table.title, String(start), table.name.split(separator: "_").joined(separator: " ")]
  }
}
