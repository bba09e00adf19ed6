import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports

/// EHC plans, C2, T, rewards and broken weeks at their thresholds. Source: rules, sections 6 and 8; Docs/Policies.md.
@Suite struct CodeListTests {
  /// Two half-terms of fifty school days each, as a trust file plans them.
  private static let days = [Day].weekdays(100, from: "2025-09-08")
  private static let halfTerms = [
    HalfTerm(.autumn1, from: days[0], to: days[49]), HalfTerm(.autumn2, from: days[50], to: days[99]),
  ]

  /// Pupils by sessions missed of those possible, before and now.
  private static func listed(
    _ rows: [(before: (Int, Int), now: (Int, Int))], _ pupil: Pupil = .ofYear(5), by policy: String
  ) throws -> Listed {
    let lines =
      rows.map {
        MadeMarks.missed($0.before.0, of: $0.before.1, in: 100) + " "
          + MadeMarks.missed($0.now.0, of: $0.now.1, in: 100)
      } + [MadeMarks.of(("/", 200))]
    let pupils = Array(repeating: pupil, count: rows.count) + [.ofYear(5)]
    return try Listed(Register(lines, on: days, pupils: pupils, halfTerms: halfTerms), by: policy)
  }

  private static let planned = Pupil.made { $0.senProvision = .ehcPlan }

  /// Rules, section 8: attendance fallen since the last half-term by 3 percentage points or more.
  @Test(arguments: Policy.shipped.keys.sorted())
  func `a plan with attendance down three points is listed`(policy: String) throws {
    let rows = [
      ((0, 100), (2, 69)), ((0, 100), (3, 100)), ((2, 100), (5, 100)), ((2, 100), (4, 100)),
      ((10, 100), (0, 100)), ((0, 0), (50, 100)), ((5, 100), (0, 0)),
    ]
    let listed = try Self.listed(rows.map { (before: $0.0, now: $0.1) }, Self.planned, by: policy)
    #expect(listed[Titles.plan] == [1, 2])
    #expect(try listed.cell(Titles.plan, "Change (points)", of: 1) == "-3.0")
    #expect(try listed.list(Titles.plan).members.allSatisfy { $0.task?.urgency == .planFalling })
    let support = Pupil.made { $0.senProvision = .support }
    #expect(try Self.listed([((0, 100), (50, 100))], support, by: policy)[Titles.plan] == [])
  }

  /// Rules, section 2: differences are taken before rounding. 2 of 67 missed is a fall of 2.985 points.
  @Test(arguments: [Titles.plan, "Attendance fell most"])
  func `a fall of almost three points is not listed`(title: String) throws {
    let listed = try Self.listed([((0, 100), (2, 67))], Self.planned, by: "dfe-2024")
    #expect(listed[title] == [])
  }

  /// Rules, section 8: C2 by its length in school weeks; more than six are reviewed.
  @Test(arguments: [(1, "No"), (6, "No"), (7, "Yes")])
  func `a part-time timetable of more than six weeks is long`(weeks: Int, isLong: String) throws {
    let line = MadeMarks.days(60, "/ C2", on: (0..<weeks).map { $0 * 5 + 2 })
    let listed = try Listed(Register([line], on: .weekdays(60, from: "2025-09-08")), by: "dfe-2024")
    #expect(try listed.cell(Titles.partTime, "Over 6 weeks") == isLong)
    #expect(try listed.cell(Titles.partTime, "School weeks with C2") == "\(weeks)")
    #expect(try listed.cell(Titles.partTime, "Sessions") == "\(weeks)")
  }

  /// Rules, section 8: 200 attendances in 12 months are a defence in law.
  @Test(arguments: [(199, "1"), (200, "0"), (201, "0")])
  func `the attendances below two hundred are shown`(attended: Int, short: String) throws {
    let line = MadeMarks.of(("/", attended), ("T", 380 - attended))
    let listed = try Listed(
      Register([line], on: Array(RandomRegister.schoolDays.prefix(190))), by: "dfe-2024")
    #expect(try listed.cell(Titles.travelling, "Attended in 12 months") == "\(attended)")
    #expect(try listed.cell(Titles.travelling, "Short of 200") == short)
  }

