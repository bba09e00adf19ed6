import Registers

extension FindingRule {
  static let notAUPN = FindingRule(
    "not-a-upn", .warns,
    meaning:
      "What stands under UPN is not of the form of one: a letter, eleven digits, and a digit or letter. "
      + "It is used as it stands.",
    remedy:
      "Correct the UPN in the school's system, or name the column that holds it under profile: columns.")
}

extension Issue {
  /// - Parameter length: Unit: characters.
  static func notAUPN(length: Int) -> Issue {
    Issue(
      .notAUPN,
      "the UPN, of \(Issue.count(length, "character")), is none: a letter, eleven digits, a digit or letter",
      kind: "UPNs that are none")
  }
}
