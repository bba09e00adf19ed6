import Foundation
import Registers

/// Within which schools' absence, over what is expected for their intakes, would lie by chance, given how many pupils they have.
///
/// On the scale of the ratio's logarithm. Where schools lie further apart than their pupils alone explain, as they do, the
/// limits are widened by how much (multiplicative over-dispersion of winsorised z scores). Source: Spiegelhalter (2005),
/// "Funnel plots for comparing institutional performance", Statistics in Medicine 24, and "Handling over-dispersion of
/// performance indicators", Quality and Safety in Health Care 14.
package struct Funnel: Sendable {
  /// How many times as far apart schools lie as their pupils explain, squared; 1 where no further, and of fewer schools than
  /// `leastSchools`, of which it cannot be told.
  package let dispersion: Double
  /// The spread of the ratio of a school of one pupil, relative to it.
  private let error: Double

  /// Over-dispersion is not told of fewer. Unit: schools.
  package static let leastSchools = 10
  /// Of the largest and of the smallest z scores, so many are drawn in to the next.
  private static let winsorised = 0.1
  /// The mean square of normal scores so drawn in, by which the scores' own is divided: chance alone then gives 1, and the
  /// limits hold as many schools as they say. From the normal distribution at 10% and 90%.
  private static let meanSquareOfChance = 0.6786

  /// The two pairs of limits.
  package enum Limit: CaseIterable, Sendable {
    /// Outside it lies 1 school of 20 by chance.
    case inner
    /// Outside it lies 1 school of 500 by chance.
    case outer

    /// Standard errors. Source: the normal distribution at 97.5% and 99.9%.
    fileprivate var errors: Double { self == .inner ? 1.959963984540054 : 3.090232306167813 }
  }

  /// Where a school lies.
  package enum Place: String, Sendable {
    case within = "within the lines"
    case highEdge = "between the lines, high"
    case lowEdge = "between the lines, low"
    case high = "outside, high"
    case low = "outside, low"
  }

  /// - Parameters:
  ///   - intakes: Those of all schools of the trust, against the trust.
  ///   - trust: The figures of all their pupils.
  ///
  /// Missing: nil where nothing was missed, or of fewer than two pupils.
  package init?(_ intakes: [CaseMixAdjustment], trust: GroupFigures) {
    guard let rate = trust.tally.absenceRate, rate.part > 0,
      let variance = trust.spread.variance(of: rate, pupils: trust.enrolments)
    else { return nil }
    let relative = variance.squareRoot() * Double(rate.whole) / Double(rate.part)
    error = relative * Double(trust.enrolments).squareRoot()
    guard error > 0 else { return nil }
    let error = error
    let scores = intakes.compactMap { intake -> Double? in
      guard let ratio = intake.ratio, ratio > 0, intake.pupils > 1 else { return nil }
      return log(ratio) * Double(intake.pupils).squareRoot() / error
    }.sorted()
    dispersion = scores.count < Funnel.leastSchools ? 1 : max(1, Funnel.meanSquare(scores))
  }

  /// Of winsorised values in order.
  private static func meanSquare(_ sorted: [Double]) -> Double {
    let drawn = Int(Double(sorted.count) * winsorised)
    let (least, most) = (sorted[drawn], sorted[sorted.count - 1 - drawn])
    let sum = sorted.reduce(0) { $0 + min(most, max(least, $1)) * min(most, max(least, $1)) }
    return sum / Double(sorted.count) / meanSquareOfChance
  }

  /// Between which the ratio of a school of so many pupils lies.
  package func limits(pupils: Int, _ limit: Limit) -> ClosedRange<Double> {
    let factor = exp(limit.errors * dispersion.squareRoot() * error / Double(max(1, pupils)).squareRoot())
    return (1 / factor)...factor
  }

  /// Missing: nil where nothing is expected, or nothing was missed.
  package func place(of intake: CaseMixAdjustment) -> Place? {
    guard let ratio = intake.ratio, ratio > 0, intake.pupils > 1 else { return nil }
    let outer = limits(pupils: intake.pupils, .outer)
    let inner = limits(pupils: intake.pupils, .inner)
    if ratio > outer.upperBound { return .high }
    if ratio < outer.lowerBound { return .low }
    return ratio > inner.upperBound ? .highEdge : ratio < inner.lowerBound ? .lowEdge : .within
  }
}
