import Registers

/// The making of a school's marks, one pupil at a time.
///
/// Later steps write over earlier ones, in the order in which a school would: what a pupil did, then leave that was
/// granted, then what the school arranged, then closures, then the dates of enrolment.
struct MarkMaker {
  let plan: SchoolPlan
  let calendar: SampleCalendar
  let rates: PhaseRates
  let events: SchoolEvents
  let seed: UInt64
  /// How illness and absence move with the month and the weekday, for each day. Unit: per cent.
  private let illnessByDay: [Int]
  private let spellByDay: [Int]
  var row: MarkRow

  init(plan: SchoolPlan, seed: UInt64) {
    self.plan = plan
    self.seed = seed
    calendar = plan.calendar
    rates = PhaseRates.of(plan.phase)
    events = SchoolEvents(of: plan, seed: seed)
    illnessByDay = calendar.days.map { MarkMaker.season($0) * MarkMaker.onset($0.weekday) / 100 }
    spellByDay = calendar.days.map { MarkMaker.onset($0.weekday) }
    row = MarkRow(days: calendar.days.count)
  }

  /// Leaves the pupil's marks in `row`.
  mutating func make(for pupil: SamplePupil) {
    var stream = SplitMix64(seed: seed, plan.number, pupil.number, 3)
    row.reset()
    let tendency = Tendency(of: pupil, rates: rates, from: &stream)
    makeAbsences(tendency, from: &stream)
    makeLeave(of: pupil, from: &stream)
    makeActivities(of: pupil, from: &stream)
    makeArrangements(of: pupil, from: &stream)
    makeNotRequired(of: pupil)
    makeUnresolved(from: &stream)
    makeClosures(of: pupil, from: &stream)
    makeEnrolment(of: pupil)
  }

  /// Illness peaks before Christmas. Unit: per cent of the year's mean.
  private static func season(_ day: Day) -> Int {
    switch day.date.month {
    case 9: 72
    case 10: 95
    case 11: 118
    case 12: 155
    case 1: 118
    case 2: 108
    case 3: 100
    case 4: 85
    default: 80
    }
  }

  /// When absence begins: illness that began over a weekend shows on Monday, and Fridays draw. Unit: per cent.
  private static func onset(_ weekday: Weekday) -> Int {
    switch weekday {
    case .monday: 150
    case .tuesday: 84
    case .wednesday: 80
    case .thursday: 88
    case .friday: 150
    case .saturday, .sunday: 0
    }
  }

  private mutating func makeAbsences(_ tendency: Tendency, from stream: inout SplitMix64) {
    var daysIll = 0
    var code = AttendanceCode.presentMorning
    for day in calendar.days.indices {
      // A weekend or a holiday ends most spells.
      if calendar.followsDaysOff[day], stream.percent(50) { daysIll = 0 }
      if daysIll > 0 {
        daysIll -= 1
        row.set(day: day, .illness)
      } else if code != .presentMorning {
        row.set(day: day, code)
        if !stream.chance(tendency.spellGoesOn) { code = .presentMorning }
      } else if stream.chance(tendency.illness * illnessByDay[day] / 100) {
        daysIll = [0, 1, 2, 3, 4, 7][stream.weighted([40, 29, 15, 8, 6, 2])]
        startIllness(on: day, from: &stream)
      } else if stream.chance(tendency.spell * spellByDay[day] / 100) {
        code = stream.percent(rates.excusedSpells) ? .illness : .otherUnauthorised
        startSpell(code, on: day, from: &stream)
        if !stream.chance(tendency.spellGoesOn) { code = .presentMorning }
      } else if stream.chance(rates.medical) {
        row.set(day * 2 + stream.below(2), .medical)
      } else {
        makeLateness(tendency.late, on: day, from: &stream)
      }
    }
  }

  private mutating func startIllness(on day: Int, from stream: inout SplitMix64) {
    // One in eight is sent home at midday.
    if stream.percent(12) { row.set(day * 2 + 1, .illness) } else { row.set(day: day, .illness) }
  }

  private mutating func startSpell(_ code: AttendanceCode, on day: Int, from stream: inout SplitMix64) {
    if stream.percent(18) { row.set(day * 2 + 1, code) } else { row.set(day: day, code) }
  }

  private mutating func makeLateness(_ late: Int, on day: Int, from stream: inout SplitMix64) {
    for half in 0..<2 where stream.chance(half == 0 ? late : late / 7) {
      let isKnown = stream.percent(rates.minutesKnown)
      if half == 0, stream.percent(rates.afterClose) {
        row.set(day * 2, .lateAfterClose, minutes: isKnown ? stream.within(31...115) : 0)
      } else {
        // The lesser of two draws: most are late by few minutes.
        let minutes = min(stream.within(1...29), stream.within(1...29))
        row.set(day * 2 + half, .lateBeforeClose, minutes: isKnown ? minutes : 0)
      }
    }
  }

  /// Some absences of the last five school days are not yet explained, and a few old ones never were.
  private mutating func makeUnresolved(from stream: inout SplitMix64) {
    let recent = calendar.days.count - 5
    for day in calendar.days.indices {
      let isAbsent = row.codes[day * 2] == .otherUnauthorised || row.codes[day * 2] == .illness
      guard isAbsent else { continue }
      if stream.percent(day >= recent ? 30 : 1) {
        row.set(days: day..<day + 1, .reasonNotEstablished) { $0 == .otherUnauthorised || $0 == .illness }
      }
    }
  }

  private mutating func makeEnrolment(of pupil: SamplePupil) {
    let writesBefore = pupil.arrangements.contains(.marksBeforeAdmission)
    let firstZ = pupil.admitted - 7
    for (position, day) in calendar.days.enumerated() {
      if day < pupil.admitted {
        row.set(day: position, writesBefore && day >= firstZ ? .notYetOnRegister : .noMark)
      } else if let left = pupil.left, day > left {
        row.set(day: position, .noMark)
      }
    }
    if pupil.arrangements.contains(.withoutMarks) { row.set(days: calendar.days.indices, .noMark) }
    if pupil.arrangements.contains(.absentFromPupilFile) {
      row.set(days: min(5, calendar.days.count)..<calendar.days.count, .noMark)
    }
  }
}
