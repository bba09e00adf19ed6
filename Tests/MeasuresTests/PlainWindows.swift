import Measures
import Registers

/// A pupil's windows, runs and broken weeks, worked out by trying every window, from rules sections 6 and 8.
struct PlainWindows {
  var tenWeeksMost = 0
  var tenWeeksNow = 0
  var lateIn80 = 0
  var longestRun = 0
  var unresolved = 0
  var weeks = BrokenWeeks()

  init(_ register: Register, pupil: Int) {
    let onRoll = register.pupils[pupil]
    let marks = zip(register.sessions, register[pupil])
      .filter { onRoll.isOnRoll(on: $0.0.day) && CodeSet.possible.contains($0.1) }
    let isUnauthorised = { (code: AttendanceCode) in ["G", "N", "O", "U"].contains(code.mark) }

    let schoolWeeks = register.calendar.weeks
    let byWeek = schoolWeeks.map { week in marks.filter { $0.0.day.monday == week } }
    let unauthorised = byWeek.map { $0.count { isUnauthorised($0.1) } }
    for first in unauthorised.indices {
      tenWeeksMost = max(tenWeeksMost, unauthorised[first..<min(first + 10, unauthorised.count)].reduce(0, +))
    }
    tenWeeksNow = unauthorised.suffix(10).reduce(0, +)
    for first in marks.indices {
      lateIn80 = max(lateIn80, marks[first..<min(first + 80, marks.count)].count { $0.1.mark == "U" })
    }
    for week in byWeek where !week.isEmpty {
      let absent = week.count { CodeSet.absence.contains($0.1) }
      weeks.inSession += 1
      if absent > 0 { weeks.broken += 1 }
      if absent == week.count { weeks.whole += 1 }
    }
    var run = 0
    for day in register.calendar.days {
      let sessions = marks.filter { $0.0.day == day }
      if sessions.isEmpty { continue }
      run = sessions.allSatisfy { isUnauthorised($0.1) } ? run + 1 : 0
      longestRun = max(longestRun, run)
    }
    for (session, code) in marks where code.mark == "N" {
      if register.calendar.days.count(where: { $0 > session.day }) > 5 { unresolved += 1 }
    }
  }
}
