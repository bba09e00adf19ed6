import Registers

extension FindingRule {
  static let markInHoliday = FindingRule(
    "mark-outside-half-terms", .warns,
    meaning:
      "A mark lies outside the half-terms the trust file gives. It does not count.",
    remedy:
      "The mark does not count. Correct calendar: half_terms in the trust file, or the register.")
}

extension Issue {
  static func markInHoliday(on day: Day) -> Issue {
    Issue(.markInHoliday, "a mark on \(day.formatted), outside the half-terms of the trust file")
  }
}
