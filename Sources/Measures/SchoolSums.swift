import Registers

/// Gathers the pupils of a school into its groups while the pass over the register goes on.
struct SchoolSums {
  let periods: [Period]
  /// For each period, every mark of pupils in the national scope: nothing is left out for Year 11.
  private(set) var codes: [SessionTally]
  private(set) var pupilsByCode: [SessionTally]
  private let plan: RegisterPlan
  /// Figures by group, one for each period.
  private var groups: [Group: [GroupFigures]] = [:]
  /// For each session, the marks of pupils in the national scope.
  private var sessions: [SessionTally]

  init(plan: RegisterPlan, width: Int) {
    self.plan = plan
    periods = [.yearToDate] + plan.halfTerms.map { .halfTerm($0.name) }
    codes = Array(repeating: .zero, count: periods.count)
    pupilsByCode = codes
    sessions = Array(repeating: .zero, count: width)
  }

  /// Adds a pupil's sessions, given by half-term and last those of none.
  mutating func add(_ pupil: Pupil, _ tallies: [SessionTally], isInScope: Bool) {
    add(figures(of: tallies), to: .allOnRoll)
    guard isInScope else {
      if let year = pupil.year, !(1...11 ~= year.number) {
        add(figures(of: tallies), to: Group(.ncYear, year.name))
      }
      return
    }
    var national = tallies
    if let summer2 = plan.summer2, pupil.leavesOutSummer2(in: plan.schoolYear) { national[summer2] = .zero }
    let figures = figures(of: national)
    for group in pupil.groups { add(figures, to: group) }
    for (place, figure) in self.figures(of: tallies).enumerated() {
      codes[place] += figure.tally
      for code in AttendanceCode.allCases where figure.tally[code] > 0 { pupilsByCode[place][code] += 1 }
    }
  }

  private func figures(of tallies: [SessionTally]) -> [GroupFigures] {
    [GroupFigures(pupil: tallies.reduce(.zero, +))] + tallies.dropLast().map(GroupFigures.init(pupil:))
  }

  private mutating func add(_ figures: [GroupFigures], to group: Group) {
    guard var sums = groups[group] else {
      groups[group] = figures
      return
    }
    groups[group] = nil
    for place in sums.indices { sums[place] += figures[place] }
    groups[group] = sums
  }

  /// Adds the marks of a pupil in the national scope to the sessions they stand in.
  mutating func addSessions(of position: Int, in register: Register, onRoll: Range<Int>, pupil: Pupil) {
    let leavesOut = plan.summer2 != nil && pupil.leavesOutSummer2(in: plan.schoolYear)
    let left = leavesOut ? plan.summer2.map(UInt8.init) : nil
    register.withMarks(of: position) { marks in
      for session in onRoll.clamped(to: plan.yearToDate) {
        guard marks[session] != 0 || register.inSchoolTime[session] else { continue }
        if let left, plan.halfTermOfSession[session] == left { continue }
        sessions[session].count(raw: marks[session])
      }
    }
  }

  /// The groups with at least one enrolment in a period, and the weekdays and sessions of the year to date.
  func groupsByPeriod(_ register: Register) -> [Period: [Group: GroupFigures]] {
    var byPeriod: [Period: [Group: GroupFigures]] = [:]
    for (group, figures) in groups {
      for (period, figure) in zip(periods, figures) where figure.enrolments > 0 {
        byPeriod[period, default: [:]][group] = figure
      }
    }
    for (weekday, halves) in weekdays(register) {
      byPeriod[.yearToDate, default: [:]][Group(.weekday, weekday.name)] = GroupFigures(
        sessions: halves.values.reduce(.zero, +))
      for (half, tally) in halves {
        byPeriod[.yearToDate]?[Group(.session, half.name), default: .zero] += GroupFigures(sessions: tally)
      }
    }
    return byPeriod
  }

  func weekdays(_ register: Register) -> [Weekday: [DayHalf: SessionTally]] {
    var weekdays: [Weekday: [DayHalf: SessionTally]] = [:]
    for position in plan.yearToDate where sessions[position].possible > 0 {
      let session = register.sessions[position]
      weekdays[session.day.weekday, default: [:]][session.half, default: .zero] += sessions[position]
    }
    return weekdays
  }

  func weeks(_ register: Register) -> [SchoolFigures.WeekFigures] {
    var weeks: [SchoolFigures.WeekFigures] = []
    for position in plan.yearToDate where sessions[position].possible > 0 {
      let monday = register.sessions[position].day.monday
      if weeks.last?.monday != monday {
        let place = Int(plan.halfTermOfSession[position])
        weeks.append(
          SchoolFigures.WeekFigures(
            monday: monday,
            halfTerm: place < plan.halfTerms.count ? plan.halfTerms[place].name : nil))
      }
      weeks[weeks.count - 1].tally += sessions[position]
    }
    return weeks
  }
}
