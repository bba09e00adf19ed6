import Registers

/// Tells which half-term of a school a day belongs to, and how far from its end.
///
/// A holiday belongs to the half-term before it. The end of a half-term is the trust file's; else, for one with another
/// behind it, the school's last day before the break; else, since the marks end where the as-at date is, the usual end of
/// that half-term or the last mark, whichever is later.
struct TermTimeline {
  /// In order.
  private let halfTerms: [HalfTerm]

  /// Unit: days. Two figures of a half-term are of the same time where their last days lie less than this apart.
  static let tolerance = 14

  /// - Parameter given: The half-terms of the trust file. Missing: empty where it has none.
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

  /// A day's place in the school year.
  struct Place: Equatable {
    let halfTerm: HalfTerm
    /// The day, or the last day of the half-term for a day of the holiday behind it.
    let day: Day
  }

  /// Missing: nil before the first half-term, and for a day further behind the last than the holiday after it is long.
  func place(of day: Day) -> Place? {
    guard let halfTerm = halfTerms.last(where: { $0.first <= day }) else { return nil }
    let isLast = halfTerm == halfTerms.last
    guard !isLast || day - halfTerm.last <= halfTerm.name.usualHoliday else { return nil }
    return Place(halfTerm: halfTerm, day: min(day, halfTerm.last))
  }

  /// Unit: days between two days of the same half-term. Missing: nil where they are of two, or of none.
  func distance(_ left: Day, _ right: Day) -> Int? {
    guard let left = place(of: left), let right = place(of: right), left.halfTerm == right.halfTerm else {
      return nil
    }
    return abs(left.day - right.day)
  }

  /// Unit: days from a day to the end of the half-term of that name it belongs to. Missing: nil where it belongs to another.
  func distance(of day: Day, toEndOf name: HalfTerm.Name) -> Int? {
    guard let place = place(of: day), place.halfTerm.name == name else { return nil }
    return place.halfTerm.last - place.day
  }

  /// Whether a day lies near the end of a half-term or behind it.
  func hasEnded(_ name: HalfTerm.Name, by day: Day) -> Bool {
    guard let place = place(of: day) else { return false }
    if place.halfTerm.name > name { return true }
    return place.halfTerm.name == name && place.halfTerm.last - place.day < TermTimeline.tolerance
  }
}

extension HalfTerm.Name {
  /// The Friday most schools of England end the half-term on; for Summer 2 21 July.
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

  /// Unit: days from the last day, a Thursday or Friday, to the Sunday before school begins again.
  fileprivate var usualHoliday: Int {
    switch self {
    case .autumn1, .spring1, .summer1: 10
    case .autumn2, .spring2: 17
    case .summer2: 45
    }
  }
}
