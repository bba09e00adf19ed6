import Registers

extension FindingRule {
  static let pupilListedTwice = FindingRule(
    "pupil-listed-twice", .warns,
    meaning:
      "A pupil stands twice in one pupil file.",
    remedy:
      "The first row stands. Remove the repeated row from the pupil details.")
}

extension Found {
  static let pupilListedTwice = Found(.pupilListedTwice, "this pupil is listed in an earlier row")
}
