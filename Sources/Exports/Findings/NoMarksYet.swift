import Registers

extension FindingRule {
  static let noMarksYet = FindingRule(
    "no-marks-yet", .warns,
    meaning:
      "Every mark of the school is after the as-at date; its packs are empty.",
    remedy:
      "Every mark of the school is after the as-at date; its packs are empty. Look at the as-at date.")
}

extension Issue {
  static func noMarksYet(_ school: School, asAt: Day?) -> Issue {
    Issue(
      .noMarksYet, "no mark of \(school.name)\(asAt.map { " up to \($0.formatted)" } ?? "") was read")
  }
}
