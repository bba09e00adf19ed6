import Policies
import Registers
import TestSupport
import Testing

@testable import Measures

/// The absences of one pupil in a letter.
@Suite struct MissedDaysTests {
  private static func figures(_ register: Register, asAt: Day) throws -> SchoolFigures {
    SchoolFigures(register, asAt: asAt, policy: try Policy(name: "p", yaml: "title: P", file: "p"))
  }

  private static func missed(_ marks: String, from first: String, asAt: String) throws -> [String] {
    let figures = try figures(Register([marks], from: Day(first)), asAt: Day(asAt))
    return figures.missedDays(of: figures.pupils[0]).map {
      "\($0.first) \($0.last) \($0.half?.name ?? "day") \($0.code.mark) \($0.sessions)"
    }
  }

  @Test func `consecutive days are joined and the latest come first`() throws {
    #expect(
      try Self.missed("I I I I I I / \\ G G G G", from: "2025-09-08", asAt: "2025-09-19") == [
        "2025-09-12 2025-09-15 day G 4", "2025-09-08 2025-09-10 day I 6",
      ])
  }

  @Test func `the same half of several days is joined`() throws {
    #expect(
      try Self.missed("U \\ U \\ U N / N M I", from: "2025-09-08", asAt: "2025-09-19") == [
        "2025-09-12 2025-09-12 AM M 1", "2025-09-12 2025-09-12 PM I 1", "2025-09-10 2025-09-11 PM N 2",
        "2025-09-08 2025-09-10 AM U 3",
      ])
  }

  @Test func `other codes and days after the as-at date are left out`() throws {
    #expect(
      try Self.missed("I D C I B X I I", from: "2025-09-08", asAt: "2025-09-10") == [
        "2025-09-09 2025-09-09 AM C 1", "2025-09-09 2025-09-09 PM I 1", "2025-09-08 2025-09-08 AM I 1",
      ])
  }

  /// The main computation counts differently.
  @Test(arguments: UInt64(1)...12) func `every absence of the year is in one run`(seed: UInt64) throws {
    let made = RandomRegister(seed: seed)
    let figures = try Self.figures(made.register, asAt: made.asAt - 40)
    for pupil in figures.pupils {
      let missed = figures.missedDays(of: pupil)
      #expect(missed.reduce(0) { $0 + $1.sessions } == pupil.year.absence, "seed \(seed)")
      #expect(missed.map(\.last) == missed.map(\.last).sorted(by: >), "seed \(seed)")
      let year = figures.tally(of: pupil, in: figures.schoolYear)
      #expect(year == (pupil.year.possible > 0 ? pupil.year : nil), "seed \(seed)")
      let kinds = AbsenceKind.allCases.reduce(0) { $0 + pupil.year[$1.codes] }
      #expect(kinds == pupil.year.absence, "seed \(seed)")
    }
  }

  @Test func `last year counts completely, if the register has it`() throws {
    let before = Register.weekdaySessions(from: Day("2025-07-14"), count: 4)
    let now = Register.weekdaySessions(from: Day("2025-09-08"), count: 4)
    let marks = "I / \\ / / \\ I I".split(separator: " ").compactMap { AttendanceCode(mark: String($0)) }
    let register = Register(
      school: School(name: "A"), pupils: [.ofYear(5)], sessions: before + now, marks: marks.map(\.rawValue),
      minutes: [])
    let figures = try Self.figures(register, asAt: Day("2025-09-09"))
    let pupil = figures.pupils[0]
    #expect(figures.tally(of: pupil, in: SchoolYear(start: 2024))?.possible == 4)
    #expect(figures.tally(of: pupil, in: SchoolYear(start: 2024))?.absence == 1)
    #expect(figures.tally(of: pupil, in: SchoolYear(start: 2023)) == nil)
    #expect(figures.missedDays(of: pupil).map(\.sessions) == [2])
    #expect(figures.withoutPupils.missedDays(of: pupil).isEmpty)
    #expect(figures.withoutPupils.tally(of: pupil, in: figures.schoolYear) == nil)
  }

  /// Source: rules, section 1.
  @Test func `every code of absence is of one kind`() {
    for code in AttendanceCode.allCases {
      let kinds = AbsenceKind.allCases.filter { $0.codes.contains(code) }
      #expect(kinds.count == (CodeSet.absence.contains(code) ? 1 : 0), "\(code)")
    }
    #expect(AbsenceKind(.otherUnauthorised) == .otherUnauthorised)
    #expect(AbsenceKind(.retiredFamilyHoliday) == .otherAuthorised)
  }
}
