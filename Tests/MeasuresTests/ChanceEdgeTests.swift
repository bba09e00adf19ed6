import Foundation
import Registers
import TestSupport
import Testing

@testable import Measures

/// The edges of clear differences: intervals, case mix, funnels, weekdays and patterns.
@Suite struct ChanceEdgeTests {
  /// Eleven pupils who miss 5 to 15 of 100: 10%, and of the mean a standard error of 1 point.
  private static let eleven = SpreadTests.group((5...15).map { ($0, 100) })

  /// Student's t of ten degrees of freedom is 2.2281; on the logit scale 2.2281 * 0.01 / 0.09 either way.
  @Test func `an interval of few pupils is Student's`() throws {
    let interval = try #require(Interval(ofAbsence: Self.eleven))
    let (middle, half) = (log(0.1 / 0.9), 2.2281 * 0.01 / 0.09)
    #expect(abs(interval.low - 100 / (1 + exp(half - middle))) < 0.02)
    #expect(abs(interval.high - 100 / (1 + exp(-half - middle))) < 0.02)
    let intake = CaseMixAdjustment(
      [IntakeTests.kind(5): Self.eleven], trust: [IntakeTests.kind(5): Self.eleven])
    let ratio = try #require(intake.ratioInterval)
    #expect(abs(ratio.upperBound - exp(0.22281)) < 0.001 && abs(ratio.lowerBound - exp(-0.22281)) < 0.001)
  }

  @Test func `an interval starts at exactly 0 for none and ends at exactly 1 for all`() throws {
    for pupils in 1...60 {
      #expect(Interval(ofPupils: try #require(Rate(0, of: pupils))).low == 0, "\(pupils)")
      #expect(Interval(ofPupils: try #require(Rate(pupils, of: pupils))).high == 100, "\(pupils)")
    }
  }

  @Test func `there is no verdict if every session was missed`() {
    #expect(Interval(ofAbsence: SpreadTests.group([(100, 100), (90, 90)])) == nil)
  }

  private static func group(_ pupils: Int, around missed: Int, by away: Int = 2) -> GroupFigures {
    SpreadTests.group((0..<pupils).map { (missed + ($0 % 2 == 0 ? away : -away), 100) })
  }

  /// Of 20 pupils 2 sessions either way the variance of the mean is 4 / 19; of two such groups the error 0.649 points.
  @Test func `a difference is clear from 1.96 standard errors, and one of ten from 2.81`() throws {
    for (missed, verdict) in [(11, Verdict.similar), (12, .higher), (8, .lower)] {
      let found = try #require(Comparison(Self.group(20, around: missed), with: Self.group(20, around: 10)))
      #expect(found.verdict == verdict, "\(missed)")
    }
    // Of ten pupils each the error is 0.943 points: 2 points are 2.12 errors, 3 points 3.18.
    for (missed, verdict) in [(12, Verdict.similar), (13, .higher)] {
      let usual = Self.group(10, around: 10)
      let alone = try #require(Comparison(Self.group(10, around: missed), with: usual))
      #expect(alone.verdict == .higher, "\(missed)")
      let pairs = [(Self.group(10, around: missed), usual)] + (0..<9).map { _ in (usual, usual) }
      let found = Comparison.family(pairs)
      #expect(found.map { $0?.verdict } == [verdict] + Array(repeating: .similar, count: 9), "\(missed)")
    }
  }

  @Test func `a family keeps its order, and groups of fewer than ten are too few`() {
    let (few, usual, more) = (
      Self.group(9, around: 50), Self.group(40, around: 10), Self.group(40, around: 50)
    )
    let found = Comparison.family([(few, usual), nil, (usual, few), (more, usual), (usual, more)])
    #expect(found.map { $0?.verdict } == [.tooFew, nil, .tooFew, .higher, .lower])
    #expect(found[3]?.points == 400 && found[4]?.points == -400)
    #expect(Comparison(.zero, with: usual) == nil && Comparison.family([]).isEmpty)
  }

  // MARK: intake and funnel

  private static func intakes(_ here: GroupFigures, _ there: GroupFigures) -> [CaseMixAdjustment] {
    let kind = IntakeTests.kind(5)
    var trust = here
    trust += there
    return [here, there].map { CaseMixAdjustment([kind: $0], trust: [kind: trust]) }
  }

