import Measures
import Registers

/// The value of a cell in a published file: a number, or the reason why there is none.
package enum PublishedValue: Hashable, Sendable {
  case number(PublishedNumber)
  case missing(Missing)

  /// The reason why there is no number, with the symbol in DfE's files as its raw value. It never means 0.
  ///
  /// Source: Government Statistical Service, symbols in tables; DfE's school performance tables for the last four.
  package enum Missing: String, CaseIterable, Sendable {
    case confidential = "c"
    case notAvailable = "x"
    case notApplicable = "z"
    case lowReliability = "u"
    case low, k
    case colon = ":"
    case suppressed = "SUPP"
    case noEntries = "NE"
    case notApplicableInTables = "NA"
    case notPublished = "NP"
    case empty = ""

    /// The reason, which follows the words "DfE's figure is".
    package var label: String {
      switch self {
      case .confidential, .suppressed: "withheld by DfE to protect confidentiality"
      case .notAvailable: "not available"
      case .notApplicable, .notApplicableInTables, .colon: "not applicable"
      case .lowReliability: "too unreliable to be published"
      case .low, .k: "low: it rounds to 0 and is not 0"
      case .noEntries: "missing, since there are no entries"
      case .notPublished: "not published"
      case .empty: "left empty"
      }
    }
  }

  /// Reads a cell.
  ///
  /// Returns `nil` if the text is neither a number nor one of DfE's symbols.
  init?(_ text: String) {
    if let number = PublishedNumber(text) {
      self = .number(number)
    } else if let missing = Missing(rawValue: text) ?? Missing(rawValue: text.lowercased())
      ?? Missing(rawValue: text.uppercased())
    {
      self = .missing(missing)
    } else {
      return nil
    }
  }

  package var number: PublishedNumber? {
    switch self {
    case .number(let number): number
    case .missing: nil
    }
  }
}

/// A published number as an exact decimal.
package struct PublishedNumber: Hashable, Sendable {
  /// The digits, which are divided by ten to the power of `places`.
  package let digits: Int
  /// The number of decimals.
  package let places: Int

  init(digits: Int, places: Int) {
    var (digits, places) = (digits, places)
    while places > 0, digits.isMultiple(of: 10) { (digits, places) = (digits / 10, places - 1) }
    (self.digits, self.places) = (digits, places)
  }

  /// Reads a number such as `14.63`, `5` or `1.5e-05`.
  ///
  /// Returns `nil` if the text is not a number, is negative, or has more than 18 digits or 40 decimals.
  package init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(omittingEmptySubsequences: false) { $0 == 0x65 || $0 == 0x45 }
    guard let first = parts.first, parts.count <= 2 else { return nil }
    let halves = first.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard halves.count <= 2, halves[0].count > 0, halves.count == 1 || halves[1].count > 0 else { return nil }
    let significant = halves.joined().drop { $0 == 0x30 }
    guard significant.count <= 18, significant.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    var digits = significant.reduce(0) { 10 * $0 + Int($1 - 0x30) }
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

  /// The number as an integer, or `nil` if it has decimals.
  package var integer: Int? { places == 0 ? digits : nil }

  /// The number in tenths, rounded half away from zero, or `nil` if it is too large.
  package var tenths: Int? { scaled(to: 1) }

  /// The nearest double, for charts.
  package var double: Double { Double("\(digits)e-\(places)") ?? 0 }

  /// Returns the number as an integer with a number of decimals, rounded half away from zero, or `nil` if it is too large.
  func scaled(to decimals: Int) -> Int? {
    guard places > decimals else {
      return (places..<decimals).reduce(digits) { scaled, _ in
        guard let scaled else { return nil }
        let (next, overflows) = scaled.multipliedReportingOverflow(by: 10)
        return overflows ? nil : next
      }
    }
    guard places - decimals <= 18 else { return 0 }
    return Rate.divide(digits, by: PublishedNumber.power(places - decimals))
  }

  static func power(_ places: Int) -> Int { (0..<places).reduce(1) { power, _ in power * 10 } }
}

// The number as a percentage.
extension PublishedNumber {
  /// The percentage in tenths, rounded half away from zero, such as 52 for 5.2%.
  package var tenthsOfPercent: Int { scaled(to: 1) ?? 0 }

  /// The percentage for display, such as `5.2%`.
  package var formatted: String { "\(Rate.decimal(tenthsOfPercent, places: 1))%" }

  /// The percentage with up to six decimals, for data files.
  package var data: String { Rate.data(scaled(to: 6) ?? 0, over: 1_000_000) }

  var isPercentage: Bool {
    (scaled(to: min(places, 12)) ?? .max) <= 100 * PublishedNumber.power(min(places, 12))
  }

  /// The difference from 100%, such as attendance for a published absence, with at most 15 decimals.
  package var complement: PublishedNumber {
    let places = min(places, 15)
    return PublishedNumber(
      digits: 100 * PublishedNumber.power(places) - (scaled(to: places) ?? 0), places: places)
  }

  /// Returns a rate minus this percentage in tenths of a percentage point, computed before rounding.
  package func difference(of rate: Rate) -> Int {
    // Uses as many decimals as fit. More than nine would not be significant in any published rate.
    for places in stride(from: min(places, 9), through: 0, by: -1) {
      let power = PublishedNumber.power(places)
      guard let published = scaled(to: places) else { continue }
      let (school, first) = (1000 * rate.part).multipliedReportingOverflow(by: power)
      let (benchmark, second) = (10 * published).multipliedReportingOverflow(by: rate.whole)
      let (whole, third) = rate.whole.multipliedReportingOverflow(by: power)
      if !first, !second, !third { return Rate.divide(school - benchmark, by: whole) }
    }
    return 0
  }
}
