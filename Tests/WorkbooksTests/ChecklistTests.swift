import Foundation
import FoundationXML
import Measures
import Registers
import ReportModel
import Testing

@testable import Workbooks

/// A finished workbook compared with the checklist for workbooks, for rows that no other test covers.
///
/// Source: Government Analysis Function, "Making spreadsheets accessible".
@Suite struct ChecklistTests {
  private static let list = SampleReports.list([
    [.text("Ann"), .number(3)], [.text(""), .shorthand(.confidential)],
  ])

  /// A report with all that a workbook can hold.
  private static func report(_ kind: Report.Kind) -> Report {
    SampleReports.report(
      kind, tables: [SampleReports.byYear, list], charts: [SampleReports.chart],
      sentences: ["\(.pupils(1204)) pupils were on roll."])
  }

  static func book(_ kind: Report.Kind = .attendanceActions) throws -> OpenedWorkbook {
    try report(kind).written()
  }

  static let kinds: [Report.Kind] = [.governorPack, .attendanceActions]

  // 1. The order of the sheets; charts on sheets of their own.

  @Test func `the cover has the subject, the publisher and the date`() throws {
    let lines = try Self.book(.governorPack).sheet("Cover").firstColumn
    #expect(
      lines.prefix(2) == ["Governor pack: Mill Lane Primary School", Report.Kind.governorPack.sensitivity])
    let facts = [
      "For the governing board.", "Mill Lane Primary School", "Spring 1 2025/26", "13 February 2026",
      "Riverside Learning Trust", "English (United Kingdom)",
    ]
    for fact in facts { #expect(lines.contains(fact), "\(fact)") }
  }

  @Test(arguments: kinds) func `a chart has its own sheet after that of its table`(kind: Report.Kind) throws {
    let book = try Self.book(kind)
    let names = book.sheets.map(\.name)
    let chart = try #require(names.firstIndex { $0.hasPrefix("Chart ") })
    #expect(names[chart - 1] == "Attendance by year group")
    #expect(try book.sheets[chart].document.elements("tablePart").isEmpty)
    #expect(try book.sheets.flatMap { try $0.document.elements("drawing") }.count == 1)
    #expect(try book.sheets[chart].firstColumn.contains("This worksheet contains one chart."))
  }

  // 2. One table a sheet, from column A, with nothing below it.

  @Test(arguments: kinds) func `every sheet except the cover and charts has one table`(kind: Report.Kind)
    throws
  {
    let book = try Self.book(kind)
    for sheet in book.sheets where sheet.name != "Cover" && !sheet.name.hasPrefix("Chart ") {
      #expect(try sheet.document.elements("tablePart").count == 1, "\(sheet.name)")
      #expect(try sheet.firstColumn.prefix(3).contains("This worksheet contains one table."), "\(sheet.name)")
    }
  }

  @Test(arguments: kinds) func `a table starts in column A and ends the sheet`(kind: Report.Kind) throws {
    let book = try Self.book(kind)
    let sheets = book.sheets.filter { $0.name != "Cover" && !$0.name.hasPrefix("Chart ") }
    let tables = try book.tables
    #expect(tables.count == sheets.count && sheets.count == 5)
    for (sheet, table) in zip(sheets, tables) {
      let end = try #require(table["ref"].split(separator: ":").last)
      #expect(table["ref"].hasPrefix("A"), "\(sheet.name)")
      let whole = try #require(try sheet.document.elements("dimension").first?["ref"])
      #expect(whole == "A1:\(end)", "\(sheet.name)")
    }
  }

  @Test(arguments: kinds) func `every title is in A1, large and bold`(kind: Report.Kind) throws {
    let book = try Self.book(kind)
    for sheet in book.sheets {
      let font = try book.font(of: try #require(sheet["A1"]))
      #expect(font.size == 16 && font.isBold, "\(sheet.name)")
      // No other line is as large, so that the title is visible.
      #expect(try book.font(of: try #require(sheet["A2"])).size == 12, "\(sheet.name)")
    }
  }

  // 3. Rows, columns and sheets are whole, shown and apart.

  @Test(arguments: kinds) func `no cell is merged, hidden or blank`(kind: Report.Kind) throws {
    let book = try Self.book(kind)
    let workbook = try XMLDocument(xmlString: try #require(book.parts["xl/workbook.xml"]))
    #expect(try workbook.elements("sheet").allSatisfy { $0["state"].isEmpty })
    for sheet in book.sheets {
      #expect(try sheet.document.elements("mergeCell").isEmpty, "\(sheet.name)")
      let sizes = try sheet.document.elements("row") + sheet.document.elements("col")
      #expect(
        sizes.allSatisfy { $0["hidden"].isEmpty && $0["ht"] != "0" && $0["width"] != "0" }, "\(sheet.name)")
      let rows = try sheet.document.elements("row").map { $0["r"] }
      // A chart covers the rows below the last line.
      #expect(rows == (1...rows.count).map { "\($0)" }, "\(sheet.name)")
      #expect(try sheet.firstColumn.allSatisfy { !$0.isEmpty }, "\(sheet.name)")
    }
  }

  @Test(arguments: kinds) func `text in a table wraps`(kind: Report.Kind) throws {
    let book = try Self.book(kind)
    for (sheet, table) in try book.tabled {
      for cell in try sheet.cells(in: table["ref"]) where cell.text != nil {
        #expect(try book.style(of: cell).alignment?["wrapText"] == "1", "\(sheet.name)")
      }
    }
  }
}

/// The format of sheets, the contents of cells and the other parts of the file.
@Suite struct ChecklistFormatTests {
  // 4. No furniture: headers, footers, boxes, fills. Arial of 12 points.

