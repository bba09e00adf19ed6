import Measures
import Policies
import Registers
import TestSupport
import Testing

/// Figures at an earlier day agree with a register that ends on that day. Source: Docs/Decisions.md; rules, section 8.
@Suite struct StandingBeforeTests {
  /// A policy whose stages use weeks and windows of each kind.
  private static let own = """
    title: Own
    broken_weeks: {leave_out: [M, C2]}
    windows:
      - {name: Ten, sessions: 25, codes: unauthorised, within: {school_weeks: 10}}
      - {name: Term, sessions: 12, codes: unauthorised, within: half_term}
      - {name: Eighty, sessions: 3, codes: [U], within: {possible_sessions: 80}}
      - {name: Year, sessions: 15, codes: [I], within: school_year}
    stages:
      - {name: Weeks, broken_weeks_at_least: {share: 30, weeks: 2}}
      - {name: Term, window: Term}
      - {name: Eighty, window: Eighty}
      - {name: Year, window: Year}
      - {name: Ten, window: Ten}
    """

  private static let policies = Policy.shipped.keys.sorted() + [own]
  /// Early in a half-term, in holidays, and at the end of the year.
  private static let ends = ["2025-11-05", "2026-01-06", "2026-02-17", "2026-05-01", "2026-07-21"].map {
    Day($0)
  }

  @Test(arguments: LawTests.seeds.prefix(3), policies)
  func `figures of an earlier day agree with a register up to that day`(seed: UInt64, policy: String) throws {
    let register = RandomRegister(seed: seed, pupils: 15).register
    for end in Self.ends {
      let now = try Shipped.figures(register, by: policy, asAt: end)
      let last = try #require(now.halfTerms.dropLast().last).last
      let then = try Shipped.figures(register, by: policy, asAt: last)
      for (pupil, earlier) in zip(now.pupils, then.pupils) {
        let before = try #require(pupil.before)
        #expect(before.absence == earlier.year.absence, "seed \(seed) \(end)")
        #expect(before.possible == earlier.year.possible, "seed \(seed) \(end)")
        #expect(before.stage == earlier.stageIndex, "seed \(seed) \(end) \(pupil.position)")
      }
    }
  }

  @Test(arguments: LawTests.seeds.prefix(3), policies)
  func `the stage a week ago is that of five school days before`(seed: UInt64, policy: String) throws {
    let register = RandomRegister(seed: seed, pupils: 15).register
    for end in Self.ends {
      let now = try Shipped.figures(register, by: policy, asAt: end)
      let days = register.calendar.days.filter { $0 <= end }
      let then = try Shipped.figures(register, by: policy, asAt: days[days.count - 6])
      for (pupil, earlier) in zip(now.pupils, then.pupils) {
        #expect(pupil.stageIndexWeekAgo == earlier.stageIndex, "seed \(seed) \(end) \(pupil.position)")
      }
    }
  }

  @Test func `there is nothing before the first half-term and the first six days`() throws {
    let register = RandomRegister(seed: 1, pupils: 10).register
    let first = try Shipped.figures(register, by: "dfe-2024", asAt: Day("2025-10-24"))
    #expect(first.pupils.allSatisfy { $0.before == nil })
    let fifth = try Shipped.figures(register, by: "dfe-2024", asAt: RandomRegister.schoolDays[4])
    #expect(fifth.pupils.allSatisfy { $0.stageIndexWeekAgo == nil })
  }

  /// The year before counts in windows, and in no stage by attendance.
  @Test func `a stage by attendance restarts with the school year`() throws {
    let days: [Day] = .school("2025-07-07", "2025-07-18") + .school("2025-09-03", "2025-09-05")
    let register = Register([MadeMarks.of(("O", 20), ("/", 6))], on: days)
    let pupil = try Shipped.figures(register, by: "dfe-2024").pupils[0]
    #expect(pupil.stage == nil && pupil.stageIndexWeekAgo == nil && pupil.before == nil)
    #expect(pupil.evidence[0].now.count == 20)
  }

  /// In the first week of a school year the week before is in the last one, which a window of a half-term does not
  /// include.
  @Test func `a window of a half-term was empty a week before the year began`() throws {
    let policy = """
      title: P
      windows: [{name: Term, sessions: 4, codes: unauthorised, within: half_term}]
      stages: [{name: Four, window: Term}]
      """
    // Four sessions of the autumn before, none of that summer, and four of this September.
    let days: [Day] =
      .school("2024-09-09", "2024-09-13") + .school("2025-07-07", "2025-07-18")
      + .school("2025-09-03", "2025-09-05")
    let line = MadeMarks.of(("O", 4), ("/", 26), ("O", 4), ("/", 2))
    let register = Register([line], on: days)
    #expect(try Shipped.figures(register, by: policy, asAt: Day("2025-07-16")).pupils[0].stage == nil)
    let pupil = try Shipped.figures(register, by: policy).pupils[0]
    #expect(pupil.stage?.name == "Four")
    #expect(pupil.stageIndexWeekAgo == nil)
  }

  // MARK: days and weeks of the school

  /// Exactly twice the share of the median day (`busyDays`).
  @Test func `a day is busy from twice the absence of the median day`() throws {
    let shares = [10, 10, 10, 10, 20, 10, 10, 19, 10, 10, 60]
    let lines = (0..<100).map { pupil in
      MadeMarks.days(11, "I", on: (0..<11).filter { (pupil + 7 * $0) % 100 < shares[$0] })
    }
    let days = [Day].weekdays(11, from: "2025-09-08")
    let school = try Shipped.figures(Register(lines, on: days))
    #expect(school.busyDays.map(\.day) == [days[10], days[4]])
    #expect(school.busyDays.map(\.absence.formatted) == ["60.0%", "20.0%"])
    #expect(try Shipped.figures(Register(lines, on: days), asAt: days[8]).busyDays == [])
  }

  @Test(arguments: LawTests.seeds) func `the weeks of a half-term are those of its pupils`(seed: UInt64)
    throws
  {
    // In the midst of a half-term, whose later weeks do not count yet.
    let school = try Shipped.figures(RandomRegister(seed: seed).register, asAt: Day("2026-03-11"))
    #expect(school.halfTerms.count == 4)
    for (place, halfTerm) in school.halfTerms.enumerated() {
      let byForm = school.weeks(by: \.registrationGroup, in: halfTerm)
      var sums: [String: SessionTally] = [:]
      for pupil in school.pupils where pupil.halfTerms[place].possible > 0 {
        sums[pupil.pupil.registrationGroup, default: .zero] += pupil.halfTerms[place]
      }
      #expect(Set(byForm.keys) == Set(sums.keys), "seed \(seed)")
      for (form, weeks) in byForm {
        let whole = weeks.values.map(\.tally).reduce(.zero, +)
        #expect(whole.possible == sums[form]?.possible, "seed \(seed) \(form)")
        #expect(whole.absence == sums[form]?.absence, "seed \(seed) \(form)")
        let pupils = school.pupils.filter { $0.pupil.registrationGroup == form }
        #expect(weeks.values.allSatisfy { 1...pupils.count ~= $0.enrolments })
        #expect(weeks.keys.allSatisfy { $0.weekday == .monday && $0 <= halfTerm.last })
      }
    }
  }
}
