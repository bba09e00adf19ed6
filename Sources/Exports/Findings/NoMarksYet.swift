import Registers

extension FindingRule {
  static let noMarksYet = FindingRule(
    "no-marks-yet", .warns,
    meaning:
      "Every mark of the school is after the as-at date; its packs are empty.",
    remedy:
      "Every mark of the school is after the as-at date; its packs are empty. Look at the as-at date.")
}

extension Found {
  static func noMarksYet(_ school: School, asAt: Day?) -> Found {
    Found(
      .noMarksYet, "no mark of \(school.name)\(asAt.map { " up to \($0.inWords)" } ?? "") was read")
  }
}
