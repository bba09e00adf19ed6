import Registers

/// The registers of a school with the marks of a week in one string, and a file for each half-term.
struct WeekRegister {
  let plan: SchoolPlan
  let pupils: [SamplePupil]
  let seed: UInt64

  private static let header = ["School", "WeekStart", "UPN", "WeekMarks"]

  /// The characters that replace codes of more than one character, with the codes.
  ///
  /// Each character is punctuation that is not a code. The characters differ between systems, so the trust
  /// file explains them.
  static let markCharacters = [
    ("(", "C2"), (")", "C1"), ("+", "J1"), (";", "I02"), ("=", "I01"), ("!", "Y1"), ("<", "Y2"), (">", "Y3"),
    ("^", "Y4"), ("$", "Y5"), ("~", "Y6"), ("_", "Y7"),
  ]

  private static let characterByMark = Dictionary(uniqueKeysWithValues: markCharacters.map { ($0.1, $0.0) })

  func files(of rows: [RegisterRow]) -> [ExportedFile] {
    var weeks = WeekRow.weeks(of: rows, calendar: plan.calendar)
    for index in weeks.indices { setIllnessSubcode(of: &weeks[index]) }
    if plan.hasSeededErrors {
      var corruption = RowCorruption(of: weeks, plan: plan, seed: seed, purpose: .styleErrors)
      corruption.corruptWeeks()
      weeks = corruption.rows
    }
    return plan.calendar.halfTerms.enumerated().map { index, halfTerm in
      let name = halfTerm.name.rawValue.lowercased().split(separator: " ").joined(separator: "-")
      return file(named: "register-\(name).csv", of: weeks.filter { $0.halfTerm == index })
    }
  }

  /// Replaces `I` in some weeks by one of two subcodes that the school uses.
  private func setIllnessSubcode(of week: inout WeekRow) {
    var random = SplitMix64(
      seed: seed, school: plan.number, pupil: pupils[week.pupil].number, for: .illnessSubcodes,
      week: Int(week.monday.number))
    let subcode = random.bool(percent: 8) ? "I02" : random.bool(percent: 10) ? "I01" : nil
    guard let subcode else { return }
    for index in week.marks.indices where week.marks[index] == AttendanceCode.illness.mark {
      week.marks[index] = subcode
    }
  }

  private func file(named name: String, of weeks: [WeekRow]) -> ExportedFile {
    var bytes: [UInt8] = []
    bytes.append(row: WeekRegister.header, end: plan.style.lineEnd)
    for week in weeks {
      let date = week.impossibleDate.map { "2025-\($0.month)-\($0.day)" } ?? week.monday.iso
      let marks = week.marks.map(WeekRegister.character).joined()
      let fields = [plan.name, date, pupils[week.pupil].upn, marks]
      let isTruncated = week.errors.contains(.tooFewFields)
      bytes.append(row: isTruncated ? fields.dropLast() : fields, end: plan.style.lineEnd)
    }
    return ExportedFile(
      name: name, content: .text(plan.style.encoding.encoded(bytes)), errors: weeks.seededErrors(firstRow: 2))
  }

  /// Returns the character of a mark, or `-` for a blank mark.
  private static func character(of mark: String) -> String {
    mark.isEmpty ? AttendanceCode.noMark.mark : characterByMark[mark] ?? mark
  }
}

/// A pupil's week in a showcase register, before the marks are joined to one string.
struct WeekRow: CorruptibleRow {
  /// The index of the pupil in the roster.
  let pupil: Int
  let monday: Day
  /// The index of the half-term in the calendar.
  let halfTerm: Int
  /// The marks of the sessions from Monday morning: `-` if the pupil has none, `#` if the school was closed.
  var marks: [String]
  /// An invalid date that the export contains instead of Monday's.
  var impossibleDate: (month: Int, day: Int)?
  var errors: [SeededError.Kind] = []

  var isPresent: Bool { marks.first == AttendanceCode.presentMorning.mark }

  /// Returns the weeks of a school by date and then by pupil, without weeks in which a pupil has no row.
  static func weeks(of rows: [RegisterRow], calendar: SampleCalendar) -> [WeekRow] {
    let openDays = Set(calendar.days)
    var weeks: [WeekRow] = []
    for row in rows {
      let monday = row.session.day.monday
      if weeks.last?.pupil != row.pupil || weeks.last?.monday != monday {
        // The last week can be incomplete, in which case its string is shorter.
        let days = (0..<5).map { monday + $0 }.filter { $0 <= calendar.until }
        let marks = days.flatMap { day in
          let code = openDays.contains(day) ? AttendanceCode.noMark : .plannedClosure
          return [code.mark, code.mark]
        }
        weeks.append(WeekRow(pupil: row.pupil, monday: monday, halfTerm: row.halfTerm, marks: marks))
      }
      weeks[weeks.count - 1].set(row)
    }
    return weeks.sorted { ($0.monday, $0.pupil) < ($1.monday, $1.pupil) }
  }

  private mutating func set(_ row: RegisterRow) {
    marks[(row.session.day - monday) * 2 + row.session.half.rawValue] = row.mark
    for kind in row.errors where !errors.contains(kind) { errors.append(kind) }
  }
}
