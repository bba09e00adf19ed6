import Registers
import Tabular

/// A reader of the dates of one column, which works on their bytes.
///
/// It reads `08/09/2025`, `8.9.2025`, `08-Sep-2025`, `8th September 2025`, `September 8, 2025`, `08/09/25`,
/// `2025-09-08`, `20250908` and `08092025`, each with or without a time and with a weekday that fits,
/// spreadsheet serials such as `45908`, and milliseconds or seconds since 1970. The first date sets the
/// order for the column; a later date in another order is not read.
struct DateReader: Sendable {
  private(set) var order: SourceProfile.DateOrder?
  /// The day with serial 0.
  private let epoch: Day
  /// The number of time stamps in universal time that were moved to the next day.
  private(set) var movedStamps = 0
  /// The dates read so far that show the order of the column.
  private(set) var evidence = DateEvidence()
  /// Dates read before, each at the index that its ten bytes hash to. A register repeats a few hundred
  /// dates many times.
  private var known = [Known](repeating: Known(), count: 512)

  private struct Known: Sendable {
    var head = UInt64.max
    var tail: UInt16 = 0
    var day = Day(number: 0)
  }

  /// - Parameter countsFrom1904: Pass `true` if serials count from 1904, as in some workbooks.
  init(order: SourceProfile.DateOrder?, countsFrom1904: Bool = false) {
    self.order = order
    // Serial 1 is 1 January 1900, and spreadsheets take 1900 for a leap year.
    epoch = Day(number: countsFrom1904 ? -24_107 : -25_569)
  }

  var isMonthFirst: Bool { order == .monthFirst }

  /// Returns the day, or `nil` if the text is not a date.
  mutating func day(of text: String) -> Day? {
    var text = text
    return text.withUTF8 { day($0) }
  }

  /// Returns the day, or `nil` if the bytes are not a date in the column's order.
  @inline(__always)
  mutating func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
    guard bytes.count == 10, let base = UnsafeRawPointer(bytes.baseAddress) else {
      return bytes.isMidnight ? day(UnsafeBufferPointer(rebasing: bytes[..<10])) : read(bytes)
    }
    let head = base.loadUnaligned(as: UInt64.self)
    let tail = base.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
    let mixed = (head ^ UInt64(tail) &* 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9
    let index = Int(truncatingIfNeeded: mixed >> 55)
    let found = known[index]
    if found.head == head, found.tail == tail { return found.day }
    guard let day = plainDay(bytes) ?? read(bytes) else { return nil }
    known[index] = Known(head: head, tail: tail, day: day)
    return day
  }

  /// Reads `08/09/2025` and `2025-09-08`, the forms of nearly every export. Returns `nil` for any other
  /// form or order.
  private mutating func plainDay(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
    func number(_ places: Range<Int>) -> Int? {
      var number = 0
      for index in places {
        guard let digit = bytes[index].digit else { return nil }
        number = number * 10 + digit
      }
      return number
    }
    if order != .yearFirst, order != .monthFirst, bytes[2].isDateSeparator, bytes[5] == bytes[2],
      let day = number(0..<2), let month = number(3..<5), let year = number(6..<10)
    {
      evidence.add(first: day, second: month, year: year)
      return accept(Day(year: year, month: month, day: day), .dayFirst)
    }
    guard order != .dayFirst, order != .monthFirst, bytes[4].isDateSeparator, bytes[7] == bytes[4],
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10)
    else { return nil }
    return accept(Day(year: year, month: month, day: day), .yearFirst)
  }

  private mutating func accept(_ day: Day?, _ order: SourceProfile.DateOrder) -> Day? {
    guard let day, DateReader.isPlausible(day) else { return nil }
    self.order = self.order ?? order
    return day
  }

  /// The days that a register or a date of birth can hold. They exclude .NET's empty date, 0001-01-01.
  private static let years = Day(year: 1900, month: 1, day: 1).map { $0...($0 + 300 * 365) }

  private static func isPlausible(_ day: Day) -> Bool { years?.contains(day) ?? true }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
    let bytes = bytes.withoutGuards
    if let day = serialDay(bytes) {
      evidence.add(serial: day)
      return day
    }
    if let day = stampDay(bytes) { return day }
    guard let parts = DateParts(bytes) else { return nil }
    let found = parts.order(ifNumeric: order ?? .dayFirst)
    if let (first, second, year) = parts.yearLastNumbers {
      evidence.add(first: first, second: second, year: year)
    }
    // The name of a month leaves no doubt about the order.
    if let order, found != order, !parts.hasMonthName { return nil }
    guard let day = accept(parts.day(in: found), found), parts.weekday.map({ $0 == day.weekday }) ?? true
    else { return nil }
    guard parts.isAnHourBeforeMidnight, day.hasSummerTime else { return day }
    movedStamps += 1
    return day + 1
  }

  /// Reads a spreadsheet's serial, whose fraction is the time. Returns `nil` outside 1981 to 2064.
  private func serialDay(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
    guard bytes.count >= 5, let serial = bytes.wholeNumber, 29_600...60_000 ~= serial else { return nil }
    return epoch + serial
  }

  /// Reads milliseconds or seconds since 1970, of 2001 to 2049.
  private mutating func stampDay(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
    let bytes = bytes.withoutDecimalZero
    guard bytes.count == 13 || bytes.count == 10 else { return nil }
    var seconds = 0
    for byte in bytes.prefix(10) {
      guard let digit = byte.digit else { return nil }
      seconds = seconds * 10 + digit
    }
    guard bytes.allSatisfy({ $0.digit != nil }), 1_000_000_000...2_500_000_000 ~= seconds else { return nil }
    let day = Day(number: Int32(seconds / 86_400))
    guard seconds % 86_400 >= 82_800, day.hasSummerTime else { return day }
    movedStamps += 1
    return day + 1
  }

  /// Returns the month from 1 to 12, or `nil` if the word does not start like the name of one.
  static func month(named word: some StringProtocol) -> Int? {
    var word = String(word)
    return word.withUTF8 { DateParts.month($0) }
  }
}

