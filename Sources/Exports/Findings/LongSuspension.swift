import Registers

extension FindingRule {
  static let longSuspension = FindingRule(
    "long-suspension", .informs,
    meaning:
      "Code E, suspended with no alternative provision, stands for more than five school days in a row. "
      + "From the sixth day the school must arrange education, and the code is then B, D or K.",
    remedy:
      "Look at the pupil's marks from the sixth day of the suspension.")
}

extension Issue {
  /// - Parameter days: Unit: school days in a row.
  static func longSuspension(from day: Day, days: Int) -> Issue {
    Issue(
      .longSuspension, "code E for \(days) school days in a row from \(day.formatted)",
      kind: "code E for more than 5 school days in a row")
  }
}
