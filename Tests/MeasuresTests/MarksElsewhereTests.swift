import Policies
import Registers
import TestSupport
import Testing

@testable import Measures

/// The national threshold over the schools of a trust. Source: rules, section 8.
@Suite struct MarksElsewhereTests {
  private static func pupil(_ upn: String, _ change: (inout Pupil) -> Void = { _ in }) -> Pupil {
    Pupil.made {
      $0.upn = Redacted(upn)
      change(&$0)
    }
  }

  private static func found(_ elsewhere: MarksElsewhere, at school: Int, pupil: Int = 0) -> [String] {
    (elsewhere.marks(notAt: school)[pupil] ?? []).map { "\($0.session) \($0.code.mark)" }
  }

  @Test func `unauthorised marks of the same pupil at another school are found`() {
    let monday = Day("2025-09-08")
    let here = Register(["O / / /", "O O O O"], from: monday, pupils: [Self.pupil("A"), Self.pupil("B")])
    let there = Register(
      ["G I N / U M", "/ / / / / O"], from: monday, pupils: [Self.pupil("A"), Self.pupil("C")])
    let elsewhere = MarksElsewhere([here, there], asAt: Day("2025-09-10"))
    #expect(
      Self.found(elsewhere, at: 0) == ["2025-09-08 AM G", "2025-09-09 AM N", "2025-09-10 AM U"])
    #expect(Self.found(elsewhere, at: 1) == ["2025-09-08 AM O"])
    #expect(Self.found(elsewhere, at: 0, pupil: 1) == [] && Self.found(elsewhere, at: 1, pupil: 1) == [])
    // Marks after the as-at date do not count.
    #expect(Self.found(MarksElsewhere([here, there], asAt: Day("2025-09-08")), at: 0) == ["2025-09-08 AM G"])
  }

  @Test func `marks elsewhere count while on roll there`() {
    let monday = Day("2025-09-08")
    let left = Self.pupil("A") { ($0.admitted, $0.left) = (monday + 1, monday + 2) }
    let elsewhere = MarksElsewhere(
      [
        Register(["/ / / /"], from: monday, pupils: [Self.pupil("A")]),
        Register(["O O O / / O O O"], from: monday, pupils: [left]),
      ], asAt: monday + 4)
    #expect(Self.found(elsewhere, at: 0) == ["2025-09-09 AM O", "2025-09-10 PM O"])
  }

  @Test func `pupils without a UPN are not matched`() {
    let register = Register(["O O"], from: Day("2025-09-08"), pupils: [Self.pupil("")])
    #expect(Self.found(MarksElsewhere([register, register], asAt: Day("2025-09-08")), at: 0) == [])
  }

  private static func evidence(
    _ line: String, _ elsewhere: [(String, DayHalf, AttendanceCode)], pupil: Pupil = .ofYear(5),
    on days: [Day]
  ) throws -> WindowEvidence {
    let entries = elsewhere.map { MarkEntry(session: Session(Day($0.0), $0.1), code: $0.2) }
    let register = Register([line], on: days, pupils: [pupil])
    return SchoolFigures(
      register, asAt: days[days.count - 1], policy: try Shipped.policy("title: P"), elsewhere: [0: entries]
    ).pupils[0].evidence[0]
  }

  /// Eleven school weeks: the window of ten begins on Monday 8 September.
  @Test func `marks elsewhere count from the first day of the window and once`() throws {
    let days = [Day].weekdays(55, from: "2025-09-01")
    let line = MadeMarks.days(55, but: [7: "O \\"])
    let found = try Self.evidence(
      line,
      [
        ("2025-09-05", .afternoon, .otherUnauthorised), ("2025-09-08", .morning, .reasonNotEstablished),
        ("2025-09-10", .morning, .holidayNotGranted), ("2025-09-10", .afternoon, .lateAfterClose),
      ], on: days)
    #expect(
      found.elsewhere.map { "\($0.session) \($0.code.mark)" } == ["2025-09-08 AM N", "2025-09-10 PM U"])
    #expect(found.now.count == 1 && found.count == 3 && found.open == 1)
    // The mark of the window's first week expires when one more week begins.
    #expect(found.weeksUntilOldestDrops == 1)
    #expect(found.latest?.session == Session(Day("2025-09-10"), .afternoon))
  }

  /// Born on 15 October 2020: of compulsory school age from 31 December 2025.
  @Test func `marks elsewhere count while of compulsory school age`() throws {
    let young = Pupil.made { $0.dateOfBirth = Redacted(Day("2020-10-15")) }
    let days: [Day] = .school("2025-12-15", "2025-12-19") + .school("2026-01-05", "2026-01-09")
    let found = try Self.evidence(
      MadeMarks.of(("/", 20)),
      [("2025-12-19", .morning, .otherUnauthorised), ("2026-01-05", .morning, .otherUnauthorised)],
      pupil: young, on: days)
    #expect(found.elsewhere.map { "\($0.session)" } == ["2026-01-05 AM"])
  }
}
