import Policies
import Registers
import TestSupport
import Testing

@testable import Measures

/// Weeks, days and illness of one pupil, against counting the marks one by one. Source: rules, sections 3, 6 and 8.
@Suite struct OwnWeeksTests {
  /// Rules, section 6: policies may leave out M, C2, E or count unauthorised only.
  static let rules: [(rule: String, breaks: [String])] = [
    ("{}", ["M", "C2", "E", "I", "O", "N", "G", "U", "C"]),
    ("{leave_out: [M, C2, E]}", ["I", "O", "N", "G", "U", "C"]),
    ("{count: unauthorised}", ["O", "N", "G", "U"]), ("{count: [I]}", ["I"]),
    ("{count: unauthorised, leave_out: [N]}", ["O", "G", "U"]),
  ]

  @Test(arguments: rules, ["M", "C2", "E", "I", "O", "N", "G", "U", "C", "L", "B", "D"])
  func `a week is broken by the codes of the rule`(_ rule: (rule: String, breaks: [String]), mark: String)
    throws
  {
    let line = MadeMarks.days(10, but: [2: "\(mark) \\"])
    let policy = "title: P\nbroken_weeks: \(rule.rule)"
    let pupil = try Shipped.figures(
      Register([line, MadeMarks.days(10, but: [:])], from: Day("2025-09-08")), by: policy
    ).pupils[0]
    #expect(pupil.ownWeeks.broken == (rule.breaks.contains(mark) ? 1 : 0), "\(rule.rule) \(mark)")
    #expect(pupil.ownWeeks.inSession == 2 && pupil.ownWeeks.whole == 0)
    #expect(pupil.weeks.broken == (Self.rules[0].breaks.contains(mark) ? 1 : 0))
  }

  @Test(arguments: LawTests.seeds, rules.map(\.rule))
  func `the weeks agree with counting marks`(seed: UInt64, rule: String) throws {
    let policy = "title: P\nbroken_weeks: \(rule)"
    let school = try Shipped.figures(RandomRegister(seed: seed, pupils: 15).register, by: policy)
    let codes = school.policy.brokenWeeks.codes
    for pupil in school.pupils {
      let byWeek = Dictionary(grouping: school.marks(of: pupil, .possible), by: \.session.day.monday)
      #expect(pupil.ownWeeks.inSession == byWeek.count, "seed \(seed)")
      #expect(pupil.ownWeeks.broken == byWeek.count { $0.value.contains { codes.contains($0.code) } })
      #expect(pupil.ownWeeks.whole == byWeek.count { $0.value.allSatisfy { codes.contains($0.code) } })
      let days = Set(school.marks(of: pupil, .possible).map(\.session.day))
      #expect(pupil.daysDue == days.count, "seed \(seed)")
    }
  }

  /// Rules, section 6: 2 of 4 is a concern, 2 of 20 much less.
  @Test(
    arguments: [
      (2, 4, "Plan"), (2, 5, "Notice"), (2, 8, "Notice"), (2, 9, nil), (2, 20, nil), (1, 2, "Notice"),
    ]
      as [(Int, Int, String?)])
  func `a stage by broken weeks is of the weeks in session`(broken: Int, weeks: Int, stage: String?) throws {
    let policy = """
      title: P
      broken_weeks: {leave_out: [M]}
      stages:
        - {name: Notice, broken_weeks_at_least: 25}
        - {name: Plan, broken_weeks_at_least: {share: 50, weeks: 2}}
      """
    // A medical appointment in every week breaks none.
    let medical = Dictionary(uniqueKeysWithValues: (0..<weeks).map { (5 * $0 + 1, "/ M") })
    let away = Dictionary(uniqueKeysWithValues: (0..<broken).map { (5 * $0 + 3, "I I") })
    let line = MadeMarks.days(5 * weeks, but: medical.merging(away) { $1 })
    let pupil = try Shipped.figures(Register([line], from: Day("2025-09-08")), by: policy).pupils[0]
    #expect(pupil.stage?.name == stage)
    #expect(pupil.weeks.broken == weeks && pupil.ownWeeks.broken == broken)
  }

  /// Rules, section 3: lists of returns use the legal age, from the term after the fifth birthday.
  @Test(arguments: [
    ("2020-08-31", 40), ("2020-09-01", 20), ("2020-12-31", 20), ("2021-01-01", 0), ("2010-06-01", 40),
    ("2009-08-31", 0),
  ])
  func `illness counts while of compulsory school age`(born: String, sessions: Int) throws {
    let days: [Day] = .school("2025-12-08", "2025-12-19") + .school("2026-01-05", "2026-01-16")
    let pupil = Pupil.made { ($0.year, $0.dateOfBirth) = (nil, Redacted(Day(born))) }
    let figures = try Shipped.figures(
      Register([MadeMarks.of(("I", 40))], on: days, pupils: [pupil]), by: "dfe-2024")
    #expect(figures.pupils[0].illnessOfCompulsoryAge == sessions)
    #expect(figures.pupils[0].illnessSessions == 40)
  }

  /// Year 11 may leave on the last Friday of June, 26 June 2026.
  @Test func `penalty notices and returns end with the leaving day`() throws {
    let days = [Day].school("2026-06-22", "2026-07-03")
    let figures = try Shipped.figures(
      Register(
        [MadeMarks.of(("O", 20)), MadeMarks.of(("O", 20))], on: days, pupils: [.ofYear(11), .ofYear(10)]),
      by: "mason-moor-primary")
    #expect(figures.pupils.map { $0.evidence[0].now.count } == [10, 20])
    #expect(figures.pupils.map { $0.runs[0].runs.count } == [0, 1])
    #expect(
      figures.pupils.map { $0.evidence[1].now.count } == [20, 20], "the school's own line is about all")
  }
}
