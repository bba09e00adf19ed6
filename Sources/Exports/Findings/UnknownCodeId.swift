import Registers

extension FindingRule {
  static let unknownCodeID = FindingRule(
    "unknown-code-id", .warns,
    meaning:
      "A mark is given by an id, and no list of codes among the school's files says which code that is. "
      + "It is left out.",
    remedy:
      "Export the list of attendance codes from the same system, and list it under registers in the trust "
      + "file.")
}

extension Issue {
  static func unknownCodeID(written: String) -> Issue {
    Issue(.unknownCodeID, "no list of codes says what mark id \(Issue.quoted(written)) stands for")
  }
}
