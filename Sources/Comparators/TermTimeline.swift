import Registers

/// The half-terms of a school's year, for finding the half-term of a day.
///
/// A holiday belongs to the half-term before it. A half-term ends on the day in the trust file, else, if another
/// half-term follows, on the school's last day before the break. The last half-term ends on its usual last day or on the
/// day of the last mark, whichever is later, because the marks end at the as-at date.
struct TermTimeline {
  /// The half-terms in order.
  private let halfTerms: [HalfTerm]

  /// Number of days below which two figures of a half-term count as having the same end.
  static let tolerance = 14

  /// - Parameter given: The half-terms of the trust file, or an empty array if it has none.
  init(_ school: ComparedSchool, given: [HalfTerm]) {
    let given = given.filter { SchoolYear(containing: $0.first) == school.schoolYear }
    guard given.isEmpty else {
      halfTerms = given.sorted { $0.first < $1.first }
      return
    }
    var halfTerms = school.halfTerms
    if let last = halfTerms.popLast() {
      let end = max(last.last, last.name.usualEnd(in: school.schoolYear))
      halfTerms.append(HalfTerm(last.name, from: last.first, to: end))
    }
    self.halfTerms = halfTerms
  }

  /// A day within a half-term.
  struct Position: Equatable {
    let halfTerm: HalfTerm
    /// The day, or the last day of the half-term for a day of the holiday after it.
    let day: Day
  }

  /// Returns the half-term of a day, or `nil` before the first half-term and after the holiday that follows the last one.
  func position(of day: Day) -> Position? {
    guard let halfTerm = halfTerms.last(where: { $0.first <= day }) else { return nil }
    let isLast = halfTerm == halfTerms.last
    guard !isLast || day - halfTerm.last <= halfTerm.name.usualHoliday else { return nil }
    return Position(halfTerm: halfTerm, day: min(day, halfTerm.last))
  }

  /// Returns the number of days between two days of the same half-term, or `nil` if they are not in the same one.
  func distance(_ left: Day, _ right: Day) -> Int? {
    guard let left = position(of: left), let right = position(of: right), left.halfTerm == right.halfTerm
    else {
      return nil
    }
    return abs(left.day - right.day)
  }

  /// Returns the number of days from a day to the end of a half-term, or `nil` if the day is not in that half-term.
  func distance(of day: Day, toEndOf name: HalfTerm.Name) -> Int? {
    guard let position = position(of: day), position.halfTerm.name == name else { return nil }
    return position.halfTerm.last - position.day
  }

  /// Returns whether a day is near the end of a half-term or after it.
  func hasEnded(_ name: HalfTerm.Name, by day: Day) -> Bool {
    guard let position = position(of: day) else { return false }
    if position.halfTerm.name > name { return true }
    return position.halfTerm.name == name && position.halfTerm.last - position.day < TermTimeline.tolerance
  }
}

extension HalfTerm.Name {
  /// Returns the Friday on which most schools in England end the half-term, or 21 July for Summer 2.
  ///
  /// Source: term dates of English local authorities, 2023/24 to 2026/27, as for finding half-terms in marks.
  func usualEnd(in year: SchoolYear) -> Day {
    let (month, day) =
      switch self {
      case .autumn1: (10, 26)
      case .autumn2: (12, 22)
      case .spring1: (2, 15)
      case .spring2: (3, 31)
      case .summer1: (5, 28)
      case .summer2: (7, 21)
      }
    let latest =
      Day(year: month >= 8 ? year.start : year.start + 1, month: month, day: day) ?? year.lastDay
    guard self != .summer2 else { return latest }
    let friday = latest.monday + 4
    return friday <= latest ? friday : friday - 7
  }

  /// The number of days from the last day, a Thursday or Friday, to the Sunday before school begins again.
  fileprivate var usualHoliday: Int {
    switch self {
    case .autumn1, .spring1, .summer1: 10
    case .autumn2, .spring2: 17
    case .summer2: 45
    }
  }
}
