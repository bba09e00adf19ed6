import Registers

extension FindingRule {
  static let markInHoliday = FindingRule(
    "mark-outside-half-terms", .warns,
    meaning:
      "A mark lies outside the half-terms the trust file gives. It does not count.",
    remedy:
      "The mark does not count. Correct calendar: half_terms in the trust file, or the register.")
}

extension Found {
  static func markInHoliday(on day: Day) -> Found {
    Found(.markInHoliday, "a mark on \(day.inWords), outside the half-terms of the trust file")
  }
}
