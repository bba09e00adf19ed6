import Measures
import Policies
import Registers
import TestSupport
import Testing

/// The edges of each threshold. Source: rules, sections 2, 6 and 8.
@Suite struct ThresholdTests {
  private static let days = [Day].weekdays(50, from: "2025-09-08")

  private static func pupils(
    _ lines: [String], by rules: String = "", pupils: [Pupil]? = nil
  ) throws -> [PupilFigures] {
    let policy = try Policy(name: "p", yaml: "title: P\n\(rules)", file: "p")
    return SchoolFigures(Register(lines, on: days, pupils: pupils), asAt: days[49], policy: policy).pupils
  }

  @Test(arguments: [(7, nil), (8, Threshold.State.near), (9, .near), (10, .reached), (50, .reached)])
  func `persistent absence is reached at exactly 10% and near from exactly 8%`(
    missed: Int, state: Threshold.State?
  ) throws {
    let pupil = try Self.pupils([MadeMarks.of(("I", missed), ("/", 100 - missed))])[0]
    #expect(pupil.result(of: .persistentAbsence)?.state == state)
    #expect(pupil.hasReached(.severeAbsence) == (missed == 50))
  }

  @Test(arguments: [(1, false), (2, false), (3, true)])
  func `a quarter of the weeks and two of them are broken weeks`(broken: Int, isReached: Bool) throws {
    // Ten weeks, of which 2 are a fifth and 3 nearly a third.
    let line = MadeMarks.days(50, "I", on: (0..<broken).map { 5 * $0 })
    let pupil = try Self.pupils([line], by: "broken_weeks: {count: any_absence}")[0]
    #expect(pupil.hasReached(.brokenWeeks) == isReached)
  }

  @Test func `one broken week of two is not enough`() throws {
    let policy = try Policy(name: "p", yaml: "title: P\nbroken_weeks: {count: any_absence}", file: "p")
    let register = Register([MadeMarks.days(10, "I", on: [0])], on: Array(Self.days.prefix(10)))
    let pupil = SchoolFigures(register, asAt: Self.days[9], policy: policy).pupils[0]
    #expect(pupil.ownWeeks.broken == 1 && pupil.ownWeeks.inSession == 2)
    #expect(!pupil.hasReached(.brokenWeeks))
  }

  @Test(arguments: [(6, false), (7, true)])
  func `a part-time timetable is over the limit after six school weeks`(weeks: Int, isReached: Bool) throws {
    let line = MadeMarks.days(50, "C2", on: (0..<weeks).map { 5 * $0 })
    let pupil = try Self.pupils([line])[0]
    #expect(pupil.timetableWeeks == weeks && pupil.hasReached(.partTimeTimetable) == isReached)
  }

  @Test func `a pupil who has left by the as-at date has reached no threshold`() throws {
    let line = MadeMarks.of(("O", 100))
    let pupils = [48, 49].map { day in Pupil.made { $0.left = Self.days[day] } }
    let found = try Self.pupils([line, line], pupils: pupils)
    #expect(found[0].results.isEmpty && found[0].year.isPersistentlyAbsent)
    #expect(found[1].hasReached(.persistentAbsence) && found[1].hasReached(.run(0)))
  }

  @Test func `a pupil has the best reward only`() throws {
    let rules = "rewards: [{name: A, attendance_at_least: 95}, {name: B, attendance_at_least: 100}]"
    let found = try Self.pupils([MadeMarks.of(("/", 100)), MadeMarks.of(("I", 1), ("/", 99))], by: rules)
    #expect(found.map { $0.hasReached(.reward(0)) } == [true, false])
    #expect(found.map { $0.hasReached(.reward(1)) } == [false, true])
  }

  @Test func `every shipped policy's thresholds have different ids and a source`() throws {
    #expect(Policy.shipped.count == 6)
    for name in Policy.shipped.keys.sorted() {
      let thresholds = Threshold.all(by: try Shipped.policy(name))
      #expect(thresholds.count > 6 && Set(thresholds.map(\.id)).count == thresholds.count, "\(name)")
      #expect(thresholds.allSatisfy { !$0.name.isEmpty && !$0.citation.isEmpty }, "\(name)")
    }
  }
}
