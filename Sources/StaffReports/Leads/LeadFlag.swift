import Measures
import Policies
import Registers
import ReportModel

/// Something about a pupil that a lead is to look at. A person decides.
struct LeadFlag: Sendable {
  /// The most pressing first.
  enum Kind: Int, Sendable {
    case planFalling, severe, enteredPersistent, illness, partTime, falling
  }

  let kind: Kind
  /// What is so, with the figures.
  let words: String
  /// What it asks for.
  let asks: String

  /// The flags of a pupil, the most pressing first. Source: rules, section 8.
  static func all(of pupil: PupilFigures, _ school: SchoolFigures) -> [LeadFlag] {
    guard !pupil.hasLeft(by: school.asAt) else { return [] }
    let flags = [
      falling(pupil, school), severe(pupil), entered(pupil, school), illness(pupil), partTime(pupil, school),
    ]
    return flags.compactMap(\.self).sorted { $0.kind.rawValue < $1.kind.rawValue }
  }

  private static func falling(_ pupil: PupilFigures, _ school: SchoolFigures) -> LeadFlag? {
    guard let change = pupil.change, pupil.hasFallen, let before = school.previousHalfTerm else {
      return belowLine(pupil, school)
    }
    let words = "Attendance down \(Rate.decimal(-change, places: 1)) points on \(before.name)"
    return pupil.pupil.senProvision == .ehcPlan
      ? LeadFlag(kind: .planFalling, words: words, asks: "EHC plan: tell the local authority")
      : LeadFlag(kind: .falling, words: words, asks: "Find out what has changed")
  }

  /// Below the policy's own line for pupils with an EHC plan.
  private static func belowLine(_ pupil: PupilFigures, _ school: SchoolFigures) -> LeadFlag? {
    guard let own = school.policy.ehcPlan, pupil.hasReached(.ehcPlan) else { return nil }
    return LeadFlag(
      kind: .planFalling, words: own.line.words.capitalisedFirst, asks: "EHC plan: tell the local authority")
  }

  private static func partTime(_ pupil: PupilFigures, _ school: SchoolFigures) -> LeadFlag? {
    guard pupil.hasReached(.partTimeTimetable) else { return nil }
    return LeadFlag(
      kind: .partTime, words: "Part-time timetable in \(pupil.timetableWeeks) school weeks",
      asks: "Over \(school.maxTimetableWeeks) weeks: review it")
  }

  private static func illness(_ pupil: PupilFigures) -> LeadFlag? {
    guard pupil.hasReached(.sicknessReturn) else { return nil }
    return LeadFlag(
      kind: .illness, words: "\(pupil.illnessOfLegalAge) sessions of illness, 15 days or more",
      asks: "Sickness return; medical needs support")
  }

  private static func severe(_ pupil: PupilFigures) -> LeadFlag? {
    guard pupil.hasReached(.severeAbsence) else { return nil }
    return LeadFlag(
      kind: .severe, words: "Severely absent: \(pupil.year.absence) of \(pupil.year.possible) sessions",
      asks: "Joint plan with the local authority")
  }

  private static func entered(_ pupil: PupilFigures, _ school: SchoolFigures) -> LeadFlag? {
    guard pupil.hasReached(.persistentAbsence), !pupil.hasReached(.severeAbsence), let before = pupil.before,
      !before.isPersistentlyAbsent, before.possible > 0, let halfTerm = school.previousHalfTerm
    else { return nil }
    return LeadFlag(
      kind: .enteredPersistent, words: "Persistently absent, and was not at the end of \(halfTerm.name)",
      asks: "Agree a plan with the family")
  }
}
