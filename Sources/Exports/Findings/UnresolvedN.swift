import Registers

extension FindingRule {
  static let unresolvedReason = FindingRule(
    "unresolved-n", .warns,
    meaning:
      "Code N, no reason established yet, still stands more than five school days after the session. N "
      + "counts as unauthorised absence; statutory guidance asks for the reason within five school days.",
    remedy:
      "Find out the reason and correct the mark.")
}

extension Issue {
  /// - Parameter schoolDays: Unit: days the school was in session since the mark.
  static func unresolvedReason(since day: Day, schoolDays: Int) -> Issue {
    Issue(
      .unresolvedReason, "code N of \(day.formatted) still stands after \(schoolDays) school days",
      kind: "code N still standing after more than 5 school days")
  }
}
