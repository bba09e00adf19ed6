import Registers

/// A single pass over a pupil's marks, which gives every figure of the pupil.
struct PupilAccumulator {
  /// The sessions by half-term, and last those of no half-term.
  private(set) var tallies: [SessionTally]
  private(set) var weeks = BrokenWeeks()
  /// The weeks of the second half of the summer term, which the national figures leave out for some pupils.
  private(set) var weeksOfSummer2 = BrokenWeeks()
  private(set) var windows = Windows()
  private(set) var unresolvedN = 0

  private let plan: CalendarIndex
  private let unauthorised = CodeSet.unauthorised
  private let absence = CodeSet.absence
  private var unauthorisedByWeek: [Int]
  private var week: Int16 = -1
  private var weekIsOfSummer2 = false
  private var weekPossible = 0
  private var weekAbsent = 0
  private var day: Day?
  private var dayPossible = 0
  private var dayUnauthorised = 0
  private var dayIsThisYear = false
  private var run = 0
  /// For each of the last 80 possible sessions, a Boolean value that indicates whether it was U.
  private var lateRing = [Bool](repeating: false, count: Windows.possibleSessions)
  private var ringIndex = 0
  private var lateInRing = 0

  init(_ plan: CalendarIndex) {
    self.plan = plan
    tallies = Array(repeating: .zero, count: plan.halfTerms.count + 1)
    unauthorisedByWeek = Array(repeating: 0, count: plan.weeks)
  }

  /// Reads the pupil's marks over the sessions on roll, up to the as-at date.
  mutating func read(_ register: Register, pupil: Int, onRoll: Range<Int>) {
    let sessions = onRoll.clamped(to: plan.upToDate)
    let possible = CodeSet.possible
    register.withMarks(of: pupil) { marks in
      for position in sessions {
        let raw = marks[position]
        let isThisYear = position >= plan.yearToDate.lowerBound
        if isThisYear, raw != 0 || register.inSchoolTime[position] {
          tallies[Int(plan.halfTermOfSession[position])].count(raw: raw)
        }
        guard possible.contains(raw: raw), let code = AttendanceCode(rawValue: raw) else { continue }
        let session = register.sessions[position]
        see(code, on: session.day, week: plan.weekOfSession[position], isThisYear: isThisYear)
        weekIsOfSummer2 = plan.summer2.map { Int(plan.halfTermOfSession[position]) == $0 } ?? false
      }
    }
    closeDay()
    closeWeek()
    closeTenWeeks()
  }

  private mutating func see(_ code: AttendanceCode, on day: Day, week: Int16, isThisYear: Bool) {
    let isUnauthorised = unauthorised.contains(code)
    if self.day != day {
      closeDay()
      self.day = day
      dayIsThisYear = isThisYear
    }
    dayPossible += 1
    if isUnauthorised {
      dayUnauthorised += 1
      if week >= 0 { unauthorisedByWeek[Int(week)] += 1 }
    }
    if isThisYear {
      if week != self.week { closeWeek() }
      self.week = week
      weekPossible += 1
      if absence.contains(code) { weekAbsent += 1 }
      if code == .reasonNotEstablished, let before = plan.unresolvedBefore, day < before { unresolvedN += 1 }
    }
    seeRing(isLateAfterClose: code == .lateAfterClose, isThisYear: isThisYear)
  }

  private mutating func seeRing(isLateAfterClose: Bool, isThisYear: Bool) {
    if lateRing[ringIndex] { lateInRing -= 1 }
    lateRing[ringIndex] = isLateAfterClose
    if isLateAfterClose { lateInRing += 1 }
    ringIndex = ringIndex + 1 == Windows.possibleSessions ? 0 : ringIndex + 1
    if isThisYear { windows.maxLateAfterCloseIn80 = max(windows.maxLateAfterCloseIn80, lateInRing) }
  }

  /// Ends a day. A day that is not completely unauthorised ends a run of unauthorised days.
  private mutating func closeDay() {
    guard dayPossible > 0 else { return }
    run = dayUnauthorised == dayPossible ? run + 1 : 0
    if dayIsThisYear { windows.longestUnauthorisedDays = max(windows.longestUnauthorisedDays, run) }
    dayPossible = 0
    dayUnauthorised = 0
  }

  private mutating func closeWeek() {
    weeks.add(weekWith: weekPossible, absent: weekAbsent)
    if weekIsOfSummer2 { weeksOfSummer2.add(weekWith: weekPossible, absent: weekAbsent) }
    weekPossible = 0
    weekAbsent = 0
  }

  private mutating func closeTenWeeks() {
    var sum = 0
    for week in unauthorisedByWeek.indices {
      sum += unauthorisedByWeek[week]
      if week >= Windows.weeks { sum -= unauthorisedByWeek[week - Windows.weeks] }
      if week >= plan.firstWeek {
        windows.maxUnauthorisedIn10Weeks = max(windows.maxUnauthorisedIn10Weeks, sum)
      }
    }
    windows.unauthorisedIn10WeeksNow = sum
  }
}
