import Registers

/// Adds the pupils of a school to its groups during the pass over the register.
struct GroupAccumulator {
  let periods: [Period]
  /// For each period, every mark of pupils in the national scope, including Summer 2 of Year 11.
  private(set) var codes: [SessionTally]
  private(set) var pupilsByCode: [SessionTally]
  private let plan: CalendarIndex
  /// The figures by group, with consecutive elements for the periods of a group.
  private var figures: [GroupFigures] = []
  /// The index of each group in `figures`, in units of `periods.count`.
  private var indices: [Group: Int] = [:]
  private var placesByKind: [PupilKind: [Int]] = [:]
  /// For each session, the marks of pupils in the national scope.
  private var sessions: [SessionTally]
  /// The number of pupils in the national scope with a possible session, by weekday and half of the day, and by school
  /// week.
  private var pupilsBySlot = [Int](repeating: 0, count: 14)
  private var pupilsByWeek: [Int]

  private init(plan: CalendarIndex, width: Int) {
    self.plan = plan
    periods = [.yearToDate] + plan.halfTerms.map { .halfTerm($0.name) }
    codes = Array(repeating: .zero, count: periods.count)
    pupilsByCode = codes
    sessions = Array(repeating: .zero, count: width)
    pupilsByWeek = Array(repeating: 0, count: plan.weeks)
  }

  /// Adds all pupils of a register.
  init(_ inputs: [PupilInput], of register: Register, plan: CalendarIndex) {
    self.init(plan: plan, width: register.sessions.count)
    for input in inputs {
      let pupil = register.pupils[input.position]
      let changes = pupil.daysOfChange
      if input.isInScope, !changes.isEmpty {
        add(plan.parts(of: input.position, in: register, onRoll: input.onRoll, changes: changes))
      } else {
        add(pupil, input.pass.tallies, isInScope: input.isInScope)
      }
      if input.isInScope {
        addSessions(of: input.position, in: register, onRoll: input.onRoll, pupil: pupil)
      }
    }
  }

  /// Adds a pupil's sessions, by half-term and last those of none.
  private mutating func add(_ pupil: Pupil, _ tallies: [SessionTally], isInScope: Bool) {
    let all = figures(of: tallies)
    add(all, to: .allOnRoll)
    guard isInScope else {
      if let year = pupil.year, !(1...11 ~= year.number) { add(all, to: Group(.ncYear, year.name)) }
      return
    }
    var national = all
    if let summer2 = plan.summer2, pupil.leavesOutSummer2(in: plan.schoolYear) {
      var cut = tallies
      cut[summer2] = .zero
      national = figures(of: cut)
    }
    for index in indicesOfGroups(of: pupil) { add(national, at: index) }
    addCodes(all)
  }

  /// Adds a pupil in the national scope whose statuses changed. Each group gets the sessions of the pupil's days in it.
  ///
  /// - Parameter parts: The sessions by half-term for each period with the same statuses, with the pupil's statuses in
  ///   it.
  private mutating func add(_ parts: [(pupil: Pupil, tallies: [SessionTally])]) {
    var byGroup: [Group: [SessionTally]] = [:]
    var all: [SessionTally] = []
    for (pupil, tallies) in parts {
      all = all.isEmpty ? tallies : zip(all, tallies).map(+)
      var national = tallies
      if let summer2 = plan.summer2, pupil.leavesOutSummer2(in: plan.schoolYear) { national[summer2] = .zero }
      for group in pupil.groups {
        byGroup[group] = byGroup[group].map { zip($0, national).map(+) } ?? national
      }
    }
    for (group, tallies) in byGroup { add(figures(of: tallies), to: group) }
    add(figures(of: all), to: .allOnRoll)
    addCodes(figures(of: all))
  }

  private mutating func addCodes(_ all: [GroupFigures]) {
    for (index, figure) in all.enumerated() {
      codes[index] += figure.tally
      pupilsByCode[index].countCodes(of: figure.tally)
    }
  }

