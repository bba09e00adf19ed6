import Foundation
import Registers

/// A comparison of the absence of two groups, or of one group in two periods.
///
/// A difference is clear if it is at least half a percentage point and would arise by chance in fewer than 1 of 20
/// schools. For several pairs compared together (``family(_:)``), the 1 in 20 applies to all of them together, so that
/// the widest of many gaps is not called clear too easily. Pupils in two periods are treated as different pupils, which
/// finds fewer differences clear, never more.
package struct Comparison: Sendable, Equatable {
  /// The first less the second, in tenths of a percentage point.
  package let points: Int
  package private(set) var verdict: Verdict
  /// The probability of a difference of this size by chance, or `nil` for too few pupils.
  private let chance: Double?

  /// The smallest difference that can be clear, in tenths of a percentage point.
  package static let minPoints = 5
  /// The smallest number of pupils on each side that can be compared.
  package static let minPupils = 10
  private static let level = 0.05

  /// Compares one pair that is tested by itself, or returns `nil` if either has no possible session.
  package init?(_ one: GroupFigures, with other: GroupFigures) {
    guard let rate = one.tally.absenceRate, let otherRate = other.tally.absenceRate else { return nil }
    points = Rate.difference(rate, otherRate)
    guard min(one.enrolments, other.enrolments) >= Comparison.minPupils,
      let variance = one.spread.variance(of: rate, pupils: one.enrolments),
      let otherVariance = other.spread.variance(of: otherRate, pupils: other.enrolments)
    else {
      (chance, verdict) = (nil, .tooFew)
      return
    }
    let difference = abs(rate.percent - otherRate.percent) / 100
    let error = (variance + otherVariance).squareRoot()
    // The two-sided tail of the normal distribution.
    let chance = error > 0 ? erfc(difference / error / 2.0.squareRoot()) : difference > 0 ? 0 : 1
    self.chance = chance
    verdict = .similar
    if chance < Comparison.level { verdict = clearVerdict }
  }

  private var clearVerdict: Verdict {
    abs(points) < Comparison.minPoints ? .similar : points > 0 ? .higher : .lower
  }

  /// Compares pairs that are tested together, by Holm's method.
  ///
  /// - Returns: A comparison for each pair, or `nil` for a pair that is `nil` or has no possible session.
  package static func family(_ pairs: [(GroupFigures, GroupFigures)?]) -> [Comparison?] {
    var comparisons = pairs.map { pair in pair.flatMap { Comparison($0.0, with: $0.1) } }
    let ordered = comparisons.enumerated().compactMap { index, comparison in
      comparison?.chance.map { (index: index, chance: $0) }
    }.sorted { ($0.chance, $0.index) < ($1.chance, $1.index) }
    var isRejected = true
    for (rank, found) in ordered.enumerated() {
      isRejected = isRejected && found.chance < level / Double(ordered.count - rank)
      let clear = comparisons[found.index]?.clearVerdict ?? .similar
      comparisons[found.index]?.verdict = isRejected ? clear : .similar
    }
    return comparisons
  }
}
