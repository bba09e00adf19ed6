import Registers

extension FindingRule {
  static let mayBeMonthFirst = FindingRule(
    "dates-may-be-month-first", .blocks,
    meaning:
      "No date tells day from month, and read day first some lie on weekends; read month first none does. Marks would "
      + "stand in the wrong months, so nothing is written.",
    remedy: "Set dates: month-first, or day-first, under profile in the trust file.")
}

extension Issue {
  /// - Parameter days: Unit: days on a Saturday or Sunday.
  static func mayBeMonthFirst(days: Int, of all: Int) -> Issue {
    Issue(
      .mayBeMonthFirst,
      "\(days) of \(all) days are Saturdays or Sundays read day first, and none read month first")
  }
}
