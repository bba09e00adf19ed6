import Registers

/// The variation of absence between the pupils of a group, which shows whether a difference could be due to chance.
///
/// The value is a sum over pupils and can be added for groups that share no pupil.
package struct ClusterVariance: Sendable, Equatable {
  /// The sum of squares of sessions missed.
  private var missedSquared = 0
  /// The sum of products of sessions missed and sessions possible.
  private var missedByPossible = 0
  /// The sum of squares of sessions possible.
  private var possibleSquared = 0

  package init() {}

  init(missed: Int, possible: Int) {
    missedSquared = missed * missed
    missedByPossible = missed * possible
    possibleSquared = possible * possible
  }

  package static func += (left: inout ClusterVariance, right: ClusterVariance) {
    left.missedSquared += right.missedSquared
    left.missedByPossible += right.missedByPossible
    left.possibleSquared += right.possibleSquared
  }

  static func -= (left: inout ClusterVariance, right: ClusterVariance) {
    left.missedSquared -= right.missedSquared
    left.missedByPossible -= right.missedByPossible
    left.possibleSquared -= right.possibleSquared
  }

  /// Returns the variance of a rate whose sessions are clustered by pupil, or `nil` for fewer than two pupils.
  ///
  /// Source: the linearised variance of a ratio of sums over clusters.
  func variance(of rate: Rate, pupils: Int) -> Double? {
    guard pupils > 1 else { return nil }
    let share = Double(rate.part) / Double(rate.whole)
    let squares =
      Double(missedSquared) - 2 * share * Double(missedByPossible) + share * share * Double(possibleSquared)
    let whole = Double(rate.whole)
    return max(0, squares) * Double(pupils) / Double(pupils - 1) / (whole * whole)
  }
}
