import FoundationXML
import ReportModel
import Testing

@testable import Workbooks

@Suite struct ChartTests {
  private func references(_ name: String, in book: OpenedWorkbook) throws -> [String] {
    try #require(try book.charts.first)
      .nodes(forXPath: "//*[local-name()='\(name)']//*[local-name()='f']").compactMap(\.stringValue)
  }

  @Test func `a chart refers to the cells of its table`() throws {
    let complete = SampleReports.byYear.rows.filter { $0[0] != .text("Year 9") }
    let table = Table("Rates", title: "Rates", columns: SampleReports.byYear.columns, rows: complete)
    let chart = Chart(.columns, title: "t", caption: "c", description: "d", table: "Rates", series: [2, 1])
    let book = try SampleReports.report(tables: [table], charts: [chart]).written()
    #expect(try references("cat", in: book).first == "'Rates'!$A$5:$A$7")
    #expect(try book.values(at: references("cat", in: book)[0]) == ["Year 7", "Year 8", "Year 10"])
    #expect(
      try references("val", in: book).map(book.values) == [
        ["94.1", "66.66666666666667", "12.5"], ["1204.0", "1204.0", "1204.0"],
      ])
    #expect(try references("tx", in: book).flatMap(book.values) == ["Attendance (%)", "Pupils"])
  }

  @Test func `a row without a figure is not drawn as zero`() throws {
    let book = try SampleReports.report(charts: [SampleReports.chart]).written()
    #expect(try references("cat", in: book).map(book.values) == [["Year 7", "Year 8", "Year 10"]])
    #expect(
      try book.sheet("Chart Attendance by year group").firstColumn.contains(
        "Rows without a figure are not drawn."))
  }

  @Test func `a chart without values is left out`() throws {
    let table = Table(
      "Attendance_by_year", title: "Rates", columns: SampleReports.byYear.columns,
      rows: [SampleReports.byYear.rows[2]])
    let book = try SampleReports.report(tables: [table], charts: [SampleReports.chart]).written()
    #expect(try book.charts.isEmpty)
    #expect(!book.sheets.contains { $0.name.hasPrefix("Chart") })
  }

  @Test func `a chart has a text description`() throws {
    let book = try SampleReports.report(charts: [SampleReports.chart]).written()
    let drawing = try #require(book.parts["xl/drawings/drawing1.xml"])
    #expect(drawing.contains("descr=\"\(SampleReports.chart.description)\""))
    let chart = try #require(try book.charts.first)
    let titles = try chart.nodes(forXPath: "//*[local-name()='title']").compactMap(\.stringValue)
    #expect(titles == ["Year 7 attends most", "Year group", "Attendance (%)"])
    #expect(try chart.elements("legend").isEmpty)
    #expect(try chart.elements("min").map { $0["val"] } == ["0"])
    #expect(try chart.elements("srgbClr").map { $0["val"] }.contains("12436D"))
  }

  @Test func `a chart of a missing table or column is refused`() {
    func failure(table: String, series: [Int]) -> WorkbookFailure? {
      let chart = Chart(.line, title: "t", caption: "", description: "", table: table, series: series)
      return #expect(throws: WorkbookFailure.self) {
        try SampleReports.report(charts: [chart]).bytes()
      }
    }
    #expect(failure(table: "Other", series: [1]) == .noTableForChart(chart: "t", table: "Other"))
    let name = SampleReports.byYear.name
    #expect(failure(table: name, series: [6]) == .noColumnForChart(chart: "t", table: name, column: 6))
    #expect(failure(table: name, series: []) == .noColumnForChart(chart: "t", table: name, column: nil))
  }
}
