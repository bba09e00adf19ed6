import Measures
import Policies
import Registers
import TestSupport
import Testing

/// Runs of days, days missed and spells, at the edges. Source: rules, sections 6 and 8.
@Suite struct RunEdgeTests {
  private static func pupil(_ line: String, on days: [Day]) throws -> PupilFigures {
    try Shipped.figures(Register([line, MadeMarks.days(days.count, but: [:])], on: days)).pupils[0]
  }

  private static let days = [Day].weekdays(15, from: "2025-09-08")

  /// Source: rules, section 8.
  @Test(arguments: [(9, "O", 0), (10, "O", 1), (10, "N", 1), (10, "I", 0)])
  func `an attendance return is of 10 days of unauthorised absence`(days: Int, mark: String, runs: Int) throws
  {
    let pupil = try Self.pupil(MadeMarks.days(15, mark, on: 0..<days), on: Self.days)
    #expect(pupil.runs[0].runs.count == runs)
  }

  /// Source: rules, section 8.
  @Test(arguments: [(5, 0), (6, 1)])
  func `only more than 5 days of suspension are long`(days: Int, runs: Int) throws {
    let pupil = try Self.pupil(MadeMarks.days(15, "E", on: 0..<days), on: Self.days)
    #expect(pupil.runs[2].runs.count == runs)
  }

  /// As at day 14 the last five school days are days 10 to 14; after the run no session is possible.
  @Test(arguments: [("I X", true), ("X", false)])
  func `a run continues if its last session is in the last five school days`(
    ofDayTen: String, isOngoing: Bool
  )
    throws
  {
    var marks = Dictionary(uniqueKeysWithValues: (5..<10).map { ($0, "I") })
    marks[10] = ofDayTen
    for day in 11..<15 { marks[day] = "X" }
    let found = try Self.pupil(MadeMarks.days(15, but: marks), on: Self.days).runs[1]
    #expect(found.runs.count == 1 && found.isOngoing == isOngoing)
  }

  @Test func `the later of two equal runs is used`() throws {
    let marks = Dictionary(uniqueKeysWithValues: [0, 1, 2, 3, 4, 6, 7, 8, 9, 10].map { ($0, "I") })
    let found = try Self.pupil(MadeMarks.days(15, but: marks), on: Self.days).runs[1]
    #expect(found.runs.map(\.days) == [5, 5] && found.longest?.first == Self.days[6])
  }

