import Registers

extension FindingRule {
  static let closedDayMark = FindingRule(
    "closed-day-mark", .warns,
    meaning:
      "Some pupils have a mark for a session, and for others the whole school is marked as closed (#). "
      + "Both cannot be; the marks count.",
    remedy:
      "Correct the register: either the school was open and # is wrong, or the marks are.")
}

extension Issue {
  static func closedDayMarks(_ session: Session, marked: Int, closed: Int) -> Issue {
    Issue(
      .closedDayMark,
      "on \(session.day.formatted) \(session.half.name) \(Issue.count(marked, "pupil")) \(marked == 1 ? "has" : "have") marks, and "
        + "\(Issue.count(closed, "pupil")) \(closed == 1 ? "has" : "have") # for a planned whole school closure",
      kind: "sessions with marks for some and # for others")
  }
}
