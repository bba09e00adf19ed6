import Registers
import Tabular

/// Puts the marks of one register file into the schools it is listed for, and accounts for every place.
struct MarkCollector: MarkSink {
  private let schools: [RegisterBuilder]
  /// The schools' positions in the reader.
  private let positions: [Int]
  private let rules: MarkValidity
  private(set) var account: FileAccount
  private(set) var conflicts: [MarkCell] = []
  private var repeats: [Int]
  /// For each school, where a mark first repeats another.
  private var firstRepeats: [MarkPlace?]
  private var lessons: [Int]
  private var grids: [MarkGrid]
  /// For each school, the first and the last session of a mark.
  private var firsts: [Session]
  private var lasts: [Session]

  init(_ file: ExportFile, schools: [RegisterBuilder], positions: [Int], rules: MarkValidity) {
    self.schools = schools
    self.positions = positions
    self.rules = rules
    account = FileAccount(file: file.name)
    repeats = [Int](repeating: 0, count: schools.count)
    firstRepeats = [MarkPlace?](repeating: nil, count: schools.count)
    lessons = repeats
    firsts = [Session](repeating: Session(number: .max), count: schools.count)
    lasts = [Session](repeating: Session(number: .min), count: schools.count)
    // The grids leave their schools while the file is read, so that no mark is put through a reference.
    grids = schools.map { $0.grid }
    for school in schools { school.grid = MarkGrid() }
  }

  /// Gives the grids back to the schools; to be called in any case.
  func giveBack() {
    for (school, grid) in zip(schools, grids) { school.grid = grid }
  }

  @inline(__always)
  mutating func take<Rows: MarkRows & ~Copyable>(_ reading: MarkReading, from rows: inout Rows) {
    guard case .mark(let mark) = reading else { return takeOther(reading, from: &rows) }
    if rows.isFirstOfRow {
      account.rows += 1
      account.pupilRows += 1
    }
    account.places += 1
    if let asAt = rules.asAt, mark.session.day > asAt {
      account.afterAsAt += 1
      schools[mark.school].hasLaterMarks = true
      return
    }
    guard rules.mayStand(mark) else { return refuse(mark, rows.place) }
    if mark.isSubcode || rules.noted.contains(mark.code) || mark.session.isOnWeekend {
      noteCode(mark, rows.place)
    }
    put(mark, from: &rows)
  }

  private mutating func put<Rows: MarkRows & ~Copyable>(_ mark: Mark, from rows: inout Rows) {
    firsts[mark.school] = min(firsts[mark.school], mark.session)
    lasts[mark.school] = max(lasts[mark.school], mark.session)
    let placing = grids[mark.school].put(mark.code, pupil: mark.pupil, session: mark.session)
    guard placing != .none else {
      account.refused += 1
      schools[mark.school].note(.tooManyYears(on: mark.session.day), account.file, at: rows.place)
      return
    }
    guard mark.code != .noMark else {
      account.withoutMark += 1
      return
    }
    switch placing {
    case .none: break
    case .new: account.marks += 1
    case .same:
      account.duplicates += 1
      repeats[mark.school] += 1
      if firstRepeats[mark.school] == nil { firstRepeats[mark.school] = rows.place }
    case .other:
      account.duplicates += 1
      conflicts.append(MarkCell(school: positions[mark.school], pupil: mark.pupil, session: mark.session))
    }
    if let minutes = mark.minutes {
      note(minutes, on: mark, rows.place)
    } else if placing == .other, CodeSet.late.contains(mark.code) {
      grids[mark.school].clearMinutes(pupil: mark.pupil, session: mark.session)
    }
  }

  private mutating func takeOther<Rows: MarkRows & ~Copyable>(
    _ reading: MarkReading, from rows: inout Rows
  ) {
    switch reading {
    case .mark: break
    case .remark(let found): schools[rows.school].note(found, account.file, at: rows.place)
    case .otherRow:
      account.rows += 1
      account.otherRows += 1
    case .lesson:
      account.rows += 1
      account.pupilRows += 1
      account.places += 1
      account.lessons += 1
      lessons[rows.school] += 1
    case .refused(let found, let places, let day):
      if rows.isFirstOfRow {
        account.rows += 1
        account.pupilRows += 1
      }
      account.places += places
      if let asAt = rules.asAt, let day, day > asAt {
        account.afterAsAt += places
        return
      }
      account.refused += places
      schools[rows.school].note(found, account.file, at: rows.place)
    }
  }

