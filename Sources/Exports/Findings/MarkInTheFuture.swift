import Registers

extension FindingRule {
  static let strayFuture = FindingRule(
    "mark-in-the-future", .warns,
    meaning:
      "A few marks lie weeks after the last day for which most pupils have marks, as a mistyped month "
      + "does. They do not count, so that they do not become the as-at date.",
    remedy:
      "The mark does not count. Correct the date, or set as_at in the trust file.")
}

extension Issue {
  static func strayFuture(on day: Day, registersEnd last: Day) -> Issue {
    Issue(
      .strayFuture, "a mark on \(day.formatted), but the registers end on \(last.formatted)",
      kind: "marks dated after the registers end")
  }
}