  @Test(arguments: ChecklistTests.kinds) func `no sheet has a header, a footer or a text box`(
    kind: Report.Kind
  ) throws {
    let book = try ChecklistTests.book(kind)
    #expect(try book.sheets.allSatisfy { try $0.document.elements("headerFooter").isEmpty })
    let drawings = try book.documents(in: "xl/drawings/")
    #expect(drawings.count == 1)
    #expect(try drawings.allSatisfy { try $0.elements("sp").isEmpty && $0.elements("pic").isEmpty })
    #expect(!book.parts.keys.contains { $0.contains("comments") || $0.contains("vmlDrawing") })
  }

  @Test(arguments: ChecklistTests.kinds) func `every cell is in 12-point Arial without a fill`(
    kind: Report.Kind
  )
    throws
  {
    let book = try ChecklistTests.book(kind)
    for sheet in book.sheets {
      for cell in try sheet.written {
        let font = try book.font(of: cell)
        #expect(font.name == "Arial" && font.size >= 12, "\(sheet.name): \(cell.formatted)")
        #expect(try book.style(of: cell).format["fillId"] == "0", "\(sheet.name): \(cell.formatted)")
      }
    }
  }

  // 5. No empty cell; notes are marked and explained.

  @Test(arguments: ChecklistTests.kinds) func `every cell of a table has content`(kind: Report.Kind) throws {
    let book = try ChecklistTests.book(kind)
    for (sheet, table) in try book.tabled {
      #expect(try sheet.cells(in: table["ref"]).allSatisfy { !$0.formatted.isEmpty }, "\(sheet.name)")
    }
    #expect(
      try book.sheet("Pupils to see").firstColumn.contains {
        $0.hasPrefix("Shorthand: ") && $0.contains("[c] means") && $0.contains("[z] means")
      })
  }

  @Test func `a note is marked in the title and explained on Notes`() throws {
    func table(_ name: String, _ notes: [String]) -> Table {
      Table(name, title: name, columns: [Table.Column("A", .text)], rows: [[.text("x")]], notes: notes)
    }
    let tables = [table("First one", ["Both.", "How."]), table("Second one", ["Only here.", "Both."])]
    let book = try SampleReports.report(tables: tables, notes: ["How.", "Why."]).written()
    #expect(
      try book.sheet("First one").firstColumn.prefix(4) == [
        "First one [note 3] [note 1]", "This worksheet contains one table.", "[note 3] Both.",
        "[note 1] How.",
      ])
    #expect(try book.sheet("Second one").firstColumn.first == "Second one [note 4] [note 3]")
    #expect(
      try book.sheet("Notes").rows.suffix(4) == [
        ["note 1", "How."], ["note 2", "Why."], ["note 3", "Both."], ["note 4", "Only here."],
      ])
    // A link names the sheet, without the marks.
    #expect(try book.sheet("Contents").rows.contains { $0.prefix(2) == ["First one", "First one"] })
  }

  // 8. It opens at its beginning.

  @Test(arguments: ChecklistTests.kinds) func `the workbook opens on its first sheet with the cursor in A1`(
    kind: Report.Kind
  ) throws {
    let book = try ChecklistTests.book(kind)
    let workbook = try XMLDocument(xmlString: try #require(book.parts["xl/workbook.xml"]))
    // Without a word about it, a sheet opens with the cursor in A1, and the book at the first sheet.
    #expect(try workbook.elements("workbookView").allSatisfy { ["", "0"].contains($0["activeTab"]) })
    #expect(
      try book.sheets.map { try $0.document.elements("sheetView").first?["tabSelected"] == "1" }
        == book.sheets.indices.map { $0 == 0 })
    for sheet in book.sheets {
      let unfrozen = try sheet.document.elements("selection").filter { $0["pane"].isEmpty }
      #expect(unfrozen.allSatisfy { $0["activeCell"] == "A1" }, "\(sheet.name)")
    }
  }

  // Excel's own rules, where a report could break them.

  @Test func `a text that is too long for a cell is refused and not cut`() throws {
    func written(_ length: Int) throws -> OpenedWorkbook {
      let text = String(repeating: "x", count: length)
      return try SampleReports.report(tables: [SampleReports.list([[.text(text), .number(1)]])]).written()
    }
    #expect(try written(32_767).sheet("Pupils to see")["A5"]?.text?.count == 32_767)
    #expect(throws: WorkbookFailure.self) { try written(32_768) }
  }

  @Test(arguments: ChecklistTests.kinds) func `the header cells agree with the column names of the table`(
    kind: Report.Kind
  ) throws {
    let book = try ChecklistTests.book(kind)
    for (sheet, table) in try book.tabled {
      let columns = try table.nodes(forXPath: ".//*[local-name()='tableColumn']/@name").compactMap(
        \.stringValue)
      let header = try sheet.cells(in: table["ref"]).prefix(columns.count).map(\.formatted)
      #expect(header == columns, "\(sheet.name)")
      #expect(Set(header.map { $0.lowercased() }).count == header.count, "\(sheet.name)")
    }
  }
}
