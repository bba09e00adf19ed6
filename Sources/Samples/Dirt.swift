import Registers

/// The spoiling of a few rows of a showcase register.
struct Dirt {
  private let plan: SchoolPlan
  private let pupils: [SamplePupil]
  private var stream: SplitMix64

  init(plan: SchoolPlan, pupils: [SamplePupil], seed: UInt64) {
    self.plan = plan
    self.pupils = pupils
    self.stream = SplitMix64(seed: seed, plan.number, -1, 6)
  }

  mutating func apply(to rows: inout [RegisterRow]) {
    for (kind, count) in share {
      for _ in 0..<count { spoil(&rows, kind) }
    }
  }

  /// How many rows of each kind a school gets: no school has them all.
  private var share: [(DirtyRow.Kind, Int)] {
    switch plan.style {
    case .sims:
      [
        (.unknownCode, 3), (.retiredHoliday, 4), (.minutesNoNumber, 2), (.minutesOnPresent, 2),
        (.blankMark, 3),
        (.tooFewFields, 2), (.impossibleDate, 1), (.secondMark, 2), (.duplicate, 3),
      ]
    // What is wrong with a whole week is done by `WeekDirt`.
    case .weekStrings: [(.unknownCode, 1), (.retiredInterview, 3), (.afterLeaving, 1), (.blankMark, 2)]
    // A percentage that is wrong is put in by `RegisterBook`.
    case .registerBook: [(.unknownCode, 2), (.blankMark, 1), (.retiredInterview, 1)]
    case .wonde:
      [
        (.afterLeaving, 1), (.secondMark, 2), (.blankMark, 2), (.retiredInterview, 1), (.duplicate, 2),
        (.unknownCodeID, 1),
      ]
    case .plain: []
    }
  }

  private mutating func spoil(_ rows: inout [RegisterRow], _ kind: DirtyRow.Kind) {
    switch kind {
    case .unknownCode: change(&rows, kind) { $0.mark = "?" }
    case .unknownCodeID: change(&rows, kind) { _ in }
    case .retiredHoliday: change(&rows, kind) { $0.mark = AttendanceCode.retiredFamilyHoliday.mark }
    case .retiredInterview: change(&rows, kind) { $0.mark = AttendanceCode.retiredInterview.mark }
    case .blankMark: change(&rows, kind) { $0.mark = "" }
    case .tooFewFields: change(&rows, kind) { _ in }
    case .minutesOnPresent: change(&rows, kind) { $0.minutes = "5" }
    case .minutesNoNumber:
      change(&rows, kind, where: { $0.mark == AttendanceCode.lateBeforeClose.mark }) { $0.minutes = "abc" }
    case .impossibleDate:
      repeatRow(&rows, kind, where: { $0.session.day.date.month == 11 }) {
        $0.impossibleDate = (month: 11, day: 31)
      }
    case .duplicate: repeatRow(&rows, kind) { _ in }
    case .secondMark: repeatRow(&rows, kind) { $0.mark = AttendanceCode.illness.mark }
    case .afterLeaving: markAfterLeaving(&rows)
    // Pupils who are put on the roll, a whole week, and a figure.
    case .pupilNotInPupilFile, .pupilWithoutMarks, .wrongLength, .wrongPercentage: break
    }
  }

  /// Changes a row in its place.
  private mutating func change(
    _ rows: inout [RegisterRow], _ kind: DirtyRow.Kind,
    where fits: (RegisterRow) -> Bool = { $0.mark == "/" || $0.mark == "\\" },
    _ change: (inout RegisterRow) -> Void
  ) {
    guard let position = anyRow(of: rows, where: fits) else { return }
    change(&rows[position])
    rows[position].dirt = kind
  }

  /// Writes a row a second time, after itself, and changes the second one.
  private mutating func repeatRow(
    _ rows: inout [RegisterRow], _ kind: DirtyRow.Kind,
    where fits: (RegisterRow) -> Bool = { $0.mark == "/" || $0.mark == "\\" },
    _ change: (inout RegisterRow) -> Void
  ) {
    guard let position = anyRow(of: rows, where: fits) else { return }
    var row = rows[position]
    change(&row)
    row.dirt = kind
    rows.insert(row, at: position + 1)
  }

  /// A leaver whom somebody went on marking for three days.
  private mutating func markAfterLeaving(_ rows: inout [RegisterRow]) {
    let days = plan.calendar.days
    let leaver = pupils.indices.first {
      guard let left = pupils[$0].left, let last = days.last else { return false }
      return last - left > 10
    }
    guard let leaver, let left = pupils[leaver].left, let end = rows.lastIndex(where: { $0.pupil == leaver })
    else { return }
    let after = days.indices.filter { days[$0] > left }.prefix(3)
    let added = after.flatMap { day in
      DayHalf.allCases.map { half in
        RegisterRow(
          pupil: leaver, session: Session(days[day], half), halfTerm: plan.calendar.halfTermOfDay[day],
          mark: AttendanceCode.otherUnauthorised.mark, dirt: .afterLeaving)
      }
    }
    rows.insert(contentsOf: added, at: end + 1)
  }

  /// The position of a clean row that fits. Missing: nil when a thousand draws found none.
  private mutating func anyRow(of rows: [RegisterRow], where fits: (RegisterRow) -> Bool) -> Int? {
    for _ in 0..<1000 {
      let position = stream.below(rows.count)
      // A neighbour that is dirty too would make "the row before" ambiguous.
      let isClean = rows[max(0, position - 1)...min(rows.count - 1, position + 1)].allSatisfy {
        $0.dirt == nil
      }
      if !rows.isEmpty, isClean, fits(rows[position]) { return position }
    }
    return nil
  }
}
