import Registers

extension FindingRule {
  static let oneCodeForAll = FindingRule(
    "one-code-for-all", .warns,
    meaning:
      "Nearly every pupil of the school has the same code of absence for one session, which a whole "
      + "school hardly ever has. The marks count.",
    remedy:
      "Look at the session: a default may have been saved in place of the register. Correct it and export "
      + "again.")
}

extension Issue {
  static func oneCodeForAll(_ code: AttendanceCode, session: Session, pupils: Int, of all: Int) -> Issue {
    Issue(
      .oneCodeForAll,
      "\(pupils) of \(all) pupils have code \(code.mark) on \(session.day.formatted) \(session.half.name)",
      kind: "sessions with code \(code.mark) for nearly every pupil")
  }
}
