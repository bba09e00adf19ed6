/// The highest numbers in rolling windows. Source: rules, section 8.
package struct Windows: Sendable, Equatable {
  /// The most sessions of G, N, O or U in any 10 consecutive school weeks that end in the school year.
  package var maxUnauthorisedIn10Weeks = 0
  /// The sessions of G, N, O or U in the last 10 school weeks up to the as-at date.
  package var unauthorisedIn10WeeksNow = 0
  /// The most consecutive days of the pupil on which every possible session was G, N, O or U.
  package var longestUnauthorisedDays = 0
  /// The most sessions of U in any 80 consecutive possible sessions of the pupil.
  package var maxLateAfterCloseIn80 = 0

  package init() {}

  static let weeks = 10
  static let possibleSessions = 80
}
