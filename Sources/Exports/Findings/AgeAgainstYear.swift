import Registers

extension FindingRule {
  static let ageAgainstYear = FindingRule(
    "age-against-year", .warns,
    meaning:
      "A pupil's date of birth and year group are two years or more apart. The date of birth decides "
      + "whether the pupil counts in national figures.",
    remedy:
      "Correct the date of birth or the year in the school's system.")
}

extension Issue {
  static func ageAgainstYear(_ year: NCYear, usual: Int) -> Issue {
    Issue(
      .ageAgainstYear, "the pupil is in \(year.name), and by date of birth would usually be in year \(usual)",
      kind: "dates of birth two years or more from the year group")
  }
}
