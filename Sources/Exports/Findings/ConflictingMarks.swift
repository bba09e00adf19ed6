import Registers

extension FindingRule {
  static let conflictingMarks = FindingRule(
    "conflicting-marks", .warns,
    meaning:
      "Two rows give a pupil two different marks for one session. The later row stands.",
    remedy:
      "The later row stands. Correct the register in the school's system and export again.")
}

extension Issue {
  /// - Parameter earlier: The other marks and where they stand, in words.
  static func conflictingMarks(_ earlier: [String], standing code: AttendanceCode) -> Issue {
    Issue(
      .conflictingMarks,
      "two marks for one session: \(earlier.joined(separator: ", ")), and \(code.mark) here, which stands",
      kind: "two marks for one session")
  }

  static func moreConflictingMarks(_ count: Int) -> Issue {
    Issue(.conflictingMarks, "\(count) more sessions with two different marks")
  }
}
