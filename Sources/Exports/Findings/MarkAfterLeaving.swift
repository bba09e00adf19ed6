import Registers

extension FindingRule {
  static let markAfterLeaving = FindingRule(
    "mark-after-leaving", .warns,
    meaning:
      "A pupil has a mark for a day after the leaving date. It does not count.",
    remedy:
      "The mark does not count. Correct the leaving date in the pupil details, or the register.")
}

extension Issue {
  static func markAfterLeaving(on day: Day) -> Issue {
    Issue(
      .markAfterLeaving, "a mark on \(day.formatted), after the pupil's leaving date",
      kind: "marks after the pupil's leaving date")
  }
}
