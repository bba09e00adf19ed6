import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports
@testable import ReportModel

/// The pupils and days that the figures of a lead's report count. Source: rules, sections 3 and 4.
@Suite struct LeadScopeTests {
  private static func compared(_ report: Report, _ name: String) throws -> [Cell] {
    try #require(
      LeadReportTests.rows(report, "Against_each_other").first { $0[0].formatted == name }, "\(name)")
  }

  /// Rules, section 3: for Year 11, sessions in the second half of the summer term are left out of national figures; the
  /// report says that groups are compared as in national figures.
  @Test func `year eleven leaves out the second half of the summer term`() throws {
    let days = RandomRegister.schoolDays
    let summer = 2 * days.count { $0 >= Day("2026-06-01") }
    let line = MadeMarks.of(("/", 2 * days.count - summer), ("O", summer))
    let pupil = Pupil.made { ($0.year, $0.senProvision) = (NCYear(11), .support) }
    let school = try Listed(Register([line], on: days, pupils: [pupil]), by: "dfe-2024").school
    let national = try #require(school.figures(of: Group(.senProvision, "SEN support"), in: .yearToDate))
    #expect(national.tally.absence == 0)
    let row = try Self.compared(.sencoReport(school), "SEN support")
    #expect(row[2] == .rate(national.tally.absenceRate, of: 1))
    #expect(row[8] == .pupils(national.persistent))
  }

  /// Rules, section 3: the status on the day of the session counts; the report has a note on this for SEN provision.
  @Test func `a plan counts on its days`() throws {
    let pupil = Pupil.made {
      $0.senProvision = .ehcPlan
      $0.datedStatuses = [
        DatedStatus(.senProvision(.support), from: nil, to: Day("2025-09-12")),
        DatedStatus(.senProvision(.ehcPlan), from: Day("2025-09-15"), to: nil),
      ]
    }
    let line = MadeMarks.of(("O", 10), ("/", 10))
    let school = try Listed(Register([line], from: Day("2025-09-08"), pupils: [pupil]), by: "dfe-2024").school
    let figures = try #require(school.figures(of: Group(.senProvision, "EHC plan"), in: .yearToDate))
    #expect(figures.tally.possible == 10 && figures.tally.absence == 0)
    let report = Report.sencoReport(school)
    #expect(
      report.notes.contains {
        $0.contains("except for SEN provision, disadvantage and care if the export gives dates")
      })
    let row = try Self.compared(report, "EHC plan")
    #expect(row[2] == .rate(figures.tally.absenceRate, of: 1))
  }

  /// Rules, section 4: blank is unknown, shown as its own group when anyone is in it.
  @Test func `pupils with an unknown status are a separate group`() throws {
    let pupils: [Pupil] = [
      .made { $0.senProvision = .support }, .made { $0.senProvision = SENProvision.none }, .ofYear(5),
    ]
    let school = try Listed(
      Register(pupils.map { _ in "I / / /" }, from: Day("2025-09-08"), pupils: pupils), by: "dfe-2024"
    ).school
    let rows = LeadReportTests.rows(.sencoReport(school), "Against_each_other")
    let parts = rows.dropLast().reduce(0.0) { $0 + ($1[1].value ?? 0) }
    #expect(rows.last?[1] == .pupils(3))
    #expect(parts == 3)
  }

  /// Rules, section 4: a blank is never counted as no. Parts leave such a pupil out; overlaps do not.
  @Test func `a blank is neither looked after nor not looked after`() throws {
    let pupils: [Pupil] = [
      .made { ($0.lookedAfter, $0.senProvision) = (.yes, .support) },
      .made { ($0.lookedAfter, $0.previouslyLookedAfter, $0.senProvision) = (.no, .no, .support) },
      .made { ($0.previouslyLookedAfter, $0.senProvision) = (.no, .support) },
    ]
    let school = try Listed(
      Register(pupils.map { _ in "I / / /" }, from: Day("2025-09-08"), pupils: pupils), by: "dfe-2024"
    ).school
    let report = Report.lookedAfterReport(school)
    #expect(try Self.compared(report, "Neither")[1] == .pupils(1))
    let overlap = try #require(
      LeadReportTests.rows(report, "Overlaps").first { $0[0].formatted == "Neither LAC nor PLAC, with SEN" })
    #expect(overlap[1] == .pupils(1))
  }

  /// Rules, section 3: groups are of pupils aged 5 to 15; lists are of all.
  @Test func `reception and sixth form are on lists but not in comparisons`() throws {
    let pupils = [0, 5, 12].map { year in
      Pupil.made { ($0.year, $0.disadvantaged, $0.surname) = (NCYear(year), .yes, Redacted("Year \(year)")) }
    }
    let school = try Listed(
      Register(["I I / /", "/ / / /", "O O O O"], from: Day("2025-09-08"), pupils: pupils), by: "dfe-2024"
    ).school
    let report = Report.disadvantagedReport(school)
    let row = try Self.compared(report, "Disadvantaged")
    #expect(row[1] == .pupils(1) && row[2] == .rate(Rate(0, of: 4), of: 1))
    let names = LeadReportTests.rows(report, "Pupils_by_half_term").map { $0[0].formatted }
    #expect(names == ["Year 12", "Year 0", "Year 5"])
  }

  /// The first headline compares the group with other pupils, as a difference of unrounded rates (rules, section 2).
  @Test func `the first sentence compares with other pupils`() throws {
    let pupils: [Pupil] = [
      .made { $0.senProvision = .support }, .made { $0.senProvision = .ehcPlan },
      .made { $0.senProvision = SENProvision.none },
    ]
    let lines = [
      MadeMarks.of(("I", 4), ("/", 16)), MadeMarks.of(("C2", 10), ("/", 10)),
      MadeMarks.of(("N", 1), ("/", 19)),
    ]
    let school = try Listed(Register(lines, from: Day("2025-09-08"), pupils: pupils), by: "dfe-2024").school
    let report = Report.sencoReport(school)
    #expect(
      report.headlines[0].formatted
        == "Pupils with SEN missed 35.0% of sessions this year, against 5.0% for other pupils: 30.0 percentage points more."
    )
    let plan = try Self.compared(report, "EHC plan")
    #expect(plan[2] == .rate(Rate(10, of: 20), of: 1) && plan[3] == .rate(Rate(0, of: 10), of: 1))
    let reasons = LeadReportTests.rows(report, "Reasons")
    #expect(
      reasons.map { $0[3].formatted } == ["50.0%", "20.0%"]
        && reasons.map { $0[4].formatted } == ["0.0%", "20.0%"])
  }
}
