import Foundation
import Registers

/// The limits between which schools' ratios of absence to expected absence are expected by chance, by their number of
/// pupils.
///
/// The limits are computed on a logarithmic scale. If schools vary more than their pupils alone explain, which is
/// usual, the limits are widened accordingly (multiplicative over-dispersion of winsorised z scores). Source:
/// Spiegelhalter (2005), "Funnel plots for comparing institutional performance", Statistics in Medicine 24, and
/// "Handling over-dispersion of performance indicators", Quality and Safety in Health Care 14.
package struct Funnel: Sendable {
  /// The variance of schools' ratios as a multiple of the variance that their pupils explain.
  ///
  /// At least 1. It is 1 for fewer than `minSchools` schools, for which it cannot be estimated.
  package let dispersion: Double
  /// The standard error of the ratio of a school with one pupil, relative to the ratio.
  private let error: Double

  /// The minimum number of schools for which over-dispersion is estimated.
  package static let minSchools = 10
  /// The share of the largest and of the smallest z scores that are replaced by the next ones.
  private static let winsorised = 0.1
  /// The mean square of winsorised normal scores, by which that of the schools is divided, so that chance alone gives
  /// 1.
  ///
  /// From the normal distribution at 10% and 90%.
  private static let meanSquareOfChance = 0.6786

  /// The two pairs of limits.
  package enum Limit: CaseIterable, Sendable {
    /// 1 school of 20 is outside it by chance.
    case inner
    /// 1 school of 500 is outside it by chance.
    case outer

    /// The distance of the limit in standard errors. Source: the normal distribution at 97.5% and 99.9%.
    fileprivate var errors: Double { self == .inner ? 1.959963984540054 : 3.090232306167813 }
  }

  /// The position of a school in relation to the limits.
  package enum Position: String, Sendable {
    case within = "within the lines"
    case highEdge = "between the lines, high"
    case lowEdge = "between the lines, low"
    case high = "outside, high"
    case low = "outside, low"
  }

  /// Creates the limits, or returns `nil` if nothing was missed or there are fewer than two pupils.
  ///
  /// - Parameters:
  ///   - intakes: The adjustments of all schools of the trust, compared with the trust.
  ///   - trust: The figures of all their pupils.
  package init?(_ schools: [CaseMixAdjustment], trust: GroupFigures) {
    guard let rate = trust.tally.absenceRate, rate.part > 0,
      let variance = trust.spread.variance(of: rate, pupils: trust.enrolments)
    else { return nil }
    let relative = variance.squareRoot() * Double(rate.whole) / Double(rate.part)
    error = relative * Double(trust.enrolments).squareRoot()
    guard error > 0 else { return nil }
    let error = error
    let scores = schools.compactMap { school -> Double? in
      guard let ratio = school.ratio, ratio > 0, school.pupils > 1 else { return nil }
      return log(ratio) * Double(school.pupils).squareRoot() / error
    }.sorted()
    dispersion = scores.count < Funnel.minSchools ? 1 : max(1, Funnel.meanSquare(scores))
  }

  /// Returns the mean square of winsorised values.
  private static func meanSquare(_ sorted: [Double]) -> Double {
    let drawn = Int(Double(sorted.count) * winsorised)
    let (least, most) = (sorted[drawn], sorted[sorted.count - 1 - drawn])
    let sum = sorted.reduce(0) { $0 + min(most, max(least, $1)) * min(most, max(least, $1)) }
    return sum / Double(sorted.count) / meanSquareOfChance
  }

  /// Returns the range of the ratio for a school with a number of pupils.
  package func limits(pupils: Int, _ limit: Limit) -> ClosedRange<Double> {
    let factor = exp(limit.errors * dispersion.squareRoot() * error / Double(max(1, pupils)).squareRoot())
    return (1 / factor)...factor
  }

  /// Returns the position of a school, or `nil` if nothing is expected or nothing was missed.
  package func position(of school: CaseMixAdjustment) -> Position? {
    guard let ratio = school.ratio, ratio > 0, school.pupils > 1 else { return nil }
    let outer = limits(pupils: school.pupils, .outer)
    let inner = limits(pupils: school.pupils, .inner)
    if ratio > outer.upperBound { return .high }
    if ratio < outer.lowerBound { return .low }
    return ratio > inner.upperBound ? .highEdge : ratio < inner.lowerBound ? .lowEdge : .within
  }
}
