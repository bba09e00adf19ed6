import Registers

/// Facts about each session that the pass over a register needs, computed once for a school.
struct CalendarIndex {
  let schoolYear: SchoolYear
  let asAt: Day
  /// The positions of the sessions up to the as-at date, including earlier school years.
  let upToDate: Range<Int>
  /// The positions of the sessions of this school year up to the as-at date.
  let yearToDate: Range<Int>
  /// The half-terms of this school year with a school day up to the as-at date, in order.
  let halfTerms: [HalfTerm]
  /// For each session, the index of its half-term, or `halfTerms.count` if it is in none.
  let halfTermOfSession: [UInt8]
  /// For each session, the index of its day among the days of the register.
  let dayOfSession: [Int32]
  /// The number of days in the register.
  let days: Int
  /// For each session, the index of its school week, or -1 if the week is outside school time.
  let weekOfSession: [Int16]
  /// For each session, the index of its weekday and half of the day: Monday morning, Monday afternoon, and so on.
  let slotOfSession: [Int]
  /// The Mondays of the school weeks up to the as-at date.
  let schoolWeeks: [Day]
  /// The number of school weeks up to the as-at date.
  var weeks: Int { schoolWeeks.count }
  /// The index of the first school week of this school year.
  let firstWeek: Int
  /// The day before which N marks have more than five school days after them, or `nil` if there are too few days.
  let unresolvedBefore: Day?
  /// The index of Summer 2, which national figures leave out for Year 11, or `nil` if it has not begun.
  let summer2: Int?

  /// The as-at date.
  let now: Moment
  /// The end of the half-term before the current one, or `nil` in the first.
  let lastHalfTerm: Moment?

  /// Five school days before the as-at date, or `nil` if there are too few.
  let weekAgo: Moment?

  /// A day for which figures are computed.
  struct Moment {
    let day: Day
    /// The end of the positions of the sessions up to the day.
    let end: Int
    /// The number of school weeks up to the day.
    let weeks: Int
    /// The number of half-terms of this school year begun by the day.
    let halfTerms: Int
  }

  init(_ register: Register, asAt: Day, schoolYear year: SchoolYear) {
    let calendar = register.calendar
    schoolYear = year
    self.asAt = asAt
    upToDate = 0..<register.sessions(from: asAt, to: asAt).upperBound
    yearToDate = register.sessions(from: year.firstDay, to: asAt)
    let halfTerms = calendar.halfTerms.filter { halfTerm in
      SchoolYear(containing: halfTerm.first) == year
        && calendar.days.contains { halfTerm.contains($0) && $0 <= asAt }
    }
    self.halfTerms = halfTerms
    summer2 = halfTerms.firstIndex { $0.name == .summer2 }
    let schoolWeeks = calendar.weeks.filter { $0 <= asAt }
    self.schoolWeeks = schoolWeeks
    firstWeek = schoolWeeks.firstIndex { $0 + 6 >= year.firstDay } ?? schoolWeeks.count
    func moment(_ day: Day, halfTerms: Int) -> Moment {
      Moment(
        day: day, end: register.sessions(from: day, to: day).upperBound,
        weeks: schoolWeeks.count { $0 <= day },
        halfTerms: halfTerms)
    }
    now = moment(asAt, halfTerms: halfTerms.count)
    lastHalfTerm =
      halfTerms.count > 1
      ? moment(halfTerms[halfTerms.count - 2].last, halfTerms: halfTerms.count - 1) : nil
    let days = calendar.days.filter { $0 <= asAt }
    weekAgo =
      days.count > 5
      ? moment(days[days.count - 6], halfTerms: halfTerms.count { $0.first <= days[days.count - 6] }) : nil
    unresolvedBefore = days.count >= 6 ? days[days.count - 6] : nil
    let weekIndices = Dictionary(uniqueKeysWithValues: schoolWeeks.enumerated().map { ($1, Int16($0)) })
    halfTermOfSession = register.sessions.map { session in
      UInt8(halfTerms.firstIndex { $0.contains(session.day) } ?? halfTerms.count)
    }
    var indices: [Int32] = []
    for (index, session) in register.sessions.enumerated() {
      let isNew = index > 0 && register.sessions[index - 1].day != session.day
      indices.append((indices.last ?? 0) + (isNew ? 1 : 0))
    }
    dayOfSession = indices
    self.days = Int(indices.last ?? -1) + 1
    slotOfSession = register.sessions.map { $0.day.weekday.rawValue * 2 + $0.half.rawValue }
    weekOfSession = register.sessions.map { weekIndices[$0.day.monday] ?? -1 }
  }
}

extension CalendarIndex {
  /// Returns a pupil's sessions of this year by half-term, and last those of none, for each period with the same
  /// statuses.
  func parts(
    of position: Int, in register: Register, onRoll: Range<Int>, changes: [Day]
  ) -> [(pupil: Pupil, tallies: [SessionTally])] {
    let pupil = register.pupils[position]
    let starts =
      [schoolYear.firstDay] + changes.filter { $0 > schoolYear.firstDay && $0 <= schoolYear.lastDay }
    let ends = starts.dropFirst().map { $0 - 1 } + [schoolYear.lastDay]
    return zip(starts, ends).map { first, last in
      let sessions = register.sessions(from: first, to: last).clamped(to: onRoll).clamped(to: yearToDate)
      var tallies = [SessionTally](repeating: .zero, count: halfTerms.count + 1)
      register.withMarks(of: position) { marks in
        for session in sessions where marks[session] != 0 || register.inSchoolTime[session] {
          tallies[Int(halfTermOfSession[session])].count(raw: marks[session])
        }
      }
      return (pupil.on(first), tallies)
    }
  }
}
