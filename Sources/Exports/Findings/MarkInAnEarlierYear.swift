import Registers

extension FindingRule {
  static let strayPast = FindingRule(
    "mark-in-an-earlier-year", .warns,
    meaning:
      "A few marks lie in a school year before the one the registers are of, as a mistyped year does. They count in rolling "
      + "windows and in no figure of this year.",
    remedy: "Correct the date in the school's system, unless the mark is meant to be of that year.")
}

extension Issue {
  static func strayPast(on day: Day) -> Issue {
    Issue(
      .strayPast, "a mark on \(day.formatted), in a school year with few others",
      kind: "marks in a school year with few others")
  }
}
