import Registers

extension FindingRule {
  static let noPupil = FindingRule(
    "no-pupil-identifier", .warns,
    meaning:
      "A row names no pupil. It is left out.",
    remedy:
      "The row has no UPN, pupil id or admission number. Add one of them to the export.")
}

extension Issue {
  static let noPupil = Issue(
    .noPupil, "the row has no UPN, pupil id or admission number",
    kind: "rows with no UPN, pupil id or admission number")
}
