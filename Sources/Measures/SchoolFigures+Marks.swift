import Registers

/// Marks of single pupils for reports. They are empty in figures of groups only.
extension SchoolFigures {
  /// Returns the pupil's marks of possible sessions of this school year.
  func yearMarks(of pupil: PupilFigures, in register: Register) -> [PupilMarks.Mark] {
    let onRoll = register.sessionsOnRoll(register.pupils[pupil.position]).clamped(to: plan.yearToDate)
    return PupilMarks(of: pupil.position, in: register, onRoll: onRoll, plan: plan).marks
  }

  /// Returns the pupil's marks of some codes in the school year, in order.
  package func marks(of pupil: PupilFigures, _ codes: CodeSet) -> [MarkEntry] {
    sessions(of: pupil).filter { codes.contains($0.code) }
  }

  /// Returns the pupil's sessions of the school year in school time, possible or not, in order.
  package func sessions(of pupil: PupilFigures) -> [MarkEntry] {
    guard let register else { return [] }
    let onRoll = register.sessionsOnRoll(register.pupils[pupil.position]).clamped(to: plan.yearToDate)
    return register.withMarks(of: pupil.position) { marks in
      onRoll.filter { marks[$0] != 0 || register.inSchoolTime[$0] }.map {
        MarkEntry(session: register.sessions[$0], code: AttendanceCode(rawValue: marks[$0]) ?? .noMark)
      }
    }
  }

  /// Returns the pupil's sessions from one day to another, in other school years too.
  package func tally(of pupil: PupilFigures, from first: Day, to last: Day) -> SessionTally {
    var tally = SessionTally.zero
    guard let register else { return tally }
    let onRoll = register.sessionsOnRoll(register.pupils[pupil.position])
    let sessions = register.sessions(from: first, to: last).clamped(to: onRoll).clamped(to: plan.upToDate)
    register.withMarks(of: pupil.position) { marks in
      for position in sessions where marks[position] != 0 || register.inSchoolTime[position] {
        tally.count(raw: marks[position])
      }
    }
    return tally
  }

  package func weekShape(of pupil: PupilFigures) -> WeekShape {
    var shape = WeekShape()
    guard let register else { return shape }
    for mark in yearMarks(of: pupil, in: register) {
      shape.add(register.sessions[mark.position], isMissed: CodeSet.absence.contains(mark.code))
    }
    return shape
  }

  /// Returns the last `count` school days up to the as-at date, or all if there are fewer.
  package func lastSchoolDays(_ count: Int) -> [Day] {
    (register?.calendar.days ?? []).filter { $0 <= asAt }.suffix(count)
  }

  /// The Mondays of the school weeks of this school year up to the as-at date.
  package var schoolWeeks: [Day] {
    (register?.calendar.weeks ?? []).filter { $0 + 6 >= schoolYear.firstDay && $0 <= asAt }
  }

  /// Returns the number of school days after a day, up to the as-at date.
  package func schoolDays(after day: Day) -> Int {
    (register?.calendar.days ?? []).count { $0 > day && $0 <= asAt }
  }
}

extension SchoolFigures {
  /// Returns the sessions of all pupils on roll in the weeks of a half-term, by a text of the pupil such as the form.
  ///
  /// Pupils with an empty text are under the empty text.
  package func weeks(
    by name: KeyPath<Pupil, String>, in halfTerm: HalfTerm
  ) -> [String: [Day: GroupFigures]] {
    guard let register else { return [:] }
    var weeks: [String: [Day: GroupFigures]] = [:]
    let term = register.sessions(from: halfTerm.first, to: halfTerm.last).clamped(to: plan.upToDate)
    for pupil in pupils {
      let onRoll = register.sessionsOnRoll(register.pupils[pupil.position]).clamped(to: term)
      let own = tallies(of: pupil, by: onRoll, in: register)
      guard !own.isEmpty else { continue }
      let key = pupil.pupil[keyPath: name]
      for (monday, tally) in own {
        weeks[key, default: [:]][monday, default: .zero] += GroupFigures(pupil: tally)
      }
    }
    return weeks
  }

  /// Returns a pupil's possible sessions in a range by the Monday of their week, in order.
  private func tallies(
    of pupil: PupilFigures, by sessions: Range<Int>, in register: Register
  ) -> [(monday: Day, tally: SessionTally)] {
    var weeks: [(monday: Day, tally: SessionTally)] = []
    let possible = CodeSet.possible
    register.withMarks(of: pupil.position) { marks in
      for position in sessions where possible.contains(raw: marks[position]) {
        let monday = register.sessions[position].day.monday
        if weeks.last?.monday != monday { weeks.append((monday, .zero)) }
        weeks[weeks.count - 1].tally.count(raw: marks[position])
      }
    }
    return weeks
  }

  /// A day with high absence of all pupils on roll.
  package struct BusyDay: Sendable, Equatable {
    package let day: Day
    package let absence: Rate
  }

  /// The days of the school year with at least twice the usual absence, the highest first.
  ///
  /// The usual absence is the median over the days.
  package var busyDays: [BusyDay] {
    guard let register else { return [] }
    var missed: [Day: (part: Int, whole: Int)] = [:]
    for position in plan.yearToDate {
      missed[register.sessions[position].day, default: (0, 0)].whole += Int(absence.due[position])
      missed[register.sessions[position].day]?.part += Int(absence.missed[position])
    }
    let days = missed.compactMap { day, count in
      Rate(count.part, of: count.whole).map { BusyDay(day: day, absence: $0) }
    }.sorted { left, right in
      let difference = right.absence.part * left.absence.whole - left.absence.part * right.absence.whole
      return difference == 0 ? left.day < right.day : difference < 0
    }
    guard days.count >= 10 else { return [] }
    let usual = days[days.count / 2].absence
    return days.filter {
      $0.absence.part * usual.whole >= 2 * usual.part * $0.absence.whole && $0.absence.part > 0
    }
  }
}
