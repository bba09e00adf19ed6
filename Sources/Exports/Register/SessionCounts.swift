import Registers

/// The number of pupils with a mark of attendance, and of pupils on roll, on each day of a school year.
///
/// A mark of attendance is any but `#`, `Z` and a missing mark. Pupils without such a mark all year do not count, and
/// guests do not.
struct SessionCounts {
  /// The number of pupils with a mark of attendance, for each half-day of the year.
  private(set) var marked = [Int](repeating: 0, count: MarkGrid.width)
  /// The number of pupils with a mark of attendance on a day, for each day of the year.
  private(set) var markedOnDay = [Int](repeating: 0, count: MarkGrid.width / 2)
  /// The number of pupils on roll, for each day of the year.
  private(set) var onRoll = [Int](repeating: 0, count: MarkGrid.width / 2)

  init(_ sheet: MarkGrid.Sheet, pupils: [Pupil]) {
    let codes = CodeSet.inSchoolTime
    let first = sheet.day(ofSlot: 0)
    for (pupil, start) in stride(from: 0, to: sheet.marks.count, by: MarkGrid.width).enumerated()
    where pupil < pupils.count && pupils[pupil].enrolment != .guest {
      var hasMark = false
      for day in markedOnDay.indices {
        let morning = codes.contains(raw: sheet.marks[start + 2 * day])
        let afternoon = codes.contains(raw: sheet.marks[start + 2 * day + 1])
        if morning { marked[2 * day] += 1 }
        if afternoon { marked[2 * day + 1] += 1 }
        guard morning || afternoon else { continue }
        markedOnDay[day] += 1
        hasMark = true
      }
      guard hasMark else { continue }
      for spell in pupils[pupil].spells {
        let from = max(0, spell.first.map { $0 - first } ?? 0)
        let to = min(onRoll.count - 1, spell.last.map { $0 - first } ?? .max)
        if from <= to { for day in from...to { onRoll[day] += 1 } }
      }
    }
  }

  /// Returns whether a half-day is in school time: at least a tenth of the pupils on roll, and at least 3 of them, have a
  /// mark of attendance; where fewer than 3 are on roll, all of them.
  func isInSchoolTime(_ slot: Int) -> Bool {
    let pupils = onRoll[slot / 2]
    return marked[slot] > 0 && marked[slot] >= min(pupils, max(3, (pupils + 9) / 10))
  }

  /// The last day, counted from 0, on which at least half of the pupils on roll have a mark of attendance, or `nil` if
  /// there is no mark. If pupils attend on different days, half of the most pupils of any day are enough.
  var lastDay: Int? {
    let mostPupils = markedOnDay.max() ?? 0
    return markedOnDay.indices.last { markedOnDay[$0] > 0 && 2 * markedOnDay[$0] >= onRoll[$0] }
      ?? markedOnDay.indices.last { markedOnDay[$0] > 0 && 2 * markedOnDay[$0] >= mostPupils }
  }
}

extension RegisterBuilder {
  /// Decides which sessions of each school year are in school time.
  func findSchoolTime() {
    for sheet in grid.sheets {
      let counts = SessionCounts(sheet, pupils: pupils)
      schoolTime[sheet.year] = sheet.hasRow.indices.map(counts.isInSchoolTime)
    }
  }

  func isInSchoolTime(slot: Int, of year: SchoolYear) -> Bool { schoolTime[year]?[slot] ?? false }

  /// Returns whether a session is not in school time.
  func isOutsideSchoolTime(_ session: Session) -> Bool {
    let year = SchoolYear(containing: session.day)
    let slot = session.number - Session(year.firstDay, .morning).number
    return !isInSchoolTime(slot: Int(slot), of: year)
  }

  /// Sets the last day on roll of leavers whose file gives none: the day of their last mark of attendance.
  func endLeavers() {
    let codes = CodeSet.inSchoolTime
    for pupil in pupils.indices where pupils[pupil].enrolment == .leaver && pupils[pupil].left == nil {
      leaversWithoutDate += 1
      let start = pupil * MarkGrid.width
      let days = grid.sheets.compactMap { sheet -> Day? in
        guard start + MarkGrid.width <= sheet.marks.count else { return nil }
        return (0..<MarkGrid.width).last { codes.contains(raw: sheet.marks[start + $0]) }.map(sheet.day)
      }
      if let last = days.max() { setLeaving(last, of: pupil) }
    }
  }
}
