import Registers

/// The days a made-up school opens in the school year 2025/26.
///
/// Source: the term dates most English local authorities set for 2025/26.
struct SampleCalendar: Sendable {
  /// The days with sessions, in date order.
  let days: [Day]
  /// Training days, on which the school is closed by plan.
  let closures: [Day]
  let until: Day
  let halfTerms: [HalfTerm]
  /// For each day, the position of its half-term.
  let halfTermOfDay: [Int]
  /// For each day, whether it opens a week or comes after days off. Illness often ends over them.
  let followsDaysOff: [Bool]

  init(trainingDays: [Day], until: Day) {
    var days: [Day] = []
    var halfTermOfDay: [Int] = []
    let halfTerms = SampleCalendar.halfTerms.filter { $0.first <= until }
    for (position, halfTerm) in halfTerms.enumerated() {
      var day = halfTerm.first
      while day <= min(halfTerm.last, until) {
        let isOpen = day.weekday.isSchoolDay && day != SampleCalendar.mayDay && !trainingDays.contains(day)
        if isOpen {
          days.append(day)
          halfTermOfDay.append(position)
        }
        day = day + 1
      }
    }
    self.days = days
    self.closures = trainingDays.filter { $0 <= until }.sorted()
    self.until = until
    self.halfTerms = halfTerms
    self.halfTermOfDay = halfTermOfDay
    self.followsDaysOff = days.indices.map { $0 == 0 || days[$0] - days[$0 - 1] > 1 }
  }

  /// The positions of the days from one day to another.
  func positions(from first: Day, to last: Day) -> Range<Int> {
    let lower = days.firstIndex { $0 >= first } ?? days.count
    let upper = days.firstIndex { $0 > last } ?? days.count
    return lower..<max(lower, upper)
  }

  /// The positions of the days of a half-term.
  func positions(of halfTerm: Int) -> Range<Int> {
    positions(from: halfTerms[halfTerm].first, to: halfTerms[halfTerm].last)
  }
}

extension SampleCalendar {
  static let halfTerms = [
    HalfTerm(.autumn1, from: day(9, 3), to: day(10, 24)),
    HalfTerm(.autumn2, from: day(11, 3), to: day(12, 19)),
    HalfTerm(.spring1, from: day(1, 5), to: day(2, 13)),
    HalfTerm(.spring2, from: day(2, 23), to: day(3, 27)),
    HalfTerm(.summer1, from: day(4, 13), to: day(5, 22)),
    HalfTerm(.summer2, from: day(6, 1), to: day(7, 21)),
  ]

  static let firstDay = day(9, 3)
  static let lastDay = day(7, 21)
  static let endOfSpring1 = day(2, 13)
  static let mayDay = day(5, 4)
  /// Pupils of Year 11 may leave on the last Friday of June. Source: rules, section 3.
  static let schoolLeavingDay = day(6, 26)

  /// A day of the school year 2025/26.
  static func day(_ month: Int, _ dayOfMonth: Int) -> Day {
    Day(year: month >= 8 ? 2025 : 2026, month: month, day: dayOfMonth) ?? Day(number: 0)
  }
}
