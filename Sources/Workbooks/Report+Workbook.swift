import OrderedCollections
import Registers
import ReportModel

extension Report {
  /// Writes the report as an Excel workbook. The same report always gives the same bytes.
  ///
  /// The file gets its name after it is complete. The layout follows the Government Analysis Function's "Making
  /// spreadsheets accessible".
  ///
  /// - Throws: `WorkbookFailure` if the report does not fit a workbook or the file cannot be written.
  package func writeWorkbook(to path: String, publisher: String) throws(WorkbookFailure) {
    let plan = try SheetPlan(self, publisher: publisher)
    var file = try WorkbookFile(path: path)
    try file.describe(
      title: plan.title, subject: UniqueNames.oneLine("\(subject), \(period)"),
      author: UniqueNames.oneLine(publisher),
      created: asAt)
    try file.write(plan.cover)
    for sheet in plan.sheets {
      switch sheet {
      case .table(let sheet): try file.write(sheet)
      case .chart(let sheet): try file.write(sheet)
      }
    }
    try file.save()
  }
}

/// The sheets of a report's workbook in order, with their names, before they are written.
struct SheetPlan {
  let title: String
  let cover: CoverSheet
  private(set) var sheets: [Sheet] = []

  enum Sheet {
    case table(TableSheet)
    case chart(ChartSheet)
  }

  private let report: Report
  /// The sensitivity on every sheet of a report that names pupils, or `nil` for other reports.
  private let sensitivity: String?
  private var names = UniqueNames()
  private var tableNames = UniqueNames()
  private var contents: [(name: String, title: String, section: String)] = []
  /// The notes of the report and of its tables in the order of the sheet Notes, each once.
  private var notes: OrderedSet<String>

  init(_ report: Report, publisher: String) throws(WorkbookFailure) {
    self.report = report
    title = UniqueNames.oneLine("\(report.kind.title): \(report.subject)")
    sensitivity = report.kind.mayBeShared ? nil : report.kind.sensitivity
    notes = OrderedSet(report.notes)
    let names = SheetPlan.fixedNames
    for name in names { _ = self.names.sheet([name]) }
    cover = CoverSheet(report, title: title, publisher: publisher, name: names[0])
    contents = [(names[0], title, SheetPlan.fixedSection)]
    let contentsTable = tableNames.table("List_of_worksheets")
    try addSummary(named: names[2])
    try addQuestions()
    for section in report.sections { try add(section) }
    try addNotes(named: names[3])
    try insertContents(named: names[1], tableName: contentsTable)
  }

  private static let fixedNames = ["Cover", "Contents", "Summary", "Notes"]
  private static let fixedSection = "About this report"

  private mutating func addSummary(named name: String) throws(WorkbookFailure) {
    let table = Table(
      "Summary_of_headlines", title: "Summary",
      columns: [Table.Column("What matters most, most important first", .text)],
      rows: report.headlines.map { [.text($0.formatted)] })
    try add(
      table, named: name, section: SheetPlan.fixedSection, preface: preface(), shorthandOf: report.headlines)
  }

  private mutating func addNotes(named name: String) throws(WorkbookFailure) {
    let table = Table(
      "Notes_on_method", title: "Notes",
      columns: [Table.Column("Note number", .text), Table.Column("Note", .text)],
      rows: notes.enumerated().map { [.text("note \($0 + 1)"), .text($1)] })
    try add(table, named: name, section: SheetPlan.fixedSection, preface: preface())
  }

  private mutating func add(_ section: Section) throws(WorkbookFailure) {
    for chart in section.charts where !report.tables.contains(where: { $0.name == chart.table }) {
      throw .noTableForChart(chart: chart.title, table: chart.table)
    }
    // The tables of excerpts have sheets of their own.
    let tables = section.tables.filter { $0.look != .excerpt }
    if tables.isEmpty, section.tables.isEmpty || section.prose != nil { try addText(of: section) }
    for (index, table) in tables.enumerated() {
      let name = names.sheet(SheetPlan.nameCandidates(for: table))
      let figures = try add(
        table, named: name, section: section.title,
        preface: preface(index == 0 ? section.sentences : [], source: table.source))
      for other in report.sections {
        for chart in other.charts where chart.table == table.name { try add(chart, of: figures, section) }
      }
    }
  }

  private mutating func addQuestions() throws(WorkbookFailure) {
    let questions = report.questions.prefix(Question.maxShown)
    guard !questions.isEmpty else { return }
    let table = Table(
      "Questions_to_ask", title: "Questions to ask",
      columns: [Table.Column("Question", .text), Table.Column("Where to look", .text)],
      rows: questions.map {
        [.text($0.sentence.formatted), $0.section.isEmpty ? .shorthand(.notApplicable) : .text($0.section)]
      })
    try add(table, named: names.sheet([table.title]), section: SheetPlan.fixedSection, preface: preface())
  }

