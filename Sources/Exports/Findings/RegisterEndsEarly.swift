import Registers

extension FindingRule {
  static let registerEndsEarly = FindingRule(
    "register-ends-early", .warns,
    meaning:
      "A school's marks end long before the as-at date.",
    remedy:
      "Export the register again up to the as-at date, or correct the as-at date.")
}

extension Issue {
  package static func registerEndsEarly(_ school: School, last: Day, asAt: Day) -> Issue {
    Issue(
      .registerEndsEarly,
      "the last mark of \(school.name) is of \(last.formatted), \(asAt - last) days before the as-at date")
  }
}
