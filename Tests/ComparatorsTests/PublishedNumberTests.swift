import Measures
import TestSupport
import Testing

@testable import Comparators
@testable import Registers

/// Published numbers are exact, and symbols are never numbers.
@Suite struct PublishedNumberTests {
  @Test(arguments: [
    ("5", 5, 0), ("5.0", 5, 0), ("14.63", 1463, 2), ("0", 0, 0), ("00.50", 5, 1), ("1e2", 100, 0),
    ("1.5e-05", 15, 6), ("1.55757077523724e-05", 155_757_077_523_724, 19), ("2.5E+1", 25, 0),
    ("5.92336377968847", 592_336_377_968_847, 14), ("999999999999999999", 999_999_999_999_999_999, 0),
  ])
  func `a number is read exactly`(text: String, digits: Int, places: Int) throws {
    let number = try #require(PublishedNumber(text))
    #expect(number.digits == digits && number.places == places)
    #expect(number.double == Double(text))
  }

  @Test(arguments: [
    "", ".", "5.", ".5", "-1", "+1", "1,5", "5 ", "5%", "c", "1e", "e5", "1e5e5", "1e400", "1e-99", "٥",
    "NaN",
    "0x10", "1234567890123456789", "1.2.3", "inf",
  ])
  func `text that is not a number is refused`(text: String) { #expect(PublishedNumber(text) == nil) }

  @Test(arguments: PublishedValue.Missing.allCases)
  func `every symbol is a missing value with a reason`(sign: PublishedValue.Missing) {
    #expect(PublishedValue(sign.rawValue) == .missing(sign))
    #expect(PublishedValue(sign.rawValue)?.number == nil)
    #expect(!sign.label.isEmpty)
  }

  @Test func `the symbols are those in DfE's files`() {
    let signs = ["c", "x", "z", "u", "low", "k", ":", "SUPP", "NE", "NA", "NP", ""]
    #expect(PublishedValue.Missing.allCases.map(\.rawValue) == signs)
    #expect(PublishedValue("C") == .missing(.confidential) && PublishedValue("supp") == .missing(.suppressed))
    #expect(PublishedValue("cc") == nil && PublishedValue("n/a") == nil)
  }

  @Test(arguments: [
    ("5.25", 53, "5.3%"), ("5.2499999999999", 52, "5.2%"), ("5.2", 52, "5.2%"), ("0.04", 0, "0.0%"),
    ("100", 1000, "100.0%"), ("1.5e-05", 0, "0.0%"),
  ])
  func `a percentage is rounded half away from zero`(text: String, tenths: Int, words: String) throws {
    let number = try #require(PublishedNumber(text))
    #expect(number.tenthsOfPercent == tenths && number.formatted == words)
  }

  /// 7% less 5.25% is 1.75 points; 5% less 5.25% is a quarter of a point.
  @Test(arguments: [
    (7, 100, "5.25", 18), (5, 100, "5.25", -3), (5, 100, "5.2", -2), (1, 3, "33.3", 0),
    (123_456_789, 987_654_321, "5.92336377968847", 66), (0, 1, "1.55757077523724e-05", 0),
  ])
  func `a difference is computed before rounding`(part: Int, whole: Int, text: String, tenths: Int) throws {
    let rate = try #require(Rate(part, of: whole))
    #expect(try #require(PublishedNumber(text)).difference(of: rate) == tenths)
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func `a difference agrees with floating-point arithmetic`(
    seed: UInt64
  ) throws {
    var random = Seeded(seed)
    for _ in 0..<500 {
      let whole = Int.random(in: 1...20_000_000, using: &random)
      let rate = try #require(Rate(Int.random(in: 0...whole, using: &random), of: whole))
      let places = Int.random(in: 0...16, using: &random)
      let digits = Int.random(in: 0...(100 * PublishedNumber.power(places)), using: &random)
      let number = PublishedNumber(digits: digits, places: places)
      let exact = 10 * (rate.percent - number.double)
      #expect(abs(Double(number.difference(of: rate)) - exact) < 0.5001, "seed \(seed)")
      #expect(abs(number.complement.double - (100 - number.double)) < 1e-9, "seed \(seed)")
    }
  }
}