  /// Adds the text of a section without a table as a table, so that all sheets have the same structure.
  private mutating func addText(of section: Section) throws(WorkbookFailure) {
    let lines = section.sentences.map(\.formatted) + (section.prose?.lines ?? [])
    guard !lines.isEmpty else { return }
    let table = Table(
      section.title, title: section.title, columns: [Table.Column("In words", .text)],
      rows: lines.map { [.text($0)] })
    let name = names.sheet([section.title])
    try add(
      table, named: name, section: section.title, preface: preface(), shorthandOf: section.sentences)
  }

  @discardableResult
  private mutating func add(
    _ table: Table, named name: String, section: String, preface: TableSheet.Preface,
    shorthandOf sentences: [Sentence] = []
  ) throws(WorkbookFailure) -> TableSheet {
    var preface = preface
    preface.shorthandOf = sentences
    preface.notes = table.notes.map { note in (number(of: note), note) }
    let sheet = try TableSheet(
      table, name: name, tableName: tableNames.table(table.name), preface: preface,
      isWorkingList: table.look.isWorkingList && !report.kind.mayBeShared)
    sheets.append(.table(sheet))
    contents.append((name, sheet.title, UniqueNames.oneLine(section)))
    return sheet
  }

  /// Returns the number of a note, counted from 1, and adds the note if it is new.
  private mutating func number(of note: String) -> Int { notes.append(note).index + 1 }

  private mutating func add(
    _ chart: Chart, of figures: TableSheet, _ section: Section
  ) throws(WorkbookFailure) {
    let name = names.sheet(["Chart " + figures.name])
    guard let sheet = try ChartSheet(chart, of: figures, name: name, sensitivity: sensitivity) else { return }
    sheets.append(.chart(sheet))
    contents.append((name, "Chart: " + UniqueNames.oneLine(chart.title), UniqueNames.oneLine(section.title)))
  }

  private mutating func insertContents(named name: String, tableName: String) throws(WorkbookFailure) {
    let columns = ["Worksheet", "What it shows", "Part of the report"].map { Table.Column($0, .text) }
    let table = Table(
      tableName, title: "Contents", columns: columns,
      rows: contents.map { [.text($0.name), .text($0.title), .text($0.section)] })
    let sheet = try TableSheet(
      table, name: name, tableName: tableName, preface: preface(), links: contents.map(\.name))
    sheets.insert(.table(sheet), at: 0)
  }

  private func preface(_ sentences: [Sentence] = [], source: String? = nil) -> TableSheet.Preface {
    TableSheet.Preface(sensitivity: sensitivity, sentences: sentences, source: source)
  }

  /// Returns possible names of a table's sheet, best first: its title, the start of its title, its name.
  private static func nameCandidates(for table: Table) -> [String] {
    let start = table.title.prefix { !",;:(".contains($0) }
    return [table.title, String(start), table.name.split(separator: "_").joined(separator: " ")]
  }
}

/// The first worksheet, with the subject of the workbook, its purpose and how to read it.
struct CoverSheet {
  let name: String
  let title: String
  let sensitivity: String
  let purpose: String
  let paragraphs: [(heading: String, text: String)]

  init(_ report: Report, title: String, publisher: String, name: String) {
    self.name = name
    self.title = title
    sensitivity = report.kind.sensitivity
    purpose = UniqueNames.oneLine(report.purpose)
    let shorthand = Cell.Shorthand.allCases.map(\.meaning)
    paragraphs = [
      ("About", report.subject),
      ("Period", report.period),
      ("Figures as at", report.asAt.formatted),
      ("Published by and contact", publisher),
      ("Language", "English (United Kingdom)"),
      (
        "How to read this workbook",
        "Each worksheet after this one contains one table or one chart. Contents lists them, with links."
          + " Where a cell shows no figure, \(shorthand.joined(separator: "; "))."
      ),
    ].map { ($0, UniqueNames.oneLine($1)) }.filter { !$1.isEmpty }
  }
}

extension CoverSheet {
  /// The width of the column in pixels.
  static let width = 760
}

extension WorkbookFile {
  mutating func write(_ sheet: CoverSheet) throws(WorkbookFailure) {
    try addSheet(named: sheet.name, title: sheet.title, isOnePage: true)
    try setWidth(CoverSheet.width, ofColumn: 0)
    try write(sheet.sensitivity, at: (1, 0), .paragraph)
    var row = 2
    if !sheet.purpose.isEmpty {
      try writeParagraph(sheet.purpose, atRow: row, width: CoverSheet.width)
      row += 1
    }
    for paragraph in sheet.paragraphs {
      try write(paragraph.heading, at: (row, 0), .heading)
      try setHeight(30, ofRow: row)
      try writeParagraph(paragraph.text, atRow: row + 1, width: CoverSheet.width)
      row += 2
    }
  }
}
