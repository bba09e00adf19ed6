import Registers

/// The printed register of one class: a row for each pupil, two columns for each day.
struct ClassSheet {
  let plan: SchoolPlan
  /// The pupils of the class with a mark, by name.
  let pupils: [SamplePupil]
  /// The marks of each of the pupils, by session.
  let marks: [[Session: RegisterRow]]
  /// The pupil whose percentage is wrong on purpose. Missing: nil at most classes.
  let wrongPupil: Int?

  private static let pupilTitles = ["Student ID", "UPN", "Name", "Year", "Form"]
  private static let datesRow = 5
  private static let titlesRow = 6
  private static let weeksOnPage = 4
  static let firstPupilRow = 7

  private var firstMarkColumn: Int { ClassSheet.pupilTitles.count }
  private var days: [Day] { (plan.calendar.days + plan.calendar.closures).sorted() }

  func sheet() -> Sheet {
    var sheet = Sheet(name: pupils[0].form)
    let days = days
    writeTitles(on: &sheet)
    writeHeader(days, on: &sheet)
    for place in pupils.indices { writePupil(place, days, on: &sheet) }
    let foot = ClassSheet.firstPupilRow + pupils.count
    writeTotals(days, row: foot, on: &sheet)
    writeKey(row: foot + 3, on: &sheet)
    let last = firstMarkColumn + days.count * 2
    sheet.widths = [11, 16, 26, 9, 9].enumerated().map { Sheet.Widths(columns: $0...$0, characters: $1) }
    sheet.widths.append(Sheet.Widths(columns: firstMarkColumn...last - 1, characters: 2.9))
    sheet.widths.append(Sheet.Widths(columns: last...last, characters: 7))
    sheet.frozen = (row: ClassSheet.firstPupilRow, column: firstMarkColumn)
    return sheet
  }

  private func writeTitles(on sheet: inout Sheet) {
    let dates = DateStyle.dayFirst
    sheet.write(.text(plan.name), 0, 0, .title)
    sheet.write(.text("Class register: \(pupils[0].form)"), 1, 0)
    let first = SampleCalendar.firstDay.monday
    sheet.write(.text("Registers from \(dates.text(first)) to \(dates.text(plan.calendar.until))"), 2, 0)
    sheet.write(.text("Printed on \(dates.text(plan.calendar.until))"), 3, 0)
  }

  private func writeHeader(_ days: [Day], on sheet: inout Sheet) {
    for (column, title) in ClassSheet.pupilTitles.enumerated() {
      sheet.write(.text(""), ClassSheet.datesRow, column, .columnTitle)
      sheet.write(.text(title), ClassSheet.titlesRow, column, .columnTitle)
    }
    var weeks = 0
    for (place, day) in days.enumerated() {
      let column = firstMarkColumn + place * 2
      let startsWeek = startsWeek(place, days)
      if startsWeek {
        let startsHalfTerm = place > 0 && day - days[place - 1] > 7
        weeks = startsHalfTerm || weeks == ClassSheet.weeksOnPage ? 1 : weeks + 1
        if weeks == 1, place > 0 { sheet.pageStarts.append(column) }
      }
      sheet.write(over: day, ClassSheet.datesRow, column, startsWeek: startsWeek)
      for half in DayHalf.allCases {
        sheet.write(
          .text(half.name), ClassSheet.titlesRow, column + half.rawValue, .halfTitle,
          startsWeek: startsWeek && half == .morning)
      }
    }
    let last = firstMarkColumn + days.count * 2
    sheet.write(.text(""), ClassSheet.datesRow, last, .columnTitle, startsWeek: true)
    sheet.write(.text("% Att"), ClassSheet.titlesRow, last, .columnTitle, startsWeek: true)
  }

  private func startsWeek(_ place: Int, _ days: [Day]) -> Bool {
    place == 0 || days[place].monday != days[place - 1].monday
  }

  private func writePupil(_ place: Int, _ days: [Day], on sheet: inout Sheet) {
    let pupil = pupils[place]
    let row = ClassSheet.firstPupilRow + place
    sheet.write(.number(Double(pupil.systemID)), row, 0, .pupil)
    let name = "\(pupil.name.surname), \(pupil.name.forename)"
    for (offset, text) in [pupil.upn, name, plan.style.year(pupil.year), pupil.form].enumerated() {
      sheet.write(.text(text), row, offset + 1, .pupil)
    }
    for (offset, day) in days.enumerated() {
      for half in DayHalf.allCases {
        let mark = marks[place][Session(day, half)]?.mark
        sheet.write(
          .text(mark ?? ""), row, firstMarkColumn + offset * 2 + half.rawValue, ClassSheet.style(of: mark),
          startsWeek: half == .morning && startsWeek(offset, days))
      }
    }
    let last = firstMarkColumn + days.count * 2
    guard let percentage = percentage(of: place) else {
      return sheet.write(.text(""), row, last, .percentage, startsWeek: true)
    }
    let shown = place == wrongPupil ? abs(percentage - 43) : percentage
    sheet.write(.number(Double(shown) / 10), row, last, .percentage, startsWeek: true)
  }

  /// Attendance by the row's own marks, halves away from zero.
  ///
  /// Unit: tenths of a per cent. Missing: nil with no possible session. Source: rules, section 1.
  private func percentage(of place: Int) -> Int? {
    let codes = marks[place].values.compactMap { AttendanceCode(mark: $0.mark) }
    let possible = codes.count(where: CodeSet.possible.contains)
    let attended = codes.count(where: CodeSet.attendance.contains)
    return possible == 0 ? nil : (2000 * attended + possible) / (2 * possible)
  }

  private static func style(of mark: String?) -> SheetStyle.Kind {
    guard let mark else { return .notOnRoll }
    guard let code = AttendanceCode(mark: mark) else { return .mark }
    if code == .plannedClosure { return .closed }
    if CodeSet.late.contains(code) { return .late }
    return CodeSet.absence.contains(code) ? .absence : .mark
  }

  private func writeTotals(_ days: [Day], row: Int, on sheet: inout Sheet) {
    for (offset, total) in [("Present", CodeSet.attendance), ("Absent", CodeSet.absence)].enumerated() {
      for column in 0..<firstMarkColumn {
        sheet.write(.text(column == 2 ? total.0 : ""), row + offset, column, .totalTitle)
      }
      for (place, day) in days.enumerated() {
        for half in DayHalf.allCases {
          let count = marks.count { marks in
            let mark = marks[Session(day, half)]?.mark
            return mark.flatMap(AttendanceCode.init(mark:)).map(total.1.contains) ?? false
          }
          sheet.write(
            .number(Double(count)), row + offset, firstMarkColumn + place * 2 + half.rawValue, .total,
            startsWeek: half == .morning && startsWeek(place, days))
        }
      }
    }
  }

  /// The codes of the sheet and what they mean.
  private func writeKey(row: Int, on sheet: inout Sheet) {
    sheet.write(.text("Key"), row, 0, .title)
    let used = Set(marks.flatMap { $0.values.compactMap { AttendanceCode(mark: $0.mark) } })
    let codes = AttendanceCode.allCases.filter { used.contains($0) && $0 != .noMark }
    for (place, code) in codes.enumerated() {
      sheet.write(.text(code.mark), row + 1 + place, 0)
      sheet.write(.text(code.meaning), row + 1 + place, 1)
    }
    sheet.write(.text("Present counts approved educational activity."), row + 1 + codes.count, 1)
  }
}
