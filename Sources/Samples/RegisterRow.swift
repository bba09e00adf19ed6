import Registers

/// A row of a showcase register before a style has written it; dirt is done to rows of this shape.
struct RegisterRow {
  /// The position of the pupil on the roll.
  let pupil: Int
  let session: Session
  /// The half-term's position, which some systems make a file of.
  let halfTerm: Int
  var mark: String
  /// Missing: empty.
  var minutes = ""
  /// Missing: empty.
  var comment = ""
  /// A date that is no date, in place of the session's. Missing: nil.
  var impossibleDate: (month: Int, day: Int)?
  var dirt: DirtyRow.Kind?
}

/// The rows of one showcase school, by pupil and then by session.
struct RegisterRows {
  private(set) var rows: [RegisterRow] = []

  init(of plan: SchoolPlan, pupils: [SamplePupil], seed: UInt64) {
    var maker = MarkMaker(plan: plan, seed: seed)
    for (position, pupil) in pupils.enumerated() {
      maker.make(for: pupil)
      if plan.writesClosures { append(closuresOf: plan, position: position, pupil: pupil) }
      append(maker.row, of: position, pupil: pupil, plan: plan, seed: seed)
    }
    if plan.writesClosures { rows.sort { ($0.pupil, $0.session) < ($1.pupil, $1.session) } }
    guard plan.hasDirtyRows else { return }
    var dirt = Dirt(plan: plan, pupils: pupils, seed: seed)
    dirt.apply(to: &rows)
  }

  private mutating func append(
    _ marks: MarkRow, of position: Int, pupil: SamplePupil, plan: SchoolPlan, seed: UInt64
  ) {
    var stream = SplitMix64(seed: seed, plan.number, pupil.number, 5)
    let days = plan.calendar.days
    for index in marks.codes.indices where marks.codes[index] != .noMark {
      let code = marks.codes[index]
      let late = marks.minutes[index]
      var row = RegisterRow(
        pupil: position, session: Session(days[index / 2], index % 2 == 0 ? .morning : .afternoon),
        halfTerm: plan.calendar.halfTermOfDay[index / 2], mark: code.mark)
      row.minutes = late > 0 ? String(late) : ""
      row.comment = Comments.comment(on: code, style: plan.style, from: &stream)
      if pupil.arrangements.contains(.absentFromPupilFile) { row.dirt = .pupilNotInPupilFile }
      rows.append(row)
    }
  }

  private mutating func append(closuresOf plan: SchoolPlan, position: Int, pupil: SamplePupil) {
    guard pupil.arrangements.isDisjoint(with: [.withoutMarks, .absentFromPupilFile]) else { return }
    for day in plan.calendar.closures where pupil.isOnRoll(on: day) {
      for half in DayHalf.allCases {
        let halfTerm = plan.calendar.halfTerms.firstIndex { $0.contains(day) } ?? 0
        rows.append(
          RegisterRow(
            pupil: position, session: Session(day, half), halfTerm: halfTerm,
            mark: AttendanceCode.plannedClosure.mark))
      }
    }
  }
}
