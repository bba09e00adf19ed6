/// The most that rolling windows hold, for thresholds. Source: rules, section 8.
package struct Windows: Sendable, Equatable {
  /// Unit: sessions of G, N, O or U in any 10 consecutive school weeks that end in the school year.
  package var unauthorisedIn10WeeksMost = 0
  /// Unit: sessions of G, N, O or U in the 10 school weeks that end with the last up to the as-at date.
  package var unauthorisedIn10WeeksNow = 0
  /// Unit: the pupil's days in a row on which every possible session was G, N, O or U.
  package var longestUnauthorisedDays = 0
  /// Unit: sessions of U in any 80 consecutive possible sessions of the pupil.
  package var lateAfterCloseIn80Most = 0

  package init() {}

  static let weeks = 10
  static let possibleSessions = 80
}
