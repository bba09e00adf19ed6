import Foundation
import Registers
import TestSupport
import Testing

@testable import Measures

@Suite struct FunnelTests {
  /// Schools of one kind of pupils, whose pupils miss so much of 100 sessions each.
  private static func intakes(_ schools: [[Int]]) -> (intakes: [CaseMixAdjustment], trust: GroupFigures) {
    let kind = IntakeTests.kind(5)
    let groups = schools.map { SpreadTests.group($0.map { ($0, 100) }) }
    let trust = groups.reduce(into: GroupFigures.zero) { $0 += $1 }
    return (groups.map { CaseMixAdjustment([kind: $0], trust: [kind: trust]) }, trust)
  }

  @Test func `limits follow the spread of pupils`() throws {
    // Ten pupils who miss 2 to 11 of 100: mean 6.5, standard deviation 3.0277.
    let (intakes, trust) = Self.intakes([Array(2...11)])
    let funnel = try #require(Funnel(intakes, trust: trust))
    let deviation = (82.5 / 9).squareRoot() / 6.5
    for (pupils, limit, errors) in [(25, Funnel.Limit.inner, 1.959964), (400, .outer, 3.090232)] {
      let upper = exp(errors * deviation / Double(pupils).squareRoot())
      let limits = funnel.limits(pupils: pupils, limit)
      #expect(abs(limits.upperBound - upper) < 1e-6 && abs(limits.lowerBound - 1 / upper) < 1e-6)
    }
    #expect(funnel.dispersion == 1)
  }

  @Test func `a school is placed by the limits of its size`() throws {
    let rest = Array(repeating: Array(2...11), count: 8)
    // Times: 13 of 100 is twice the trust's; at ten pupils that is outside, at two it is not.
    let (intakes, trust) = Self.intakes(rest + [Array(repeating: 20, count: 10), [9, 10], [1, 1, 1, 1, 1]])
    let plain = try #require(Funnel(Array(intakes.prefix(9)), trust: trust))
    #expect(plain.position(of: intakes[8]) == .high && plain.position(of: intakes[9]) == .within)
    #expect(plain.position(of: intakes[0]) == .within && plain.position(of: intakes[10]) == .low)
  }

  /// Source: Spiegelhalter: the mean of squared z scores, of which a tenth at each end are drawn in; 0.6786 is that of normal
  /// scores: 0.8 - 2 * 1.28155 * 0.17550 within, and 0.2 * 1.28155 squared drawn in.
  @Test func `dispersion is the mean square of winsorised scores`() throws {
    let schools = (0..<10).map { place in (0..<20).map { 5 + ($0 + place) % 7 + (place == 9 ? 30 : place) } }
    let (intakes, trust) = Self.intakes(schools)
    let funnel = try #require(Funnel(intakes, trust: trust))
    let rate = try #require(trust.tally.absenceRate)
    let variance = try #require(trust.spread.variance(of: rate, pupils: 200))
    let error = variance.squareRoot() / rate.percent * 100 * Double(200).squareRoot()
    var scores = intakes.map { log($0.ratio ?? 1) * Double(20).squareRoot() / error }.sorted()
    (scores[0], scores[9]) = (scores[1], scores[8])
    let expected = scores.reduce(0) { $0 + $1 * $1 } / 10 / 0.6786
    #expect(expected > 1 && abs(funnel.dispersion - expected) < 1e-9)
    // Nine schools are too few.
    #expect(Funnel(Array(intakes.prefix(9)), trust: trust)?.dispersion == 1)
  }

  /// The share of schools outside the inner limits, if schools differ only by chance or by much more.
  @Test(arguments: [(0.0, 0.015...0.08), (0.35, 0.02...0.08)])
  func `about one school in twenty is outside the limits, whatever the spread`(
    apart: Double, share: ClosedRange<Double>
  ) throws {
    var random = Seeded(11)
    var (outside, all, unadjusted) = (0, 0, 0)
    for _ in 0..<40 {
      let schools = (0..<30).map { _ -> [Int] in
        let noise = (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
        let times = exp(apart * noise)
        return (0..<80).map { _ in
          let draw = Double.random(in: 0..<1, using: &random)
          return min(100, Int((30 * draw * draw * times).rounded()))
        }
      }
      let (intakes, trust) = Self.intakes(schools)
      let funnel = try #require(Funnel(intakes, trust: trust))
      let plain = try #require(Funnel(Array(intakes.prefix(1)), trust: trust))
      for intake in intakes {
        all += 1
        if funnel.position(of: intake) != .within { outside += 1 }
        if plain.position(of: intake) != .within { unadjusted += 1 }
      }
    }
    #expect(share.contains(Double(outside) / Double(all)), "\(outside) of \(all)")
    if apart > 0 { #expect(Double(unadjusted) / Double(all) > 0.2, "\(unadjusted) of \(all)") }
  }

  @Test func `there is no funnel without absence`() {
    let (intakes, trust) = Self.intakes([[0, 0], [0, 0]])
    #expect(Funnel(intakes, trust: trust) == nil && Funnel([], trust: .zero) == nil)
  }
}
