import Measures
import Policies
import Registers
import ReportModel

/// A concern about a pupil that a lead reviews.
struct LeadFlag: Sendable {
  /// The kinds of flags, the most pressing first.
  enum Kind: Int, Sendable {
    case planFalling, severe, enteredPersistent, illness, partTime, falling
  }

  let kind: Kind
  /// The concern with its figures.
  let concern: String
  /// The next step.
  let action: String

  /// Returns the flags of a pupil, the most pressing first. Source: rules, section 8.
  static func all(of pupil: PupilFigures, _ school: SchoolFigures) -> [LeadFlag] {
    guard !pupil.hasLeft(by: school.asAt) else { return [] }
    let flags = [
      falling(pupil, school), severe(pupil), entered(pupil, school), illness(pupil), partTime(pupil, school),
    ]
    return flags.compactMap(\.self).sorted { $0.kind.rawValue < $1.kind.rawValue }
  }

  private static func falling(_ pupil: PupilFigures, _ school: SchoolFigures) -> LeadFlag? {
    guard let change = pupil.change, pupil.hasFallen, let before = school.previousHalfTerm else {
      return belowThreshold(pupil, school)
    }
    let concern = "Attendance down \(Rate.decimal(-change, places: 1)) points since \(before.name)"
    return pupil.pupil.senProvision == .ehcPlan
      ? LeadFlag(kind: .planFalling, concern: concern, action: "EHC plan: tell the local authority")
      : LeadFlag(kind: .falling, concern: concern, action: "Find out what has changed")
  }

  /// Returns the flag for attendance below the policy's own threshold for pupils with an EHC plan.
  private static func belowThreshold(_ pupil: PupilFigures, _ school: SchoolFigures) -> LeadFlag? {
    guard let own = school.policy.ehcPlan, pupil.hasReached(.ehcPlan) else { return nil }
    return LeadFlag(
      kind: .planFalling, concern: own.line.label.capitalisedFirst,
      action: "EHC plan: tell the local authority"
    )
  }

  private static func partTime(_ pupil: PupilFigures, _ school: SchoolFigures) -> LeadFlag? {
    guard pupil.hasReached(.partTimeTimetable) else { return nil }
    return LeadFlag(
      kind: .partTime, concern: "Part-time timetable in \(pupil.timetableWeeks) school weeks",
      action: "Review it: over \(school.maxTimetableWeeks) weeks")
  }

  private static func illness(_ pupil: PupilFigures) -> LeadFlag? {
    guard pupil.hasReached(.sicknessReturn) else { return nil }
    return LeadFlag(
      kind: .illness, concern: "\(pupil.illnessOfCompulsoryAge) sessions of illness, 15 days or more",
      action: "Make a sickness return; support medical needs")
  }

  private static func severe(_ pupil: PupilFigures) -> LeadFlag? {
    guard pupil.hasReached(.severeAbsence) else { return nil }
    return LeadFlag(
      kind: .severe, concern: "Severely absent: \(pupil.year.absence) of \(pupil.year.possible) sessions",
      action: "Agree a joint plan with the local authority")
  }

  private static func entered(_ pupil: PupilFigures, _ school: SchoolFigures) -> LeadFlag? {
    guard pupil.hasReached(.persistentAbsence), !pupil.hasReached(.severeAbsence), let before = pupil.before,
      !before.isPersistentlyAbsent, before.possible > 0, let halfTerm = school.previousHalfTerm
    else { return nil }
    return LeadFlag(
      kind: .enteredPersistent, concern: "Became persistently absent since the end of \(halfTerm.name)",
      action: "Agree a plan with the family")
  }
}