  @Test func `a school is above or below expected absence only if that is clear`() {
    let apart = Self.intakes(Self.group(40, around: 20), Self.group(40, around: 5))
    #expect(apart.map(\.verdict) == [.higher, .lower])
    let alike = Self.intakes(Self.group(4, around: 11, by: 9), Self.group(4, around: 10, by: 9))
    #expect(alike[0].ratio ?? 0 > 1 && alike.map(\.verdict) == [.similar, .similar])
    // Expected of either is the rate of both: 12.5%.
    #expect(apart.map(\.expectedPercent) == [12.5, 12.5])
  }

  @Test func `kinds of pupils are by year, SEN, disadvantage and sex`() throws {
    var pupil = Pupil.ofYear(7)
    (pupil.senProvision, pupil.disadvantaged, pupil.freeSchoolMeals, pupil.sex) = (.support, .yes, .no, .male)
    let figures = try Shipped.figures(Register(["/ /"], from: Day("2025-09-08"), pupils: [pupil]))
    #expect(
      Array(figures.caseMix.keys) == [
        CaseMixAdjustment.Kind(year: NCYear(7), sen: .yes, disadvantaged: .yes, sex: .male)
      ]
    )
  }

  /// Pupils miss 2 to 11 of 100, 6.5 on average; of 25 pupils the inner lines lie at 0.833 and 1.200 times that, the outer
  /// ones at 0.750 and 1.334.
  @Test(arguments: [
    (4, Funnel.Position.low), (5, .lowEdge), (6, .within), (7, .within), (8, .highEdge), (9, .high),
  ])
  func `a school is within the limits or outside them`(missed: Int, place: Funnel.Position) throws {
    let kind = IntakeTests.kind(5)
    let trust = SpreadTests.group((2...11).map { ($0, 100) })
    let funnel = try #require(Funnel([CaseMixAdjustment([kind: trust], trust: [kind: trust])], trust: trust))
    let school = SpreadTests.group(Array(repeating: (missed, 100), count: 25))
    #expect(funnel.position(of: CaseMixAdjustment([kind: school], trust: [kind: trust])) == place)
  }

  @Test func `limits are not narrower than chance for similar schools`() throws {
    let kind = IntakeTests.kind(5)
    let schools = (0..<10).map { _ in SpreadTests.group((2...11).map { ($0, 100) }) }
    let trust = schools.reduce(into: GroupFigures.zero) { $0 += $1 }
    let funnel = try #require(
      Funnel(schools.map { CaseMixAdjustment([kind: $0], trust: [kind: trust]) }, trust: trust))
    #expect(funnel.dispersion == 1)
  }

  // MARK: the weekday with most absence

  /// Returns a school whose pupils miss complete days: a number of pupils for each day of the year, or `nil` for a
  /// closed day.
  private static func costliest(weeks: Int, pupils: Int = 100, _ missed: (Int, Int) -> Int?) throws
    -> Weekday?
  {
    let days = [Day].weekdays(5 * weeks, from: "2025-09-08")
    let away = days.indices.map { missed($0 / 5, $0 % 5) }
    let lines = (0..<pupils).map { pupil in
      MadeMarks.days(
        days.count,
        but: Dictionary(
          uniqueKeysWithValues: days.indices.map { day in
            (day, away[day].map { pupil < $0 ? "I" : "/ \\" } ?? "#")
          }))
    }
    return try Shipped.figures(Register(lines, on: days)).weekdayWithMostAbsence
  }

  @Test(arguments: [(5, nil), (6, Weekday.friday)] as [(Int, Weekday?)])
  func `a weekday needs six weeks`(weeks: Int, day: Weekday?) throws {
    #expect(try Self.costliest(weeks: weeks) { $1 == 4 ? 10 : 5 } == day)
  }

  /// Of 400 pupils 20 are 5%, 22 are half a point more, 23 three quarters.
  @Test(arguments: [(22, nil), (23, Weekday.friday)] as [(Int, Weekday?)])
  func `a weekday needs more than half a point more absence`(friday: Int, day: Weekday?) throws {
    #expect(try Self.costliest(weeks: 6, pupils: 400) { $1 == 4 ? friday : 20 } == day)
  }

  /// Two points more in every other week: a mean of 1 and a standard error of 0.447, which is 2.24 of them.
  @Test func `a weekday needs more than three standard errors`() throws {
    #expect(try Self.costliest(weeks: 6) { $1 == 4 && $0 % 2 == 0 ? 7 : 5 } == nil)
  }

  /// Mondays were in session in three weeks only, too few to test, with more absence.
  @Test func `the weekday must have the most absence as shown`() throws {
    #expect(try Self.costliest(weeks: 8) { $1 == 0 ? ($0 < 3 ? 20 : nil) : $1 == 4 ? 15 : 5 } == nil)
    #expect(try Self.costliest(weeks: 8) { $1 == 0 ? ($0 < 3 ? 15 : nil) : $1 == 4 ? 15 : 5 } == .friday)
  }

  // MARK: patterns of a pupil

  /// A pupil among 40 others, ten or more weeks; the pattern of the first.
  private static func pattern(
    _ weeks: Int, _ own: [Int: String], others: (Int) -> [Int: String] = { _ in [:] }
  ) throws -> [WeekPattern?] {
    let lines = ([own] + (0..<40).map(others)).map { MadeMarks.days(5 * weeks, but: $0) }
    return try Shipped.figures(Register(lines, on: .weekdays(5 * weeks, from: "2025-09-08"))).pupils.map(
      \.pattern)
  }

  private static func fridays(_ count: Int, _ mark: String = "I") -> [Int: String] {
    Dictionary(uniqueKeysWithValues: (0..<count).map { (5 * $0 + 4, mark) })
  }

  /// With nobody else away each of the five days is as likely: a fifth to the power of six, times the seven parts looked at.
  @Test func `a pupil's own days are excluded and seven tests are allowed for`() throws {
    let found = try #require(try Self.pattern(10, Self.fridays(6))[0])
    #expect(found.part == .weekday(.friday) && abs(found.expected - 1.2) < 1e-12)
    #expect(abs(found.chance - 7 * pow(0.2, 6)) < 1e-12)
  }

  /// Four weeks are 7 * 0.2 to the power of four, 1.12%: of 41 pupils that may well be chance, of ten such pupils it is not.
  @Test func `the share of false flags is limited across a school`() throws {
    #expect(try Self.pattern(10, Self.fridays(4))[0] == nil)
    let found = try Self.pattern(40, [:]) { pupil in
      guard pupil < 10 else { return [:] }
      return Dictionary(uniqueKeysWithValues: (4 * pupil..<4 * pupil + 4).map { (5 * $0 + pupil % 5, "I") })
    }
    #expect(found.map { $0 != nil } == [false] + (0..<40).map { $0 < 10 })
  }

  /// One of the others is ill on each Friday, so that Fridays are as likely to be missed as other days.
  @Test func `an agreed part-time timetable is not a pattern`() throws {
    let away = Self.fridays(10, "C2").merging([1: "I", 17: "I", 33: "I"]) { $1 }
    #expect(try Self.pattern(10, away) { $0 < 10 ? [5 * $0 + 4: "I"] : [:] }[0] == nil)
    // Half of the others have one on Fridays, which says nothing of who is away on Fridays.
    let found = try Self.pattern(12, Self.fridays(12)) { $0 < 20 ? Self.fridays(12, "C2") : [:] }
    #expect(found[0]?.part == .weekday(.friday))
  }

  /// On another weekday each week the afternoon is not possible and the morning missed: no half is missed alone.
  @Test func `a day of one session has no halves`() throws {
    let own = Dictionary(uniqueKeysWithValues: (0..<10).map { (5 * $0 + $0 % 5, "I X") })
    #expect(try Self.pattern(10, own) { [$0 + 5: "I \\"] }[0] == nil)
  }

  /// Six afternoons missed on days when nobody else missed half a day, and 40 mornings by others on other days: without the
  /// pupil's own, 5.5 of 46 by the year, and by the day nothing else.
  @Test func `the chance of a half depends on other pupils that day and on the year`() throws {
    let own = Dictionary(uniqueKeysWithValues: (0..<6).map { ($0, "/ I") })
    let found = try #require(try Self.pattern(10, own) { [$0 + 8: "I \\"] }[0])
    #expect(found.part == .half(.afternoon) && found.missed == 6 && found.of == 6)
    #expect(abs(found.expected - 6 * 5.5 / 46) < 1e-12)
  }
}