  private func figures(of tallies: [SessionTally]) -> [GroupFigures] {
    [GroupFigures(pupil: tallies.reduce(.zero, +))] + tallies.dropLast().map(GroupFigures.init(pupil:))
  }

  private mutating func add(_ one: [GroupFigures], to group: Group) { add(one, at: index(of: group)) }

  private mutating func add(_ one: [GroupFigures], at index: Int) {
    for period in one.indices { figures[index * periods.count + period] += one[period] }
  }

  private mutating func index(of group: Group) -> Int {
    if let known = indices[group] { return known }
    let index = indices.count
    indices[group] = index
    figures += [GroupFigures](repeating: .zero, count: periods.count)
    return index
  }

  /// Returns the indices of a pupil's groups, computed once for all pupils with the same statuses.
  private mutating func indicesOfGroups(of pupil: Pupil) -> [Int] {
    let kind = PupilKind(pupil)
    if let known = placesByKind[kind] { return known }
    let found = pupil.groups.map { index(of: $0) }
    placesByKind[kind] = found
    return found
  }

  /// The statuses that determine the groups of a pupil.
  private struct PupilKind: Hashable {
    let statuses: [Status]
    let sex: Sex
    let senProvision: SENProvision
    let ethnicity: Ethnicity
    let year: NCYear?
    let registrationGroup: String

    init(_ pupil: Pupil) {
      statuses = [
        pupil.disadvantaged, pupil.freeSchoolMeals, pupil.lookedAfter, pupil.previouslyLookedAfter,
        pupil.englishAdditional, pupil.gypsyRomaTraveller,
      ]
      sex = pupil.sex
      senProvision = pupil.senProvision
      ethnicity = pupil.ethnicity
      year = pupil.year
      registrationGroup = pupil.registrationGroup
    }
  }

  /// Adds the marks of a pupil in the national scope to their sessions.
  private mutating func addSessions(of position: Int, in register: Register, onRoll: Range<Int>, pupil: Pupil)
  {
    let leavesOut = plan.summer2 != nil && pupil.leavesOutSummer2(in: plan.schoolYear)
    let left = leavesOut ? plan.summer2.map(UInt8.init) : nil
    let possible = CodeSet.possible
    var slots: UInt16 = 0
    var lastWeek: Int16 = -1
    register.withMarks(of: position) { marks in
      for session in onRoll.clamped(to: plan.yearToDate) {
        guard marks[session] != 0 || register.inSchoolTime[session] else { continue }
        if let left, plan.halfTermOfSession[session] == left { continue }
        sessions[session].count(raw: marks[session])
        guard possible.contains(raw: marks[session]) else { continue }
        slots |= 1 << plan.slotOfSession[session]
        let week = plan.weekOfSession[session]
        if week != lastWeek, week >= 0 { pupilsByWeek[Int(week)] += 1 }
        lastWeek = week
      }
    }
    for slot in pupilsBySlot.indices where slots >> slot & 1 == 1 { pupilsBySlot[slot] += 1 }
  }

  /// Returns the groups with at least one enrolment in a period, and the weekdays and sessions of the year to date.
  func groupsByPeriod(_ register: Register) -> [Period: [Group: GroupFigures]] {
    var byPeriod: [Period: [Group: GroupFigures]] = [:]
    for (group, index) in indices {
      for (offset, period) in periods.enumerated() {
        let figure = figures[index * periods.count + offset]
        if figure.enrolments > 0 { byPeriod[period, default: [:]][group] = figure }
      }
    }
    addWeekdays(register, to: &byPeriod[.yearToDate, default: [:]])
    return byPeriod
  }

  /// Adds the weekdays from Monday to Friday and the two sessions of a day.
  private func addWeekdays(_ register: Register, to groups: inout [Group: GroupFigures]) {
    let days = weekdays(register)
    for (weekday, halves) in days where weekday.isSchoolDay {
      groups[Group(.weekday, weekday.name)] = GroupFigures(sessions: GroupAccumulator.merged(halves.values))
    }
    for half in DayHalf.allCases {
      let figures = days.values.compactMap { $0[half] }
      if !figures.isEmpty {
        groups[Group(.session, half.name)] = GroupFigures(sessions: GroupAccumulator.merged(figures))
      }
    }
  }

