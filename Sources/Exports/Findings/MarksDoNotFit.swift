import Registers

extension FindingRule {
  static let marksDoNotFit = FindingRule(
    "marks-do-not-fit", .warns,
    meaning:
      "A run of marks in one cell has a length that fits no number of sessions, so that no mark can be "
      + "given its session. The row is left out.",
    remedy:
      "Export the row again; if the system writes codes of two characters as one, say which under "
      + "profile: marks in the trust file.")
}

extension Issue {
  /// - Parameter length: Unit: characters.
  static func marksDoNotFit(length: Int) -> Issue {
    Issue(
      .marksDoNotFit, "\(Issue.count(length, "character")) of marks fit no number of sessions",
      kind: "runs of marks that fit no number of sessions")
  }
}
