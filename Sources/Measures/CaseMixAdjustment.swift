import Foundation
import Registers

/// A school's absence compared with the absence expected if each kind of pupil missed the trust's average for that
/// kind.
///
/// Indirect standardisation over year group, SEN, disadvantage and sex. It shows how much of a school's figure its
/// pupils explain, not how good the school is, because other characteristics matter too.
package struct CaseMixAdjustment: Sendable {
  /// A kind of pupil, by the characteristics that figures are adjusted for, with today's status.
  package struct Kind: Hashable, Sendable {
    package let year: NCYear?
    package let sen: Status
    package let disadvantaged: Status
    package let sex: Sex

    package init(year: NCYear?, sen: Status, disadvantaged: Status, sex: Sex) {
      self.year = year
      self.sen = sen
      self.disadvantaged = disadvantaged
      self.sex = sex
    }

    init(_ pupil: Pupil) {
      self.init(
        year: pupil.year, sen: pupil.hasSEN, disadvantaged: pupil.disadvantaged, sex: pupil.sex)
    }
  }

  /// The number of sessions missed.
  package let observed: Int
  /// The number of sessions expected at the trust's rates.
  package let expected: Double
  /// The number of pupils persistently absent.
  package let observedPersistent: Int
  /// The number of pupils expected to be persistently absent at the trust's rates.
  package let expectedPersistent: Double
  /// The share of the school's possible sessions that belong to kinds of pupils found at other schools too.
  ///
  /// From 0 to 1. For the other sessions, the expected and observed numbers are the same.
  package let shared: Double
  /// The number of pupils in the national scope with a possible session in the year to date.
  package let pupils: Int
  private let possible: Int
  private let trust: GroupFigures
  private let spread: ClusterVariance

  /// - Parameters:
  ///   - school: The school's figures by kind of pupil, for the year to date and the national scope.
  ///   - trust: The figures of all schools, including this one.
  package init(_ school: [Kind: GroupFigures], trust: [Kind: GroupFigures]) {
    // Sorted, because the sum of floating-point numbers depends on their order.
    let kinds = school.sorted { CaseMixAdjustment.isBefore($0.key, $1.key) }
    var (expected, expectedPersistent, sharedSessions) = (0.0, 0.0, 0)
    for (kind, figures) in kinds {
      guard let all = trust[kind], let rate = all.tally.absenceRate else { continue }
      expected += Double(figures.tally.possible) * Double(rate.part) / Double(rate.whole)
      expectedPersistent += Double(figures.enrolments) * Double(all.persistent) / Double(all.enrolments)
      if all.tally.possible > figures.tally.possible { sharedSessions += figures.tally.possible }
    }
    let total = kinds.reduce(into: GroupFigures.zero) { $0 += $1.value }
    observed = total.tally.absence
    observedPersistent = total.persistent
    possible = total.tally.possible
    pupils = total.enrolments
    spread = total.spread
    self.expected = expected
    self.expectedPersistent = expectedPersistent
    shared = possible == 0 ? 0 : Double(sharedSessions) / Double(possible)
    self.trust = trust.values.reduce(into: GroupFigures.zero) { $0 += $1 }
  }

  private static func isBefore(_ left: Kind, _ right: Kind) -> Bool {
    func order(_ kind: Kind) -> [Int] {
      [
        kind.year?.number ?? 99, Status.allCases.firstIndex(of: kind.sen) ?? 0,
        Status.allCases.firstIndex(of: kind.disadvantaged) ?? 0, Sex.allCases.firstIndex(of: kind.sex) ?? 0,
      ]
    }
    return order(left).lexicographicallyPrecedes(order(right))
  }
}

extension CaseMixAdjustment {
  /// The sessions missed divided by those expected, or `nil` if none is expected. 1 is as expected.
  package var ratio: Double? { expected > 0 ? Double(observed) / expected : nil }

  /// The rate expected for the school's pupils, or `nil` if no session was possible. In per cent.
  package var expectedPercent: Double? { possible > 0 ? 100 * expected / Double(possible) : nil }

  /// The absence that the school would have with the trust's pupils, or `nil` if none is expected.
  ///
  /// The ratio times the trust's rate, in per cent.
  package var adjustedPercent: Double? {
    guard let ratio, let rate = trust.tally.absenceRate else { return nil }
    return ratio * rate.percent
  }

  /// The 95% interval of the ratio.
  ///
  /// `nil` if none is expected, for fewer than two pupils, or if nothing was missed.
  package var ratioInterval: ClosedRange<Double>? {
    guard let ratio, let rate = Rate(observed, of: possible), observed > 0,
      let variance = spread.variance(of: rate, pupils: pupils)
    else { return nil }
    let relative = variance.squareRoot() * Double(rate.whole) / Double(rate.part)
    let factor = exp(Interval.errors(pupils: pupils) * relative)
    return (ratio / factor)...(ratio * factor)
  }

  /// The comparison of the sessions missed with those expected. It is clear if the whole interval is on one side of 1.
  package var verdict: Verdict {
    guard let interval = ratioInterval else { return pupils < 2 ? .tooFew : .similar }
    return interval.lowerBound > 1 ? .higher : interval.upperBound < 1 ? .lower : .similar
  }
}
