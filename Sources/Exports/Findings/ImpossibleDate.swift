import Registers

extension FindingRule {
  static let impossibleDate = FindingRule(
    "impossible-date", .warns,
    meaning:
      "A date is no day of the calendar, or is written in another order than the dates above it. The row "
      + "is left out.",
    remedy:
      "Correct the date in the school's system, or set profile: dates in the trust file.")
}

extension Issue {
  static func impossibleDate(written: String) -> Issue {
    Issue(.impossibleDate, "\(Issue.quoted(written)) is no date, or not in the form of the dates above it")
  }
}
