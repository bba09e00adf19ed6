import Registers

/// The registers of a school whose system writes a week of marks as one string, a file for each half-term.
struct WeekTable {
  let plan: SchoolPlan
  let pupils: [SamplePupil]
  let seed: UInt64

  private static let header = ["School", "WeekStart", "UPN", "WeekMarks"]

  func files(of rows: [RegisterRow]) -> [ExportedFile] {
    var weeks = WeekRow.weeks(of: rows, calendar: plan.calendar)
    for place in weeks.indices { weeks[place].setSubcodes(plan: plan, pupils: pupils, seed: seed) }
    if plan.hasDirtyRows {
      var dirt = WeekDirt(plan: plan, seed: seed)
      dirt.apply(to: &weeks)
    }
    return plan.calendar.halfTerms.enumerated().map { position, halfTerm in
      let words = halfTerm.name.rawValue.lowercased().split(separator: " ").joined(separator: "-")
      return file(named: "register-\(words).csv", weeks.filter { $0.halfTerm == position })
    }
  }

  private func file(named name: String, _ weeks: [WeekRow]) -> ExportedFile {
    var bytes: [UInt8] = []
    bytes.append(row: WeekTable.header, end: plan.style.lineEnd)
    for week in weeks {
      let fields = fields(of: week)
      // A ragged row breaks off before its marks.
      let isRagged = week.dirt.contains(.tooFewFields)
      bytes.append(row: isRagged ? Array(fields.dropLast()) : fields, end: plan.style.lineEnd)
    }
    let dirt = weeks.enumerated().flatMap { position, week in
      week.dirt.map { ExportedFile.Place(row: position + 2, kind: $0) }
    }
    return ExportedFile(name: name, content: .text(plan.style.encoding.bytes(bytes)), dirt: dirt)
  }

  private func fields(of week: WeekRow) -> [String] {
    let date = week.impossibleDate.map { "2025-\($0.month)-\($0.day)" } ?? week.monday.iso
    let marks = week.marks.map(MarkCharacters.character).joined()
    return [plan.name, date, pupils[week.pupil].upn, marks]
  }
}
