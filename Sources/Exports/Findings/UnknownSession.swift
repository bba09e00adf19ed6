import Registers

extension FindingRule {
  static let unknownSession = FindingRule(
    "unknown-session", .warns,
    meaning:
      "The session is neither the morning nor the afternoon, and no lesson. The row is left out.",
    remedy:
      "Only AM and PM sessions are read. Export the session registers.")
}

extension Found {
  static func unknownSession(written: String) -> Found {
    Found(.unknownSession, "\(Found.quoted(written)) is neither the morning nor the afternoon session")
  }
}
