import Registers
import Tabular

/// A reader of the dates of one column, which works on their bytes.
///
/// It reads `08/09/2025`, `8.9.2025`, `08-Sep-2025`, `8 September 2025`, `08/09/25`, `2025-09-08` and
/// `20250908`, each with or without a time, and spreadsheet serials such as `45908`. The first date sets
/// the order for the column; a later date in another order is not read.
struct DateReader: Sendable {
  private(set) var order: SourceProfile.DateOrder?
  /// The day with serial 0.
  private let epoch: Day
  /// The number of time stamps in universal time that were moved to the next day.
  private(set) var movedStamps = 0
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
      return accept(Day(year: year, month: month, day: day), .dayFirst)
    }
    guard order != .dayFirst, order != .monthFirst, bytes[4].isDateSeparator, bytes[7] == bytes[4],
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10)
    else { return nil }
    return accept(Day(year: year, month: month, day: day), .yearFirst)
  }

  private mutating func accept(_ day: Day?, _ order: SourceProfile.DateOrder) -> Day? {
    guard let day, DateReader.isPlausible(day) else { return nil }
    self.order = order
    return day
  }

  /// The days that a register or a date of birth can hold. They exclude .NET's empty date, 0001-01-01.
  private static let years = Day(year: 1900, month: 1, day: 1).map { $0...($0 + 300 * 365) }

  private static func isPlausible(_ day: Day) -> Bool { years?.contains(day) ?? true }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
    if let day = serialDay(bytes.trimmed) { return day }
    guard let parts = DateParts(bytes.trimmed) else { return nil }
    let found = parts.order(ifNumeric: order ?? .dayFirst)
    if let order, found != order { return nil }
    guard let day = accept(parts.day(in: found), found) else { return nil }
    guard parts.isAnHourBeforeMidnight, day.hasSummerTime else { return day }
    movedStamps += 1
    return day + 1
  }

  /// Reads a spreadsheet's serial, whose fraction is the time. Returns `nil` outside 1981 to 2064.
  private func serialDay(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
    guard bytes.count >= 5, let serial = bytes.wholeNumber, 29_600...60_000 ~= serial else { return nil }
    return epoch + serial
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
  private var hasMonthName = false
  /// A Boolean value that indicates whether the time is 23:00. Dates in local time do not have it, but
  /// under summer time a stamp in universal time does, and means the next day.
  private(set) var isAnHourBeforeMidnight = false

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < bytes.count, numbers.count < 3 {
      let start = index
      if bytes[index].digit != nil {
        var number = 0
        while index < bytes.count, let digit = bytes[index].digit, index - start < 8 {
          number = number * 10 + digit
          index += 1
        }
        append(number, length: index - start)
      } else {
        while index < bytes.count, bytes[index].isLetter { index += 1 }
        guard let month = DateParts.month(UnsafeBufferPointer(rebasing: bytes[start..<index])) else {
          return nil
        }
        // In any other order it could be mistaken for the day.
        guard numbers.count == 1 else { return nil }
        hasMonthName = true
        append(month, length: 2)
      }
      if numbers.count < 3 {
        guard index < bytes.count, bytes[index].isDateSeparator else { return nil }
        index += 1
      }
    }
    guard numbers.count == 3, hasLengthsOfADate, DateParts.isTimeOrNothing(bytes, from: index) else {
      return nil
    }
    isAnHourBeforeMidnight = bytes[index...].dropFirst().starts(with: "23:00".utf8)
  }

  private mutating func append(_ number: Int, length: Int) {
    if length == 8, numbers.isEmpty {
      numbers = [number / 10_000, number / 100 % 100, number % 100]
      lengths = [4, 2, 2]
    } else {
      numbers.append(number)
      lengths.append(length)
    }
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
