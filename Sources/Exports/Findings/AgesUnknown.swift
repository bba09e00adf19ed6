import Registers

extension FindingRule {
  static let agesUnknown = FindingRule(
    "ages-unknown", .warns,
    meaning:
      "No pupil of the school has a date of birth or a year, so that everyone counts as aged 5 to 15.",
    remedy:
      "List the pupil details under pupils in the trust file, with dates of birth or years.")
}

extension Issue {
  static let agesUnknown = Issue(
    .agesUnknown, "no pupil has a date of birth or a year, so that everyone counts as aged 5 to 15")
}
