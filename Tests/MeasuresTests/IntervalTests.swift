import Registers
import TestSupport
import Testing

@testable import Measures

@Suite struct IntervalTests {
  /// Made with statsmodels 0.15, proportion_confint(…, method="wilson").
  @Test(arguments: [
    (0, 20, 0.0, 16.11251580528194), (3, 20, 5.236874589621659, 36.041886474075696),
    (10, 20, 29.929800819821228, 70.07019918017878), (28, 181, 10.924995481002492, 21.449483276354357),
    (20, 20, 83.88748419471806, 100.0),
  ]) func `shares of pupils have Wilson's interval`(part: Int, whole: Int, low: Double, high: Double) throws {
    let interval = Interval(ofPupils: try #require(Rate(part, of: whole)))
    #expect(abs(interval.low - low) < 1e-9 && abs(interval.high - high) < 1e-9, "\(interval)")
  }

  /// Source: tables of Student's t.
  @Test(arguments: [(11, 2.2281), (31, 2.0423), (101, 1.9840), (1_000_001, 1.9600)])
  func `errors are Student's`(pupils: Int, errors: Double) {
    #expect(abs(Interval.errors(pupils: pupils) - errors) < 0.002)
  }

  /// Draws schools whose pupils miss unlike shares; the interval must cover the share all pupils miss about as often as it says.
  @Test(arguments: [(20, 0.90), (60, 0.925), (300, 0.935)])
  func `intervals of absence cover about as often as they say`(pupils: Int, least: Double) throws {
    var random = Seeded(UInt64(pupils))
    // A cube of an even draw: most miss little, some much; its mean is a quarter, of 60 sessions in 100 times that.
    let truth = 15.0
    var covered = 0
    let trials = 1500
    for _ in 0..<trials {
      let group = SpreadTests.group(
        (0..<pupils).map { _ in
          let share = Double.random(in: 0..<1, using: &random)
          let possible = 240
          let chance = 0.6 * share * share * share
          let missed = (0..<possible / 6).reduce(0) { sum, _ in
            sum + (Double.random(in: 0..<1, using: &random) < chance ? 6 : 0)
          }
          return (missed, possible)
        })
      guard let interval = Interval(ofAbsence: group) else { continue }
      covered += (interval.low...interval.high).contains(truth) ? 1 : 0
    }
    let share = Double(covered) / Double(trials)
    #expect((least...0.975).contains(share), "\(share)")
  }

  @Test func `of nothing or one pupil nothing is said`() {
    #expect(Interval(ofAbsence: SpreadTests.group([(3, 100)])) == nil)
    #expect(Interval(ofAbsence: SpreadTests.group([(0, 100), (0, 90)])) == nil)
    #expect(Interval(ofAbsence: .zero) == nil)
  }

  @Test func `a figure is above or below only outside its interval`() throws {
    let interval = Interval(ofPupils: try #require(Rate(10, of: 20)))
    #expect(interval.verdict(against: 20) == .higher && interval.verdict(against: 80) == .lower)
    #expect(interval.verdict(against: 50) == .similar)
  }
}
