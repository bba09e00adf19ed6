import Registers

extension FindingRule {
  static let weekNotFromMonday = FindingRule(
    "week-not-from-monday", .warns,
    meaning:
      "A week of marks says that it starts on another day than Monday, so that no mark can be given its "
      + "session. The row is left out.",
    remedy:
      "Export the weeks from their Mondays, or look at profile: dates in the trust file.")
}

extension Issue {
  static func weekNotFromMonday(_ day: Day) -> Issue {
    Issue(.weekNotFromMonday, "\(day.formatted) is a \(day.weekday.name), and weeks start on a Monday")
  }
}
