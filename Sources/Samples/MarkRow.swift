import Registers

/// A pupil's marks for every session of a school's calendar, with minutes late.
///
/// Two marks for each day, morning first. `noMark` stands where the export has no row.
struct MarkRow {
  private(set) var codes: [AttendanceCode]
  /// Unit: minutes. Missing: 0 where the export gives none.
  private(set) var minutes: [UInt8]

  init(days: Int) {
    codes = [AttendanceCode](repeating: .noMark, count: days * 2)
    minutes = [UInt8](repeating: 0, count: days * 2)
  }

  /// Makes the pupil present for every session.
  mutating func reset() {
    for index in stride(from: 0, to: codes.count - 1, by: 2) {
      codes[index] = .presentMorning
      codes[index + 1] = .presentAfternoon
    }
    for index in minutes.indices { minutes[index] = 0 }
  }

  func isPresent(_ index: Int) -> Bool {
    codes[index] == .presentMorning || codes[index] == .presentAfternoon
  }

  mutating func set(_ index: Int, _ code: AttendanceCode, minutes late: Int = 0) {
    codes[index] = code
    minutes[index] = UInt8(truncatingIfNeeded: late)
  }

  mutating func set(day: Int, _ code: AttendanceCode) {
    set(day * 2, code)
    set(day * 2 + 1, code)
  }

  mutating func set(days: Range<Int>, _ code: AttendanceCode) {
    for day in days where day * 2 + 1 < codes.count { set(day: day, code) }
  }

  mutating func set(days: Range<Int>, _ code: AttendanceCode, where replaces: (AttendanceCode) -> Bool) {
    for index in days.lowerBound * 2..<min(days.upperBound * 2, codes.count) where replaces(codes[index]) {
      set(index, code)
    }
  }
}
