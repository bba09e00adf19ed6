import Registers

extension FindingRule {
  static let classWithoutMarks = FindingRule(
    "class-without-marks", .warns,
    meaning:
      "A whole class has no mark for a session for which other classes have. The register was not taken, "
      + "or not saved.",
    remedy:
      "Complete the register of the class in the school's system and export again.")
}

extension Issue {
  static func classWithoutMarks(_ form: String, pupils: Int, session: Session) -> Issue {
    Issue(
      .classWithoutMarks,
      "class \(form) (\(Issue.count(pupils, "pupil"))) has no mark for \(session.day.formatted) \(session.half.name)",
      kind: "whole sessions without a mark for class \(form)")
  }
}
