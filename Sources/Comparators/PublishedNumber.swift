import Measures
import Registers

/// A number as it was published: an exact decimal.
package struct PublishedNumber: Hashable, Sendable {
  /// The number's digits; the number is this divided by ten to the power of `places`.
  package let digits: Int
  package let places: Int

  init(digits: Int, places: Int) {
    var (digits, places) = (digits, places)
    while places > 0, digits.isMultiple(of: 10) { (digits, places) = (digits / 10, places - 1) }
    (self.digits, self.places) = (digits, places)
  }

  /// A number written as `14.63`, `5` or `1.5e-05`.
  ///
  /// Missing: nil where the text is no number, is negative, or has more than 18 digits or 40 places.
  package init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(omittingEmptySubsequences: false) { $0 == 0x65 || $0 == 0x45 }
    guard let first = parts.first, parts.count <= 2 else { return nil }
    let halves = first.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard halves.count <= 2, halves[0].count > 0, halves.count == 1 || halves[1].count > 0 else { return nil }
    let written = halves.joined().drop { $0 == 0x30 }
    guard written.count <= 18, written.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    var digits = written.reduce(0) { 10 * $0 + Int($1 - 0x30) }
    var places = halves.count == 2 ? halves[1].count : 0
    if parts.count == 2 {
      guard let exponent = Int(String(decoding: parts[1], as: UTF8.self)), abs(exponent) <= 40 else {
        return nil
      }
      places -= exponent
    }
    while places < 0 {
      let (next, overflows) = digits.multipliedReportingOverflow(by: 10)
      guard !overflows else { return nil }
      (digits, places) = (next, places + 1)
    }
    guard places <= 60 else { return nil }
    self.init(digits: digits, places: places)
  }

  /// The whole number. Missing: nil where there are decimals.
  package var whole: Int? { places == 0 ? digits : nil }

  /// Rounded half away from zero. Unit: tenths. Missing: nil where it is too large for that.
  package var tenths: Int? { scaled(to: 1) }

  /// The nearest double, for charts.
  package var double: Double { Double("\(digits)e-\(places)") ?? 0 }

  /// The number in units of so many decimals, rounded half away from zero. Missing: nil where it is too large for that.
  func scaled(to wanted: Int) -> Int? {
    guard places > wanted else {
      return (places..<wanted).reduce(digits) { scaled, _ in
        guard let scaled else { return nil }
        let (next, overflows) = scaled.multipliedReportingOverflow(by: 10)
        return overflows ? nil : next
      }
    }
    guard places - wanted <= 18 else { return 0 }
    return Rate.divide(digits, by: PublishedNumber.power(places - wanted))
  }

  static func power(_ places: Int) -> Int { (0..<places).reduce(1) { power, _ in power * 10 } }
}

/// A percentage as it was published.
extension PublishedNumber {
  /// Unit: per cent, in tenths, rounded half away from zero: 52 is 5.2%.
  package var tenthsOfPercent: Int { scaled(to: 1) ?? 0 }

  /// `5.2%`.
  package var formatted: String { "\(Rate.decimal(tenthsOfPercent, places: 1))%" }

  /// The percentage with up to six decimals, for data files.
  package var data: String { Rate.data(scaled(to: 6) ?? 0, over: 1_000_000) }

  var isPercentage: Bool {
    (scaled(to: min(places, 12)) ?? .max) <= 100 * PublishedNumber.power(min(places, 12))
  }

  /// What is left to 100%, such as attendance where absence is published. To 15 decimals.
  package var complement: PublishedNumber {
    let places = min(places, 15)
    return PublishedNumber(
      digits: 100 * PublishedNumber.power(places) - (scaled(to: places) ?? 0), places: places)
  }

  /// How far a school's rate lies above it, in percentage points, taken before rounding.
  ///
  /// Unit: tenths of a percentage point; negative where the rate is lower.
  package func difference(of rate: Rate) -> Int {
    // As many decimals as fit: nine are more than any published rate is good for.
    for places in stride(from: min(places, 9), through: 0, by: -1) {
      let power = PublishedNumber.power(places)
      guard let published = scaled(to: places) else { continue }
      let (own, first) = (1000 * rate.part).multipliedReportingOverflow(by: power)
      let (theirs, second) = (10 * published).multipliedReportingOverflow(by: rate.whole)
      let (whole, third) = rate.whole.multipliedReportingOverflow(by: power)
      if !first, !second, !third { return Rate.divide(own - theirs, by: whole) }
    }
    return 0
  }
}
