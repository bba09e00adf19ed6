import Registers

extension FindingRule {
  static let unclearValue = FindingRule(
    "unclear-value", .informs,
    meaning:
      "A value under a known column is none that is known.",
    remedy:
      "The value counts as unknown. Correct it in the pupil details.")
}

extension Issue {
  static func unclearValue(under header: String, isDate: Bool) -> Issue {
    Issue(.unclearValue, "the value under \"\(header)\" is \(isDate ? "not a date" : "none that is known")")
  }
}
