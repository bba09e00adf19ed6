import Registers

/// The value of a cell in a table, or of a figure in a sentence, before it is formatted.
///
/// A cell about pupils contains their number, so that disclosure control can use it.
package enum Cell: Hashable, Sendable {
  case text(String)
  /// A count of pupils.
  case pupils(Int)
  /// A count of sessions that belong to this many pupils.
  case sessions(Int, of: Int)
  /// A share of sessions that belong to this many pupils.
  case rate(Rate, of: Int)
  /// A share of pupils: part and whole are pupils.
  case share(Rate)
  /// A difference between two rates in tenths of a percentage point. The rates belong to this many pupils.
  case points(Int, of: Int)
  /// Minutes that belong to this many pupils.
  case minutes(Int, of: Int)
  /// A number with decimals, in units of its last place, such as days lost, that belongs to this many pupils.
  case decimal(Int, places: Int, of: Int)
  /// A percentage as it is shown, in units of its last place.
  case percent(Int, places: Int)
  /// A difference in percentage points as it is shown, in units of its last place.
  case difference(Int, places: Int)
  /// A plain number that is not about pupils: rows read, weeks, findings.
  case number(Int)
  case day(Day)
  case shorthand(Shorthand)

  /// The reasons for a cell without a figure. Source: Government Statistical Service shorthand; rules, section 10.
  package enum Shorthand: String, CaseIterable, Sendable {
    case confidential = "[c]"
    case notAvailable = "[x]"
    case notApplicable = "[z]"

    package var formatted: String {
      switch self {
      case .confidential: "hidden to protect pupils"
      case .notAvailable: "not available"
      case .notApplicable: "does not apply"
      }
    }
  }
}

extension Cell {
  /// Returns a share of sessions, or `[z]` if no session was possible.
  package static func rate(_ rate: Rate?, of pupils: Int) -> Cell {
    rate.map { .rate($0, of: pupils) } ?? .shorthand(.notApplicable)
  }

  /// Returns a share of pupils, or `[z]` if there are none.
  package static func share(_ rate: Rate?) -> Cell {
    rate.map(Cell.share) ?? .shorthand(.notApplicable)
  }

  /// The text of the cell: `94.1%`, `1,204`, `12 September 2025`, `[c]`.
  package var formatted: String {
    switch self {
    case .text(let text): text
    case .pupils(let count), .sessions(let count, _), .minutes(let count, _), .number(let count):
      Cell.grouped(count)
    case .rate(let rate, _), .share(let rate): rate.formatted
    case .points(let tenths, _): (tenths > 0 ? "+" : "") + Rate.decimal(tenths, places: 1)
    case .decimal(let scaled, let places, _): Rate.decimal(scaled, places: places)
    case .percent(let digits, let places): "\(Cell.decimal(digits, places: places))%"
    case .difference(let digits, let places):
      (digits > 0 ? "+" : "") + Cell.decimal(digits, places: places)
    case .day(let day): day.formatted
    case .shorthand(let shorthand): shorthand.rawValue
    }
  }

  private static func decimal(_ digits: Int, places: Int) -> String {
    places == 0 ? String(digits) : Rate.decimal(digits, places: places)
  }

  /// The cell as a number for workbooks and charts, or `nil` for text, days and shorthand.
  ///
  /// Rates are in per cent, and differences in percentage points.
  package var value: Double? {
    switch self {
    case .text, .day, .shorthand: nil
    case .pupils(let count), .sessions(let count, _), .minutes(let count, _), .number(let count):
      Double(count)
    case .rate(let rate, _), .share(let rate): rate.percent
    case .points(let tenths, _): Double(tenths) / 10
    case .decimal(let scaled, let places, _), .percent(let scaled, let places),
      .difference(let scaled, let places):
      Double(scaled) / (0..<places).reduce(1.0) { ten, _ in ten * 10 }
    }
  }

  /// Returns 1204567 as `1,204,567`.
  package static func grouped(_ count: Int) -> String {
    let digits = Array(String(count.magnitude))
    var text = count < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
