import Registers

extension FindingRule {
  static let minutesOnOtherCode = FindingRule(
    "minutes-on-other-code", .informs,
    meaning:
      "Minutes late stand beside a code that is not late. They do not count.",
    remedy:
      "Minutes late stand on L and U only; these do not count.")
}

extension Issue {
  static func minutes(_ minutes: Int, on code: AttendanceCode) -> Issue {
    Issue(
      .minutesOnOtherCode, "\(minutes) minutes late on code \(code.mark)",
      kind: "minutes late on code \(code.mark)")
  }
}