  @Test func `twelve months include the end of the year before`() throws {
    let days = ["2024-11-28", "2024-11-29", "2024-12-02", "2025-11-28"].map { Day($0) }
    let listed = try Listed(Register(["/ / / / / / / T"], on: days), by: "dfe-2024")
    #expect(try listed.cell(Titles.travelling, "Attended in 12 months") == "5")
  }

  /// Docs/Policies.md, Stages: 98% and more good attendance, 100% a certificate; of the current half-term.
  @Test func `rewards are those of the half-term`() throws {
    let rows = [
      ((50, 100), (2, 95)), ((50, 100), (2, 100)), ((50, 100), (1, 100)), ((50, 100), (0, 100)),
      ((0, 100), (3, 100)), ((0, 100), (0, 0)), ((0, 100), (0, 1)),
    ]
    let listed = try Self.listed(rows.map { (before: $0.0, now: $0.1) }, by: "mason-moor-primary")
    #expect(listed["Reward: Certificate"] == [3, 6, 7])
    #expect(listed["Reward: Good attendance"] == [1, 2])
    #expect(
      try Self.listed([((0, 1), (0, 1))], by: "st-albans-mat").lists.allSatisfy {
        !$0.title.hasPrefix("Reward")
      })
  }

  /// Rules, section 6: 2 of 4 is a concern, 2 of 20 much less; a quarter of the weeks and two of them are listed.
  @Test(arguments: [(2, 4, true), (2, 8, true), (2, 9, false), (2, 20, false), (1, 4, false), (5, 20, true)])
  func `weeks with an absence are compared with the weeks in session`(broken: Int, weeks: Int, isListed: Bool)
    throws
  {
    let line = MadeMarks.days(5 * weeks, "I \\", on: (0..<broken).map { $0 * 5 })
    let register = Register([line], on: .weekdays(5 * weeks, from: "2025-09-08"))
    let listed = try Listed(register, by: "bramhall-high")
    #expect(listed["Broken weeks"] == (isListed ? [0] : []))
    if isListed {
      #expect(try listed.cell("Broken weeks", "Weeks in session") == "\(weeks)")
      #expect(try listed.cell("Broken weeks", "Illness, share of absence (%)") == "100.0%")
      // A Monday morning: every absence is beside a weekend.
      #expect(try listed.cell("Broken weeks", "Absences beside a weekend or holiday") == "\(broken)")
    }
    let without = try Listed(register, by: "st-albans-mat")
    #expect(!without.lists.contains { $0.title == "Broken weeks" })
  }

  /// A week without a possible session is not a week in session (rules, section 6).
  @Test func `a pupil's weeks are those with a possible session`() throws {
    let line = MadeMarks.of(("I", 1), ("/", 9), ("D", 140), ("I", 10), ("/", 40))
    let other = MadeMarks.of(("/", 200))
    let listed = try Listed(
      Register([line, other], on: .weekdays(100, from: "2025-09-08")), by: "bramhall-high")
    #expect(listed["Broken weeks"] == [0])
    #expect(try listed.cell("Broken weeks", "Weeks in session") == "6")
    #expect(try listed.cell("Broken weeks", "Whole weeks absent") == "1")
  }

  /// Rules, section 8: C is listed by its use.
  @Test func `every leave in exceptional circumstances is listed`() throws {
    let title = "Leave in exceptional circumstances (C)"
    let lines = [
      MadeMarks.days(10, but: [2: "C"]), MadeMarks.days(10, but: [2: "C1"]),
      MadeMarks.days(10, but: [1: "C C", 2: "C \\"]),
    ]
    let listed = try Listed(Register(lines, on: .weekdays(10, from: "2025-09-08")), by: "dfe-2024")
    #expect(listed[title] == [2, 0])
    #expect(try listed.cell(title, "Dates", of: 2) == "9 Sep C, 10 Sep AM C")
  }
}
