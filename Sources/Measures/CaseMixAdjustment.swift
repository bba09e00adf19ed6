import Foundation
import Registers

/// What a school's absence would be if each kind of pupil missed what such pupils miss across the trust.
///
/// Indirect standardisation over year group, SEN, disadvantage and sex. It says how much of a school's figure is its intake,
/// not how good the school is: what kinds of pupils have in common is not all that matters.
package struct CaseMixAdjustment: Sendable {
  /// Pupils who are alike in what figures are adjusted for, by today's status.
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

  /// Unit: sessions missed.
  package let observed: Int
  /// Unit: sessions that would be missed at the trust's rates.
  package let expected: Double
  /// Unit: pupils persistently absent.
  package let observedPersistent: Int
  /// Unit: pupils that would be.
  package let expectedPersistent: Double
  /// The share of the school's possible sessions whose kind of pupil there is at other schools too; of the rest, expected and
  /// observed are the same.
  ///
  /// Unit: from 0 to 1.
  package let shared: Double
  /// Unit: pupils with a possible session, of the year to date and the national scope.
  package let pupils: Int
  private let possible: Int
  private let trust: GroupFigures
  private let spread: ClusterVariance

  /// - Parameters:
  ///   - school: The school's figures by kind of pupil, of the year to date and the national scope.
  ///   - trust: Those of all schools, this one among them.
  package init(_ school: [Kind: GroupFigures], trust: [Kind: GroupFigures]) {
    // Sums of Doubles depend on their order.
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
  /// Sessions missed over those expected: 1 is as expected. Missing: nil where none is expected.
  package var ratio: Double? { expected > 0 ? Double(observed) / expected : nil }

  /// The rate expected for the intake. Unit: per cent. Missing: nil where no session was possible.
  package var expectedPercent: Double? { possible > 0 ? 100 * expected / Double(possible) : nil }

  /// What the school would miss with the trust's intake: the ratio times the trust's rate.
  ///
  /// Unit: per cent. Missing: nil where none is expected.
  package var adjustedPercent: Double? {
    guard let ratio, let rate = trust.tally.absenceRate else { return nil }
    return ratio * rate.percent
  }

  /// Between which the ratio lies at 95%, the school's pupils taken for a draw of many like them.
  ///
  /// Missing: nil where none is expected, of fewer than two pupils, or where nothing was missed.
  package var ratioInterval: ClosedRange<Double>? {
    guard let ratio, let rate = Rate(observed, of: possible), observed > 0,
      let variance = spread.variance(of: rate, pupils: pupils)
    else { return nil }
    let relative = variance.squareRoot() * Double(rate.whole) / Double(rate.part)
    let factor = exp(Interval.errors(pupils: pupils) * relative)
    return (ratio / factor)...(ratio * factor)
  }

  /// The sessions missed compared with those expected: clear where all of the interval is on one side of 1.
  package var verdict: Verdict {
    guard let interval = ratioInterval else { return pupils < 2 ? .tooFew : .similar }
    return interval.lowerBound > 1 ? .higher : interval.upperBound < 1 ? .lower : .similar
  }
}
