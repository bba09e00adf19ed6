import Registers

extension FindingRule {
  static let subcode = FindingRule(
    "subcode", .informs,
    meaning:
      "A code carries a subcode of the school's own, such as I02. It counts as the code it belongs to.",
    remedy:
      "Nothing to do: a school's own subcode counts as the code it belongs to.")
}

extension Issue {
  static func subcode(of code: AttendanceCode) -> Issue {
    Issue(.subcode, "a subcode of \(code.mark) is read as \(code.mark)")
  }
}
