import Registers

extension FindingRule {
  static let pupilsAlike = FindingRule(
    "pupils-alike", .warns,
    meaning:
      "Two pupils of a school have the same name and date of birth and different identifiers. They count as two pupils.",
    remedy:
      "Where they are one pupil, correct the identifier that is mistyped: a check letter that does not fit shows which."
  )
}

extension Issue {
  /// - Parameter other: Where the other pupil is told of first, in words.
  static func pupilsAlike(other: String) -> Issue {
    Issue(
      .pupilsAlike,
      "a pupil with the name and date of birth of the pupil in \(other), and another identifier, counts apart",
      kind: "pupils with the name and date of birth of another")
  }
}
