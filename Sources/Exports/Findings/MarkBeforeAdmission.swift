import Registers

extension FindingRule {
  static let markBeforeAdmission = FindingRule(
    "mark-before-admission", .warns,
    meaning:
      "A pupil has a mark for a day before the admission date. It does not count.",
    remedy:
      "The mark does not count. Correct the admission date in the pupil details, or the register.")
}

extension Issue {
  static func markBeforeAdmission(on day: Day) -> Issue {
    Issue(
      .markBeforeAdmission, "a mark on \(day.formatted), before the pupil's admission date",
      kind: "marks before the pupil's admission date")
  }
}
