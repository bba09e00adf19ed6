import Registers

/// The session in the header of a column: `08/09/2025 AM`, `Mon 08/09 (PM)`, `MonAM`, or a date alone.
struct SessionCaption: Hashable, Sendable {
  var date: Date?
  var weekday: Weekday?
  var half: DayHalf?

  /// A date whose year a title above may give.
  enum Date: Hashable, Sendable {
    case full(Day)
    case withoutYear(month: Int, day: Int)
  }

  /// A Boolean value that indicates whether it names one session, of a date or of a week.
  var isSession: Bool { half != nil && (date != nil || weekday != nil) }

  init(date: Date) { self.date = date }

  /// Returns the half of the day of 1 or 2 behind a date, or of a time behind it, also in a serial.
  static func half(behindDate text: String) -> DayHalf? {
    if text.utf8.count > 6, let serial = Double(text), 29_600...60_000 ~= serial {
      let time = serial - serial.rounded(.down)
      return time == 0 ? nil : time < 0.5 ? .morning : .afternoon
    }
    guard let last = text.split(whereSeparator: { " _()[]T\n".contains($0) }).last, last.count < text.count
    else {
      return nil
    }
    if last == "1" || last == "2" { return last == "1" ? .morning : .afternoon }
    guard last.contains(":"), let hour = last.split(separator: ":").first.flatMap({ Int($0) }) else {
      return nil
    }
    return hour < 12 ? .morning : .afternoon
  }

  /// Returns the Monday of the one week that titles give, or `nil` if they give none or several.
  static func week(in titles: [String]) -> Day? {
    var mondays: Set<Day> = []
    for title in titles where !isPrinting(title) { mondays.formUnion(days(in: title).map(\.monday)) }
    return mondays.count == 1 ? mondays.first : nil
  }

  /// Returns whether a title gives the date of printing.
  static func isPrinting(_ title: String) -> Bool {
    ["print", "generated", "exported", "created", "run on"].contains { title.lowercased().contains($0) }
  }

  /// Returns the dates in a title.
  static func days(in title: String) -> [Day] {
    var dates = DateReader(order: nil)
    let words = title.split { " ,;:()".contains($0) }.map(String.init)
    var days: [Day] = []
    var index = 0
    while index < words.count {
      let found = [3, 1].lazy.filter { index + $0 <= words.count }.compactMap { length -> (Day, Int)? in
        let text = words[index..<(index + length)].joined(separator: " ")
        guard text.contains(where: \.isNumber), text.utf8.count >= 8 else { return nil }
        return dates.day(of: text).map { ($0, length) }
      }.first
      if let (day, length) = found { days.append(day); index += length } else { index += 1 }
    }
    return days
  }

  /// Returns the one month and year that titles give in words, such as `September 2025`.
  static func month(in titles: [String]) -> (year: Int, month: Int)? {
    var found: Set<[Int]> = []
    for title in titles where !isPrinting(title) {
      let words = title.split { !($0.isLetter || $0.isNumber) }
      for (word, next) in zip(words, words.dropFirst()) {
        if next.count == 4, let year = Int(next), 1990...2100 ~= year,
          let month = DateReader.month(named: word)
        {
          found.insert([year, month])
        }
      }
    }
    return found.count == 1 ? found.first.map { ($0[0], $0[1]) } : nil
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().unicodeScalars.split { scalar in
      switch scalar {
      case " ", "_", "(", ")", "[", "]", ",", "\n", "\r", "\t", "\u{A0}": true
      default: false
      }
    }.map(String.init)
  }

  /// Returns `nil` if the text contains anything else.
  init?(_ text: String, dates: inout DateReader) {
    guard text.utf8.count <= 40 else { return nil }
    var rest: [String] = []
    // A time after a date is ignored; `2025-09-08T00:00:00` is one word.
    for word in SessionCaption.words(of: text) where !word.contains(":") || word.contains("-") {
      guard !read(word) else { continue }
      let start = String(word.dropLast(2))
      if half == nil, !start.isEmpty, let ending = SessionCaption.halves[String(word.suffix(2))] {
        half = ending
        if !read(start) { rest.append(start) }
      } else {
        rest.append(word)
      }
    }
    if !rest.isEmpty {
      guard let date = SessionCaption.date(rest.joined(separator: " "), &dates) else { return nil }
      self.date = date
    }
    guard date != nil || weekday != nil || half != nil else { return nil }
  }

  /// Returns whether the text names a half-day and seems to contain a date, though it cannot be read as a
  /// caption.
  static func looksLikeSession(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }.map(String.init)
    return words.contains { halves[$0] != nil } && text.count { $0.isASCII && $0.isNumber } > 2
  }

  /// Reads a word that is the name of a weekday or of a half-day.
  private mutating func read(_ word: String) -> Bool {
    if let half = SessionCaption.halves[word], self.half == nil {
      self.half = half
      return true
    }
    if let weekday = SessionCaption.weekdays[word], self.weekday == nil {
      self.weekday = weekday
      return true
    }
    return false
  }

  private static let halves: [String: DayHalf] = [
    "am": .morning, "a.m.": .morning, "morning": .morning,
    "pm": .afternoon, "p.m.": .afternoon, "afternoon": .afternoon,
  ]

  private static let weekdays: [String: Weekday] = [
    "mon": .monday, "monday": .monday, "tue": .tuesday, "tues": .tuesday, "tuesday": .tuesday,
    "wed": .wednesday, "weds": .wednesday, "wednesday": .wednesday, "thu": .thursday, "thur": .thursday,
    "thurs": .thursday, "thursday": .thursday, "fri": .friday, "friday": .friday, "sat": .saturday,
    "saturday": .saturday, "sun": .sunday, "sunday": .sunday,
  ]

  private static func date(_ text: String, _ dates: inout DateReader) -> Date? {
    if let day = dates.day(of: text) { return .full(day) }
    let parts = text.split { "/-. ".contains($0) }
    guard parts.count == 2 else { return nil }
    let numbers = parts.map { Int($0.prefix { $0.isASCII && $0.isNumber }) }
    switch (numbers[0], numbers[1]) {
    case (let first?, let second?):
      let (day, month) = dates.isMonthFirst ? (second, first) : (first, second)
      return plausible(month: month, day: day)
    case (let day?, nil): return DateReader.month(named: parts[1]).flatMap { plausible(month: $0, day: day) }
    case (nil, let day?): return DateReader.month(named: parts[0]).flatMap { plausible(month: $0, day: day) }
    case (nil, nil): return nil
    }
  }

  private static func plausible(month: Int, day: Int) -> Date? {
    // The year 2024 is a leap year, so it accepts 29 February.
    Day(year: 2024, month: month, day: day).map { _ in .withoutYear(month: month, day: day) }
  }
}

extension SessionCaption.Date {
  /// Returns the day, in the given school year if the caption has no year.
  func day(in schoolYear: SchoolYear?) -> Day? {
    switch self {
    case .full(let day): return day
    case .withoutYear(let month, let day):
      guard let schoolYear else { return nil }
      return Day(year: month >= 8 ? schoolYear.start : schoolYear.start + 1, month: month, day: day)
    }
  }
}
