import Registers

/// A generator of the marks of a school, one pupil at a time.
///
/// Later steps replace the marks of earlier steps: the pupil's absences, then leave, activities and
/// arrangements, then closures, and last the dates of enrolment.
struct MarkGenerator {
  let plan: SchoolPlan
  let calendar: SampleCalendar
  let rates: PhaseRates
  let events: SchoolEvents
  private let seed: UInt64
  /// For each day, the factor of the pupil's probability of illness, as a percentage.
  private let illnessPercents: [Int]
  /// For each day, the factor of the pupil's probability of a spell of absence, as a percentage.
  private let spellPercents: [Int]
  /// The marks of the pupil for whom `generate(for:)` was last called.
  var marks: SessionMarks

  init(plan: SchoolPlan, seed: UInt64) {
    self.plan = plan
    self.seed = seed
    calendar = plan.calendar
    rates = PhaseRates.of(plan.phase)
    events = SchoolEvents(of: plan, seed: seed)
    spellPercents = calendar.days.map { MarkGenerator.weekdayPercent($0.weekday) }
    illnessPercents = zip(calendar.days, spellPercents).map {
      MarkGenerator.monthPercent($0.date.month) * $1 / 100
    }
    marks = SessionMarks(days: calendar.days.count)
  }

  /// Generates the marks of a pupil in `marks`.
  mutating func generate(for pupil: SamplePupil) {
    var random = SplitMix64(seed: seed, school: plan.number, pupil: pupil.number, for: .marks)
    marks.reset()
    let propensity = AbsencePropensity(of: pupil, rates: rates, using: &random)
    addAbsences(propensity, using: &random)
    addLeave(of: pupil, using: &random)
    addActivities(of: pupil, using: &random)
    addArrangements(of: pupil, using: &random)
    addNotRequiredSessions(of: pupil)
    addUnexplainedAbsences(using: &random)
    addClosures(using: &random)
    removeMarksOutsideEnrolment(of: pupil)
  }

