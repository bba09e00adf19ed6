import Registers

extension FindingRule {
  static let checkLetter = FindingRule(
    "upn-check-letter", .warns,
    meaning:
      "The first letter of a UPN does not follow from the rest of it, so that a character is mistyped. "
      + "The UPN is used as it stands.",
    remedy:
      "Correct the UPN in the school's system: pupils are joined and followed by it.")
}

extension Issue {
  static let checkLetter = Issue(
    .checkLetter, "the check letter of the UPN does not fit its other characters")
}
