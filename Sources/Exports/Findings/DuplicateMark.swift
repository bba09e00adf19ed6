import Registers

extension FindingRule {
  static let duplicateMark = FindingRule(
    "duplicate-mark", .informs,
    meaning:
      "The same mark for the same pupil and session stands in two rows. It is counted once.",
    remedy:
      "Nothing to do: the same mark twice is counted once.")
}

extension Issue {
  static func duplicateMarks(_ count: Int) -> Issue {
    Issue(
      .duplicateMark,
      "\(count) \(count == 1 ? "mark repeats" : "marks repeat") what a session has already, the first here")
  }
}
