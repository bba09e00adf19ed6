import Measures
import Policies
import Registers
import ReportModel

/// Lists of persistent absence, of a policy's stages, and of pupils who moved across a threshold.
extension ActionList {
  /// Returns the lists of pupils who moved, of the policy's stages, and of severe and persistent absence.
  static func stages(_ school: SchoolFigures) -> [ActionList] {
    let own = school.policy.stages.enumerated().filter { !$0.element.line.isNational }
    return [movers(school)] + own.map { stage($0.element, at: $0.offset, school) }
      + [severe(school), persistent(school)]
      + [ownPersistent(school)].compactMap(\.self) + [nearPersistent(school)]
  }

  /// Returns the pupils who moved across a threshold since the end of the half-term before.
  private static func movers(_ school: SchoolFigures) -> ActionList {
    let before = school.previousHalfTerm?.name
    typealias Movement = (pupil: PupilFigures, threshold: Threshold, isReached: Bool)
    let movements = school.pupils.flatMap { pupil in
      ThresholdMovement.thresholds(of: school).compactMap { threshold -> Movement? in
        let isReached = pupil.hasReached(threshold.id)
        guard let wasReached = pupil.hadReached(threshold), wasReached != isReached,
          ThresholdMovement.isCounted(pupil, asAt: school.asAt)
        else { return nil }
        return (pupil, threshold, isReached)
      }
    }
    return ActionList(
      name: "Entered_or_left", title: "Moved across a threshold since the last half-term",
      rule: before.map {
        "Pupils who reached, or are no longer at, persistent absence, severe absence or a stage of the school's "
          + "policy since the end of \($0). Those who reached one come first."
      } ?? "There is no earlier half-term to compare with.",
      source: "Attendance registers; national thresholds; \(school.policy.title)",
      columns: [
        .text("threshold", "Threshold") { $0.threshold.name },
        .text("moved", "Moved") { $0.isReached ? "Reached" : "No longer" },
        .rate(
          "attendance_before_percent", "Attendance at the end of \(before ?? "the last half-term") (%)"
        ) { $0.pupil.before?.attendanceRate },
      ], rows: movements.filter(\.isReached) + movements.filter { !$0.isReached }, pupil: \.pupil)
  }

  private static func stage(_ stage: Policy.Stage, at index: Int, _ school: SchoolFigures) -> ActionList {
    let action = stage.action.isEmpty ? "" : " Next step: \(stage.action)"
    let letter = stage.letter.map { " Letter: \($0)." } ?? ""
    return ActionList(
      name: "Stage_\(index + 1)",
      title: "Stage: \(stage.name)",
      rule:
        "\(stage.line.label.capitalisedFirst). Pupils at a later stage are listed under that stage.\(action)\(letter)",
      source: school.policy.source(of: stage.section),
      columns: [
        .absentSessions, .possibleSessions,
        .text("broken_weeks", "Weeks with an absence") {
          "\($0.ownWeeks.broken) of \($0.ownWeeks.inSession)"
        },
        .yesOrNo("is_new", "New this week") { task(index, of: $0, school) != nil },
      ],
      pupils: school.pupils(.reached, .stage(index)).filter { $0.stageIndex == index }.mostAbsentFirst
    ) { task(index, of: $0, school) }
  }

  /// Returns the task of a stage, or `nil` if the pupil has not reached it within the last five school days.
  private static func task(_ index: Int, of pupil: PupilFigures, _ school: SchoolFigures) -> Task? {
    guard pupil.stageIndex == index, pupil.hasReached(.stage(index)), index > pupil.stageIndexWeekAgo ?? -1
    else { return nil }
    let stage = school.policy.stages[index]
    return Task(
      urgency: .stage,
      action: stage.action.isEmpty ? "Follow the policy: \(stage.name)" : stage.action.withoutStop,
      reason:
        "Reached \(stage.name) this week: \(pupil.year.absence) of \(pupil.year.possible) sessions missed")
  }

  private static func severe(_ school: SchoolFigures) -> ActionList {
    absent(
      school, school.pupils(.reached, .severeAbsence), name: "Severe_absence", title: "Severely absent",
      rule: "Missed 50% or more of their possible sessions this year.", .severeAbsence)
  }

