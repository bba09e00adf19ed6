import Registers

/// How unlike the pupils of a group are in what they miss, so that a difference can be told from chance.
///
/// Sums over pupils; they add up, over groups that share no pupil.
package struct ClusterVariance: Sendable, Equatable {
  /// Unit: sessions missed, squared.
  private var missedSquared = 0
  /// Unit: sessions missed times sessions possible.
  private var missedByPossible = 0
  /// Unit: sessions possible, squared.
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

  /// The variance of a rate, were its pupils drawn from many like them: sessions of one pupil go together.
  ///
  /// Missing: nil for fewer than two pupils. Source: the linearised variance of a ratio of sums over clusters.
  func variance(of rate: Rate, pupils: Int) -> Double? {
    guard pupils > 1 else { return nil }
    let share = Double(rate.part) / Double(rate.whole)
    let squares =
      Double(missedSquared) - 2 * share * Double(missedByPossible) + share * share * Double(possibleSquared)
    let whole = Double(rate.whole)
    return max(0, squares) * Double(pupils) / Double(pupils - 1) / (whole * whole)
  }
}
