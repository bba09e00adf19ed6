import Registers

extension FindingRule {
  static let lessonPeriods = FindingRule(
    "lesson-periods", .informs,
    meaning:
      "The export mixes the registers of lessons with those of sessions. By law attendance is recorded by "
      + "session, so the marks of lessons are left out and counted.",
    remedy:
      "Nothing to do: only AM and PM count.")
}

extension Issue {
  static func lessonPeriods(_ count: Int) -> Issue {
    Issue(.lessonPeriods, "\(Issue.count(count, "mark")) of lessons left out")
  }
}
