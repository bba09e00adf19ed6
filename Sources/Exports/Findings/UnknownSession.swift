import Registers

extension FindingRule {
  static let unknownSession = FindingRule(
    "unknown-session", .warns,
    meaning:
      "The session is neither the morning nor the afternoon, and no lesson. The row is left out.",
    remedy:
      "Only AM and PM sessions are read. Export the session registers.")
}

extension Issue {
  static func unknownSession(written: String) -> Issue {
    Issue(.unknownSession, "\(Issue.quoted(written)) is neither the morning nor the afternoon session")
  }
}
