import Registers

/// Reads the exports of one school, or of several that share files, into registers.
public struct RegisterReader {
  private let intakes: [SchoolIntake]
  private let asAt: Day?
  private let halfTerms: [HalfTerm]
  private var accounts: [FileAccount] = []
  private var pupilRows: [String: Int] = [:]
  /// Sessions with two different marks, for a second look at where the first stood.
  private var conflicts: [Conflict] = []
  private var files: [(file: ExportFile, schools: [Int])] = []
  private static let mostConflictsTraced = 200

  private struct Conflict: Hashable {
    let school: Int
    let pupil: Int
    let session: Session
  }

  /// What one school's exports hold.
  public struct School: Sendable {
    public let register: Register
    public let findings: [Finding]
  }

  /// What was read.
  public struct Result: Sendable {
    public let schools: [School]
    public let accounts: [FileAccount]
    /// Unit: pupils listed, by pupil file.
    public let pupilRows: [String: Int]
  }

  /// - Parameter asAt: Marks after this day are left out and counted. Missing: nil when every mark counts.
  public init(schools: [Registers.School], asAt: Day?, halfTerms: [HalfTerm]) {
    intakes = schools.map(SchoolIntake.init)
    self.asAt = asAt
    self.halfTerms = halfTerms
  }

  /// Reads a pupil-details file; all of them before the first register.
  public mutating func readPupils(_ file: ExportFile, schools: [Int]) throws(ExportFailure) {
    pupilRows[file.name] = try PupilDetails.read(file, into: schools.map { intakes[$0] })
  }

  /// Reads a register; where it is listed for several schools, its school column says whose each row is.
  public mutating func readRegister(_ file: ExportFile, schools: [Int]) throws(ExportFailure) {
    let listed = schools.map { intakes[$0] }
    var rows = try LongRows(file, schools: listed)
    var account = FileAccount(file: file.name)
    var repeats = [Int](repeating: 0, count: listed.count)
    var grids = listed.map { $0.grid }
    for intake in listed { intake.grid = MarkGrid() }
    defer { for (intake, grid) in zip(listed, grids) { intake.grid = grid } }
    while let reading = try rows.next() {
      account.rows += 1
      switch reading {
      case .refused(let rule, let message, let kind, let day):
        if let asAt, let day, day > asAt {
          account.afterAsAt += 1
          continue
        }
        account.refused += 1
        listed[rows.school].note(rule, file.name, rows.row, message, kind: kind)
      case .mark(let mark):
        if let asAt, mark.session.day > asAt {
          account.afterAsAt += 1
          listed[mark.school].hasLaterMarks = true
          continue
        }
        guard mayStand(mark) || isDueAfterAll(mark, listed[mark.school], rows.row, &account) else { continue }
        if mark.isSubcode || dated.contains(mark.code) {
          noteDatedCode(mark, listed[mark.school], file.name, rows.row)
        }
        let placing = place(mark, in: &grids[mark.school], schools[mark.school], &account)
        if placing.isRepeat { repeats[mark.school] += 1 }
        if let minutes = rows.minutesLate() {
          note(minutes, on: mark, listed[mark.school], rows.row, account.file, &grids[mark.school])
        } else if placing.isReplacement, CodeSet.late.contains(mark.code) {
          grids[mark.school].clearMinutes(pupil: mark.pupil, session: mark.session)
        }
      }
    }
    close(file, listed, openQuotes: rows.openQuotes, repeats: repeats)
    accounts.append(account)
    files.append((file, schools))
  }

  /// Notes what is known of a register once it is read to its end.
  private func close(_ file: ExportFile, _ listed: [SchoolIntake], openQuotes: [Int], repeats: [Int]) {
    for row in openQuotes {
      listed[0].note(.openQuote, file.name, row, "a quotation mark opens and does not close")
    }
    for (intake, count) in zip(listed, repeats) where count > 0 {
      intake.note(
        .duplicateMark, file.name, nil,
        "\(count) \(count == 1 ? "row repeats" : "rows repeat") the mark a session has already")
    }
    for intake in listed { intake.registerFiles.append(file.name) }
  }