  /// Counts a mark that may not stand, and says why.
  private mutating func refuse(_ mark: Mark, _ place: MarkPlace) {
    let day = mark.session.day
    let intake = schools[mark.school]
    if mark.onRoll.contains(day.number) {
      account.refused += 1
      intake.note(.markInHoliday(on: day), account.file, at: place)
      return
    }
    guard CodeSet.inSchoolTime.contains(mark.code) else {
      if mark.code == .noMark { account.withoutMark += 1 } else { account.notOnRoll += 1 }
      return
    }
    account.refused += 1
    if let admitted = intake.pupils[mark.pupil].admitted, day < admitted {
      intake.note(.markBeforeAdmission(on: day), account.file, at: place)
    } else {
      intake.note(.markAfterLeaving(on: day), account.file, at: place)
    }
  }

  private mutating func noteCode(_ mark: Mark, _ place: MarkPlace) {
    let code = mark.code
    let day = mark.session.day
    let intake = schools[mark.school]
    if mark.isSubcode { intake.note(.subcode(of: code), account.file, at: place) }
    if mark.session.isOnWeekend, CodeSet.inSchoolTime.contains(code) {
      intake.note(.weekendMark(on: day), account.file, at: place)
    }
    if code == .reasonNotEstablished || code == .suspended {
      grids[mark.school].note(
        place, of: code, pupil: mark.pupil, session: mark.session, file: intake.registerFiles.count)
    }
    guard !code.isValid(on: day) else { return }
    if let validTo = code.validTo {
      intake.note(.retiredCode(code, after: validTo), account.file, at: place)
    } else if let validFrom = code.validFrom {
      intake.note(.codeBeforeItsDate(code, from: validFrom), account.file, at: place)
    }
  }

  /// Unit: minutes; no session is longer.
  private static let mostMinutes = 300

  private mutating func note(_ bytes: UnsafeBufferPointer<UInt8>, on mark: Mark, _ place: MarkPlace) {
    let intake = schools[mark.school]
    guard let minutes = MarkCollector.number(bytes), minutes <= MarkCollector.mostMinutes else {
      let written = TextEncoding.text(of: bytes)
      intake.note(
        .impossibleMinutes(written: written, most: MarkCollector.mostMinutes), account.file, at: place)
      return
    }
    if CodeSet.late.contains(mark.code) {
      grids[mark.school].note(
        minutes: UInt16(minutes), on: mark.code, pupil: mark.pupil, session: mark.session)
    } else if minutes > 0 {
      intake.note(.minutes(minutes, on: mark.code), account.file, at: place)
    }
  }

  /// A whole number, `12` or `12.0`. Missing: nil when it is none, or has more than four digits.
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var bytes = bytes
    if bytes.count > 2, bytes.suffix(2).elementsEqual(".0".utf8) {
      bytes = UnsafeBufferPointer(rebasing: bytes.dropLast(2))
    }
    var number = 0
    for byte in bytes {
      guard let digit = byte.digit, number < 1000 else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  mutating func close<Rows: MarkRows & ~Copyable>(_ rows: borrowing Rows) {
    for row in rows.openQuotes { schools[0].note(.unclosedQuote, account.file, row) }
    if rows.datesRead.movedStamps > 0 {
      schools[0].note(.movedStamps(rows.datesRead.movedStamps), account.file, nil)
    }
  }

  mutating func take(totals: [PupilTotal], rows: Int) {
    for total in totals { schools[total.keys.school].totals.append((account.file, total)) }
    account.rows += rows
    account.otherRows += rows
  }

  mutating func take(codeListRows: Int) {
    account.rows += codeListRows
    account.otherRows += codeListRows
  }

  mutating func skip(sheet: String, isHidden: Bool) {
    schools[0].note(.sheetNotRead(sheet, isHidden: isHidden), account.file, nil)
  }

  mutating func skip(sheet: String, lacking column: String) {
    schools[0].note(.sheetLacksColumn(sheet, column: column), account.file, nil)
  }

  /// Notes what is known once the file is read to its end.
  func finish() {
    for (school, count) in repeats.enumerated() where count > 0 {
      let place = firstRepeats[school] ?? MarkPlace(row: 0)
      schools[school].note(.duplicateMarks(count), account.file, at: place)
    }
    for (intake, count) in zip(schools, lessons) where count > 0 {
      intake.note(.lessonPeriods(count), account.file, nil)
    }
    for (school, intake) in schools.enumerated() {
      intake.registerFiles.append(account.file)
      guard firsts[school] <= lasts[school] else { continue }
      intake.yearsByFile[account.file] = [
        SchoolYear(containing: firsts[school].day), SchoolYear(containing: lasts[school].day),
      ]
    }
  }
}

extension Session {
  @inline(__always)
  fileprivate var isOnWeekend: Bool { !day.weekday.isSchoolDay }
}
