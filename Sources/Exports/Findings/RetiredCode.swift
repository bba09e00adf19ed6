import Registers

extension FindingRule {
  static let retiredCode = FindingRule(
    "retired-code", .warns,
    meaning:
      "A code is used after the last day it was valid. The mark counts by the code's old class.",
    remedy:
      "The mark counts by its old class. Correct it to a code that is valid on the day.")
}

extension Issue {
  static func retiredCode(_ code: AttendanceCode, after day: Day) -> Issue {
    Issue(.retiredCode, "code \(code.mark) was retired after \(day.formatted)")
  }
}
