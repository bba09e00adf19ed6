import Registers

extension FindingRule {
  static let weekendMark = FindingRule(
    "weekend-mark", .warns,
    meaning:
      "A mark of a session in school time lies on a Saturday or Sunday. It counts; no school is bound to "
      + "be shut then, but few are open, and a shifted date looks like this.",
    remedy:
      "Look at the dates: columns may have shifted by a day, or day and month changed places. If the "
      + "school was open, nothing is to do.")
}

extension Issue {
  static func weekendMark(on day: Day) -> Issue {
    Issue(
      .weekendMark, "a mark on \(day.formatted), a \(day.weekday.name)",
      kind: "marks on a Saturday or Sunday")
  }
}
