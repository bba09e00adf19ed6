import Registers

extension FindingRule {
  static let movedStamps = FindingRule(
    "dates-in-universal-time", .informs,
    meaning:
      "Dates are written as stamps in universal time, which under summer time is an hour before midnight "
      + "of the day before. They are read as the day they stand for.",
    remedy:
      "Nothing to do.")
}

extension Issue {
  static func movedStamps(_ count: Int) -> Issue {
    Issue(
      .movedStamps,
      "\(Issue.count(count, "date")) of 23:00 the day before, in universal time, read as the day meant")
  }
}
