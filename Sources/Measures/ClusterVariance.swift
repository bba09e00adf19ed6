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

/// The difference between what two groups missed, or one group in two periods.
package struct AbsenceDifference: Sendable, Equatable {
  /// Unit: tenths of a percentage point, the second less than the first.
  package let points: Int
  /// Whether it is at least half a point and more than chance explains, at 95%.
  package let isClear: Bool
  /// Whether it is clear although it was picked out of many: the widest of 18 passes at 95% in more than half of all schools
  /// by chance alone, and so must lie three standard errors from nothing.
  package let standsOut: Bool

  /// A smaller difference is not spoken of, however certain. Unit: tenths of a percentage point.
  package static let leastSpokenOf = 5
  /// Standard errors within which 95 of 100 chance differences lie.
  private static let errors = 1.96
  private static let errorsOfMany = 3.0

  /// Missing: nil where either has no possible session.
  ///
  /// The same pupils in two periods are treated as if they were others, which finds fewer differences clear, never more.
  package init?(_ one: GroupFigures, less other: GroupFigures) {
    guard let rate = one.tally.absenceRate, let otherRate = other.tally.absenceRate else { return nil }
    points = Rate.difference(rate, otherRate)
    guard abs(points) >= AbsenceDifference.leastSpokenOf,
      let variance = one.spread.variance(of: rate, pupils: one.enrolments),
      let otherVariance = other.spread.variance(of: otherRate, pupils: other.enrolments)
    else {
      (isClear, standsOut) = (false, false)
      return
    }
    let difference = (rate.percent - otherRate.percent) / 100
    func exceeds(_ errors: Double) -> Bool {
      difference * difference > errors * errors * (variance + otherVariance)
    }
    isClear = exceeds(AbsenceDifference.errors)
    standsOut = exceeds(AbsenceDifference.errorsOfMany)
  }
}
