import Registers

extension FindingRule {
  static let tooManyYears = FindingRule(
    "too-many-school-years", .warns,
    meaning:
      "A school's exports hold marks of more than fourteen school years, so that some of their dates must "
      + "be wrong. Marks of further years are left out.",
    remedy:
      "The mark does not count. Look at the dates of the file, and at profile: dates in the trust file.")
}

extension Issue {
  static func tooManyYears(on day: Day) -> Issue {
    Issue(
      .tooManyYears, "a mark on \(day.formatted), of one school year too many",
      kind: "marks of one school year too many")
  }
}
