/// The sessions, weeks and half-terms of a school.
///
/// Source: rules, section 5.
package struct SchoolCalendar: Sendable {
  /// The sessions in school time, in date order.
  package let sessions: [Session]
  /// The days with at least one session in school time, in date order.
  package let days: [Day]
  /// The Mondays of the weeks with at least one session in school time, in date order.
  package let weeks: [Day]
  /// The half-terms of one or several school years, in date order.
  package let halfTerms: [HalfTerm]
  /// The half-terms of the trust file, including those still to begin, or empty if they are found from the marks.
  package let planned: [HalfTerm]

  /// Creates the calendar of the sessions in school time.
  ///
  /// Half-terms are those given that have a session, or are found from the days if none are given.
  package init(sessionsInSchoolTime: [Session], halfTerms given: [HalfTerm] = []) {
    let sessions = sessionsInSchoolTime.sorted()
    let days = sessions.map(\.day).withoutRepeats()
    self.sessions = sessions
    self.days = days
    self.weeks = days.map(\.monday).withoutRepeats()
    planned = given
    self.halfTerms =
      given.isEmpty
      ? HalfTermFinder.halfTerms(of: days)
      : given.filter { halfTerm in days.contains(where: halfTerm.contains) }.sorted { $0.first < $1.first }
  }
}

extension Array where Element: Equatable {
  fileprivate func withoutRepeats() -> [Element] {
    indices.filter { $0 == 0 || self[$0] != self[$0 - 1] }.map { self[$0] }
  }
}
