import Registers

extension FindingRule {
  static let ageUnknown = FindingRule(
    "age-unknown", .warns,
    meaning:
      "A pupil has neither date of birth nor year, where others have.",
    remedy:
      "The pupil has neither date of birth nor year, and does not count in national figures. Add one of "
      + "them.")
}

extension Issue {
  static let ageUnknown = Issue(.ageUnknown, "a pupil with neither date of birth nor year")
}
