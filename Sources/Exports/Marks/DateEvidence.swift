import Registers

/// The different dates of a column, as evidence of the order in which they are written.
struct DateEvidence: Sendable {
  /// Dates written with numbers and the year last, as 10,000 times the year, 100 times the first number and
  /// the second.
  private var numeric: Set<Int32> = []
  /// Days that a spreadsheet keeps as dates.
  private var serials: Set<Day> = []

  /// The maximum number of different dates to remember, those of several years.
  private static let maxDates = 2000

  @inline(__always)
  mutating func add(first: Int, second: Int, year: Int) {
    guard first <= 31, second <= 31, year <= 9999, numeric.count < DateEvidence.maxDates else { return }
    numeric.insert(Int32(year * 10_000 + first * 100 + second))
  }

  mutating func add(serial: Day) {
    if serials.count < DateEvidence.maxDates { serials.insert(serial) }
  }

  enum Problem: Equatable {
    /// The dates are month first, and no profile says so.
    case monthFirst(example: String)
    /// The profile's order scatters dates that are days in a row in the other order.
    case againstProfile(example: String)
    /// The year leads with two digits, which would be taken for the day.
    case shortYearFirst(example: String)
    /// The column has spreadsheet dates, and text in a different order.
    case halfConverted(example: String)
  }

  /// Returns the problem with the order of the dates, or `nil` if they can be read in the given order, or
  /// day first if none is given.
  func problem(given order: SourceProfile.DateOrder?) -> Problem? {
    guard order != .yearFirst, let sample = numeric.min() else { return nil }
    let dates = numeric.map { (first: Int($0) / 100 % 100, second: Int($0) % 100, year: Int($0) / 10_000) }
    let dayFirstOnly = dates.count { $0.first > 12 && 1...12 ~= $0.second }
    let monthFirstOnly = dates.count { $0.second > 12 && 1...12 ~= $0.first }
    let unclear = numeric.filter { Int($0) % 100 > 12 }.min() ?? sample
    let example = "\(unclear / 100 % 100)/\(unclear % 100)/\(unclear / 10_000)"
    let firsts = Set(dates.map(\.first))
    // 25/09/08, 25/09/09 and 25/09/10 are days of 2025, not one day of three years.
    if Set(dates.map(\.year)).count > 2, firsts.count < 3, dates.count > 2,
      firsts.allSatisfy({ 13...49 ~= $0 })
    {
      return .shortYearFirst(example: "\(sample / 100 % 100)/\(sample % 100)/\(sample / 10_000 % 100)")
    }
    if !serials.isEmpty {
      let isMonthFirst = order == .monthFirst || order == nil && dayFirstOnly == 0 && monthFirstOnly > 2
      // A spreadsheet takes 08/09 for a date in its own order and leaves 15/09 as text.
      let isLeftOver =
        dayFirstOnly + monthFirstOnly == dates.count && serials.count > 2
        && serials.allSatisfy { $0.date.day <= 12 }
      return isMonthFirst || isLeftOver ? .halfConverted(example: example) : nil
    }
    let isCompact = isMoreCompact(dates, order == .monthFirst ? .dayFirst : .monthFirst)
    switch order {
    case nil:
      guard dayFirstOnly == 0, monthFirstOnly > 2 || isCompact else { return nil }
      return .monthFirst(example: example)
    case .dayFirst:
      return monthFirstOnly + dayFirstOnly == 0 && isCompact ? .againstProfile(example: example) : nil
    case .monthFirst:
      return monthFirstOnly == 0 && (dayFirstOnly > 2 || dayFirstOnly == 0 && isCompact)
        ? .againstProfile(example: example) : nil
    case .yearFirst: return nil
    }
  }

  /// Returns whether the dates that are days in both orders are close together in one order, and scattered
  /// over months in the other.
  private func isMoreCompact(
    _ dates: [(first: Int, second: Int, year: Int)], _ order: SourceProfile.DateOrder
  ) -> Bool {
    let dates = dates.filter { $0.first <= 12 && $0.second <= 12 }
    let dayFirst = dates.compactMap {
      Day(year: DateEvidence.century($0.year), month: $0.second, day: $0.first)
    }
    let monthFirst = dates.compactMap {
      Day(year: DateEvidence.century($0.year), month: $0.first, day: $0.second)
    }
    let (likely, other) = order == .monthFirst ? (monthFirst, dayFirst) : (dayFirst, monthFirst)
    return DateEvidence.isCloser(likely, than: other)
  }

  static func isCloser(_ likely: [Day], than other: [Day]) -> Bool {
    guard likely.count > 2, likely.count == other.count, let first = likely.min(), let last = likely.max(),
      let otherFirst = other.min(), let otherLast = other.max()
    else { return false }
    if otherLast - otherFirst > 2 * (last - first) + 14 { return true }
    let isWeekend = { (day: Day) in !day.weekday.isSchoolDay }
    return likely.count > 4 && !likely.contains(where: isWeekend)
      && 5 * other.count(where: isWeekend) >= other.count
  }

  fileprivate static func century(_ year: Int) -> Int {
    year < 100 ? year + (year < 50 ? 2000 : 1900) : year
  }
}
