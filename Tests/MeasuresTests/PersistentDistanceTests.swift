import Policies
import Registers
import TestSupport
import Testing

@testable import Measures

/// The distance of a pupil from persistent absence, found by trial. Source: rules, sections 2 and 8.
@Suite struct PersistentDistanceTests {
  private static func tally(_ absent: Int, of possible: Int) -> SessionTally {
    var tally = SessionTally.zero
    tally[.illness] = absent
    tally[.presentMorning] = possible - absent
    return tally
  }

  /// Every pupil with up to a number of sessions, and of a complete year in steps.
  private static let pupils: [(absent: Int, possible: Int)] = {
    let small = (1...45).flatMap { possible in (0...possible).map { ($0, possible) } }
    let year = stride(from: 60, through: 380, by: 32).flatMap { possible in
      (0...(possible / 6)).map { ($0, possible) }
    }
    return small + year
  }()

  private static let left = [0, 1, 2, 9, 10, 11, 37, 100, 335]

  @Test(arguments: left) func `the absences left keep a pupil below the threshold and one more reaches it`(
    left: Int
  ) {
    for (absent, possible) in Self.pupils {
      let distance = Self.tally(absent, of: possible).persistentDistance(left: left)
      guard case .missable(let sessions) = distance else {
        #expect(Self.tally(absent, of: possible).isPersistentlyAbsent, "\(absent) of \(possible)")
        continue
      }
      let end = possible + left
      #expect(sessions >= 0, "\(absent) of \(possible), \(left) left")
      #expect(!Self.tally(absent + sessions, of: end).isPersistentlyAbsent, "\(absent) of \(possible)")
      if sessions < left {
        #expect(Self.tally(absent + sessions + 1, of: end).isPersistentlyAbsent, "\(absent) of \(possible)")
      }
    }
  }

  @Test(arguments: left)
  func `the sessions to attend take a pupil above the threshold and one fewer does not`(left: Int) {
    for (absent, possible) in Self.pupils {
      switch Self.tally(absent, of: possible).persistentDistance(left: left) {
      case .missable: #expect(!Self.tally(absent, of: possible).isPersistentlyAbsent)
      case .toAttend(let sessions):
        #expect(1...max(1, left) ~= sessions && sessions <= left, "\(absent) of \(possible)")
        #expect(!Self.tally(absent, of: possible + sessions).isPersistentlyAbsent)
        #expect(Self.tally(absent, of: possible + sessions - 1).isPersistentlyAbsent)
      case .outOfReach:
        #expect(Self.tally(absent, of: possible + left).isPersistentlyAbsent, "\(absent) of \(possible)")
      }
    }
  }

  /// A pupil cannot miss seven of five sessions to come.
  @Test func `a pupil cannot miss more sessions than are left`() {
    let distance = Self.tally(30, of: 375).persistentDistance(left: 5)
    #expect(distance == .missable(5))
  }

  // MARK: sessions left

  private static let halfTerms = [
    HalfTerm(.autumn1, from: Day("2025-09-03"), to: Day("2025-10-24")),
    HalfTerm(.autumn2, from: Day("2025-11-03"), to: Day("2025-12-19")),
    HalfTerm(.spring1, from: Day("2026-01-05"), to: Day("2026-02-13")),
    HalfTerm(.spring2, from: Day("2026-02-23"), to: Day("2026-03-27")),
    HalfTerm(.summer1, from: Day("2026-04-13"), to: Day("2026-05-22")),
    HalfTerm(.summer2, from: Day("2026-06-01"), to: Day("2026-07-21")),
  ]

  private static func left(_ last: String, _ halfTerms: [HalfTerm], asAt: String? = nil) throws
    -> SessionsLeft
  {
    let days = RandomRegister.schoolDays.filter { $0 <= Day(last) }
    let register = Register([MadeMarks.of(("/", 2 * days.count))], on: days, halfTerms: halfTerms)
    return try Shipped.figures(register, asAt: Day(asAt ?? last)).sessionsLeft
  }

  /// With the year planned, every weekday of the half-terms to come.
  @Test(arguments: ["2025-09-03", "2025-10-24", "2025-10-29", "2026-02-13", "2026-07-20", "2026-07-21"])
  func `a planned year gives the sessions to come`(asAt: String) throws {
    let found = try Self.left(asAt, Self.halfTerms, asAt: asAt)
    let days = RandomRegister.schoolDays.count { $0 > Day(asAt) }
    #expect(found == SessionsLeft(sessions: 2 * days, basis: .plannedHalfTerms))
  }

  /// Half-terms of the year before, or those of a year not yet planned to its end, do not give the sessions to come.
  @Test func `without a plan to the end a year has 190 days`() throws {
    let held = RandomRegister.schoolDays.count { $0 <= Day("2025-10-24") }
    let expected = SessionsLeft(sessions: 380 - 2 * held, basis: .yearOf190Days)
    #expect(try Self.left("2025-10-24", []) == expected)
    #expect(try Self.left("2025-10-24", Array(Self.halfTerms.prefix(5))) == expected)
    let before = HalfTerm(.summer2, from: Day("2025-06-02"), to: Day("2025-07-21"))
    #expect(try Self.left("2025-10-24", [before] + Self.halfTerms.prefix(2)) == expected)
    // Days of the year before are not this year's.
    let years: [Day] = .school("2025-07-07", "2025-07-18") + .school("2025-09-08", "2025-09-12")
    let register = Register([MadeMarks.of(("/", 30))], on: years)
    #expect(try Shipped.figures(register).sessionsLeft.sessions == 370)
    // More than 190 days were held: nothing is left.
    #expect(RandomRegister.schoolDays.count > 190)
    #expect(try Self.left("2026-07-21", []).sessions == 0)
  }
}
