import Registers

/// Consecutive school days that a pupil missed with the same code: whole days, or the same half of each.
package struct MissedDays: Hashable, Sendable {
  package let first: Day
  package private(set) var last: Day
  package let code: AttendanceCode
  /// The half of the day, or `nil` for whole days.
  package let half: DayHalf?
  /// The number of sessions.
  package private(set) var sessions: Int

  /// Returns a Boolean value that indicates whether `day` is the next weekday, missed in the same way.
  fileprivate func isFollowed(by day: MissedDays) -> Bool {
    code == day.code && half == day.half
      && (day.first - last == 1 || last.weekday == .friday && day.first - last == 3)
  }

  fileprivate mutating func add(_ day: MissedDays) {
    last = day.last
    sessions += day.sessions
  }
}

extension SchoolFigures {
  /// Returns the days that a pupil missed in the school year up to the as-at date, the latest first.
  ///
  /// The result is empty for figures of groups only.
  package func missedDays(of pupil: PupilFigures) -> [MissedDays] {
    let codes = marks(of: pupil, .absence)
    var runs: [MissedDays] = []
    var index = 0
    while index < codes.count {
      let ofDay = codes[index...].prefix { $0.session.day == codes[index].session.day }
      index += ofDay.count
      for day in MissedDays.ofDay(Array(ofDay)) {
        if let run = runs.lastIndex(where: { $0.isFollowed(by: day) }) {
          runs[run].add(day)
        } else {
          runs.append(day)
        }
      }
    }
    return runs.enumerated().sorted { left, right in
      (left.element.last, left.element.first, -left.offset)
        > (right.element.last, right.element.first, -right.offset)
    }.map(\.element)
  }

  /// Returns a pupil's sessions on roll in a school year, up to the as-at date, or `nil` if the register has no
  /// possible session of the pupil in that year.
  package func tally(of pupil: PupilFigures, in year: SchoolYear) -> SessionTally? {
    let tally = tally(of: pupil, from: year.firstDay, to: year.lastDay)
    return tally.possible > 0 ? tally : nil
  }
}

extension SchoolFigures {
  /// Returns the first and the last school day of a school year in the register up to the as-at date, or `nil` if there
  /// are none.
  package func schoolDays(in year: SchoolYear) -> ClosedRange<Day>? {
    let days = register?.calendar.days ?? []
    guard let first = days.first(where: { $0 >= year.firstDay }),
      let last = days.last(where: { $0 <= min(year.lastDay, asAt) }), first <= last
    else { return nil }
    return first...last
  }
}

extension MissedDays {
  /// Returns the absences of one day, as one element if both halves have the same code.
  fileprivate static func ofDay(_ absences: [MarkEntry]) -> [MissedDays] {
    guard let first = absences.first else { return [] }
    let day = first.session.day
    if absences.count == 2, absences[1].code == first.code {
      return [MissedDays(first: day, last: day, code: first.code, half: nil, sessions: 2)]
    }
    return absences.map {
      MissedDays(first: day, last: day, code: $0.code, half: $0.session.half, sessions: 1)
    }
  }
}