  private static func persistent(_ school: SchoolFigures) -> ActionList {
    absent(
      school, school.pupils(.reached, .persistentAbsence).filter { !$0.hasReached(.severeAbsence) },
      name: "Persistent_absence", title: "Persistently absent",
      rule: "Missed at least 10% but less than 50% of their possible sessions this year.",
      .persistentAbsence)
  }

  private static func absent(
    _ school: SchoolFigures, _ pupils: [PupilFigures], name: String, title: String, rule: String,
    _ line: AttendanceLine
  ) -> ActionList {
    let stageIndex = school.policy.stages.firstIndex { $0.line == .attendance(line) }
    let stage = stageIndex.map { school.policy.stages[$0] }
    let isSevere = line == .severeAbsence
    let action =
      stage.flatMap { $0.action.isEmpty ? nil : " Next step in the policy: \($0.action)" } ?? ""
    return ActionList(
      name: name, title: title, rule: rule + action,
      source: "DfE, Working together to improve school attendance",
      columns: [
        .absentSessions, .possibleSessions,
        .sessions("sess_unauthorised", "Unauthorised") { $0.year.unauthorised },
        Column("to_attend", "Sessions to attend in a row to get above \(isSevere ? 50 : 90)%", .text) {
          pupil in
          guard let left = school.sessionsLeft(of: pupil) else { return .shorthand(.notApplicable) }
          let year = pupil.year
          return .text(
            (isSevere ? year.severeDistance(left: left) : year.persistentDistance(left: left)).label)
        },
        Column("since", "Since the last half-term", .text) { pupil in
          guard let before = pupil.before else { return .shorthand(.notApplicable) }
          return .text(
            (isSevere ? before.isSeverelyAbsent : before.isPersistentlyAbsent) ? "Not new" : "New")
        },
      ], pupils: pupils.mostAbsentFirst, notes: [school.sessionsLeft.label]
    ) { pupil in stageIndex.flatMap { task($0, of: pupil, school) } }
  }

  /// Returns the pupils from 8% to under 10% missed, with the sessions that they can miss before they reach 10%.
  private static func nearPersistent(_ school: SchoolFigures) -> ActionList {
    ActionList(
      name: "Approaching_persistent", title: "Approaching persistent absence",
      rule: "Missed at least 8% but less than 10% of their possible sessions this year.",
      source: "DfE, Working together to improve school attendance",
      columns: [
        .absentSessions, .possibleSessions,
        .text("missable", "Absences left before persistent absence") { pupil in
          pupil.year.persistentDistance(left: school.sessionsLeft(of: pupil) ?? 0).label
        },
      ], pupils: school.pupils(.near, .persistentAbsence).mostAbsentFirst, notes: [school.sessionsLeft.label])
  }

  private static func ownPersistent(_ school: SchoolFigures) -> ActionList? {
    guard let own = school.policy.ownPersistent else { return nil }
    return ActionList(
      name: "Own_persistent_line", title: own.name,
      rule:
        own.line == .attendanceAtMost(900)
        ? "\(own.line.label.capitalisedFirst): the school's own name for the national threshold."
        : "\(own.line.label.capitalisedFirst): the school's own threshold. It is not DfE's, so do not compare it with "
          + "national figures.",
      source: school.policy.source(of: own.section),
      columns: [
        .absentSessions, .possibleSessions,
        .yesOrNo("is_persistent", "Persistently absent (DfE)") { $0.year.isPersistentlyAbsent },
      ], pupils: school.pupils(.reached, .ownPersistentAbsence).mostAbsentFirst)
  }
}

extension SessionsLeft {
  fileprivate var label: String {
    switch basis {
    case .plannedHalfTerms:
      "\(sessions) sessions are still to come this year by the trust file's half-terms, including bank holidays and "
        + "training days."
    case .yearOf190Days:
      "\(sessions) sessions are still to come in a school year of 190 days. For each pupil, Halfterm takes the share "
        + "that the pupil was due in for so far."
    }
  }
}

extension SessionTally.PersistentDistance {
  fileprivate var label: String {
    switch self {
    case .missable(let sessions): "\(sessions)"
    case .toAttend(let sessions): "\(sessions)"
    case .outOfReach: "Not this year"
    }
  }
}

extension String {
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
