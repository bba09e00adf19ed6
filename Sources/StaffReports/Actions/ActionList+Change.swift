import Measures
import Policies
import Registers
import ReportModel

/// Lists of the pupils whose attendance changed most, and of those that a policy rewards.
extension ActionList {
  /// The maximum number of pupils on a list of changes.
  private static let maxNamed = 25
  /// The attendance from which a fall is marked. In tenths of a per cent.
  private static let highAttendance = 970

  static func fellMost(_ school: SchoolFigures) -> ActionList {
    change(
      school, name: "Fell_most", title: "Attendance fell most", sign: -1,
      rule:
        "Attendance in \(current(school)) is at least 3 percentage points lower than in \(previous(school)). The "
        + "list has the \(maxNamed) pupils with the largest falls and marks those who had 97% or more.")
  }

  static func improvedMost(_ school: SchoolFigures) -> ActionList {
    change(
      school, name: "Most_improved", title: "Most improved", sign: 1,
      rule:
        "Attendance in \(current(school)) is at least 3 percentage points higher than in \(previous(school)). The "
        + "list has the \(maxNamed) pupils with the largest rises.")
  }

  private static func current(_ school: SchoolFigures) -> String {
    school.currentHalfTerm?.name ?? "this half-term"
  }

  private static func previous(_ school: SchoolFigures) -> String {
    school.previousHalfTerm?.name ?? "the half-term before"
  }

  private static func change(
    _ school: SchoolFigures, name: String, title: String, sign: Int, rule: String
  ) -> ActionList {
    let pupils = most(
      school.pupils.filter { !$0.hasLeft(by: school.asAt) && (sign < 0 ? $0.hasFallen : $0.hasRisen) }
    ) { sign * ($0.change ?? 0) }
    let wasHigh = Column<PupilFigures>.yesOrNo("was_high", "From 97% or more") { pupil in
      pupil.halfTermBefore?.attendanceRate.map { 1000 * $0.part >= highAttendance * $0.whole } ?? false
    }
    return ActionList(
      name: name, title: title, rule: rule, source: "Attendance registers of \(school.school.name)",
      columns: [.halfTermBefore, .halfTermNow, .change] + (sign < 0 ? [wasHigh] : []),
      pupils: Array(pupils.prefix(maxNamed)),
      notes: pupils.count > maxNamed
        ? ["\(pupils.count) pupils changed this much; the list has \(maxNamed)."] : [])
  }

  /// Returns the pupils with an EHC plan whose attendance fell or is below the policy's threshold.
  static func planFalling(_ school: SchoolFigures) -> ActionList {
    let own = school.policy.ehcPlan
    let found = highestFirst(
      school.pupils.filter { pupil in
        pupil.pupil.senProvision == .ehcPlan && !pupil.hasLeft(by: school.asAt)
          && (pupil.fall > 0 || pupil.hasReached(.ehcPlan))
      }, by: \.fall)
    return ActionList(
      name: "EHC_plan_falling", title: "EHC plan: attendance falling or low",
      rule:
        "Pupils with an education, health and care (EHC) plan whose attendance is at least 3 percentage points lower "
        + "than in the half-term before\(own.map { ", or with \($0.line.label) this year (\($0.name))" } ?? ""). "
        + "Tell the local authority.",
      source: "DfE, Working together to improve school attendance"
        + (own.map { "; \(school.policy.source(of: $0.section))" } ?? ""),
      columns: [
        .halfTermBefore, .halfTermNow,
        .text("half_term_missed", "Missed this half-term") { pupil in
          pupil.halfTermNow.map { "\($0.absence) of \($0.possible)" } ?? "0 of 0"
        }, .change,
      ], pupils: found
    ) { pupil in
      // Attendance that was already low is not a new task.
      pupil.fall == 0
        ? nil
        : Task(
          urgency: .planFalling, action: "Tell the local authority, if you have not",
          reason: "EHC plan; attendance down \(Rate.decimal(pupil.fall, places: 1)) points")
    }
  }

  /// Returns a list for each reward of the policy, the best first, for the current half-term.
  static func rewards(_ school: SchoolFigures) -> [ActionList] {
    school.thresholds.compactMap { threshold in
      guard case .reward(let index) = threshold.id, case .reward(let attendance) = threshold.rule else {
        return nil
      }
      return ActionList(
        name: "Reward_\(index + 1)", title: "Reward: \(threshold.name)",
        rule:
          "Attendance of \(Rate.decimal(attendance, places: 1))% or more in \(school.currentHalfTerm?.name ?? "this half-term")"
          + (index == 0 ? "." : ". Pupils with a better reward are listed under that reward."),
        source: threshold.citation,
        columns: [
          .halfTermNow,
          .sessions("half_term_absence", "Sessions missed") { $0.halfTermNow?.absence ?? 0 },
        ], pupils: school.pupils(.reached, threshold.id))
    }
  }
}

extension PupilFigures {
  var halfTermNow: SessionTally? { halfTerms.last }
  var halfTermBefore: SessionTally? { halfTerms.dropLast().last }

  /// The change in attendance from the half-term before to the current one, or `nil` if either had no possible session.
  ///
  /// In tenths of a percentage point.
  var change: Int? {
    guard let now = halfTermNow?.attendanceRate, let before = halfTermBefore?.attendanceRate else {
      return nil
    }
    return Rate.difference(now, before)
  }

  /// The smallest change that is on a list. In tenths of a percentage point. Source: rules, section 8.
  private static let clearChange = 30

  /// A Boolean value that indicates whether attendance is lower than in the half-term before by 3 percentage points or
  /// more, compared exactly.
  var hasFallen: Bool { isHigher(halfTermBefore, than: halfTermNow) }
  var hasRisen: Bool { isHigher(halfTermNow, than: halfTermBefore) }
  /// The fall in attendance if it is on a list, or 0. In tenths of a percentage point.
  var fall: Int { hasFallen ? -(change ?? 0) : 0 }

  private func isHigher(_ one: SessionTally?, than other: SessionTally?) -> Bool {
    guard let one = one?.attendanceRate, let other = other?.attendanceRate else { return false }
    return Rate.isHigher(one, by: PupilFigures.clearChange, than: other)
  }
}
