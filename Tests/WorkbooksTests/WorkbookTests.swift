import Foundation
import FoundationXML
import Measures
import Registers
import ReportModel
import Testing

@testable import Workbooks

@Suite struct WorkbookTests {
  @Test func `the sheets are in the order of the checklist`() throws {
    let book = try SampleReports.report(charts: [SampleReports.chart]).written()
    #expect(
      book.sheets.map(\.name) == [
        "Cover", "Contents", "Summary", "Attendance by year group",
        "Chart Attendance by year group", "Notes",
      ])
  }

  @Test func `Contents links to every other sheet`() throws {
    let book = try SampleReports.report(charts: [SampleReports.chart]).written()
    let links = try book.sheet("Contents").document.elements("hyperlink").map { $0["location"] }
    #expect(links == book.sheets.map(\.name).filter { $0 != "Contents" }.map { "'\($0)'!A1" })
  }

  @Test func `a table follows its title and its notes and ends the sheet`() throws {
    let report = SampleReports.report(sentences: ["\(.pupils(1204)) pupils were on roll."])
    let sheet = try report.written().sheet("Attendance by year group")
    #expect(
      try sheet.firstColumn == [
        "Attendance by year group, Spring 1 2025/26 [note 2]", "This worksheet contains one table.",
        "1,204 pupils were on roll.", "[note 2] Years 7 to 10 are shown.",
        "Shorthand: [z] means does not apply.",
        "Source: Registers of the school", "Year group", "Year 7", "Year 8", "Year 9", "Year 10",
      ])
    // No row is left out on the way, so none is blank.
    #expect(try sheet.document.elements("row").map { $0["r"] } == (1...11).map { "\($0)" })
    #expect(try sheet.document.elements("mergeCell").isEmpty)
  }

  @Test func `the Excel table covers its rows and names its columns`() throws {
    let book = try SampleReports.report().written()
    let table = try #require(try book.tables.first { $0["name"] == "Attendance_by_year" })
    #expect(table["ref"] == "A6:F10")
    let columns = try table.nodes(forXPath: ".//*[local-name()='tableColumn']")
    #expect(
      columns.compactMap { ($0 as? XMLElement)?["name"] } == SampleReports.byYear.columns.map(\.header))
  }

  @Test func `numbers are exact numbers and dates are dates`() throws {
    let sheet = try SampleReports.report().written().sheet("Attendance by year group")
    #expect(sheet["B7"]?.number == 1204)
    #expect(sheet["C8"]?.number.map { abs($0 - 200.0 / 3) < 1e-12 } == true)
    #expect(sheet["D8"]?.number == -0.5)
    #expect(sheet["E7"]?.number == 12345.67)
    // 13 February 2026, as Excel counts days.
    #expect(sheet["F7"]?.number == 46_066)
    #expect(sheet["C9"]?.text == "[z]")
  }

  @Test func `numbers have the same format as on the page`() throws {
    let book = try SampleReports.report().written()
    let sheet = try book.sheet("Attendance by year group")
    let styles = try XMLDocument(xmlString: try #require(book.parts["xl/styles.xml"]))
    let formats = try styles.elements("numFmt").reduce(into: [:]) { $0[$1["numFmtId"]] = $1["formatCode"] }
    let cellFormats = try styles.nodes(forXPath: "//*[local-name()='cellXfs']/*[local-name()='xf']")
    func format(_ address: String) throws -> String? {
      let style = try #require(sheet[address]?.style)
      let number = try #require((cellFormats[style] as? XMLElement)?["numFmtId"])
      return number == "3" ? "#,##0" : formats[number]
    }
    #expect(try format("B7") == "#,##0")
    #expect(try format("C7") == "0.0")
    #expect(try format("D7") == "+0.0;-0.0;0.0")
    #expect(try format("E7") == "#,##0.00")
    #expect(try format("F7") == "[$-809]d mmmm yyyy")
  }

  @Test(arguments: [
    "=1+1", "+44 20", "-A1", "@SUM(A1)", "http://example.org", "0012", "A\u{0}B\u{FFFF}é", "a\nb & <c>",
  ])
  func `text stays text`(text: String) throws {
    let sheet = try SampleReports.report(
      .attendanceActions, tables: [SampleReports.list([[.text(text), .number(3)]])]
    )
    .written().sheet("Pupils to see")
    let cell = try #require(sheet["A6"])
    #expect(cell.text == text.filter { $0 != "\u{0}" && $0 != "\u{FFFF}" })
    #expect(!cell.isFormula)
    #expect(try sheet.document.elements("hyperlink").isEmpty)
  }

  @Test func `an empty text becomes not applicable`() throws {
    let sheet = try SampleReports.report(
      .attendanceActions, tables: [SampleReports.list([[.text(" "), .number(3)]])]
    )
    .written().sheet("Pupils to see")
    #expect(
      try sheet.firstColumn.suffix(4) == [
        "Shorthand: [z] means does not apply.", "Source: Attendance registers of the school", "Pupil", "[z]",
      ])
  }

  @Test func `a table without rows has a row with None`() throws {
    let book = try SampleReports.report(.attendanceActions, tables: [SampleReports.list([])]).written()
    let rows = try book.sheet("Pupils to see").rows
    #expect(rows.suffix(2) == [["Pupil", "Sessions missed"], ["None", "[z]"]])
    #expect(rows.contains(["Shorthand: [z] means does not apply."]))
  }

  @Test func `a shown percentage is stored as it is shown`() throws {
    let table = Table(
      "Small", title: "Small numbers",
      columns: [Table.Column("Group", .text), Table.Column("Rate (%)", .percent)],
      rows: [
        [.text("Whole"), .percent(93, places: 0)], [.text("Decimal"), .percent(945, places: 1)],
        [.text("Gap"), .difference(-42, places: 1)], [.text("Hidden"), .shorthand(.confidential)],
      ])
    let sheet = try SampleReports.report(tables: [table]).written().sheet("Small numbers")
    let shown = try sheet.rows.suffix(4).map { $0[1] }
    #expect(shown == ["93.0", "94.5", "-4.2", "[c]"], "\(shown)")
    #expect(try sheet.firstColumn.contains("Shorthand: [c] means hidden to protect pupils."))
  }

  @Test(arguments: Report.Kind.allCases)
  func `a report that names pupils has its sensitivity on every sheet`(kind: Report.Kind) throws {
    let book = try SampleReports.report(kind, charts: [SampleReports.chart]).written()
    let saying = try book.sheets.filter { try $0.firstColumn.prefix(3).contains(kind.sensitivity) }
    #expect(saying.map(\.name) == (kind.mayBeShared ? ["Cover"] : book.sheets.map(\.name)))
  }

  @Test(arguments: [(Report.Kind.governorPack, 0), (.attendanceActions, 1)])
  func `only a working list for staff has filters and frozen panes`(kind: Report.Kind, count: Int) throws {
    let list = SampleReports.list([[.text("A"), .number(3)]])
    let book = try SampleReports.report(kind, tables: [SampleReports.byYear, list]).written()
    #expect(try book.sheets.flatMap { try $0.document.elements("pane") }.count == count)
    let filters = try book.tables.flatMap { try $0.nodes(forXPath: ".//*[local-name()='autoFilter']") }
    #expect(filters.count == count)
  }

  @Test func `the document properties have the title, the author and the as-at date`() throws {
    let core = try #require(try SampleReports.report().written().parts["docProps/core.xml"])
    #expect(core.contains("<dc:title>Governor pack: Mill Lane Primary School</dc:title>"))
    #expect(core.contains("<dc:subject>Mill Lane Primary School, Spring 1 2025/26</dc:subject>"))
    #expect(core.contains("<dc:creator>Riverside Learning Trust</dc:creator>"))
    #expect(core.contains(">2026-02-13T12:00:00Z</dcterms:created>"))
  }

  @Test func `the same report gives the same bytes twice`() throws {
    let report = SampleReports.report(charts: [SampleReports.chart])
    #expect(try report.bytes() == report.bytes())
  }

  /// Runs in a separate process, because a time zone and a working folder are those of a process.
  @Test func `the same report gives the same bytes in any time zone and folder`() async throws {
    let folder = NSTemporaryDirectory() + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for zone in ["UTC", "Pacific/Kiritimati"] {
      let workingFolder = folder + "/" + zone
      await #expect(processExitsWith: .success) {
        [zone = zone as String, workingFolder = workingFolder as String] in
        setenv("TZ", zone, 1)
        tzset()
        try FileManager.default.createDirectory(atPath: workingFolder, withIntermediateDirectories: true)
        #expect(FileManager.default.changeCurrentDirectoryPath(workingFolder))
        let report = SampleReports.report(charts: [SampleReports.chart])
        try report.writeWorkbook(to: "report.xlsx", publisher: "Riverside Learning Trust")
      }
    }
    let here = try SampleReports.report(charts: [SampleReports.chart]).bytes()
    for zone in ["UTC", "Pacific/Kiritimati"] {
      let there = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(zone)/report.xlsx"))
      #expect(there == here, "\(zone)")
    }
  }
}
