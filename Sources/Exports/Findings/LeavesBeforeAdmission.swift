import Registers

extension FindingRule {
  static let leavesBeforeAdmission = FindingRule(
    "leaves-before-admission", .warns,
    meaning:
      "A pupil's leaving date is before the admission date.",
    remedy:
      "No mark of the pupil counts. Correct the two dates in the pupil details.")
}

extension Issue {
  static let leavesBeforeAdmission = Issue(
    .leavesBeforeAdmission, "the leaving date is before the admission date")
}
