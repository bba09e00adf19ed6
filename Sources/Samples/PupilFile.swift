import Registers

/// The pupil details of a school, as the system it imitates writes them.
struct PupilFile {
  private let plan: SchoolPlan
  private let columns: [PupilColumn]

  init(_ plan: SchoolPlan) {
    self.plan = plan
    columns = PupilColumns(plan.style).all
  }

  /// Where the file stands in the school's folder.
  static func name(_ style: ExportStyle) -> String {
    switch style {
    case .sims, .weekStrings, .plain: "pupils.csv"
    case .registerBook: "pupils.xlsx"
    case .wonde: "students.json"
    }
  }

  func file(of roll: [SamplePupil]) -> ExportedFile {
    let pupils = roll.filter { !$0.arrangements.contains(.absentFromPupilFile) }
    // A JSON file has no header row.
    let first = plan.style == .wonde ? 1 : 2
    let dirt = pupils.enumerated().filter { $0.element.arrangements.contains(.withoutMarks) }
      .map { ExportedFile.Place(row: $0.offset + first, kind: .pupilWithoutMarks) }
    return ExportedFile(name: PupilFile.name(plan.style), content: content(of: pupils), dirt: dirt)
  }

  private func content(of pupils: [SamplePupil]) -> ExportedFile.Content {
    switch plan.style {
    case .sims, .weekStrings, .plain: .text(table(of: pupils))
    case .registerBook: .workbook(book(of: pupils))
    case .wonde:
      .text(
        JSONText.file(
          of: pupils.map { pupil in
            JSONText.object(columns.map { ($0.name, JSONText($0.value(pupil))) })
          }))
    }
  }

  private func table(of pupils: [SamplePupil]) -> [UInt8] {
    let words = plan.style.pupilWords
    var bytes: [UInt8] = []
    bytes.append(row: columns.map(\.name), end: plan.style.lineEnd)
    for pupil in pupils {
      bytes.append(row: columns.map { words.text($0.value(pupil)) }, end: plan.style.lineEnd)
    }
    return plan.style.encoding.bytes(bytes)
  }

  /// One sheet with nothing above its header row, and dates that are dates.
  private func book(of pupils: [SamplePupil]) -> SheetBook {
    var sheet = Sheet(name: "Students")
    let words = plan.style.pupilWords
    for (place, column) in columns.enumerated() {
      sheet.write(.text(column.name), 0, place, .columnTitle)
      var width = column.name.count
      for (row, pupil) in pupils.enumerated() {
        switch column.value(pupil) {
        case .day(let day?):
          sheet.write(.day(day), row + 1, place, .date)
          width = max(width, 10)
        case let value:
          let text = words.text(value)
          // The system's own number is a number; an admission number keeps its zeros.
          let number = place == 0 ? Int(text) : nil
          sheet.write(number.map { .number(Double($0)) } ?? .text(text), row + 1, place, .plain)
          width = max(width, text.count)
        }
      }
      sheet.widths.append(.init(columns: place...place, characters: Double(width) + 2))
    }
    sheet.frozen = (row: 1, column: 0)
    return SheetBook(sheets: [sheet], made: plan.calendar.until)
  }
}