/// The day, month and year of a written date.
private struct DateParts {
  private var numbers: [Int] = []
  private var lengths: [Int] = []
  private(set) var hasMonthName = false
  /// The weekday before or after the date, or `nil` if there is none.
  private(set) var weekday: Weekday?
  /// A Boolean value that indicates whether the time is 23:00. Dates in local time do not have it, but
  /// under summer time a stamp in universal time does, and means the next day.
  private(set) var isAnHourBeforeMidnight = false

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    if let (day, end) = DateParts.weekday(bytes, from: 0) {
      weekday = day
      index = end
    }
    var isMonthLeading = false
    while index < bytes.count, numbers.count < 3 {
      let start = index
      if bytes[index].digit != nil {
        var number = 0
        while index < bytes.count, let digit = bytes[index].digit, index - start < 8 {
          number = number * 10 + digit
          index += 1
        }
        append(number, length: index - start)
        if index - start <= 2 { index = DateParts.endOfOrdinal(bytes, from: index) }
      } else {
        while index < bytes.count, bytes[index].isLetter { index += 1 }
        guard let month = DateParts.month(UnsafeBufferPointer(rebasing: bytes[start..<index])) else {
          return nil
        }
        guard numbers.count <= 1, !hasMonthName else { return nil }
        isMonthLeading = numbers.isEmpty
        hasMonthName = true
        append(month, length: 2)
      }
      if numbers.count < 3 {
        guard index < bytes.count, bytes[index].isDateSeparator || bytes[index] == .comma else { return nil }
        let isSpaced = bytes[index] == .comma || bytes[index] == UInt8(ascii: " ")
        index += 1
        if isSpaced { while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 } }
        if bytes[index...].starts(with: "of ".utf8) { index += 3 }
      }
    }
    if isMonthLeading, numbers.count == 3 {
      numbers.swapAt(0, 1)
      lengths.swapAt(0, 1)
    }
    guard numbers.count == 3, hasLengthsOfADate else { return nil }
    if weekday == nil, let (day, end) = DateParts.closingWeekday(bytes, from: index) {
      weekday = day
      index = end
    }
    guard DateParts.isTimeOrNothing(bytes, from: index) else { return nil }
    isAnHourBeforeMidnight = bytes[index...].dropFirst().starts(with: "23:00".utf8)
  }

  private mutating func append(_ number: Int, length: Int) {
    guard 7...8 ~= length, numbers.isEmpty else {
      numbers.append(number)
      lengths.append(length)
      return
    }
    let yearFirst = [number / 10_000, number / 100 % 100, number % 100]
    let dayFirst = [number / 1_000_000, number / 10_000 % 100, number % 10_000]
    let isYearFirst =
      length == 8 && 1900...2100 ~= yearFirst[0] && 1...12 ~= yearFirst[1] && 1...31 ~= yearFirst[2]
    if isYearFirst || length == 8 && !(1900...2100 ~= dayFirst[2]) {
      (numbers, lengths) = (yearFirst, [4, 2, 2])
    } else {
      (numbers, lengths) = (dayFirst, [2, 2, 4])
    }
  }

  /// The first and the second number and the year of a date in numbers whose year is last, or `nil`.
  var yearLastNumbers: (first: Int, second: Int, year: Int)? {
    hasMonthName || lengths[0] == 4 ? nil : (numbers[0], numbers[1], century(2))
  }

  private static let weekdays: [(name: StaticString, day: Weekday)] = [
    ("MONDAY", .monday), ("TUESDAY", .tuesday), ("WEDNESDAY", .wednesday), ("THURSDAY", .thursday),
    ("FRIDAY", .friday), ("SATURDAY", .saturday), ("SUNDAY", .sunday),
  ]

  /// Returns the weekday that starts at an index, and the index behind it and its comma and spaces.
  private static func weekday(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (day: Weekday, end: Int)? {
    var index = start
    while index < bytes.count, bytes[index].isLetter { index += 1 }
    let length = index - start
    guard length >= 3,
      let found = weekdays.first(where: { name, _ in
        length <= name.utf8CodeUnitCount
          && (0..<length).allSatisfy { bytes[start + $0].uppercased == name.utf8Start[$0] }
      })
    else { return nil }
    while index < bytes.count, [UInt8(ascii: "."), .comma, UInt8(ascii: " ")].contains(bytes[index]) {
      index += 1
    }
    return (found.day, index)
  }

  /// Returns the weekday behind a date, such as ` (Mon)`, and the index behind it.
  private static func closingWeekday(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (day: Weekday, end: Int)? {
    var index = start
    while index < bytes.count, [UInt8(ascii: "("), .comma, UInt8(ascii: " ")].contains(bytes[index]) {
      index += 1
    }
    guard index > start, let found = weekday(bytes, from: index) else { return nil }
    return (
      found.day, found.end < bytes.count && bytes[found.end] == UInt8(ascii: ")") ? found.end + 1 : found.end
    )
  }

  /// Returns the index behind `st`, `nd`, `rd` or `th`, or the given index if none is there.
  private static func endOfOrdinal(_ bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Int {
    guard index + 1 < bytes.count, index + 2 == bytes.count || !bytes[index + 2].isLetter else {
      return index
    }
    let ending = [bytes[index].uppercased, bytes[index + 1].uppercased]
    return ["ST", "ND", "RD", "TH"].contains { ending.elementsEqual($0.utf8) } ? index + 2 : index
  }

  /// A Boolean value that indicates whether the lengths are those of a date: a year of four digits first,
  /// or one of two or four last, and two digits at most in the others.
  private var hasLengthsOfADate: Bool {
    guard lengths[1] <= 2 else { return false }
    return lengths[0] == 4 ? lengths[2] <= 2 : lengths[0] <= 2 && (lengths[2] == 2 || lengths[2] == 4)
  }

  func order(ifNumeric usual: SourceProfile.DateOrder) -> SourceProfile.DateOrder {
    if lengths[0] == 4 { return .yearFirst }
    return hasMonthName ? .dayFirst : (usual == .yearFirst ? .dayFirst : usual)
  }

  func day(in order: SourceProfile.DateOrder) -> Day? {
    switch order {
    case .yearFirst: Day(year: numbers[0], month: numbers[1], day: numbers[2])
    case .dayFirst: Day(year: century(2), month: numbers[1], day: numbers[0])
    case .monthFirst: Day(year: century(2), month: numbers[0], day: numbers[1])
    }
  }

  /// Returns a year with its century; years of two digits up to 49 are of this century.
  private func century(_ part: Int) -> Int {
    guard lengths[part] <= 2 else { return numbers[part] }
    return numbers[part] + (numbers[part] < 50 ? 2000 : 1900)
  }

  private static func isTimeOrNothing(_ bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Bool {
    guard index < bytes.count else { return true }
    let hasSeparator = bytes[index].uppercased == UInt8(ascii: "T") || bytes[index] == UInt8(ascii: " ")
    return hasSeparator && index + 1 < bytes.count && bytes[index + 1].digit != nil
  }

  static func month(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard bytes.count >= 3 else { return nil }
    let names: [StaticString] = [
      "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    return names.firstIndex { name in (0..<3).allSatisfy { bytes[$0].uppercased == name.utf8Start[$0] } }
      .map { $0 + 1 }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// A Boolean value that indicates whether the bytes are a date of ten bytes with a time of midnight, such
  /// as `2025-09-08T00:00:00`.
  fileprivate var isMidnight: Bool {
    count > 12 && (self[10] == UInt8(ascii: "T") || self[10] == UInt8(ascii: " "))
      && self[11] == UInt8(ascii: "0") && self[12] == UInt8(ascii: "0")
  }

  /// The whole part of a number with or without a fraction, or `nil` for anything else and for more than
  /// nine digits.
  fileprivate var wholeNumber: Int? {
    var number = 0
    for (index, byte) in enumerated() {
      if byte == UInt8(ascii: "."), index > 0 {
        return self[(index + 1)...].allSatisfy { $0.digit != nil } ? number : nil
      }
      guard index < 9, let digit = byte.digit else { return nil }
      number = number * 10 + digit
    }
    return isEmpty ? nil : number
  }
}

extension Day {
  /// A Boolean value that indicates whether clocks are an hour ahead of universal time at the end of the
  /// day: from the last Sunday of March to the day before the last Sunday of October.
  /// Source: Summer Time Act 1972, as amended in 2002.
  fileprivate var hasSummerTime: Bool {
    func lastSunday(_ month: Int) -> Day? {
      Day(year: date.year, month: month, day: 31).map { $0 - ($0.weekday.rawValue + 1) % 7 }
    }
    guard let first = lastSunday(3), let last = lastSunday(10) else { return false }
    return first <= self && self < last
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { 0x41...0x5A ~= uppercased }
  fileprivate var isDateSeparator: Bool {
    self == UInt8(ascii: "/") || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
      || self == UInt8(ascii: " ")
  }
}
