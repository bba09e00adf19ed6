import Registers

/// Leave: holidays, exceptional circumstances, travelling, religious observance, performances and interviews.
extension MarkGenerator {
  mutating func addLeave(of pupil: SamplePupil, using random: inout SplitMix64) {
    addHolidays(using: &random)
    for day in calendar.days.indices where random.bool(per100000: rates.exceptionalLeave) {
      marks.set(days: day..<day + random.integer(in: 1...2), .exceptionalLeave) { $0 != .holidayNotGranted }
    }
    if pupil.origin == .traveller, random.bool(percent: 75), calendar.days.count > 30 {
      let first = random.integer(in: 4...24)
      marks.set(days: first..<first + random.integer(in: 4...9), .parentTravelling)
    }
    if let festival = Festival(of: pupil.origin), random.bool(percent: festival.observancePercent) {
      marks.set(
        days: calendar.dayIndices(from: festival.day, through: festival.day), .religiousObservance)
    }
    if pupil.arrangements.contains(.performer), let day = randomDay(using: &random) {
      marks.set(day: day, .regulatedPerformance)
    }
    if 11...12 ~= pupil.year, random.bool(percent: 12), let day = randomDay(using: &random) {
      marks.set(day * 2 + random.integer(below: 2), .interview)
    }
  }

  /// Adds unauthorised holidays, most of them next to a school holiday.
  private mutating func addHolidays(using random: inout SplitMix64) {
    for halfTerm in calendar.halfTerms.indices {
      let days = calendar.dayIndices(ofHalfTerm: halfTerm)
      let isComplete = calendar.halfTerms[halfTerm].last <= calendar.until
      if isComplete, random.bool(per100000: rates.holiday) {
        marks.set(days: days.suffix(random.integer(in: 2...5)), .holidayNotGranted)
      }
      if random.bool(per100000: rates.holiday * 2 / 3) {
        marks.set(days: days.prefix(random.integer(in: 2...5)), .holidayNotGranted)
      }
    }
    if random.bool(per100000: rates.holiday), calendar.days.count > 20 {
      let first = random.integer(below: calendar.days.count - 10)
      marks.set(days: first..<first + random.integer(in: 5...10), .holidayNotGranted)
    }
  }

  /// Returns the index of a random day, or `nil` if the calendar has no days.
  private func randomDay(using random: inout SplitMix64) -> Int? {
    calendar.days.isEmpty ? nil : random.integer(below: calendar.days.count)
  }
}

/// Activities and arrangements of the school: trips, sport, work experience, education elsewhere, part-time
/// timetables, suspensions and closures.
extension MarkGenerator {
  mutating func addActivities(of pupil: SamplePupil, using random: inout SplitMix64) {
    for day in events.tripDays[pupil.form] ?? [] {
      marks.set(days: day..<day + 1, .visitOrTrip) { $0.statisticalClass == .present }
    }
    if pupil.year == 10, plan.phase != .primary {
      marks.set(days: events.workExperienceDays, .workExperience) { $0.statisticalClass == .present }
    }
    if pupil.arrangements.contains(.sportsTeam) {
      for day in events.matchDays where random.bool(percent: 70) && marks.isPresent(day * 2 + 1) {
        marks.set(day * 2 + 1, .sportingActivity)
      }
    }
    guard pupil.year == 11, plan.phase != .primary else { return }
    for day in events.studyLeaveDays where random.bool(percent: 72) {
      marks.set(day: day, .studyLeave)
    }
  }

  mutating func addArrangements(of pupil: SamplePupil, using random: inout SplitMix64) {
    let arrangements = pupil.arrangements
    if arrangements.contains(.college) {
      setWeekly(.approvedActivity, on: .wednesday, onlyAfternoons: plan.phase != .alternative)
    }
    if arrangements.contains(.tuition) {
      setWeekly(.arrangedByLocalAuthority, on: .tuesday)
      setWeekly(.arrangedByLocalAuthority, on: .thursday)
    }
    if arrangements.contains(.dualRegistration) {
      let weekdays: [Weekday] = random.element(of: [
        [.monday, .tuesday], [.friday], [.monday, .thursday, .friday], [.wednesday],
      ])
      for weekday in weekdays { setWeekly(.dualRegistered, on: weekday, replacingAbsence: true) }
    }
    if arrangements.contains(.partTimeTimetable) { addPartTimeTimetable(using: &random) }
    if arrangements.contains(.suspensions) { addSuspensions(using: &random) }
    if arrangements.contains(.accessBarrier), let day = randomDay(using: &random) {
      marks.set(days: day..<day + random.integer(in: 1...3), .lackOfAccess)
    }
  }

  /// Sets the sessions of a weekday in every week. Absences remain unless another school registers that day.
  private mutating func setWeekly(
    _ code: AttendanceCode, on weekday: Weekday, onlyAfternoons: Bool = false, replacingAbsence: Bool = false
  ) {
    for (day, date) in calendar.days.enumerated() where date.weekday == weekday {
      for index in (onlyAfternoons ? day * 2 + 1 : day * 2)...day * 2 + 1
      where replacingAbsence || marks.isPresent(index) {
        marks.set(index, code)
      }
    }
  }

  /// Adds afternoons at home for four to eight weeks.
  private mutating func addPartTimeTimetable(using random: inout SplitMix64) {
    guard calendar.days.count > 45 else { return }
    let first = random.integer(below: calendar.days.count - 45)
    for day in first..<first + random.integer(in: 20...40)
    where marks.codes[day * 2 + 1] != .dualRegistered {
      marks.set(day * 2 + 1, .partTimeTimetable)
    }
  }

  /// Adds one to three suspensions of one to five days. Short suspensions are the most common.
  private mutating func addSuspensions(using random: inout SplitMix64) {
    for _ in 0..<random.integer(in: 1...3) {
      guard let day = randomDay(using: &random) else { return }
      let length = [1, 2, 3, 5][random.index(weights: [45, 30, 15, 10])]
      marks.set(days: day..<day + length, .suspended) { $0 != .dualRegistered }
    }
  }

  /// Adds sessions for which a pupil under or over compulsory school age is not required to attend.
  mutating func addNotRequiredSessions(of pupil: SamplePupil) {
    for (index, day) in calendar.days.enumerated() {
      let isNotRequired: Bool
      switch pupil.year {
      case ..<0: isNotRequired = true
      case 0: isNotRequired = plan.phase == .primary && day < SampleCalendar.day(9, 15)
      case 12...: isNotRequired = day.weekday == .wednesday || day.weekday == .friday
      default: return
      }
      if isNotRequired { marks.set(index * 2 + 1, .notRequired) }
    }
  }

  mutating func addClosures(using random: inout SplitMix64) {
    let usesMinibus = random.bool(percent: 25)
    for day in plan.daysWithoutTransport where usesMinibus {
      marks.set(days: calendar.dayIndices(from: day, through: day), .noTransport)
    }
    if let snowDay = plan.snowDay {
      marks.set(days: calendar.dayIndices(from: snowDay, through: snowDay), .siteClosed)
    }
  }
}
