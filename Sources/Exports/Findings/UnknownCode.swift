import Registers

extension FindingRule {
  static let unknownCode = FindingRule(
    "unknown-code", .warns,
    meaning:
      "A mark is none of the national attendance codes and none the trust file explains. It is left out, "
      + "and the pupil has no mark for the session.",
    remedy:
      "Correct the mark in the school's system, or say what it means under profile: marks in the trust "
      + "file.")
}

extension Issue {
  /// - Parameter session: The session, where several share a cell.
  static func unknownCode(written: String, of session: Session? = nil) -> Issue {
    let kind = "\(Issue.quoted(written)) is no attendance code"
    guard let session else { return Issue(.unknownCode, kind) }
    return Issue(
      .unknownCode,
      "\(Issue.quoted(written)), the mark of \(session.day.formatted) \(session.half.name), is no attendance code",
      kind: kind)
  }
}
