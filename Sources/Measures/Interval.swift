import Foundation
import Registers

/// The 95% confidence interval of a figure, in per cent.
package struct Interval: Sendable, Equatable {
  package let low: Double
  package let high: Double

  /// Creates Wilson's score interval of a share of pupils. Source: Wilson (1927); Brown, Cai and DasGupta (2001).
  package init(ofPupils rate: Rate) {
    let (n, z) = (Double(rate.whole), Interval.normal)
    let p = Double(rate.part) / n
    let middle = p + z * z / (2 * n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    low = rate.part == 0 ? 0 : max(0, 100 * (middle - half) / scale)
    high = rate.part == rate.whole ? 100 : min(100, 100 * (middle + half) / scale)
  }

  /// Creates the interval of a group's share of sessions missed, on the logit scale, with sessions clustered by pupil.
  ///
  /// Returns `nil` for fewer than two pupils, or if nothing or everything was missed.
  package init?(ofAbsence figures: GroupFigures) {
    guard let rate = figures.tally.absenceRate,
      let variance = figures.spread.variance(of: rate, pupils: figures.enrolments)
    else { return nil }
    self.init(rate, variance: variance, pupils: figures.enrolments)
  }

  /// The share of the variance of a session's absence that is between pupils, as is usual in schools.
  private static let usualClustering = 0.1

  /// Creates the interval of a share of sessions missed by pupils who differ as much as is usual.
  ///
  /// Unlike the interval from the pupils themselves it does not show how much single pupils missed. Returns `nil` for
  /// fewer than two pupils, or if nothing or everything was missed.
  package init?(ofUsualAbsence figures: GroupFigures) {
    guard let rate = figures.tally.absenceRate, figures.enrolments > 1 else { return nil }
    let p = Double(rate.part) / Double(rate.whole)
    self.init(
      rate, variance: Interval.usualClustering * p * (1 - p) / Double(figures.enrolments),
      pupils: figures.enrolments)
  }

  private init?(_ rate: Rate, variance: Double, pupils: Int) {
    guard 0 < rate.part, rate.part < rate.whole else { return nil }
    let p = Double(rate.part) / Double(rate.whole)
    let half = Interval.errors(pupils: pupils) * variance.squareRoot() / (p * (1 - p))
    let middle = log(p / (1 - p))
    low = 100 / (1 + exp(half - middle))
    high = 100 / (1 + exp(-half - middle))
  }

  /// Compares the figure with another that has no interval.
  package func verdict(against other: Double) -> Verdict {
    low > other ? .higher : high < other ? .lower : .similar
  }

  /// The number of standard errors on each side that contains 95 of 100 chance values.
  private static let normal = 1.959963984540054

  /// Returns the number of standard errors for a mean of few pupils: Student's t by Cornish and Fisher's expansion.
  static func errors(pupils: Int) -> Double {
    let (z, n) = (normal, Double(max(2, pupils) - 1))
    let cube = z * z * z
    let fifth = cube * z * z
    let seventh = fifth * z * z
    return z + (cube + z) / (4 * n) + (5 * fifth + 16 * cube + 3 * z) / (96 * n * n)
      + (3 * seventh + 19 * fifth + 17 * cube - 15 * z) / (384 * n * n * n)
  }
}
