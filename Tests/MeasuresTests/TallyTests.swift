import Registers
import TestSupport
import Testing

@testable import Measures

/// Sums and rates of groups. Source: rules, sections 1, 2 and 10.
@Suite struct TallyTests {
  /// Source: rules, sections 1 and 2.
  @Test
  func `a closure is not a missing mark, and rates are of possible sessions`() {
    var tally = SessionTally.zero
    (tally[.presentMorning], tally[.illness], tally[.otherUnauthorised]) = (6, 3, 1)
    (tally[.plannedClosure], tally[.noMark], tally[.dualRegistered]) = (4, 2, 5)
    #expect(tally.missing == 2)
    #expect(tally.authorisedRate == Rate(3, of: 10) && tally.unauthorisedRate == Rate(1, of: 10))
    #expect(tally.attendanceRate == Rate(6, of: 10) && tally.absenceRate == Rate(4, of: 10))
  }

  @Test
  func `pupils by code are counted once`() throws {
    let figures = try Shipped.figures(Register(["I I I M", "I / / /"], from: Day("2025-09-08")))
    let pupils = try #require(figures.pupilsByCode[.yearToDate])
    #expect(pupils[.illness] == 2 && pupils[.medical] == 1 && pupils[.presentMorning] == 1)
    #expect(figures.codes[.yearToDate]?[.illness] == 4)
  }

  /// Source: rules, section 2.
  @Test
  func `differences are taken before rounding`() throws {
    // 94.96% and 94.04% are shown as 95.0% and 94.0%, and are 0.92 points apart.
    let (high, low) = (try #require(Rate(9496, of: 10_000)), try #require(Rate(9404, of: 10_000)))
    #expect(high.formatted == "95.0%" && low.formatted == "94.0%")
    #expect(Rate.difference(high, low) == 9 && Rate.difference(low, high) == -9)
  }

  /// Source: rules, section 8.
  @Test
  func `a fall of exactly 3 points is one of 3 or more, 2.96 points are not`() throws {
    let before = try #require(Rate(97, of: 100))
    let (exactly, less) = (try #require(Rate(94, of: 100)), try #require(Rate(9404, of: 10_000)))
    #expect(Rate.isHigher(before, by: 30, than: exactly))
    #expect(!Rate.isHigher(before, by: 30, than: less))
    #expect(Rate.difference(before, less) == 30)
  }

  /// Source: rules, section 2.
  @Test
  func `persistent and severe absence are shares of enrolments`() {
    let group = SpreadTests.group([(60, 100), (10, 100), (9, 100), (0, 100)])
    #expect(group.persistentRate == Rate(2, of: 4) && group.severeRate == Rate(1, of: 4))
  }

  @Test func `a group less another is the figures of the rest`() {
    let (whole, part) = (
      SpreadTests.group([(60, 100), (10, 100), (9, 100)]), SpreadTests.group([(60, 100)])
    )
    #expect(whole - part == SpreadTests.group([(10, 100), (9, 100)]))
  }

  @Test
  func `a weekday's pupils are those of its fullest half, and a trust's those of its schools`() throws {
    let figures = try Shipped.figures(Register(["/ X", "/ X", "/ \\"], from: Day("2025-09-08")))
    #expect(figures.figures(of: Group(.weekday, "Monday"), in: .yearToDate)?.enrolments == 3)
    let trust = TrustFigures(of: [figures, figures], name: "T", asAt: figures.asAt)
    #expect(trust.weekdays[.monday]?[.morning]?.pupils == 6)
    #expect(trust.weekdays[.monday]?[.afternoon]?.pupils == 2)
  }

  @Test
  func `pupils of a week are counted once`() throws {
    let lines = [MadeMarks.of(("/", 20)), MadeMarks.of(("/", 2), ("X", 18))]
    let figures = try Shipped.figures(Register(lines, from: Day("2025-09-08")))
    #expect(figures.weeks.map(\.sessions.pupils) == [2, 1])
  }

  @Test func `medical absence is separate from illness`() {
    #expect(AbsenceKind(.medical) == .medical && AbsenceKind(.illness) == .illness)
  }

  @Test
  func `the half-term before is not the current one`() throws {
    let random = RandomRegister(seed: 1, pupils: 5)
    let figures = try Shipped.figures(random.register, asAt: Day("2026-01-20"))
    #expect(figures.currentHalfTerm == .halfTerm(.spring1) && figures.previousHalfTerm == .halfTerm(.autumn2))
    let first = try Shipped.figures(random.register, asAt: Day("2025-09-20"))
    #expect(first.currentHalfTerm == .halfTerm(.autumn1) && first.previousHalfTerm == nil)
  }
}
