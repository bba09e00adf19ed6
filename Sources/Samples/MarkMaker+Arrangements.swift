import Registers

/// What the school arranged: trips, sport, work experience, provision elsewhere, part-time timetables, suspensions.
extension MarkMaker {
  mutating func makeActivities(of pupil: SamplePupil, from stream: inout SplitMix64) {
    for day in events.tripsByForm[pupil.form] ?? [] {
      row.set(days: day..<day + 1, .visitOrTrip) { $0.statisticalClass == .present }
    }
    if pupil.year == 10, plan.phase != .primary {
      row.set(days: events.workExperience, .workExperience) { $0.statisticalClass == .present }
    }
    if pupil.arrangements.contains(.squad) {
      for day in events.matches where stream.percent(70) && row.isPresent(day * 2 + 1) {
        row.set(day * 2 + 1, .sportingActivity)
      }
    }
    guard pupil.year == 11, plan.phase != .primary else { return }
    for day in events.studyLeave where stream.percent(72) {
      row.set(day: day, .studyLeave)
    }
  }

  mutating func makeArrangements(of pupil: SamplePupil, from stream: inout SplitMix64) {
    let held = pupil.arrangements
    if held.contains(.college) {
      markWeekly(.approvedActivity, on: .wednesday, afternoonOnly: plan.phase != .alternative)
    }
    if held.contains(.tuition) {
      markWeekly(.arrangedByLocalAuthority, on: .tuesday, afternoonOnly: false)
      markWeekly(.arrangedByLocalAuthority, on: .thursday, afternoonOnly: false)
    }
    if held.contains(.dualRegistration) {
      let days: [Weekday] = stream.pick([
        [.monday, .tuesday], [.friday], [.monday, .thursday, .friday], [.wednesday],
      ])
      for weekday in days { markWeekly(.dualRegistered, on: weekday, afternoonOnly: false, always: true) }
    }
    if held.contains(.partTimeTimetable) { makePartTime(from: &stream) }
    if held.contains(.suspensions) { makeSuspensions(from: &stream) }
    if held.contains(.accessBarrier), let day = anyDay(from: &stream) {
      row.set(days: day..<day + stream.within(1...3), .lackOfAccess)
    }
  }

  /// Marks a weekday of every week; an absent pupil stays absent unless the day belongs to another school.
  private mutating func markWeekly(
    _ code: AttendanceCode, on weekday: Weekday, afternoonOnly: Bool, always: Bool = false
  ) {
    for (position, day) in calendar.days.enumerated() where day.weekday == weekday {
      for index in (position * 2 + (afternoonOnly ? 1 : 0))...(position * 2 + 1)
      where always || row.isPresent(index) { row.set(index, code) }
    }
  }

  /// Afternoons at home for four to eight weeks.
  private mutating func makePartTime(from stream: inout SplitMix64) {
    guard calendar.days.count > 45 else { return }
    let first = stream.below(calendar.days.count - 45)
    for day in first..<first + stream.within(20...40) where row.codes[day * 2 + 1] != .dualRegistered {
      row.set(day * 2 + 1, .partTimeTimetable)
    }
  }

  /// One to three suspensions of one to five days; the shortest are the commonest.
  private mutating func makeSuspensions(from stream: inout SplitMix64) {
    for _ in 0..<stream.within(1...3) {
      guard let day = anyDay(from: &stream) else { return }
      let length = [1, 2, 3, 5][stream.weighted([45, 30, 15, 10])]
      row.set(days: day..<day + length, .suspended) { $0 != .dualRegistered }
    }
  }

  /// Children below or above compulsory school age who are not due in for a session.
  mutating func makeNotRequired(of pupil: SamplePupil) {
    for (position, day) in calendar.days.enumerated() {
      let isFreeAfternoon: Bool
      switch pupil.year {
      case ..<0: isFreeAfternoon = true
      case 0: isFreeAfternoon = plan.phase == .primary && day < SampleCalendar.day(9, 15)
      case 12...: isFreeAfternoon = day.weekday == .wednesday || day.weekday == .friday
      default: return
      }
      if isFreeAfternoon { row.set(position * 2 + 1, .notRequired) }
    }
  }

  mutating func makeClosures(of pupil: SamplePupil, from stream: inout SplitMix64) {
    // One in four comes by minibus.
    let comesByMinibus = stream.percent(25)
    for day in plan.daysWithoutTransport where comesByMinibus {
      row.set(days: calendar.positions(from: day, to: day), .noTransport)
    }
    if let snowDay = plan.snowDay {
      row.set(days: calendar.positions(from: snowDay, to: snowDay), .siteClosed)
    }
  }
}
