import Registers

/// The time a published figure covers, within its school year.
package enum BenchmarkPeriod: Hashable, Sendable {
  /// DfE's "Academic year": the year, when it has ended.
  case wholeYear
  case yearToDate(End)
  case halfTerm(HalfTerm.Name)
  /// A time that is none of a school's periods, such as "Autumn term".
  case other(String)

  /// Where a year to date ends.
  package enum End: Hashable, Sendable {
    case halfTerm(HalfTerm.Name)
    case day(Day)
    /// The file does not say.
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

  /// A period as a file of one figure a row writes it.
  ///
  /// Missing: nil where it begins as a year to date and ends as nothing that is known.
  init?(published text: String) {
    let parts = text.split(separator: ",", maxSplits: 1).map { $0.trimmingBlanks }
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
  /// `end of Spring 1`, `end of autumn`, `end of year` or `to 10 July 2026`.
  fileprivate init?(published text: String) {
    let words = text.lowercased()
    if words.hasPrefix("to ") {
      guard let day = Day(formatted: text.dropFirst(3).trimmingBlanks) else { return nil }
      self = .day(day)
      return
    }
    guard words.hasPrefix("end of ") else { return nil }
    let name = words.dropFirst(7).folded
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
  /// A day written as `10 July 2026`, or as `2026-07-10`. Missing: nil where it is neither.
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
  /// A year written as `202526`, `2025/26` or `2025-26`. Missing: nil where it is none.
  init?(published text: String) {
    let digits = text.filter { $0 != "/" && $0 != "-" }
    guard digits.utf8.count == 6, let number = Int(digits), 1990...2100 ~= number / 100 else { return nil }
    self.init(start: number / 100)
    guard timePeriod == digits else { return nil }
  }
}

extension StringProtocol {
  /// The text without white space around it.
  var trimmingBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