  /// Tuesday and Friday are three days apart, and Monday follows Friday.
  @Test func `separate days of a week are separate absences`() throws {
    let lines = [MadeMarks.days(15, but: [1: "I", 4: "I", 5: "I", 8: "I"])]
    let figures = try Shipped.figures(Register(lines, on: Self.days))
    #expect(
      figures.missedDays(of: figures.pupils[0]).map { "\($0.first) \($0.last) \($0.sessions)" } == [
        "2025-09-18 2025-09-18 2", "2025-09-12 2025-09-15 4", "2025-09-09 2025-09-09 2",
      ])
  }

  @Test func `the days of a school year are those from August to July up to the as-at date`() throws {
    let days: [Day] = .school("2025-07-14", "2025-07-18") + .school("2025-09-08", "2025-09-19")
    let register = Register([MadeMarks.of(("/", 30))], on: days)
    let figures = try Shipped.figures(register, asAt: Day("2025-09-12"))
    #expect(figures.schoolDays(in: SchoolYear(start: 2024)) == Day("2025-07-14")...Day("2025-07-18"))
    #expect(figures.schoolDays(in: SchoolYear(start: 2025)) == Day("2025-09-08")...Day("2025-09-12"))
    #expect(figures.schoolDays(in: SchoolYear(start: 2023)) == nil)
    #expect(figures.schoolDays(in: SchoolYear(start: 2026)) == nil)
  }

  @Test func `two equal weekdays have no fullest one`() throws {
    let lines = [
      MadeMarks.days(15, but: [1: "I", 4: "I"]), MadeMarks.days(15, but: [1: "I", 4: "/ I"]),
      MadeMarks.days(15, but: [:]),
    ]
    let figures = try Shipped.figures(Register(lines, on: Self.days))
    #expect(figures.pupils.map { figures.weekShape(of: $0).fullest } == [nil, .tuesday, nil])
  }

  // MARK: lateness

  private static let late: [(pupil: Int, session: Int, minutes: UInt16)] = [
    (0, 0, 30), (0, 10, 12), (0, 12, 45), (1, 11, 20),
  ]

  /// Five days of July and two of September: L in July and L, U, U in September; then U alone, and a pupil of Reception.
  private static func latecomers() throws -> SchoolFigures {
    let days: [Day] = .school("2025-07-14", "2025-07-18") + .school("2025-09-08", "2025-09-09")
    let lines = ["L / / / / / / / / / L U U /", "/ / / / / / / / / / / U / /", "/ / / / / / / / / / L / / /"]
    let minutes = late.map { Register.LateMinutes(pupil: $0.pupil, session: $0.session, minutes: $0.minutes) }
    return try Shipped.figures(
      Register(lines, on: days, pupils: [.ofYear(5), .ofYear(6), .ofYear(0)], minutes: minutes))
  }

  /// Source: rules, section 7.
  @Test
  func `minutes`() throws {
    let (first, second) = (try Self.latecomers().pupils[0].lateness, try Self.latecomers().pupils[1].lateness)
    #expect(first.minutesLate == 57 && first.minutesLost == 12 && first.minutesOnU == 45)
    #expect(first.coverage == Rate(2, of: 3) && first.marks == 3)
    #expect(second.minutesLate == 20 && second.minutesLost == 0 && second.minutesOnU == 20)
    let blank = try Shipped.figures(Register(["L U / /"], from: Day("2025-09-08"))).pupils[0].lateness
    #expect(blank.minutesLate == nil && blank.minutesLost == nil && blank.minutesOnU == nil)
  }

  /// Source: rules, section 3.
  @Test
  func `a school's lateness is that of pupils in the national scope`() throws {
    let lateness = try Self.latecomers().lateness
    #expect(lateness.pupils == 2 && lateness.sum.beforeClose == 1 && lateness.sum.afterClose == 3)
    #expect(lateness.sum.minutes == 77 && lateness.sum.minutesBeforeClose == 12)
    #expect(lateness.sum.coverage == Rate(3, of: 4))
  }

  // MARK: busy days and weeks of forms

  @Test func `one of ten days is busy, and no day without absence is`() throws {
    let days = [Day].weekdays(10, from: "2025-09-08")
    let one = (0..<10).map { MadeMarks.days(10, "I", on: $0 == 0 ? 0..<10 : $0 == 1 ? 3..<4 : 0..<0) }
    #expect(try Shipped.figures(Register(one, on: days)).busyDays.map(\.day) == [days[3]])
    let none = Array(repeating: MadeMarks.days(10, but: [:]), count: 2)
    #expect(try Shipped.figures(Register(none, on: days)).busyDays == [])
  }

  @Test func `the weeks of a form are separate`() throws {
    let lines = [MadeMarks.days(10, "I", on: [0]), MadeMarks.days(10, "I", on: [6, 7])]
    let figures = try Shipped.figures(Register(lines, from: Day("2025-09-08")))
    let weeks = figures.weeks(by: \.registrationGroup, in: figures.halfTerms[0])[""]
    #expect(weeks?.mapValues(\.tally.absence) == [Day("2025-09-08"): 2, Day("2025-09-15"): 4])
    #expect(weeks?.mapValues(\.tally.possible) == [Day("2025-09-08"): 20, Day("2025-09-15"): 20])
  }

  // MARK: sessions to come

  /// Ten days held of a year of 190: 360 sessions are to come.
  @Test func `a pupil's sessions to come are a share of the school's`() throws {
    let line = MadeMarks.of(("/", 20))
    let pupils: [Pupil] = [
      .ofYear(5), .ofYear(5), .made { $0.admitted = Day("2025-09-15") },
      .made { $0.left = Day("2025-09-18") }, .made { $0.left = Day("2025-09-19") },
    ]
    let half = (0..<10).map { _ in "/ X" }.joined(separator: " ")
    let figures = try Shipped.figures(
      Register([line, half, line, line, line], from: Day("2025-09-08"), pupils: pupils))
    #expect(figures.sessionsLeft.sessions == 360)
    #expect(figures.pupils.map { figures.sessionsLeft(of: $0) } == [360, 180, 360, nil, 360])
  }

  /// Of 30 sessions 14 missed are under half, of 100 sessions 9 under a tenth.
  @Test func `the threshold of severe absence is half`() {
    var tally = SessionTally.zero
    (tally[.illness], tally[.presentMorning]) = (5, 15)
    #expect(tally.severeDistance(left: 10) == .missable(9))
    #expect(tally.persistentDistance(left: 10) == .outOfReach)
    #expect(tally.persistentDistance(left: 31) == .toAttend(31))
    tally[.illness] = 15
    #expect(tally.severeDistance(left: 1) == .toAttend(1) && tally.severeDistance(left: 0) == .outOfReach)
  }
}
