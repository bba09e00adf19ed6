import Registers
import Tabular

/// A collector of the marks of one register file, which puts them into the schools it is listed for and
/// counts every cell.
struct MarkCollector: MarkSink {
  private let schools: [RegisterBuilder]
  /// The indices of the schools in the reader.
  private let positions: [Int]
  private let rules: MarkValidity
  private(set) var account: FileAccount
  private(set) var conflicts: [MarkCell] = []
  private var repeats: [Int]
  /// For each school, the location of the first repeated mark.
  private var firstRepeats: [FileLocation?]
  private var lessons: [Int]
  /// For each school, the number of marks with other characters around the code, and the first location.
  private var altered: [(count: Int, first: FileLocation)?]
  /// For each school, the number of marks of each code.
  private var codes: [CodeCounts]
  /// The source's own marks.
  private let ownMarks: [String: String]
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
    firstRepeats = [FileLocation?](repeating: nil, count: schools.count)
    lessons = repeats
    altered = [(count: Int, first: FileLocation)?](repeating: nil, count: schools.count)
    codes = [CodeCounts](repeating: CodeCounts(), count: schools.count)
    ownMarks = file.profile.marks
    firsts = [Session](repeating: Session(number: .max), count: schools.count)
    lasts = [Session](repeating: Session(number: .min), count: schools.count)
    // The schools give up their grids while the file is read, so that marks are not written through a
    // reference.
    grids = schools.map { $0.grid }
    for school in schools { school.grid = MarkGrid() }
  }

  /// Returns the grids to the schools. It must be called even if reading fails.
  mutating func returnGrids() {
    for index in schools.indices {
      schools[index].newMarks.append((account.file, grids[index].takeNewMarks()))
      schools[index].grid = grids[index]
    }
  }

  @inline(__always)
  mutating func receive<Rows: MarkRows & ~Copyable>(_ input: MarkInput, from rows: inout Rows) {
    guard case .mark(let mark) = input else { return receiveOther(input, from: &rows) }
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
    guard rules.allows(mark, in: schools[mark.school]) else { return refuse(mark, rows.location) }
    if mark.form != .plain || rules.checkedCodes.contains(mark.code) {
      checkCode(mark, rows.location)
    }
    put(mark, from: &rows)
  }

  private mutating func put<Rows: MarkRows & ~Copyable>(_ mark: Mark, from rows: inout Rows) {
    firsts[mark.school] = min(firsts[mark.school], mark.session)
    lasts[mark.school] = max(lasts[mark.school], mark.session)
    let result = grids[mark.school].put(mark.code, pupil: mark.pupil, session: mark.session)
    guard result != .none else {
      account.refused += 1
      schools[mark.school].report(
        .tooManySchoolYears(on: mark.session.day), account.file, at: rows.location, mark: mark)
      return
    }
    guard mark.code != .noMark else {
      account.withoutMark += 1
      return
    }
    switch result {
    case .none: break
    case .new:
      account.marks += 1
      codes[mark.school].add(mark.code)
    case .same:
      account.duplicates += 1
      repeats[mark.school] += 1
      if firstRepeats[mark.school] == nil { firstRepeats[mark.school] = rows.location }
    case .other:
      account.duplicates += 1
      conflicts.append(MarkCell(school: positions[mark.school], pupil: mark.pupil, session: mark.session))
    }
    if let minutes = mark.minutes {
      recordMinutes(minutes, on: mark, rows.location)
    } else if result == .other, CodeSet.late.contains(mark.code) {
      grids[mark.school].clearMinutes(pupil: mark.pupil, session: mark.session)
    }
  }

  private mutating func receiveOther<Rows: MarkRows & ~Copyable>(
    _ input: MarkInput, from rows: inout Rows
  ) {
    switch input {
    case .mark: break
    case .remark(let issue):
      schools[rows.school].report(issue, account.file, at: rows.location, pupil: rows.pupil)
    case .otherRow:
      account.rows += 1
      account.otherRows += 1
    case .lesson:
      account.rows += 1
      account.pupilRows += 1
      account.places += 1
      account.lessons += 1
      lessons[rows.school] += 1
    case .refused(let issue, let places, let day, let half):
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
      schools[rows.school].refused.add(issue, places, file: account.file)
      schools[rows.school].report(
        issue, account.file, at: rows.location, pupil: rows.pupil, day: day, half: half)
    }
  }

  /// Counts a mark that is not allowed, and reports the reason.
  private mutating func refuse(_ mark: Mark, _ location: FileLocation) {
    let builder = schools[mark.school]
    if let issue = rules.issue(with: mark, of: builder.pupils[mark.pupil]) {
      account.refused += 1
      builder.report(issue, account.file, at: location, mark: mark)
    } else if mark.code == .noMark {
      account.withoutMark += 1
    } else {
      account.notOnRoll += 1
    }
  }

  private mutating func checkCode(_ mark: Mark, _ location: FileLocation) {
    let builder = schools[mark.school]
    if mark.form == .altered {
      altered[mark.school] = ((altered[mark.school]?.count ?? 0) + 1, altered[mark.school]?.first ?? location)
    }
    mark.checkCode { builder.report($0, account.file, at: location, mark: mark) }
    if mark.code == .reasonNotEstablished || mark.code == .suspended {
      grids[mark.school].addSource(
        location, of: mark.code, pupil: mark.pupil, session: mark.session, file: builder.registerFiles.count)
    }
  }

  private mutating func recordMinutes(
    _ bytes: UnsafeBufferPointer<UInt8>, on mark: Mark, _ location: FileLocation
  ) {
    let builder = schools[mark.school]
    switch MinutesLate.read(bytes) {
    case .issue(let issue): builder.report(issue, account.file, at: location, mark: mark)
    case .minutes(let minutes):
      if CodeSet.late.contains(mark.code) {
        grids[mark.school].setMinutes(
          UInt16(minutes), of: mark.code, pupil: mark.pupil, session: mark.session)
      } else if minutes > 0 {
        builder.report(.minutesOnOtherCode(minutes, mark.code), account.file, at: location, mark: mark)
      }
    }
  }

  mutating func close<Rows: MarkRows & ~Copyable>(_ rows: borrowing Rows) {
    if account.marks == 0, account.lessons > 0, let lesson = rows.lesson {
      for school in schools where school.lesson == nil {
        school.lesson = (account.file, lesson.row, lesson.name)
      }
    }
    for row in rows.openQuotes { schools[0].report(.openQuote(isClosedLater: false), account.file, row) }
    if rows.dateReader.movedStamps > 0 {
      schools[0].report(.datesInUniversalTime(rows.dateReader.movedStamps), account.file, nil)
    }
  }

  mutating func receive(totals: [PupilTotal], rows: Int) {
    for total in totals { schools[total.keys.school].totals.append((account.file, total)) }
    account.rows += rows
    account.otherRows += rows
  }

  mutating func receive(codeListRows: Int) {
    account.rows += codeListRows
    account.otherRows += codeListRows
  }

  mutating func skip(sheet: String, isHidden: Bool) {
    schools[0].report(.sheetNotRead(sheet, isHidden: isHidden), account.file, nil)
  }

  mutating func skip(sheet: String, lacking column: String) {
    schools[0].report(.sheetLacksColumn(sheet, column: column), account.file, nil)
  }

  /// Reports the counts that are known at the end of the file.
  func finish() {
    for (school, count) in repeats.enumerated() where count > 0 {
      let location = firstRepeats[school] ?? FileLocation(row: 0)
      schools[school].report(.duplicateMark(count), account.file, at: location)
    }
    for (builder, count) in zip(schools, lessons) where count > 0 {
      builder.report(.lessonPeriods(count), account.file, nil)
    }
    for (school, builder) in schools.enumerated() {
      if let altered = altered[school] {
        builder.report(.markWithOtherCharacters(altered.count), account.file, at: altered.first)
      }
      if let issue = codes[school].issue(given: ownMarks) { builder.report(issue, account.file, nil) }
      builder.registerFiles.append(account.file)
      guard firsts[school] <= lasts[school] else { continue }
      builder.yearsByFile[account.file] = [
        SchoolYear(containing: firsts[school].day), SchoolYear(containing: lasts[school].day),
      ]
    }
  }
}