  /// Whether the pupil is on roll, and the day within the half-terms given.
  @inline(__always)
  private func mayStand(_ mark: LongRows.Mark) -> Bool {
    let day = mark.session.day
    guard mark.onRoll.contains(day.number) else { return false }
    return halfTerms.isEmpty || halfTerms.contains { $0.contains(day) }
      || !CodeSet.inSchoolTime.contains(mark.code)
      // Half-terms of one school year say nothing of another, whose marks serve the rolling windows.
      || !halfTerms.contains { SchoolYear(containing: $0.first) == SchoolYear(containing: day) }
  }

  /// Counts a mark that may not stand, and says why; false.
  private func isDueAfterAll(
    _ mark: LongRows.Mark, _ intake: SchoolIntake, _ row: Int, _ account: inout FileAccount
  ) -> Bool {
    let day = mark.session.day
    if mark.onRoll.contains(day.number) {
      account.refused += 1
      intake.note(
        .markInHoliday, account.file, row,
        "a mark on \(day.inWords), outside the half-terms of the trust file")
      return false
    }
    guard CodeSet.inSchoolTime.contains(mark.code) else {
      if mark.code == .noMark { account.withoutMark += 1 } else { account.notOnRoll += 1 }
      return false
    }
    account.refused += 1
    if let admitted = intake.pupils[mark.pupil].admitted, day < admitted {
      intake.note(
        .markBeforeAdmission, account.file, row,
        "a mark on \(day.inWords), before the pupil's admission date",
        kind: "marks before the pupil's admission date")
    } else {
      intake.note(
        .markAfterLeaving, account.file, row, "a mark on \(day.inWords), after the pupil's leaving date",
        kind: "marks after the pupil's leaving date")
    }
    return false
  }

  @inline(__always)
  private mutating func place(
    _ mark: LongRows.Mark, in grid: inout MarkGrid, _ school: Int, _ account: inout FileAccount
  ) -> MarkGrid.Placing {
    let placing = grid.put(mark.code, pupil: mark.pupil, session: mark.session)
    guard mark.code != .noMark else {
      account.withoutMark += 1
      return placing
    }
    switch placing {
    case .new: account.marks += 1
    case .same: account.duplicates += 1
    case .other:
      account.duplicates += 1
      conflicts.append(Conflict(school: school, pupil: mark.pupil, session: mark.session))
    }
    return placing
  }

  /// Codes that were not always valid.
  private let dated = CodeSet(
    AttendanceCode.allCases.filter { $0.validFrom != nil || $0.validTo != nil })

  private func noteDatedCode(_ mark: LongRows.Mark, _ intake: SchoolIntake, _ file: String, _ row: Int) {
    let code = mark.code
    if mark.isSubcode {
      intake.note(.subcode, file, row, "a subcode of \(code.mark) is read as \(code.mark)")
    }
    guard !code.isValid(on: mark.session.day) else { return }
    if let validTo = code.validTo {
      intake.note(.retiredCode, file, row, "code \(code.mark) was retired after \(validTo.inWords)")
    } else if let validFrom = code.validFrom {
      intake.note(
        .codeBeforeItsDate, file, row, "code \(code.mark) came into use on \(validFrom.inWords)")
    }
  }

