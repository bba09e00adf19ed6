import Registers

/// A pupil's week of a showcase register, before it is written as a string of marks.
struct WeekRow {
  /// The position of the pupil on the roll.
  let pupil: Int
  let monday: Day
  let halfTerm: Int
  /// One for each session from Monday morning on: `-` where the pupil has none, `#` where school was closed.
  var marks: [String]
  /// A date that is no date, in place of Monday's. Missing: nil.
  var impossibleDate: (month: Int, day: Int)?
  var dirt: [DirtyRow.Kind] = []
}

extension WeekRow {
  /// The weeks of a school by date and then by pupil; no pupil has a week without a row.
  static func weeks(of rows: [RegisterRow], calendar: SampleCalendar) -> [WeekRow] {
    let open = Set(calendar.days)
    var weeks: [WeekRow] = []
    for row in rows {
      let monday = row.session.day.monday
      if weeks.last?.pupil != row.pupil || weeks.last?.monday != monday {
        weeks.append(WeekRow(pupil: row.pupil, monday: monday, halfTerm: row.halfTerm, open: open, calendar))
      }
      weeks[weeks.count - 1].set(row)
    }
    return weeks.sorted { ($0.monday, $0.pupil) < ($1.monday, $1.pupil) }
  }

  private init(pupil: Int, monday: Day, halfTerm: Int, open: Set<Day>, _ calendar: SampleCalendar) {
    self.pupil = pupil
    self.monday = monday
    self.halfTerm = halfTerm
    // The last week may not have ended; its string is cut short.
    let days = (0..<5).map { monday + $0 }.filter { $0 <= calendar.until }
    marks = days.flatMap { day in
      let mark = open.contains(day) ? AttendanceCode.noMark.mark : AttendanceCode.plannedClosure.mark
      return [mark, mark]
    }
  }

  private mutating func set(_ row: RegisterRow) {
    marks[(row.session.day - monday) * 2 + row.session.half.rawValue] = row.mark
    if let kind = row.dirt, !dirt.contains(kind) { dirt.append(kind) }
  }

  /// Two sorts of illness that this school tells apart by subcodes.
  mutating func setSubcodes(plan: SchoolPlan, pupils: [SamplePupil], seed: UInt64) {
    var stream = SplitMix64(seed: seed, plan.number, pupils[pupil].number, 7, Int(monday.number))
    let subcode = stream.percent(8) ? "I02" : stream.percent(10) ? "I01" : ""
    guard !subcode.isEmpty else { return }
    for place in marks.indices where marks[place] == AttendanceCode.illness.mark { marks[place] = subcode }
  }
}
