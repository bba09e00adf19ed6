import Registers

/// The registers of a school as its office prints them: a workbook with a sheet for each class.
struct RegisterWorkbook {
  let plan: SchoolPlan
  let pupils: [SamplePupil]
  let seed: UInt64

  func files(of rows: [RegisterRow]) -> [ExportedFile] {
    let rowsByPupil = Dictionary(grouping: rows, by: \.pupil)
    let pupilWithError = pupilWithWrongPercentage(rowsByPupil)
    var sheets: [SampleSheet] = []
    var errors: [SeededError] = []
    for form in forms {
      let indices = pupils.indices.filter { pupils[$0].form == form && rowsByPupil[$0] != nil }.sorted {
        let (one, other) = (pupils[$0].name, pupils[$1].name)
        return (one.surname, one.forename, $0) < (other.surname, other.forename, $1)
      }
      guard !indices.isEmpty else { continue }
      sheets.append(
        ClassSheet(
          plan: plan, form: form, pupils: indices.map { pupils[$0] },
          marks: indices.map { index in
            Dictionary((rowsByPupil[index] ?? []).map { ($0.session, $0.mark) }) { _, later in later }
          },
          wrongPercentage: indices.firstIndex { $0 == pupilWithError }
        ).makeSheet())
      for (offset, index) in indices.enumerated() {
        var kinds = (rowsByPupil[index] ?? []).flatMap(\.errors)
        if index == pupilWithError { kinds.append(.wrongPercentage) }
        for kind in SeededError.Kind.allCases where kinds.contains(kind) {
          errors.append(SeededError(sheet: form, row: ClassSheet.firstPupilRow + offset + 1, kind: kind))
        }
      }
    }
    let workbook = SampleWorkbook(sheets: sheets + [codeSheet], creationDate: plan.calendar.until)
    return [ExportedFile(name: "registers-2025-26.xlsx", content: .workbook(workbook), errors: errors)]
  }

  /// The registration groups in the order of the roster.
  private var forms: [String] {
    pupils.map(\.form).reduce(into: []) { forms, form in if !forms.contains(form) { forms.append(form) } }
  }

  /// Returns the index of a random pupil without other errors, or `nil` if the school has no seeded errors.
  private func pupilWithWrongPercentage(_ rows: [Int: [RegisterRow]]) -> Int? {
    guard plan.hasSeededErrors else { return nil }
    var random = SplitMix64(seed: seed, school: plan.number, for: .styleErrors)
    let candidates = rows.filter { $0.value.count > 100 && $0.value.allSatisfy(\.errors.isEmpty) }
    return candidates.isEmpty ? nil : random.element(of: candidates.keys.sorted())
  }

  private var codeSheet: SampleSheet {
    var sheet = SampleSheet(name: "Codes")
    sheet.write(.text("Attendance codes"), 0, 0, .title)
    for (column, title) in ["Code", "Meaning", "Counts as"].enumerated() {
      sheet.write(.text(title), 2, column, .columnTitle)
    }
    for (index, code) in AttendanceCode.allCases.filter({ $0 != .noMark }).enumerated() {
      sheet.write(.text(code.mark), index + 3, 0)
      sheet.write(.text(code.meaning), index + 3, 1)
      sheet.write(.text(RegisterWorkbook.label(of: code.statisticalClass)), index + 3, 2)
    }
    sheet.setWidths([8, 72, 32])
    return sheet
  }

  private static func label(of statisticalClass: StatisticalClass) -> String {
    switch statisticalClass {
    case .present: "Present"
    case .approvedEducationalActivity: "Approved educational activity"
    case .authorised: "Authorised absence"
    case .unauthorised: "Unauthorised absence"
    case .notPossible: "Not a possible attendance"
    case .notCollected: "Not counted"
    case .missing: "No mark"
    }
  }
}

/// The printed register of one class: a row for each pupil, two columns for each day.
struct ClassSheet {
  static let firstPupilRow = 7

  private static let pupilTitles = ["Student ID", "UPN", "Name", "Year", "Form"]
  private static let dateRow = 5
  private static let titleRow = 6
  private static let weeksPerPage = 4
  private static let firstMarkColumn = pupilTitles.count

  private let plan: SchoolPlan
  private let form: String
  /// The pupils of the class with marks, by name.
  private let pupils: [SamplePupil]
  /// For each element of `pupils`, the marks by session.
  private let marks: [[Session: String]]
  /// The index of the pupil with a deliberately wrong percentage, if it is in this class.
  private let wrongPercentage: Int?
  /// The dates of the sheet, training days included.
  private let days: [Day]
  /// The column of the percentages, after the columns of the marks.
  private let percentageColumn: Int
  private var sheet: SampleSheet

  init(
    plan: SchoolPlan, form: String, pupils: [SamplePupil], marks: [[Session: String]], wrongPercentage: Int?
  ) {
    self.plan = plan
    self.form = form
    self.pupils = pupils
    self.marks = marks
    self.wrongPercentage = wrongPercentage
    days = (plan.calendar.days + plan.calendar.trainingDays).sorted()
    percentageColumn = ClassSheet.firstMarkColumn + days.count * 2
    sheet = SampleSheet(name: form)
  }

  consuming func makeSheet() -> SampleSheet {
    writeTitles()
    writeHeader()
    for index in pupils.indices { writePupil(index) }
    let totalRow = ClassSheet.firstPupilRow + pupils.count
    writeTotal("Present", of: .attendance, row: totalRow)
    writeTotal("Absent", of: .absence, row: totalRow + 1)
    writeKey(row: totalRow + 3)
    sheet.setWidths([11, 16, 26, 9, 9])
    sheet.setWidth(2.9, of: ClassSheet.firstMarkColumn...percentageColumn - 1)
    sheet.setWidth(7, of: percentageColumn...percentageColumn)
    sheet.frozenCell = (row: ClassSheet.firstPupilRow, column: ClassSheet.firstMarkColumn)
    return sheet
  }