  private func note(
    _ bytes: UnsafeBufferPointer<UInt8>, on mark: LongRows.Mark, _ intake: SchoolIntake, _ row: Int,
    _ file: String, _ grid: inout MarkGrid
  ) {
    var minutes = 0
    for byte in bytes {
      guard let digit = byte.digit, minutes < 1000 else {
        minutes = Int.max
        break
      }
      minutes = minutes * 10 + digit
    }
    if minutes == 0, !CodeSet.late.contains(mark.code) { return }
    guard minutes <= RegisterReader.mostMinutes else {
      intake.note(
        .impossibleMinutes, file, row,
        "minutes late \"\(TextEncoding.text(of: bytes).prefix(20))\" are not from 0 to \(RegisterReader.mostMinutes)"
      )
      return
    }
    guard CodeSet.late.contains(mark.code) else {
      intake.note(
        .minutesOnOtherCode, file, row, "\(minutes) minutes late on code \(mark.code.mark)",
        kind: "minutes late on code \(mark.code.mark)")
      return
    }
    grid.note(minutes: UInt16(minutes), on: mark.code, pupil: mark.pupil, session: mark.session)
  }

  /// Unit: minutes; no session is longer.
  private static let mostMinutes = 300
}

extension RegisterReader {
  /// The registers of the schools, once every file is read.
  public consuming func finish() throws(ExportFailure) -> Result {
    try refuseLaterYears()
    try traceConflicts()
    let schools = intakes.map { RegisterAssembly(intake: $0, asAt: asAt, halfTerms: halfTerms).school() }
    return Result(schools: schools, accounts: accounts, pupilRows: pupilRows)
  }

  /// With no as-at date, refuses marks after the present school year, so that one mistyped year does not
  /// become the present. The files are read once more to say where they stand.
  private mutating func refuseLaterYears() throws(ExportFailure) {
    let present = intakes.map { $0.grid.presentYear ?? SchoolYear(start: 0) }
    guard asAt == nil, zip(intakes, present).contains(where: { $0.grid.hasMarks(after: $1) }) else { return }
    var seen: Set<Conflict> = []
    for (place, (file, schools)) in files.enumerated() {
      var rows = try LongRows(file, schools: schools.map { intakes[$0] })
      while let reading = try rows.next() {
        guard case .mark(let mark) = reading, mark.code != .noMark else { continue }
        let school = schools[mark.school]
        let day = mark.session.day
        guard day > present[school].lastDay, mayStand(mark),
          seen.insert(Conflict(school: school, pupil: mark.pupil, session: mark.session)).inserted
        else { continue }
        accounts[place].marks -= 1
        accounts[place].refused += 1
        intakes[school].note(
          .laterSchoolYear, file.name, rows.row,
          "a mark on \(day.inWords), but the registers end in \(present[school].name)",
          kind: "marks dated after \(present[school].name), in which the registers end")
      }
    }
  }

  /// Reads the files once more to say where both marks of a conflict stand.
  private func traceConflicts() throws(ExportFailure) {
    guard !conflicts.isEmpty else { return }
    var order: [Conflict] = []
    var places: [Conflict: [(file: String, row: Int, code: AttendanceCode)]] = [:]
    for conflict in conflicts
    where places[conflict] == nil && order.count < RegisterReader.mostConflictsTraced {
      order.append(conflict)
      places[conflict] = []
    }
    for (file, schools) in files {
      var rows = try LongRows(file, schools: schools.map { intakes[$0] })
      while let reading = try rows.next() {
        guard case .mark(let mark) = reading, mark.code != .noMark,
          mayStand(mark)
        else { continue }
        let key = Conflict(school: schools[mark.school], pupil: mark.pupil, session: mark.session)
        places[key]?.append((file.name, rows.row, mark.code))
      }
    }
    for conflict in order {
      guard let found = places[conflict], let last = found.last else { continue }
      let earlier = found.dropLast().filter { $0.code != last.code }
        .map { "\($0.code.mark) in \($0.file == last.file ? "row" : "\($0.file) row") \($0.row)" }
      intakes[conflict.school].note(
        .conflictingMarks, last.file, last.row,
        "two marks for one session: \(earlier.joined(separator: ", ")), and \(last.code.mark) here, which stands",
        kind: "two marks for one session")
    }
    let more = Set(conflicts).count - order.count
    guard more > 0, let school = intakes.first, let file = files.last?.file else { return }
    school.note(.conflictingMarks, file.name, nil, "\(more) more sessions with two different marks")
  }
}
