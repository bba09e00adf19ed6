/// A calendar day, with no time and no time zone: the number of days since 1 January 1970.
package struct Day: Hashable, Comparable, Sendable {
  /// The number of days since 1970-01-01, which is 0.
  package let number: Int32

  @inlinable package init(number: Int32) { self.number = number }

  /// Creates the day of a date in the Gregorian calendar, or returns `nil` if there is no such date or the year is not
  /// from 1 to 9999.
  @inlinable package init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= Day.length(ofMonth: month, year: year) else {
      return nil
    }
    // Counts from 1 March, so that the leap day comes last in its year.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.number = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Creates the day written as `2025-09-08`, or returns `nil` if the text is not an ISO date.
  package init?(iso text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  @inlinable static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  @inlinable package static func < (left: Day, right: Day) -> Bool { left.number < right.number }
  @inlinable package static func + (day: Day, days: Int) -> Day { Day(number: day.number + Int32(days)) }
  @inlinable package static func - (day: Day, days: Int) -> Day { Day(number: day.number - Int32(days)) }
  /// Returns the number of days from the right-hand day to the left-hand one.
  @inlinable package static func - (left: Day, right: Day) -> Int { Int(left.number - right.number) }
}

extension Day {
  /// The year, month (from 1) and day of the month (from 1).
  package var date: (year: Int, month: Int, day: Int) {
    let shifted = Int(number) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    return (
      yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
      dayOfYear - (153 * month + 2) / 5 + 1
    )
  }

  @inlinable package var weekday: Weekday {
    Weekday(rawValue: Int((number % 7 + 10) % 7)) ?? .monday
  }

  /// The Monday of the day's week.
  @inlinable package var monday: Day { self - weekday.rawValue }

  /// `2025-09-08`.
  package var iso: String {
    let (year, month, day) = date
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  /// `8 September 2025`.
  package var formatted: String {
    let (year, month, day) = date
    return "\(day) \(Day.monthNames[month - 1]) \(year)"
  }

  /// `8 Sep`.
  package var inFewWords: String {
    let (_, month, day) = date
    return "\(day) \(Day.shortMonthNames[month - 1])"
  }

  private static let shortMonthNames = monthNames.map { String($0.prefix(3)) }

  static let monthNames = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
  ]

  private func padded(_ value: Int, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Day: CustomStringConvertible {
  package var description: String { iso }
}

/// A day of the week; raw values count from Monday, 0.
package enum Weekday: Int, CaseIterable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  package var name: String {
    switch self {
    case .monday: "Monday"
    case .tuesday: "Tuesday"
    case .wednesday: "Wednesday"
    case .thursday: "Thursday"
    case .friday: "Friday"
    case .saturday: "Saturday"
    case .sunday: "Sunday"
    }
  }

  package var isSchoolDay: Bool { rawValue < 5 }
}