  private mutating func writeTitles() {
    let first = DateStyle.dayFirst.formatted(SampleCalendar.firstDay.monday)
    let last = DateStyle.dayFirst.formatted(plan.calendar.until)
    sheet.write(.text(plan.name), 0, 0, .title)
    sheet.write(.text("Class register: \(form)"), 1, 0)
    sheet.write(.text("Registers from \(first) to \(last)"), 2, 0)
    sheet.write(.text("Printed on \(last)"), 3, 0)
  }

  private mutating func writeHeader() {
    for (column, title) in ClassSheet.pupilTitles.enumerated() {
      sheet.write(.text(""), ClassSheet.dateRow, column, .columnTitle)
      sheet.write(.text(title), ClassSheet.titleRow, column, .columnTitle)
    }
    var weeksOnPage = 0
    for (index, day) in days.enumerated() {
      let column = ClassSheet.firstMarkColumn + index * 2
      let startsWeek = startsWeek(index)
      if startsWeek {
        let isAfterHoliday = index > 0 && day - days[index - 1] > 7
        let startsPage = isAfterHoliday || weeksOnPage == ClassSheet.weeksPerPage
        weeksOnPage = startsPage ? 1 : weeksOnPage + 1
        if startsPage { sheet.pageBreakColumns.append(column) }
      }
      sheet.writeMerged(day, ClassSheet.dateRow, column, startsWeek: startsWeek)
      for half in DayHalf.allCases {
        writeMarkCell(.text(half.name), ClassSheet.titleRow, index, half, .halfTitle)
      }
    }
    sheet.write(.text(""), ClassSheet.dateRow, percentageColumn, .columnTitle, startsWeek: true)
    sheet.write(.text("% Att"), ClassSheet.titleRow, percentageColumn, .columnTitle, startsWeek: true)
  }

  private mutating func writePupil(_ index: Int) {
    let pupil = pupils[index]
    let row = ClassSheet.firstPupilRow + index
    let name = "\(pupil.name.surname), \(pupil.name.forename)"
    sheet.write(.number(Double(pupil.systemID)), row, 0, .pupil)
    for (offset, text) in [pupil.upn, name, plan.style.yearLabel(pupil.year), pupil.form].enumerated() {
      sheet.write(.text(text), row, offset + 1, .pupil)
    }
    for (dayIndex, day) in days.enumerated() {
      for half in DayHalf.allCases {
        let mark = marks[index][Session(day, half)]
        writeMarkCell(.text(mark ?? ""), row, dayIndex, half, ClassSheet.style(of: mark))
      }
    }
    let percentage = attendancePerThousand(of: index).map { value in
      SampleSheet.Value.number(Double(index == wrongPercentage ? abs(value - 43) : value) / 10)
    }
    sheet.write(percentage ?? .text(""), row, percentageColumn, .percentage, startsWeek: true)
  }

  private mutating func writeTotal(_ title: String, of codes: CodeSet, row: Int) {
    for column in 0..<ClassSheet.firstMarkColumn {
      sheet.write(.text(column == 2 ? title : ""), row, column, .totalTitle)
    }
    for (index, day) in days.enumerated() {
      for half in DayHalf.allCases {
        let count = marks.count { marks in
          marks[Session(day, half)].flatMap(AttendanceCode.init(mark:)).map(codes.contains) ?? false
        }
        writeMarkCell(.number(Double(count)), row, index, half, .total)
      }
    }
  }

  /// Writes the codes of the sheet with their meanings.
  private mutating func writeKey(row: Int) {
    sheet.write(.text("Key"), row, 0, .title)
    let usedCodes = Set(marks.flatMap { $0.values.compactMap(AttendanceCode.init(mark:)) })
    let codes = AttendanceCode.allCases.filter { usedCodes.contains($0) && $0 != .noMark }
    for (index, code) in codes.enumerated() {
      sheet.write(.text(code.mark), row + 1 + index, 0)
      sheet.write(.text(code.meaning), row + 1 + index, 1)
    }
    sheet.write(.text("Present counts approved educational activity."), row + 1 + codes.count, 1)
  }

  /// Writes the cell of a session, with a thick line before it if it is the first of a week.
  private mutating func writeMarkCell(
    _ value: SampleSheet.Value, _ row: Int, _ dayIndex: Int, _ half: DayHalf, _ kind: SheetCellStyle.Kind
  ) {
    sheet.write(
      value, row, ClassSheet.firstMarkColumn + dayIndex * 2 + half.rawValue, kind,
      startsWeek: half == .morning && startsWeek(dayIndex))
  }

  private func startsWeek(_ index: Int) -> Bool {
    index == 0 || days[index].monday != days[index - 1].monday
  }

  /// Returns the attendance by the pupil's own marks, rounded half up to tenths of a per cent.
  ///
  /// - Returns: The attendance per thousand possible sessions, or `nil` if there are none.
  private func attendancePerThousand(of index: Int) -> Int? {
    let codes = marks[index].values.compactMap(AttendanceCode.init(mark:))
    let possible = codes.count(where: CodeSet.possible.contains)
    let attended = codes.count(where: CodeSet.attendance.contains)
    return possible == 0 ? nil : (2000 * attended + possible) / (2 * possible)
  }

  private static func style(of mark: String?) -> SheetCellStyle.Kind {
    guard let mark else { return .notOnRoll }
    guard let code = AttendanceCode(mark: mark) else { return .mark }
    if code == .plannedClosure { return .closed }
    if CodeSet.late.contains(code) { return .late }
    return CodeSet.absence.contains(code) ? .absence : .mark
  }
}
