import Measures
import Registers
import Release
import ReportModel
import TestSupport
import Testing

@testable import BoardReports
@testable import StaffReports

@testable import DataFiles

@Suite struct ReportTests {
  /// Every report of a seeded school and of a trust of two.
  static func reports(_ seed: UInt64) throws -> [Report] {
    let school = try LawSeeds.figures(seed)
    return [
      try Shown.pack(school), .sencoReport(school), .lookedAfterReport(school), .disadvantagedReport(school),
      .attendanceActions(school),
      .dataQuality(school, files: [], findings: []), try Shown.review([school]),
    ]
  }

  @Test(arguments: LawSeeds.all) func `every row of a table has a cell for every column`(seed: UInt64) throws
  {
    for report in try Self.reports(seed) {
      for table in report.tables {
        for row in table.rows { #expect(row.count == table.columns.count, "\(report.kind) \(table.name)") }
      }
    }
  }

  @Test(arguments: LawSeeds.all) func `table names are unique and charts have their table`(seed: UInt64)
    throws
  {
    for report in try Self.reports(seed) {
      #expect(Set(report.tables.map(\.name)).count == report.tables.count)
      for section in report.sections {
        for chart in section.charts {
          let table = try #require(report.tables.first { $0.name == chart.table }, "\(chart.title)")
          #expect(chart.series.allSatisfy { $0 < table.columns.count })
          #expect(chart.title.split(separator: " ").count <= 10, "\(chart.title)")
          #expect(chart.series.count <= (chart.kind == .funnel ? 5 : 4))
        }
      }
    }
  }

  @Test func `a shared report has no name in it`() throws {
    let register = RandomRegister(seed: 9).register
    var pupils = register.pupils
    for place in pupils.indices { pupils[place].surname = Redacted("Canary\(place)") }
    let named = Register(
      school: register.school, pupils: pupils, sessions: register.sessions,
      marks: register.flatMap { $0.map(\.rawValue) }, minutes: [])
    let policy = try LawSeeds.figures(1).policy
    let school = SchoolFigures(named, asAt: RandomRegister(seed: 9).asAt, policy: policy)
    #expect(!"\(try Shown.pack(school))".contains("Canary"))
    #expect("\(Report.sencoReport(school))".contains("Canary"))
  }

  @Test func `a figure has a readable form`() {
    #expect(Cell.pupils(1_204_567).formatted == "1,204,567")
    #expect(Cell.points(-7, of: 9).formatted == "-0.7")
    #expect(Cell.points(13, of: 9).formatted == "+1.3")
    #expect(Cell.day(Day("2026-02-13")).formatted == "13 February 2026")
    #expect(Cell.decimal(108, places: 1, of: 9).formatted == "10.8")
  }

  @Test func `measures are rows of the contract`() throws {
    let header = MeasuresData.file.columns.count
    #expect(header == 24)
    let school = try LawSeeds.figures(1)
    let lines = String(decoding: MeasuresData.lines(of: school), as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == header })
    #expect(lines[0].hasPrefix("202526,Year to date,School,100000,Seed 1,Total,Total,"))
    let pupils = PupilsData.file.columns.count
    let rows = String(decoding: PupilsData.lines(of: school), as: UTF8.self).split(separator: "\n")
    #expect(rows.count == school.pupils.count && !rows.isEmpty)
    for line in rows {
      #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == pupils)
    }
  }
}
