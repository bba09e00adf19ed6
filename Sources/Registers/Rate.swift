/// An exact part of a whole.
///
/// The initialiser returns `nil` if the whole is 0.
/// Source: rules, section 2: a rate for a group is a ratio of sums.
package struct Rate: Hashable, Sendable {
  package let part: Int
  package let whole: Int

  package init?(_ part: Int, of whole: Int) {
    guard whole > 0 else { return nil }
    self.part = part
    self.whole = whole
  }

  /// The rate in tenths of a per cent, rounded half away from zero: 941 is 94.1%.
  package var tenthsOfPercent: Int { Rate.divide(part * 1000, by: whole) }

  /// The rate in per cent, not rounded.
  package var percent: Double { 100 * Double(part) / Double(whole) }

  /// `94.1%`.
  package var formatted: String { "\(Rate.decimal(tenthsOfPercent, places: 1))%" }

  /// The rate in per cent with up to six decimals, for data files.
  package var data: String { Rate.data(part * 100, over: whole) }
}

extension Rate {
  /// Returns the integer nearest to a quotient, halves away from zero. Figures are rounded only here.
  package static func divide(_ part: Int, by whole: Int) -> Int {
    let doubled = 2 * part.magnitude + whole.magnitude
    let rounded = Int(doubled / (2 * whole.magnitude))
    return (part < 0) == (whole < 0) ? rounded : -rounded
  }

  /// Returns the difference of two unrounded rates in percentage points.
  ///
  /// In tenths of a percentage point.
  package static func difference(_ left: Rate, _ right: Rate) -> Int {
    divide(1000 * (left.part * right.whole - right.part * left.whole), by: left.whole * right.whole)
  }

  /// Returns whether a rate is higher than another by a number of percentage points or more, compared exactly.
  ///
  /// - Parameter tenths: Tenths of a percentage point.
  package static func isHigher(_ left: Rate, by tenths: Int, than right: Rate) -> Bool {
    1000 * (left.part * right.whole - right.part * left.whole) >= tenths * left.whole * right.whole
  }

  /// Returns a number of tenths, hundredths and so on as text: `decimal(941, places: 1)` is `94.1`.
  package static func decimal(_ scaled: Int, places: Int) -> String {
    let digits = String(scaled.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return "\(scaled < 0 ? "-" : "")\(padded.dropLast(places)).\(padded.suffix(places))"
  }

  /// Returns a quotient with up to six decimals, for data files.
  package static func data(_ part: Int, over whole: Int) -> String {
    var text = decimal(divide(part * 1_000_000, by: whole), places: 6)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}

/// The result of a comparison, used by every page, table, headline and question.
package enum Verdict: Hashable, Sendable {
  case higher, lower
  /// No clear difference.
  case similar
  case tooFew

  /// A Boolean value indicating whether there is a clear difference.
  package var isClear: Bool { self == .higher || self == .lower }
}
