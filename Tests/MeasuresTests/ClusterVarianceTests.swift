import Policies
import Registers
import TestSupport
import Testing

@testable import Measures

@Suite struct SpreadTests {
  static func group(_ pupils: [(missed: Int, possible: Int)]) -> GroupFigures {
    pupils.reduce(into: .zero) { sum, pupil in
      var tally = SessionTally.zero
      tally[.illness] = pupil.missed
      tally[.presentMorning] = pupil.possible - pupil.missed
      sum += GroupFigures(pupil: tally)
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>) func `the variance is that of the ratio over pupils`(
    seed: UInt64
  )
    throws
  {
    var random = Seeded(seed)
    let pupils = (0..<Int.random(in: 2...40, using: &random)).map { _ -> (missed: Int, possible: Int) in
      let possible = Int.random(in: 1...200, using: &random)
      return (Int.random(in: 0...possible, using: &random), possible)
    }
    let group = Self.group(pupils)
    let rate = try #require(group.tally.absenceRate)
    let share = Double(rate.part) / Double(rate.whole)
    let residuals = pupils.map { Double($0.missed) - share * Double($0.possible) }
    let mean = Double(rate.whole) / Double(pupils.count)
    let plain =
      residuals.reduce(0) { $0 + $1 * $1 } / Double(pupils.count - 1) / Double(pupils.count) / (mean * mean)
    let found = try #require(group.spread.variance(of: rate, pupils: group.enrolments))
    #expect(abs(found - plain) < 1e-9 * max(1, plain), "seed \(seed)")
  }

  @Test func `a difference that one pupil makes is not clear`() throws {
    let usual = Array(repeating: (missed: 5, possible: 100), count: 30)
    let one = Self.group(usual + [(missed: 100, possible: 100)])
    let difference = try #require(Comparison(one, with: Self.group(usual)))
    #expect(difference.points == 31 && !difference.verdict.isClear)
  }

  @Test func `a difference of all pupils is clear if it is half a point`() throws {
    let usual = Self.group(Array(repeating: (missed: 50, possible: 1000), count: 30))
    for (missed, isClear) in [(55, true), (54, false), (45, true), (50, false)] {
      let other = Self.group(Array(repeating: (missed: missed, possible: 1000), count: 30))
      #expect(try #require(Comparison(other, with: usual)).verdict.isClear == isClear, "\(missed)")
    }
  }

  @Test func `nothing is clear for one pupil`() throws {
    let one = Self.group([(missed: 90, possible: 100)])
    let many = Self.group(Array(repeating: (missed: 0, possible: 100), count: 30))
    #expect(Comparison(one, with: many)?.verdict == .tooFew)
  }

  /// Two schools of the same kind differ clearly by chance in about one of twenty cases.
  @Test func `about one chance difference in twenty is called clear`() throws {
    var random = Seeded(11)
    var clear = 0
    let trials = 2000
    for _ in 0..<trials {
      let groups = (0..<2).map { _ in
        Self.group(
          (0..<40).map { _ in
            let share = Double.random(in: 0...1, using: &random)
            return (missed: Int(share * share * share * 60), possible: 200)
          })
      }
      clear += try #require(Comparison(groups[0], with: groups[1])).verdict.isClear ? 1 : 0
    }
    #expect((0.03...0.075).contains(Double(clear) / Double(trials)), "\(clear) of \(trials)")
  }

  @Test func `a weekday with more absence is found`() throws {
    let sessions = (0..<10).flatMap { week in
      (0..<5).flatMap { day in
        DayHalf.allCases.map { Session(Day("2025-09-08") + 7 * week + day, $0) }
      }
    }
    let pupils = (0..<40).map { _ in Pupil.ofYear(5) }
    func weekday(_ friday: Int) throws -> Weekday? {
      var random = Seeded(5)
      let marks = pupils.flatMap { _ in
        sessions.map { session -> UInt8 in
          let share = session.day.weekday == .friday ? friday : 6
          return (Int.random(in: 0..<100, using: &random) < share ? AttendanceCode.illness : .presentMorning)
            .rawValue
        }
      }
      let register = Register(
        school: School(name: "S"), pupils: pupils, sessions: sessions, marks: marks, minutes: [])
      return SchoolFigures(register, asAt: Day("2025-11-14"), policy: try Shipped.policy(Policy.usual))
        .weekdayWithMostAbsence
    }
    #expect(try weekday(12) == .friday)
    #expect(try weekday(6) == nil)
  }
}
