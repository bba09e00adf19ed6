import Registers

extension FindingRule {
  static let pupilListedTwice = FindingRule(
    "pupil-listed-twice", .warns,
    meaning:
      "A pupil stands twice in one pupil file.",
    remedy:
      "The first row stands. Remove the repeated row from the pupil details.")
}

extension Issue {
  /// - Parameter earlier: Where the pupil is listed first, in words.
  static func pupilListedTwice(earlier: String) -> Issue {
    Issue(
      .pupilListedTwice, "this pupil is listed in \(earlier) already",
      kind: "pupils listed in an earlier row already")
  }
}
