import Registers

extension FindingRule {
  static let markAfterLeaving = FindingRule(
    "mark-after-leaving", .warns,
    meaning:
      "A pupil has a mark for a day after the leaving date. It does not count.",
    remedy:
      "The mark does not count. Correct the leaving date in the pupil details, or the register.")
}

extension Found {
  static func markAfterLeaving(on day: Day) -> Found {
    Found(
      .markAfterLeaving, "a mark on \(day.inWords), after the pupil's leaving date",
      kind: "marks after the pupil's leaving date")
  }
}
