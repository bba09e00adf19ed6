import Registers

/// A mark on a session, as evidence.
package struct MarkEntry: Sendable, Equatable {
  package let session: Session
  package let code: AttendanceCode
}

/// A pupil's marks of possible sessions while on roll, in order, including earlier school years.
struct PupilMarks {
  struct Mark {
    /// The position of the session in the register.
    let position: Int
    let code: AttendanceCode
  }

  let marks: [Mark]
  /// The index of the first mark of this school year.
  private let firstOfYear: Int

  /// Reads the marks up to the as-at date.
  init(of pupil: Int, in register: Register, onRoll: Range<Int>, plan: CalendarIndex) {
    var marks: [Mark] = []
    let sessions = onRoll.clamped(to: plan.upToDate)
    marks.reserveCapacity(sessions.count)
    register.withMarks(of: pupil) { row in
      for position in sessions where CodeSet.possible.contains(raw: row[position]) {
        if let code = AttendanceCode(rawValue: row[position]) {
          marks.append(Mark(position: position, code: code))
        }
      }
    }
    self.init(marks, plan: plan)
  }

  private init(_ marks: [Mark], plan: CalendarIndex) {
    self.marks = marks
    firstOfYear = marks.firstIndex { $0.position >= plan.yearToDate.lowerBound } ?? marks.endIndex
  }

  /// The marks of this school year.
  var year: ArraySlice<Mark> { marks[firstOfYear...] }

  /// Returns the marks of some days, or none if `days` is `nil`.
  func within(_ days: ClosedRange<Day>?, in register: Register, plan: CalendarIndex) -> PupilMarks {
    guard let days, let first = marks.first, let last = marks.last else { return PupilMarks([], plan: plan) }
    let whole = register.sessions[first.position].day...register.sessions[last.position].day
    if days.lowerBound <= whole.lowerBound, days.upperBound >= whole.upperBound { return self }
    return PupilMarks(marks.filter { days.contains(register.sessions[$0.position].day) }, plan: plan)
  }

  /// Returns the number of days of this school year with a possible session.
  func daysDue(_ plan: CalendarIndex) -> Int {
    var days = 0
    var last: Int32 = -1
    for mark in year where plan.dayOfSession[mark.position] != last {
      last = plan.dayOfSession[mark.position]
      days += 1
    }
    return days
  }

  /// Returns the marks before a session of the register.
  func before(_ position: Int) -> ArraySlice<Mark> {
    var end = marks.endIndex
    while end > 0, marks[end - 1].position >= position { end -= 1 }
    return marks[..<end]
  }
}

extension Register {
  func entry(_ mark: PupilMarks.Mark) -> MarkEntry {
    MarkEntry(session: sessions[mark.position], code: mark.code)
  }
}
