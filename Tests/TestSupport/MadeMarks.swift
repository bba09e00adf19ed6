import Registers

/// Rows of marks, written as counts of consecutive marks.
package enum MadeMarks {
  /// `of(("O", 3), ("/", 7))`: three sessions of O, then seven present.
  package static func of(_ parts: (String, Int)...) -> String {
    parts.flatMap { Array(repeating: $0.0, count: $0.1) }.joined(separator: " ")
  }

  /// Returns a number of sessions missed with one code, the other possible sessions present, and the rest not possible.
  package static func missed(_ absent: Int, of possible: Int, in all: Int, by code: String = "I") -> String {
    of((code, absent), ("/", possible - absent), ("X", all - possible))
  }

  /// Returns days of presence, except for some days by index, each with a mark for both sessions or one for each.
  package static func days(_ count: Int, but days: [Int: String]) -> String {
    (0..<count).map { day in
      let marks = (days[day] ?? "/ \\").split(separator: " ")
      return marks.count == 1 ? "\(marks[0]) \(marks[0])" : marks.joined(separator: " ")
    }.joined(separator: " ")
  }

  /// Returns days of presence, except for one mark on some days.
  package static func days(_ count: Int, _ mark: String, on days: some Sequence<Int>) -> String {
    self.days(count, but: Dictionary(uniqueKeysWithValues: days.map { ($0, mark) }))
  }
}

extension Register {
  /// A register written as text on days of its own, two sessions a day.
  package init(
    _ lines: [String], on days: [Day], pupils: [Pupil]? = nil, minutes: [LateMinutes] = [],
    halfTerms: [HalfTerm] = [], school: School = School(name: "Test School", urn: "100000")
  ) {
    let sessions = days.flatMap { [Session($0, .morning), Session($0, .afternoon)] }
    let marks = lines.flatMap { line in
      let row = line.split(separator: " ").map { AttendanceCode(mark: String($0))?.rawValue ?? 0 }
      return row.prefix(sessions.count) + Array(repeating: 0, count: Swift.max(0, sessions.count - row.count))
    }
    self.init(
      school: school, pupils: pupils ?? lines.map { _ in Pupil.ofYear(5) }, sessions: sessions, marks: marks,
      minutes: minutes, halfTerms: halfTerms)
  }
}

extension [Day] {
  /// The weekdays from one day to another.
  package static func school(_ first: String, _ last: String) -> [Day] {
    (0...(Day(last) - Day(first))).map { Day(first) + $0 }.filter(\.weekday.isSchoolDay)
  }

  /// Returns a number of weekdays from a day, without holidays.
  package static func weekdays(_ count: Int, from first: String) -> [Day] {
    stride(from: 0, to: 2 * count, by: 2).map {
      Register.weekdaySessions(from: Day(first), count: 2 * count)[$0].day
    }
  }
}

extension Pupil {
  /// Returns a pupil of Year 5 with changes.
  package static func made(_ change: (inout Pupil) -> Void) -> Pupil {
    var pupil = Pupil.ofYear(5)
    change(&pupil)
    return pupil
  }
}
