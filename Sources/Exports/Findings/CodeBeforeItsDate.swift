import Registers

extension FindingRule {
  static let codeBeforeItsDate = FindingRule(
    "code-before-its-date", .warns,
    meaning:
      "A code is used before the first day it was valid. The mark counts as the code does now.",
    remedy:
      "The code did not exist on the day. Correct it to a code that was valid then.")
}

extension Issue {
  static func codeBeforeItsDate(_ code: AttendanceCode, from day: Day) -> Issue {
    Issue(.codeBeforeItsDate, "code \(code.mark) came into use on \(day.formatted)")
  }
}
