/// The sessions a school was in session for, and the weeks and half-terms they make.
///
/// Source: rules, section 5.
public struct SchoolCalendar: Sendable {
  /// The sessions in school time, in date order.
  public let sessions: [Session]
  /// The days with at least one session in school time, in date order.
  public let days: [Day]
  /// The Mondays of the weeks with at least one session in school time, in date order.
  public let weeks: [Day]
  /// In date order, of one or several school years.
  public let halfTerms: [HalfTerm]

  /// The calendar of sessions known to be in school time.
  ///
  /// Half-terms are those given, as far as they hold a session, or else found: a gap of five or more consecutive
  /// weekdays out of school time parts two of them.
  public init(sessionsInSchoolTime: [Session], halfTerms given: [HalfTerm] = []) {
    let sessions = sessionsInSchoolTime.sorted()
    let days = sessions.map(\.day).withoutRepeats()
    self.sessions = sessions
    self.days = days
    self.weeks = days.map(\.monday).withoutRepeats()
    self.halfTerms =
      given.isEmpty
      ? SchoolCalendar.halfTerms(foundFrom: days)
      : given.filter { halfTerm in days.contains(where: halfTerm.contains) }.sorted { $0.first < $1.first }
  }

  static func halfTerms(foundFrom days: [Day]) -> [HalfTerm] {
    let found = named(runs(of: days))
    return found.reduce(into: []) { halfTerms, next in
      if let last = halfTerms.last, last.name == next.name,
        SchoolYear(containing: last.first) == SchoolYear(containing: next.first)
      {
        halfTerms[halfTerms.count - 1] = HalfTerm(last.name, from: last.first, to: next.last)
      } else {
        halfTerms.append(next)
      }
    }
  }

  /// Runs of school days as half-terms; two runs with a closure between them can have the same name.
  private static func named(_ runs: [ArraySlice<Day>]) -> [HalfTerm] {
    let found = runs.compactMap { run -> HalfTerm? in
      guard let first = run.first, let last = run.last else { return nil }
      return HalfTerm(HalfTerm.Name(startingOn: first), from: first, to: last)
    }
    // Marks that begin a few days before a holiday belong to the half-term that ends there.
    guard let first = found.first, found.count > 1, found[1].name == first.name,
      let before = first.name.previous, first.last < before.latestEnd(startingIn: first.first)
    else { return found }
    return [HalfTerm(before, from: first.first, to: first.last)] + found.dropFirst()
  }

  /// Runs of school days, parted where five or more consecutive weekdays are out of school time.
  private static func runs(of days: [Day]) -> [ArraySlice<Day>] {
    var starts = days.indices.filter { $0 == 0 || weekdays(between: days[$0 - 1], and: days[$0]) >= 5 }
    starts.append(days.endIndex)
    return zip(starts, starts.dropFirst()).map { days[$0..<$1] }
  }

  private static func weekdays(between before: Day, and after: Day) -> Int {
    guard after - before > 5 else { return 0 }
    return (1..<(after - before)).count { (before + $0).weekday.isSchoolDay }
  }
}

extension Array where Element: Equatable {
  fileprivate func withoutRepeats() -> [Element] {
    indices.filter { $0 == 0 || self[$0] != self[$0 - 1] }.map { self[$0] }
  }
}
