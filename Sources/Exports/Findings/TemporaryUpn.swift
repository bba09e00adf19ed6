import Registers

extension FindingRule {
  static let temporaryUPN = FindingRule(
    "temporary-upn", .informs,
    meaning:
      "A UPN that ends in a letter is temporary: it may change, and another school cannot find the pupil "
      + "by it.",
    remedy:
      "Replace it by the permanent UPN once the pupil's last school has told it.")
}

extension Issue {
  static let temporaryUPN = Issue(.temporaryUPN, "the UPN is a temporary one")
}
