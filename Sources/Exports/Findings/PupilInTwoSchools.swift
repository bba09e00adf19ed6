import Registers

extension FindingRule {
  static let pupilInTwoSchools = FindingRule(
    "pupil-in-two-schools", .warns,
    meaning:
      "One pupil, by UPN, has marks at two schools for the same session, and neither school marks the "
      + "pupil as due at the other (D). Both count.",
    remedy:
      "Where the pupil moved, correct the leaving or the admission date; where the pupil is dual "
      + "registered, use code D for the sessions at the other school.")
}

extension Issue {
  static func pupilInTwoSchools(_ other: School, sessions: Int, first: Day) -> Issue {
    Issue(
      .pupilInTwoSchools,
      "a pupil has marks here and at \(other.name) for \(Issue.count(sessions, "session")), the first on \(first.formatted)"
    )
  }
}
