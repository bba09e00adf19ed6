import Registers

extension FindingRule {
  static let laterSchoolYear = FindingRule(
    "later-school-year", .warns,
    meaning:
      "A mark lies in a school year after the one the registers end in. It does not count.",
    remedy:
      "The mark does not count. Correct the date, or set as_at in the trust file.")
}

extension Issue {
  static func laterSchoolYear(on day: Day, registersEnd year: SchoolYear) -> Issue {
    Issue(
      .laterSchoolYear, "a mark on \(day.formatted), but the registers end in \(year.name)",
      kind: "marks dated after \(year.name), in which the registers end")
  }
}
