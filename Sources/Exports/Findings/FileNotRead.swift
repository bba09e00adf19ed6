import Registers

extension FindingRule {
  static let fileNotRead = FindingRule(
    "file-not-read", .warns,
    meaning:
      "A file of a folder that has no trust file could not be taken for a register or for pupil details. "
      + "It is left out.",
    remedy:
      "Nothing to do if the file is neither; else export it again, or list it in a trust file with a "
      + "profile.")
}

extension Issue {
  package static func fileNotRead(_ reason: String) -> Issue {
    Issue(.fileNotRead, reason)
  }
}
