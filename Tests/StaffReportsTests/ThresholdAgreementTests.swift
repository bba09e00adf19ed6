import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports

/// Counts for boards, lists for staff and the flags of `explain` use one evaluation of each threshold.
@Suite struct ThresholdAgreementTests {
  private static let days = [Day].weekdays(60, from: "2025-09-08")

  /// Pupils with 0 to 34 sessions of a code, in a row or spread, among them one who has left.
  private static func register(_ mark: String, isSpread: Bool) -> Register {
    let lines = (0...34).map { count in
      isSpread
        ? (0..<120).map { $0.isMultiple(of: 3) && $0 / 3 < count ? mark : "/" }.joined(separator: " ")
        : MadeMarks.of(("/", 120 - count), (mark, count))
    }
    let pupils = lines.indices.map { index in
      Pupil.made {
        $0.senProvision = index.isMultiple(of: 2) ? .ehcPlan : SENProvision.none
        $0.left = index == 12 ? Day("2025-10-31") : nil
      }
    }
    return Register(lines, on: days, pupils: pupils)
  }

  private static let approaching = ["", ", approaching: 5", ", approaching: 8"]

  private static func policy(_ approaching: String) -> String {
    let sickness = approaching.isEmpty ? "" : ", approaching: 12"
    return """
      title: Ours
      persistent: {name: Our line, attendance_at_most: 92}
      ehc_plan: {name: Plan line, attendance_below: 91}
      windows:
        - {name: Penalty, sessions: 10, codes: [G, N, O, U], within: {school_weeks: 10}\(approaching)}
        - {name: Illness, sessions: 30, codes: [I], within: school_year\(sickness)}
        - {name: Ten sessions, sessions: 9, codes: any_absence, within: {possible_sessions: 60}\(approaching)}
      runs:
        - {name: Ring, school_days: 3, codes: any_absence, asks: Ring home.}
      stages:
        - {name: Watch, attendance_at_most: 96}
        - {name: Weeks, broken_weeks_at_least: {share: 30, weeks: 2}}
        - {name: Full, window: Penalty}
        - {name: Far, attendance_at_most: 80}
      broken_weeks: {count: any_absence}
      rewards: [{name: Gold, attendance_at_least: 99}, {name: Silver, attendance_at_least: 97}]
      """
  }

  /// The list of each threshold and state: every list that has one.
  private static func title(_ threshold: Threshold, _ state: Threshold.State) -> String? {
    switch (threshold.id, state) {
    case (.window(0), .reached): Titles.ten
    case (.window(0), .near): Titles.nearTen
    case (.window, .reached): "Own line: \(threshold.name)"
    case (.window, .near): "Approaching own line: \(threshold.name)"
    case (.sicknessReturn, .reached): Titles.sickness
    case (.sicknessReturn, .near): Titles.nearSickness
    case (.run(0), .reached): Titles.attendanceReturn
    case (.run(1), .reached): "5 or more school days absent in a row"
    case (.run(2), .reached): Titles.suspended
    case (.run, .reached): "Own line: \(threshold.name)"
    case (.ownPersistentAbsence, .reached): "Our line"
    case (.persistentAbsence, .near): Titles.nearPersistent
    case (.severeAbsence, .reached): "Severely absent"
    case (.brokenWeeks, .reached): "Broken weeks"
    case (.reward, .reached): "Reward: \(threshold.name)"
    case (.persistentAbsence, .reached), (.ehcPlan, _), (.stage, _), (.partTimeTimetable, _), (_, .near): nil
    }
  }

  @Test(arguments: approaching, ["O", "I", "E", "C2"])
  func `the board's count, the list and explain agree on every threshold`(
    approaching: String, mark: String
  ) throws {
    for isSpread in [true, false] {
      let listed = try Listed(Self.register(mark, isSpread: isSpread), by: Self.policy(approaching))
      let school = listed.school
      var compared = 0
      for threshold in school.thresholds {
        for state in [Threshold.State.reached, .near] {
          guard let title = Self.title(threshold, state), state == .reached || threshold.hasNear else {
            continue
          }
          let list = try listed.list(title).members.map(\.pupil.position)
          let explained = school.pupils.filter { pupil in
            school.flags(of: pupil).contains { $0.title == title }
          }.map(\.position)
          let found = school.pupils(state, threshold.id).map(\.position)
          #expect(list.sorted() == found && explained == found, "\(title), \(mark), \(approaching)")
          #expect(!found.contains(12), "who has left is on no list")
          if school.counts.thresholds.contains(threshold) {
            let count = school.counts[state == .reached ? .reached(threshold.id) : .near(threshold.id)]
            #expect(count == found.count, "\(title), \(mark), \(approaching)")
            compared += 1
          }
        }
      }
      #expect(compared >= 8)
    }
  }

  @Test(arguments: zip(approaching, [[7, 8, 9], [5, 6, 7, 8, 9], [8, 9]]))
  func `a pupil approaches the penalty-notice threshold from the policy's number, or from 7`(
    approaching: String, near: [Int]
  ) throws {
    let listed = try Listed(Self.register("O", isSpread: false), by: Self.policy(approaching))
    #expect(listed[Titles.nearTen].sorted() == near)
    #expect(listed.school.counts[.near(.window(0))] == near.count)
  }

  @Test func `each pupil is counted once, at the highest stage`() throws {
    let school = try Listed(Self.register("O", isSpread: true), by: Self.policy("")).school
    let stages = school.policy.stages.indices
    let counts = stages.map { school.counts[.stage($0)] }
    #expect(counts.reduce(school.counts[.noStage], +) == school.counts[.onRoll])
    for index in stages {
      #expect(school.pupils(.reached, .stage(index)).count == counts[index...].reduce(0, +))
    }
    #expect(counts.allSatisfy { $0 > 0 })
  }
}
