import Measures
import Registers

/// Marks by day as text, with consecutive days of the same marks together: `8 to 12 Dec O, 28 Jan AM N`.
struct MarkDates {
  private var runs: [(first: Day, last: Day, marks: String)] = []

  init(_ entries: [MarkEntry]) {
    var index = 0
    while index < entries.count {
      let day = entries[index].session.day
      let ofDay = entries[index...].prefix { $0.session.day == day }
      index += ofDay.count
      let codes = ofDay.map(\.code)
      let isWhole = codes.count == 2 && codes[0] == codes[1]
      let marks =
        isWhole
        ? codes[0].mark : ofDay.map { "\($0.session.half.name) \($0.code.mark)" }.joined(separator: " ")
      if isWhole, let last = runs.last, last.marks == marks, MarkDates.follows(day, last.last) {
        runs[runs.count - 1].last = day
      } else {
        runs.append((day, day, marks))
      }
    }
  }

  var text: String {
    runs.map { first, last, marks in
      let days =
        first == last
        ? MarkDates.short(first) : "\(MarkDates.short(first)) to \(MarkDates.short(last))"
      return "\(days) \(marks)"
    }.joined(separator: ", ")
  }

  /// Returns the first and last day, such as `8 Sep to 3 Oct`, or an empty text for no marks.
  static func span(of marks: [MarkEntry]) -> String {
    guard let first = marks.first?.session.day, let last = marks.last?.session.day else { return "" }
    return first == last ? short(first) : "\(short(first)) to \(short(last))"
  }

  /// Returns a Boolean value that indicates whether a day is the weekday after another.
  private static func follows(_ day: Day, _ other: Day) -> Bool {
    day - other == 1 || other.weekday == .friday && day - other == 3
  }

  /// Returns a day as `8 Sep`.
  static func short(_ day: Day) -> String { day.inFewWords }
}
