import Registers

extension FindingRule {
  static let noMarks = FindingRule(
    "no-marks", .blocks,
    meaning:
      "No mark of the school was read at all. Nothing is written.",
    remedy:
      "Look at the school's registers in the trust file, and at the as-at date.")
}

extension Issue {
  static func noMarks(_ school: School, asAt: Day?) -> Issue {
    Issue(.noMarks, "no mark of \(school.name)\(asAt.map { " up to \($0.formatted)" } ?? "") was read")
  }
}
