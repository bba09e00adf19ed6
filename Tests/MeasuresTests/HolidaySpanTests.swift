import Measures
import Policies
import Registers
import TestSupport
import Testing

/// Windows and runs with a holiday inside. Source: rules, sections 5 and 8: across terms and school years.
@Suite struct HolidaySpanTests {
  typealias Stretch = (first: String, last: String)

  private static func days(_ stretches: [Stretch]) -> [Day] {
    stretches.flatMap { [Day].school($0.first, $0.last) }
  }

  /// Ten school weeks with a holiday inside, and the same with a week more before.
  static let windows: [(holiday: String, ten: [Stretch], eleven: [Stretch])] = [
    (
      "a half-term", [("2025-09-29", "2025-10-24"), ("2025-11-03", "2025-12-12")],
      [("2025-09-22", "2025-10-24"), ("2025-11-03", "2025-12-12")]
    ),
    (
      "Christmas", [("2025-11-24", "2025-12-19"), ("2026-01-05", "2026-02-13")],
      [("2025-11-17", "2025-12-19"), ("2026-01-05", "2026-02-13")]
    ),
    (
      "New Year, with one school day in its week",
      [("2025-11-24", "2025-12-19"), ("2026-01-02", "2026-02-06")],
      [("2025-11-17", "2025-12-19"), ("2026-01-02", "2026-02-06")]
    ),
    (
      "a summer", [("2025-06-23", "2025-07-18"), ("2025-09-01", "2025-10-10")],
      [("2025-06-16", "2025-07-18"), ("2025-09-01", "2025-10-10")]
    ),
  ]

  @Test(arguments: windows)
  func `ten school weeks do not count holidays`(_ row: (holiday: String, ten: [Stretch], eleven: [Stretch]))
    throws
  {
    for (stretches, count) in [(row.ten, 10), (row.eleven, 5)] {
      let days = Self.days(stretches)
      let line = MadeMarks.of(("O", 5), ("/", 2 * days.count - 10), ("O", 5))
      let pupil = try Shipped.figures(Register([line], on: days), by: "dfe-2024").pupils[0]
      #expect(pupil.windows.unauthorisedIn10WeeksNow == count, "\(row.holiday)")
      #expect(pupil.evidence[0].now.count == count, "\(row.holiday)")
      #expect(pupil.evidence[0].weeksUntilOldestDrops == (count == 10 ? 1 : 10), "\(row.holiday)")
    }
  }

  /// The as-at date is in the holiday: the window ends with the last school week before it.
  @Test func `a window in a holiday ends with the last school week`() throws {
    let days = Self.days([("2025-10-13", "2025-10-24")])
    let register = Register([MadeMarks.of(("O", 10), ("/", 10))], on: days)
    let pupil = try Shipped.figures(register, by: "dfe-2024", asAt: Day("2025-10-31")).pupils[0]
    #expect(pupil.evidence[0].now.count == 10 && pupil.evidence[0].weeksUntilOldestDrops == 9)
  }

  static let runs: [(holiday: String, stretches: [Stretch])] = [
    ("a weekend", [("2025-09-08", "2025-09-12"), ("2025-09-15", "2025-09-19")]),
    ("a half-term", [("2025-10-20", "2025-10-24"), ("2025-11-03", "2025-11-07")]),
    ("Christmas", [("2025-12-15", "2025-12-19"), ("2026-01-05", "2026-01-09")]),
    ("a summer", [("2025-07-14", "2025-07-18"), ("2025-09-01", "2025-09-05")]),
  ]

  @Test(arguments: runs)
  func `a run continues over a holiday`(_ row: (holiday: String, stretches: [Stretch])) throws {
    let register = Register([MadeMarks.of(("O", 20))], on: Self.days(row.stretches))
    let pupil = try Shipped.figures(register).pupils[0]
    #expect(pupil.runs[0].runs.map(\.days) == [10], "\(row.holiday)")
    #expect(pupil.runs[0].isOngoing, "\(row.holiday)")
    #expect(pupil.windows.longestUnauthorisedDays == 10, "\(row.holiday)")
  }

  @Test func `a run that ended last year does not count this year`() throws {
    let days = Self.days([("2025-07-07", "2025-07-18"), ("2025-09-01", "2025-09-05")])
    let pupil = try Shipped.figures(Register([MadeMarks.of(("O", 20), ("/", 10))], on: days)).pupils[0]
    #expect(pupil.runs[0].runs.isEmpty)
    #expect(pupil.windows.longestUnauthorisedDays == 0)
  }

  /// The sickness return is of the school year; eighty possible sessions and ten weeks are not.
  @Test func `a school year starts in September`() throws {
    let days = Self.days([("2025-07-14", "2025-07-18"), ("2025-09-01", "2025-09-12")])
    let ill = try Shipped.figures(Register([MadeMarks.of(("I", 30))], on: days), by: "bramhall-high").pupils[
      0]
    #expect(ill.illnessOfCompulsoryAge == 20 && ill.illnessSessions == 20)
    #expect(ill.isNear(.sicknessReturn))
    let late = try Shipped.figures(Register([MadeMarks.of(("U", 30))], on: days), by: "mason-moor-primary")
      .pupils[0]
    let own = late.evidence.map { [$0.window.span: $0.now.count] }
    #expect(own == [[.schoolWeeks(10): 30], [.halfTerm: 20], [.possibleSessions(80): 30]])
    #expect(late.year.possible == 20)
  }

  @Test func `a half-term starts after every holiday`() throws {
    let days = RandomRegister.schoolDays
    let register = Register([MadeMarks.of(("O", 2 * days.count))], on: days)
    for end in ["2025-10-24", "2025-12-19", "2026-02-13", "2026-03-27", "2026-05-22", "2026-07-21"] {
      let school = try Shipped.figures(register, by: "mason-moor-primary", asAt: Day(end))
      let halfTerm = try #require(school.halfTerms.last)
      let ofHalfTerm = days.count { halfTerm.contains($0) }
      #expect(school.pupils[0].evidence[1].now.count == 2 * ofHalfTerm, "\(end)")
      #expect(halfTerm.last == Day(end))
    }
  }

  /// Five school days, not five days of the calendar.
  @Test(arguments: [("2025-11-07", 0), ("2025-11-10", 1)])
  func `an N waits five school days over a holiday`(asAt: String, unresolved: Int) throws {
    let days = Self.days([("2025-10-20", "2025-10-24"), ("2025-11-03", "2025-11-14")])
    let register = Register([MadeMarks.days(15, but: [4: "/ N"])], on: days)
    #expect(try Shipped.figures(register, asAt: Day(asAt)).pupils[0].unresolvedN == unresolved)
  }
}
