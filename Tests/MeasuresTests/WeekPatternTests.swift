import Policies
import Registers
import TestSupport
import Testing

@testable import Measures

/// A weekday missed beyond chance. Source: rules, section 6; `WeekPattern`.
@Suite struct WeekPatternTests {
  @Test(arguments: UInt64(1)...20) func `the probability of a count agrees with every subset`(seed: UInt64) {
    var random = Seeded(seed)
    let chances = (0..<Int.random(in: 0...10, using: &random)).map { _ in
      Double.random(in: 0...1, using: &random)
    }
    for count in 0...chances.count {
      let exact = (0..<(1 << chances.count)).reduce(0.0) { sum, subset in
        guard subset.nonzeroBitCount >= count else { return sum }
        return sum
          + chances.indices.reduce(1.0) { $0 * (subset >> $1 & 1 == 1 ? chances[$1] : 1 - chances[$1]) }
      }
      #expect(abs(WeekPattern.chance(of: count, among: chances) - min(1, exact)) < 1e-12, "seed \(seed)")
    }
  }

  /// Returns the share of choices of a number of days, weighted by the product of their odds, that include the day.
  @Test(arguments: UInt64(1)...20) func `the probability of a day agrees with every choice of days`(
    seed: UInt64
  ) {
    var random = Seeded(seed)
    let days = (0..<Int.random(in: 2...5, using: &random)).map { weekday in
      WeekPattern.DueDay(
        weekday: weekday, isMissed: Bool.random(using: &random),
        odds: Double.random(in: 0.01...5, using: &random), half: nil)
    }
    let missed = days.count(where: \.isMissed)
    let tests = WeekPattern.tests(of: days)
    guard missed > 0, missed < days.count else {
      #expect(tests.isEmpty, "a week missed whole, or not at all, says nothing")
      return
    }
    let choices = (0..<(1 << days.count)).filter { $0.nonzeroBitCount == missed }
    func weight(_ choice: Int) -> Double {
      days.indices.filter { choice >> $0 & 1 == 1 }.reduce(1.0) { $0 * days[$1].odds }
    }
    let all = choices.reduce(0.0) { $0 + weight($1) }
    #expect(tests.map(\.part) == Array(days.indices) && tests.map(\.isMissed) == days.map(\.isMissed))
    for look in tests {
      let with = choices.filter { $0 >> look.part & 1 == 1 }.reduce(0.0) { $0 + weight($1) }
      #expect(abs(look.chance - with / all) < 1e-12, "seed \(seed)")
    }
    #expect(abs(tests.reduce(0) { $0 + $1.chance } - Double(missed)) < 1e-9)
  }

  // MARK: whole schools

  /// Returns a school of 38 weeks whose pupils each have a probability of absence a day, from 0 to 20%.
  ///
  /// - Parameter change: Other absence, by pupil and index of the day.
  private static func school(
    _ seed: UInt64, pupils: Int = 200, weeks: Int = 38,
    change: (_ pupil: Int, _ day: Int) -> Bool = { _, _ in false }
  ) throws -> SchoolFigures {
    var random = Seeded(seed)
    let days = [Day].weekdays(5 * weeks, from: "2025-09-08")
    let lines = (0..<pupils).map { pupil in
      let chance = Double.random(in: 0...0.2, using: &random)
      return days.indices.map { day in
        let isAway = Double.random(in: 0..<1, using: &random) < chance
        let part = Int.random(in: 0..<6, using: &random)
        guard isAway || change(pupil, day) else { return "/ \\" }
        return change(pupil, day) ? "I I" : part == 0 ? "I \\" : part == 1 ? "/ I" : "I I"
      }.joined(separator: " ")
    }
    return try Shipped.figures(Register(lines, on: days))
  }

  @Test(arguments: UInt64(1)...4) func `a pupil absent on Fridays is found`(seed: UInt64) throws {
    let school = try Self.school(seed, pupils: 60, weeks: 20) { pupil, day in
      pupil == 17 && day % 5 == 4 && (day / 5) % 3 != 0
    }
    let pattern = try #require(school.pupils[17].pattern, "seed \(seed)")
    #expect(pattern.part == .weekday(.friday))
    #expect(pattern.missed >= 10 && pattern.expected < 9 && pattern.chance < 0.001)
  }

  /// Mornings missed and afternoons attended, on days that differ.
  @Test(arguments: UInt64(1)...4) func `a pupil absent in mornings is found`(seed: UInt64) throws {
    var random = Seeded(seed)
    let lines = (0..<60).map { pupil in
      (0..<100).map { day in
        if pupil == 5, day % 4 == 3 { return "I \\" }
        return switch Int.random(in: 0..<40, using: &random) {
        case 0: "I \\"
        case 1: "/ I"
        default: "/ \\"
        }
      }.joined(separator: " ")
    }
    let pupil = try Shipped.figures(Register(lines, on: .weekdays(100, from: "2025-09-08"))).pupils[5]
    #expect(pupil.pattern?.part == .half(.morning), "seed \(seed)")
  }

  /// A day on which everyone was absent gives no evidence about one pupil.
  @Test(arguments: UInt64(1)...4) func `no pupil is flagged if all are absent on Fridays`(seed: UInt64) throws
  {
    let school = try Self.school(seed, pupils: 60, weeks: 20) { _, day in day % 5 == 4 }
    #expect(school.pupils.compactMap(\.pattern) == [], "seed \(seed)")
  }

  /// Without a pattern, few pupils are flagged. Measured: none in 30 schools of 200 pupils.
  @Test func `few pupils are flagged in a school without patterns`() throws {
    let flags = try (UInt64(1)...10).map { try Self.school($0).pupils.count { $0.pattern != nil } }
    #expect(flags.reduce(0, +) <= 1, "\(flags)")
  }

  /// The pupil is away on the one day of the week on which the others are in: two such weeks are not enough, three are.
  @Test(arguments: [(2, false), (3, true)]) func `a pattern needs three weeks`(weeks: Int, isFlagged: Bool)
    throws
  {
    let fridays = MadeMarks.days(50, "I", on: (0..<weeks).map { 5 * $0 + 4 })
    let others = MadeMarks.days(50, "I", on: (0..<(5 * weeks)).filter { $0 % 5 < 4 })
    let lines = [fridays] + Array(repeating: others, count: 40)
    let figures = try Shipped.figures(Register(lines, on: .weekdays(50, from: "2025-09-08")))
    #expect((figures.pupils[0].pattern != nil) == isFlagged)
  }

  @Test func `two weeks are too few for a pattern`() throws {
    let away = MadeMarks.days(50, "I", on: [4, 9])
    let lines = [away] + Array(repeating: MadeMarks.days(50, but: [:]), count: 40)
    #expect(
      try Shipped.figures(Register(lines, on: .weekdays(50, from: "2025-09-08"))).pupils[0].pattern == nil)
    let six = MadeMarks.days(50, "I", on: [4, 9, 14, 19, 24, 29])
    let flagged = try Shipped.figures(
      Register([six] + lines.dropFirst(), on: .weekdays(50, from: "2025-09-08"))
    ).pupils[0].pattern
    #expect(flagged?.part == .weekday(.friday) && flagged?.missed == 6 && flagged?.of == 6)
  }
}