  /// Returns the factor for illness in a month, as a percentage. It is highest before Christmas.
  private static func monthPercent(_ month: Int) -> Int {
    switch month {
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

  /// Returns the factor for absence that begins on a weekday, as a percentage.
  ///
  /// Illness that began at a weekend starts on Monday in the register, and absence is high on Fridays.
  private static func weekdayPercent(_ weekday: Weekday) -> Int {
    switch weekday {
    case .monday: 150
    case .tuesday: 84
    case .wednesday: 80
    case .thursday: 88
    case .friday: 150
    case .saturday, .sunday: 0
    }
  }

  private mutating func addAbsences(_ propensity: AbsencePropensity, using random: inout SplitMix64) {
    var daysOfIllnessLeft = 0
    var spell: AttendanceCode?
    for day in calendar.days.indices {
      // Many illnesses end during a weekend or a holiday.
      if calendar.isAfterBreak[day], random.bool(percent: 50) { daysOfIllnessLeft = 0 }
      if daysOfIllnessLeft > 0 {
        daysOfIllnessLeft -= 1
        marks.set(day: day, .illness)
      } else if let code = spell {
        marks.set(day: day, code)
        if !random.bool(per100000: propensity.spellContinuation) { spell = nil }
      } else if random.bool(per100000: propensity.illness * illnessPercents[day] / 100) {
        daysOfIllnessLeft = [0, 1, 2, 3, 4, 7][random.index(weights: [40, 29, 15, 8, 6, 2])]
        startAbsence(.illness, on: day, atMiddayPercent: 12, using: &random)
      } else if random.bool(per100000: propensity.spell * spellPercents[day] / 100) {
        let code: AttendanceCode =
          random.bool(percent: rates.spellAsIllnessPercent) ? .illness : .otherUnauthorised
        startAbsence(code, on: day, atMiddayPercent: 18, using: &random)
        if random.bool(per100000: propensity.spellContinuation) { spell = code }
      } else if random.bool(per100000: rates.medicalAppointment) {
        marks.set(day * 2 + random.integer(below: 2), .medical)
      } else {
        addLateness(propensity.lateness, on: day, using: &random)
      }
    }
  }

  private mutating func startAbsence(
    _ code: AttendanceCode, on day: Int, atMiddayPercent: Int, using random: inout SplitMix64
  ) {
    if random.bool(percent: atMiddayPercent) {
      marks.set(day * 2 + 1, code)
    } else {
      marks.set(day: day, code)
    }
  }

  private mutating func addLateness(_ lateness: Int, on day: Int, using random: inout SplitMix64) {
    for half in 0..<2 where random.bool(per100000: half == 0 ? lateness : lateness / 7) {
      let isRecorded = random.bool(percent: rates.minutesRecordedPercent)
      if half == 0, random.bool(percent: rates.lateAfterClosePercent) {
        let minutes = isRecorded ? random.integer(in: 31...115) : 0
        marks.set(day * 2, .lateAfterClose, minutesLate: minutes)
      } else {
        // The smaller of two draws makes short lateness more common.
        let minutes = min(random.integer(in: 1...29), random.integer(in: 1...29))
        marks.set(day * 2 + half, .lateBeforeClose, minutesLate: isRecorded ? minutes : 0)
      }
    }
  }

  /// Changes absences to `N`, no reason established: many in the last five school days, and a few before.
  private mutating func addUnexplainedAbsences(using random: inout SplitMix64) {
    let isUnexplained = { (code: AttendanceCode) in code == .otherUnauthorised || code == .illness }
    for day in calendar.days.indices where isUnexplained(marks.codes[day * 2]) {
      if random.bool(percent: day >= calendar.days.count - 5 ? 30 : 1) {
        marks.set(days: day..<day + 1, .reasonNotEstablished, where: isUnexplained)
      }
    }
  }

  private mutating func removeMarksOutsideEnrolment(of pupil: SamplePupil) {
    for (index, day) in calendar.days.enumerated() where !pupil.isOnRoll(on: day) {
      let isWeekBeforeAdmission = pupil.admissionDate - 7 <= day && day < pupil.admissionDate
      let hasMark = isWeekBeforeAdmission && pupil.arrangements.contains(.marksBeforeAdmission)
      marks.set(day: index, hasMark ? .notYetOnRegister : .noMark)
    }
    if pupil.arrangements.contains(.withoutMarks) { marks.set(days: calendar.days.indices, .noMark) }
    if pupil.arrangements.contains(.missingFromPupilFile) {
      marks.set(days: min(5, calendar.days.count)..<calendar.days.count, .noMark)
    }
  }
}

/// The marks of one pupil for every session of a school's calendar: two for each day, morning first.
///
/// `noMark` indicates a session for which the export has no row.
struct SessionMarks {
  private(set) var codes: [AttendanceCode]
  /// The minutes late in each session, or 0 where the export has none.
  private(set) var minutesLate: [UInt8]

  init(days: Int) {
    codes = [AttendanceCode](repeating: .noMark, count: days * 2)
    minutesLate = [UInt8](repeating: 0, count: days * 2)
  }

  /// Marks the pupil as present in every session.
  mutating func reset() {
    for index in codes.indices {
      codes[index] = index % 2 == 0 ? .presentMorning : .presentAfternoon
      minutesLate[index] = 0
    }
  }

  func isPresent(_ index: Int) -> Bool {
    codes[index] == .presentMorning || codes[index] == .presentAfternoon
  }

  mutating func set(_ index: Int, _ code: AttendanceCode, minutesLate minutes: Int = 0) {
    codes[index] = code
    minutesLate[index] = UInt8(truncatingIfNeeded: minutes)
  }

  mutating func set(day: Int, _ code: AttendanceCode) { set(days: day..<day + 1, code) }

  /// Sets the sessions of `days` with a replaceable code, and ignores days after the end of the calendar.
  mutating func set(
    days: Range<Int>, _ code: AttendanceCode, where isReplaceable: (AttendanceCode) -> Bool = { _ in true }
  ) {
    for index in (days.lowerBound * 2..<days.upperBound * 2).clamped(to: codes.indices)
    where isReplaceable(codes[index]) {
      set(index, code)
    }
  }
}
