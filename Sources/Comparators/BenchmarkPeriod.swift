import Registers

/// The period of a published figure within its school year.
package enum BenchmarkPeriod: Hashable, Sendable {
  /// DfE's "Academic year", published after its end.
  case wholeYear
  case yearToDate(End)
  case halfTerm(HalfTerm.Name)
  /// A period that is not one of a school's periods, such as "Autumn term".
  case other(String)

  /// The end of a year to date.
  package enum End: Hashable, Sendable {
    case halfTerm(HalfTerm.Name)
    case day(Day)
    /// The file does not give the end.
    case unknown
  }

  /// The period as published.
  package var name: String {
    switch self {
    case .wholeYear: "Academic year"
    case .yearToDate(.halfTerm(.summer2)): "Year to date, end of year"
    case .yearToDate(.halfTerm(.autumn2)): "Year to date, end of autumn"
    case .yearToDate(.halfTerm(let name)): "Year to date, end of \(name.rawValue)"
    case .yearToDate(.day(let day)): "Year to date, to \(day.formatted)"
    case .yearToDate(.unknown): "Year to date"
    case .halfTerm(let name): name.rawValue
    case .other(let name): name
    }
  }

  /// Creates a period from its name in a file with one figure a row.
  ///
  /// Returns `nil` if the end of a year to date is not known.
  init?(published text: String) {
    let parts = text.split(separator: ",", maxSplits: 1).map { $0.trimmingWhitespace }
    if let name = HalfTerm.Name.allCases.first(where: { $0.rawValue.folded == text.folded }) {
      self = .halfTerm(name)
    } else if text.folded == "academicyear" {
      self = .wholeYear
    } else if parts.first?.folded != "yeartodate" {
      self = .other(text)
    } else if parts.count == 1 {
      self = .yearToDate(.unknown)
    } else if let end = End(published: parts[1]) {
      self = .yearToDate(end)
    } else {
      return nil
    }
  }
}

extension BenchmarkPeriod.End {
  /// Creates an end from text such as `end of Spring 1`, `end of autumn`, `end of year` or `to 10 July 2026`.
  fileprivate init?(published text: String) {
    let lowercased = text.lowercased()
    if lowercased.hasPrefix("to ") {
      guard let day = Day(formatted: text.dropFirst(3).trimmingWhitespace) else { return nil }
      self = .day(day)
      return
    }
    guard lowercased.hasPrefix("end of ") else { return nil }
    let name = lowercased.dropFirst(7).folded
    switch name {
    case "year", "summer": self = .halfTerm(.summer2)
    case "autumn": self = .halfTerm(.autumn2)
    case "spring": self = .halfTerm(.spring2)
    default:
      guard let known = HalfTerm.Name.allCases.first(where: { $0.rawValue.folded == name }) else {
        return nil
      }
      self = .halfTerm(known)
    }
  }
}

extension Day {
  /// Creates a day from text such as `10 July 2026` or `2026-07-10`.
  init?(formatted text: String) {
    if let day = Day(iso: text) {
      self = day
      return
    }
    let parts = text.split(separator: " ")
    guard parts.count == 3, let number = Int(parts[0]), let year = Int(parts[2]) else { return nil }
    let days = (1...12).compactMap { Day(year: year, month: $0, day: number) }
    guard let day = days.first(where: { $0.formatted.lowercased() == text.lowercased() }) else { return nil }
    self = day
  }
}

extension SchoolYear {
  /// Creates a school year from text such as `202526`, `2025/26` or `2025-26`.
  init?(published text: String) {
    let digits = text.filter { $0 != "/" && $0 != "-" }
    guard digits.utf8.count == 6, let number = Int(digits), 1990...2100 ~= number / 100 else { return nil }
    self.init(start: number / 100)
    guard timePeriod == digits else { return nil }
  }
}

extension StringProtocol {
  /// The text without white space around it.
  var trimmingWhitespace: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
