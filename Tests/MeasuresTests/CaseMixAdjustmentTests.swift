import Registers
import TestSupport
import Testing

@testable import Measures

@Suite struct IntakeTests {
  static func kind(_ year: Int, _ sen: Status = .no) -> CaseMixAdjustment.Kind {
    CaseMixAdjustment.Kind(year: NCYear(year), sen: sen, disadvantaged: .no, sex: .female)
  }

  /// Two schools of two kinds of pupils, by hand: kind A misses 10 of 200 here and 30 of 200 there, kind B 40 of 100 and 20 of 300.
  @Test func `expected absence is the trust's rate for each kind of pupil`() throws {
    let here = [
      Self.kind(5): SpreadTests.group([(2, 100), (8, 100)]), Self.kind(6): SpreadTests.group([(40, 100)]),
    ]
    let there = [
      Self.kind(5): SpreadTests.group([(30, 200)]), Self.kind(6): SpreadTests.group([(15, 200), (5, 100)]),
    ]
    let trust = here.merging(there) { one, other in
      var sum = one
      sum += other
      return sum
    }
    let intake = CaseMixAdjustment(here, trust: trust)
    // Kind A: 40 of 400 are 10%, of 200 sessions 20; kind B: 60 of 400 are 15%, of 100 sessions 15.
    #expect(abs(intake.expected - 35) < 1e-12 && intake.observed == 50)
    #expect(abs(try #require(intake.ratio) - 50.0 / 35) < 1e-12)
    #expect(abs(try #require(intake.adjustedPercent) - 50.0 / 35 * 12.5) < 1e-12)
    // Persistently absent: of three of kind A two (8%, no; 15% yes; 2% no) one; of three of kind B one.
    #expect(intake.observedPersistent == 1)
    #expect(abs(intake.expectedPersistent - (2.0 / 3 + 1.0 / 3)) < 1e-12)
    #expect(intake.shared == 1)
  }

  @Test func `kinds of pupils at only one school are not compared`() {
    let here = [
      Self.kind(5): SpreadTests.group([(2, 100), (8, 100)]), Self.kind(6): SpreadTests.group([(4, 100)]),
    ]
    let trust = here.merging([Self.kind(5): SpreadTests.group([(2, 100), (8, 100), (50, 100)])]) { $1 }
    let intake = CaseMixAdjustment(here, trust: trust)
    #expect(abs(intake.shared - 2.0 / 3) < 1e-12)
    #expect(CaseMixAdjustment(here, trust: here).ratio == 1)
    #expect(
      CaseMixAdjustment([:], trust: here).ratio == nil
        && CaseMixAdjustment([:], trust: here).verdict == .tooFew)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>) func `expected absence of the trust equals its absence`(
    seed: UInt64
  )
    throws
  {
    let schools = try (0..<3).map { place in
      let random = RandomRegister(seed: seed * 10 + UInt64(place), pupils: 60)
      return SchoolFigures(random.register, asAt: random.asAt, policy: try Shipped.policy("dfe-2024"))
    }
    let trust = TrustFigures(of: schools, name: "T", asAt: schools[0].asAt)
    let intakes = schools.map { CaseMixAdjustment($0.caseMix, trust: trust.caseMix) }
    let total = trust.total(in: .yearToDate)
    #expect(intakes.reduce(0) { $0 + $1.observed } == total.tally.absence)
    #expect(abs(intakes.reduce(0) { $0 + $1.expected } - Double(total.tally.absence)) < 1e-6)
    #expect(abs(intakes.reduce(0) { $0 + $1.expectedPersistent } - Double(total.persistent)) < 1e-6)
    for intake in intakes {
      let interval = try #require(intake.ratioInterval)
      #expect(interval.contains(try #require(intake.ratio)))
    }
  }
}
