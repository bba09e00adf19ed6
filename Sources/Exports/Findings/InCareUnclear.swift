import Registers

extension FindingRule {
  static let unclearCare = FindingRule(
    "in-care-unclear", .informs,
    meaning:
      "A column says that a pupil is looked after or adopted from care without saying which. It counts as "
      + "neither, and is named as unclear.",
    remedy:
      "Export a column for looked-after pupils and one for previously looked-after pupils.")
}

extension Issue {
  static func unclearCare(header: String) -> Issue {
    Issue(
      .unclearCare,
      "the column \"\(header)\" does not part looked-after from adopted pupils, so it counts as neither")
  }
}