  /// Adds sessions of mostly the same pupils. The number of pupils is at least that of the part with the most.
  private static func merged(_ parts: some Collection<SessionFigures>) -> SessionFigures {
    SessionFigures(tally: parts.map(\.tally).reduce(.zero, +), pupils: parts.map(\.pupils).max() ?? 0)
  }

  func weekdays(_ register: Register) -> [Weekday: [DayHalf: SessionFigures]] {
    var weekdays: [Weekday: [DayHalf: SessionFigures]] = [:]
    for position in plan.yearToDate where sessions[position].possible > 0 {
      let session = register.sessions[position]
      weekdays[session.day.weekday, default: [:]][session.half, default: .zero].tally += sessions[position]
      weekdays[session.day.weekday]?[session.half]?.pupils = pupilsBySlot[plan.slotOfSession[position]]
    }
    return weekdays
  }

  /// Returns the weekday with clearly more absence than the other days of the same weeks, or `nil` if there is none.
  ///
  /// Each week gives a difference between that day and the week's other days. Their mean must be more than half a point
  /// and more than three standard errors above 0, because five days are tested. Fewer than six weeks are not enough.
  func weekdayWithMostAbsence(_ register: Register) -> Weekday? {
    var weeks: [Day: [Weekday: SessionTally]] = [:]
    for position in plan.yearToDate where sessions[position].possible > 0 {
      let day = register.sessions[position].day
      weeks[day.monday, default: [:]][day.weekday, default: .zero] += sessions[position]
    }
    let mondays = weeks.keys.sorted()
    let found = Weekday.allCases.filter(\.isSchoolDay).compactMap { day -> (day: Weekday, mean: Double)? in
      let differences = mondays.compactMap { monday -> Double? in
        let week = weeks[monday] ?? [:]
        let others = week.filter { $0.key != day && $0.key.isSchoolDay }.values.reduce(.zero, +)
        guard let own = week[day]?.absenceRate, let other = others.absenceRate else { return nil }
        return own.percent - other.percent
      }
      guard differences.count >= 6 else { return nil }
      let count = Double(differences.count)
      let mean = differences.reduce(0, +) / count
      let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return mean > 0.5 && mean * mean > 9 * squares / (count - 1) / count ? (day, mean) : nil
    }
    // The day must also have the highest absence in the figures shown, because weeks with fewer sessions affect the
    // mean.
    let totals = mondays.reduce(into: [Weekday: SessionTally]()) { totals, monday in
      for (day, tally) in weeks[monday] ?? [:] where day.isSchoolDay { totals[day, default: .zero] += tally }
    }
    let costliest = found.filter { day, _ in
      guard let own = totals[day]?.absenceRate else { return false }
      return totals.values.allSatisfy { $0.absenceRate.map { Rate.difference($0, own) <= 0 } ?? true }
    }
    return costliest.max { $0.mean < $1.mean }?.day
  }

  func weeks(_ register: Register) -> [SchoolFigures.WeekFigures] {
    var weeks: [SchoolFigures.WeekFigures] = []
    for position in plan.yearToDate where sessions[position].possible > 0 {
      let monday = register.sessions[position].day.monday
      if weeks.last?.monday != monday {
        let index = Int(plan.halfTermOfSession[position])
        let week = Int(plan.weekOfSession[position])
        weeks.append(
          SchoolFigures.WeekFigures(
            monday: monday,
            halfTerm: index < plan.halfTerms.count ? plan.halfTerms[index].name : nil,
            sessions: SessionFigures(tally: .zero, pupils: week >= 0 ? pupilsByWeek[week] : 0)))
      }
      weeks[weeks.count - 1].sessions.tally += sessions[position]
    }
    return weeks
  }
}
