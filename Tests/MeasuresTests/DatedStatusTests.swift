import Policies
import Registers
import TestSupport
import Testing

@testable import Measures

/// Source: rules, section 3: the status on the day of the session counts.
@Suite struct DatedStatusTests {
  /// A pupil of ten school days from 8 September 2025, absent for the last two, with an EHC plan from the second Monday.
  private func figures(_ statuses: [DatedStatus], _ marks: String) throws -> SchoolFigures {
    var pupil = Pupil.ofYear(5)
    pupil.senProvision = .ehcPlan
    pupil.datedStatuses = statuses
    let register = Register([marks, marks], from: Day("2025-09-08"), pupils: [pupil, .ofYear(5)])
    let policy = try Policy(name: "p", yaml: "title: p", file: "p.yaml")
    return SchoolFigures(register, asAt: Day("2025-09-19"), policy: policy)
  }

  private static let marks = String(repeating: "/ \\ ", count: 8) + "I I I I"

  @Test func `a pupil is in a group on the days of the status`() throws {
    let plan = DatedStatus(.senProvision(.ehcPlan), from: Day("2025-09-15"), to: nil)
    let figures = try figures([plan], Self.marks)
    let withPlan = try #require(figures.figures(of: Group(.senProvision, "EHC plan"), in: .yearToDate))
    #expect(withPlan.tally.possible == 10)
    #expect(withPlan.tally.absence == 4)
    #expect(withPlan.persistent == 1)
    let before = try #require(figures.figures(of: Group(.senProvision, "No SEN"), in: .yearToDate))
    #expect(before.tally.possible == 10)
    #expect(before.tally.absence == 0)
    let total = try #require(figures.figures(of: .total, in: .yearToDate))
    #expect(total.enrolments == 2)
    #expect(total.tally.possible == 40)
    #expect(figures.figures(of: .allOnRoll, in: .yearToDate)?.tally.possible == 40)
    #expect(figures.codes[.yearToDate]?.possible == 40)
  }

  @Test func `a pupil's status is that of the as-at date`() throws {
    let ended = DatedStatus(.senProvision(.ehcPlan), from: nil, to: Day("2025-09-12"))
    let figures = try figures([ended], Self.marks)
    #expect(figures.pupils[0].pupil.senProvision == .none)
    #expect(figures.figures(of: Group(.senProvision, "EHC plan"), in: .yearToDate)?.tally.possible == 10)
  }

  @Test func `the later of two statuses counts`() {
    var pupil = Pupil()
    pupil.datedStatuses = [
      DatedStatus(.senProvision(.ehcPlan), from: Day("2025-10-01"), to: nil),
      DatedStatus(.senProvision(.support), from: Day("2024-09-01"), to: nil),
    ]
    #expect(pupil.on(Day("2025-09-30")).senProvision == .support)
    #expect(pupil.on(Day("2025-10-01")).senProvision == .ehcPlan)
    #expect(pupil.on(Day("2024-08-31")).senProvision == .none)
    #expect(pupil.daysOfChange == [Day("2024-09-01"), Day("2025-10-01")])
  }
}
