import Registers

extension FindingRule {
  static let pupilWithoutMarks = FindingRule(
    "pupil-without-marks", .warns,
    meaning:
      "A pupil of the pupil file has no mark in any register.",
    remedy:
      "Export the register with this pupil, or set the leaving date in the pupil details.")
}

extension Issue {
  static let pupilWithoutMarks = Issue(.pupilWithoutMarks, "a pupil with no mark in the registers")
}
