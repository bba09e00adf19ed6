import Registers

extension FindingRule {
  static let pupilNotInDetails = FindingRule(
    "pupil-not-in-details", .warns,
    meaning:
      "A pupil has marks and stands in no pupil file.",
    remedy:
      "The marks are kept; the pupil's groups are unknown. Export the pupil details again with leavers.")
}

extension Issue {
  static let pupilNotInDetails = Issue(
    .pupilNotInDetails, "a pupil with marks from this row on is not in the pupil details")
}
