import Registers

/// What reports ask of the marks themselves, pupil by pupil. Missing: empty in figures of groups only.
extension SchoolFigures {
  /// The pupil's marks of possible sessions of this school year.
  func yearMarks(of pupil: PupilFigures, in register: Register) -> [PupilMarks.Mark] {
    let onRoll = register.sessionsOnRoll(register.pupils[pupil.position]).clamped(to: plan.yearToDate)
    return PupilMarks(of: pupil.position, in: register, onRoll: onRoll, plan: plan).marks
  }

  /// The pupil's marks of some codes in the school year, in order.
  package func marks(of pupil: PupilFigures, _ codes: CodeSet) -> [MarkEntry] {
    sessions(of: pupil).filter { codes.contains($0.code) }
  }

  /// The pupil's sessions of the school year in school time, possible or not, in order.
  package func sessions(of pupil: PupilFigures) -> [MarkEntry] {
    guard let register else { return [] }
    let onRoll = register.sessionsOnRoll(register.pupils[pupil.position]).clamped(to: plan.yearToDate)
    return register.withMarks(of: pupil.position) { marks in
      onRoll.filter { marks[$0] != 0 || register.inSchoolTime[$0] }.map {
        MarkEntry(session: register.sessions[$0], code: AttendanceCode(rawValue: marks[$0]) ?? .noMark)
      }
    }
  }

  /// The pupil's sessions from one day to another, of other school years too.
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

  /// The last so many school days up to the as-at date, or as many as there are.
  package func lastSchoolDays(_ count: Int) -> [Day] {
    (register?.calendar.days ?? []).filter { $0 <= asAt }.suffix(count)
  }

  /// The Mondays of the school weeks of this school year up to the as-at date.
  package var schoolWeeks: [Day] {
    (register?.calendar.weeks ?? []).filter { $0 + 6 >= schoolYear.firstDay && $0 <= asAt }
  }

  /// Unit: school days after a day, up to the as-at date.
  package func schoolDays(after day: Day) -> Int {
    (register?.calendar.days ?? []).count { $0 > day && $0 <= asAt }
  }
}

extension SchoolFigures {
  /// The sessions of the weeks of a half-term by what a pupil is put under, such as the form; all pupils on roll.
  ///
  /// Missing: pupils without such a name stand under the empty name.
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

  /// A pupil's possible sessions among some by the Monday of their week, in order.
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

  /// A day on which many were away, of all pupils on roll.
  package struct BusyDay: Sendable, Equatable {
    package let day: Day
    package let absence: Rate
  }

  /// The days of the school year on which at least twice the usual share was away, the most first.
  ///
  /// The usual share is that of the middle day.
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
