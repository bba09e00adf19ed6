import Measures
import Policies
import Registers
import TestSupport
import Testing

/// Days in a row. Source: rules, section 8; `DayRun`.
@Suite struct DayRunTests {
  private static let days = [Day].weekdays(15, from: "2025-09-08")

  /// The runs of any absence of a pupil of three weeks, by their days, and whether the last goes on.
  private static func runs(
    _ marks: [Int: String], _ change: (inout Pupil) -> Void = { _ in }, asAt: Day? = nil
  ) throws -> [String] {
    let lines = [MadeMarks.days(15, but: marks), MadeMarks.days(15, but: [:])]
    let register = Register(lines, on: days, pupils: [.made(change), .ofYear(5)])
    let found = try Shipped.figures(register, asAt: asAt).pupils[0].runs[1]
    #expect(found.run.isSame(as: .fiveDays))
    return found.runs.map {
      "\($0.days) from \($0.first?.iso ?? "") to \($0.last?.iso ?? "")\($0.isOngoing ? ", going" : "")"
    }
  }

  private static func all(_ days: some Sequence<Int>, _ mark: String = "I") -> [Int: String] {
    Dictionary(uniqueKeysWithValues: days.map { ($0, mark) })
  }

  @Test func `four days are not a run of five`() throws {
    #expect(try Self.runs(Self.all(0..<4)) == [])
    #expect(try Self.runs(Self.all(0..<5)) == ["5 from 2025-09-08 to 2025-09-12"])
    #expect(try Self.runs(Self.all(10..<15)) == ["5 from 2025-09-22 to 2025-09-26, going"])
  }

  @Test func `a weekend neither counts nor ends a run`() throws {
    #expect(try Self.runs(Self.all(2..<8)) == ["6 from 2025-09-10 to 2025-09-17"])
  }

  @Test(arguments: ["X", "D", "Y1", "- -", "#"])
  func `a day without a possible session neither counts nor ends a run`(mark: String) throws {
    let marks = Self.all(0..<6).merging([2: mark]) { $1 }
    #expect(try Self.runs(marks) == ["5 from 2025-09-08 to 2025-09-15"])
    #expect(try Self.runs(Self.all(0..<5).merging([2: mark]) { $1 }) == [])
  }

  @Test(arguments: ["/ I", "I \\", "L I", "I B"]) func `an attended session ends a run`(mark: String) throws {
    let marks = Self.all(0..<12).merging([6: mark]) { $1 }
    #expect(
      try Self.runs(marks) == ["6 from 2025-09-08 to 2025-09-15", "5 from 2025-09-17 to 2025-09-23"])
  }

  @Test func `the one session of a day decides it`() throws {
    let marks = Self.all(0..<5).merging([1: "I X", 3: "D O"]) { $1 }
    #expect(try Self.runs(marks) == ["5 from 2025-09-08 to 2025-09-12"])
    // Days of one session: Fridays have no afternoon.
    let sessions = Self.days.flatMap { day in
      day.weekday == .friday ? [Session(day, .morning)] : [Session(day, .morning), Session(day, .afternoon)]
    }
    let ill = [UInt8](repeating: AttendanceCode.illness.rawValue, count: sessions.count)
    let register = Register(
      school: School(name: "A"), pupils: [.ofYear(5)], sessions: sessions, marks: ill, minutes: [])
    let found = try Shipped.figures(register).pupils[0].runs[1]
    #expect(found.runs.map(\.days) == [15] && found.runs[0].marks.count == 27)
  }

  @Test func `a leaver's run does not continue`() throws {
    let marks = Self.all(5..<15)
    let asAt = Day("2025-09-26")
    #expect(try Self.runs(marks) { $0.left = asAt } == ["10 from 2025-09-15 to 2025-09-26, going"])
    #expect(try Self.runs(marks) { $0.left = asAt - 1 } == ["9 from 2025-09-15 to 2025-09-25"])
    #expect(try Self.runs(marks) { $0.left = Day("2025-09-19") } == ["5 from 2025-09-15 to 2025-09-19"])
    #expect(
      try Self.runs(marks) { $0.admitted = Day("2025-09-22") } == ["5 from 2025-09-22 to 2025-09-26, going"])
    // A pupil who leaves after the as-at date is on roll.
    #expect(
      try Self.runs(marks, { $0.left = asAt }, asAt: Day("2025-09-19"))
        == ["5 from 2025-09-15 to 2025-09-19, going"])
  }

  @Test func `the longest run is not the last one`() throws {
    let marks = Self.all(0..<7).merging(Self.all(9..<15)) { $1 }
    let register = Register([MadeMarks.days(15, but: marks)], on: Self.days)
    let found = try Shipped.figures(register).pupils[0].runs[1]
    #expect(found.runs.map(\.days) == [7, 6] && found.longest?.days == 7 && found.isOngoing)
  }

  /// The main computation keeps only the length of the longest, in a different way.
  @Test(arguments: LawTests.seeds) func `the longest run is that of the pass`(seed: UInt64) throws {
    let rule = "title: P\nruns: [{name: R, school_days: 1, codes: unauthorised}]"
    for pupil in try Shipped.figures(RandomRegister(seed: seed).register, by: rule).pupils {
      let own = try #require(pupil.runs.last)
      #expect(own.longest?.days ?? 0 == pupil.windows.longestUnauthorisedDays, "seed \(seed)")
    }
  }
}
