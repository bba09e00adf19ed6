import Registers
import Tabular

/// Looks a finished register through for what no row by itself can show.
struct RegisterChecks {
  private let register: Register
  private let intake: RegisterBuilder
  /// For each pupil of the register, the position in the intake.
  private let order: [Int]
  private let asAt: Day?

  init(_ register: Register, intake: RegisterBuilder, order: [Int], asAt: Day?) {
    self.register = register
    self.intake = intake
    self.order = order
    self.asAt = asAt
  }

  /// The register that findings about no single row name: the first with marks.
  private var file: String {
    let files = intake.registerFiles
    return files.first { intake.yearsByFile[$0] != nil } ?? files.first ?? ""
  }

  func run() {
    guard register.contains(where: { $0.contains { $0 != .noMark } }) else {
      intake.note(
        intake.hasLaterMarks
          ? .noMarksYet(intake.school, asAt: asAt) : .noMarks(intake.school, asAt: asAt), file, nil)
      return
    }
    checkGroupColumns()
    checkPupils()
    checkPupilsAlike()
    checkOrderOfDates()
    checkSessions()
    checkClasses()
    checkReasons()
    checkSuspensions()
    checkFiles()
    checkTotals()
  }

  private func checkGroupColumns() {
    for column in intake.groupColumns where !intake.foundGroupColumns.contains(column) {
      intake.note(.groupColumnMissing(column), intake.detailsFile ?? file, nil)
    }
  }

  private func checkPupils() {
    let tellsAges = intake.pupils.contains(where: \.tellsAge)
    if !tellsAges { intake.note(.agesUnknown, file, nil) }
    let year = SchoolYear(containing: register.sessions.last?.day ?? Day(number: 0))
    for (new, old) in order.enumerated() {
      let place = intake.places[old]
      let pupil = intake.pupils[old]
      if !register[new].contains(where: { $0 != .noMark }) {
        intake.note(.pupilWithoutMarks, place.file, at: place.place)
      }
      if tellsAges, !pupil.tellsAge { intake.note(.ageUnknown, place.file, at: place.place) }
      if let born = pupil.dateOfBirth.unredacted, let written = pupil.year {
        let usual = year.age(of: born) - 4
        // A register of several years says no more than where the pupil ended.
        if abs(usual - written.number) > 1, written.number >= 0 {
          intake.note(.ageAgainstYear(written, usual: usual), place.file, at: place.place)
        }
      }
      if let found = UniquePupilNumber.finding(about: pupil.upn.unredacted) {
        intake.note(found, place.file, at: place.place)
      }
    }
  }

  /// Pupils who go by two identifiers look like one by name and date of birth.
  private func checkPupilsAlike() {
    var first: [[String]: Int] = [:]
    for old in order.sorted() {
      let pupil = intake.pupils[old]
      guard let born = pupil.dateOfBirth.unredacted, !pupil.surname.unredacted.isEmpty,
        !pupil.forename.unredacted.isEmpty
      else { continue }
      let key = [pupil.surname.unredacted.lowercased(), pupil.forename.unredacted.lowercased(), born.iso]
      if let other = first[key] {
        let (place, known) = (intake.places[old], intake.places[other])
        let otherPlace = (known.file == place.file ? "" : "\(known.file) ") + known.place.whole
        intake.note(.pupilsAlike(other: otherPlace), place.file, at: place.place)
      } else {
        first[key] = old
      }
    }
  }

  /// Unit: sessions. Of fewer, weekends may be chance.
  private static let fewestForOrder = 10

  /// Dates that all have days up to 12, and lie on weekends as they are read and on none with day and month changed over.
  private func checkOrderOfDates() {
    guard !intake.ordersAreGiven else { return }
    let days = register.calendar.days
    let changed = days.compactMap { day in
      let (year, month, dayOfMonth) = day.date
      return Day(year: year, month: dayOfMonth, day: month)
    }
    let weekends = days.count { !$0.weekday.isSchoolDay }
    guard days.count >= RegisterChecks.fewestForOrder, weekends > 0, changed.count == days.count,
      changed.allSatisfy(\.weekday.isSchoolDay)
    else { return }
    intake.note(.mayBeMonthFirst(days: weekends, of: days.count), file, nil)
  }

  /// Unit: pupils. Of fewer, all may well have the same reason.
  private static let fewestForOneCode = 10

  /// Sessions closed for some and open for others, and sessions with one code of absence for nearly all.
  private func checkSessions() {
    let all = countsBySession()
    for session in register.sessions.indices where register.inSchoolTime[session] {
      let counts = all[(session * AttendanceCode.count)..<((session + 1) * AttendanceCode.count)].map(
        Int.init)
      func count(_ codes: CodeSet) -> Int { codes.rawValues.reduce(0) { $0 + counts[$1] } }
      let marked = count(.inSchoolTime)
      let closed = counts[Int(AttendanceCode.plannedClosure.rawValue)]
      if closed > 0 {
        intake.note(
          .closedDayMarks(register.sessions[session], marked: marked, closed: closed), file, nil)
      }
      guard marked >= RegisterChecks.fewestForOneCode else { continue }
      for code in CodeSet.absence.codes where counts[Int(code.rawValue)] * 20 >= marked * 19 {
        intake.note(
          .oneCodeForAll(
            code, session: register.sessions[session], pupils: counts[Int(code.rawValue)], of: marked),
          file, nil)
      }
    }
  }

  /// For each session, how many pupils have each code.
  private func countsBySession() -> [Int32] {
    var counts = [Int32](repeating: 0, count: register.sessions.count * AttendanceCode.count)
    for pupil in register.indices {
      register.withMarks(of: pupil) { marks in
        for (session, mark) in marks.enumerated() { counts[session * AttendanceCode.count + Int(mark)] += 1 }
      }
    }
    return counts
  }

  /// Unit: pupils on roll. In a smaller class all may have gone.
  private static let smallestClass = 3

  private func checkClasses() {
    let classes = Dictionary(grouping: order.indices) { register.pupils[$0].registrationGroup }
    guard classes.count > 1 else { return }
    for (form, pupils) in classes.sorted(by: { $0.key < $1.key }) where !form.isEmpty {
      for session in register.sessions.indices where register.inSchoolTime[session] {
        if pupils.contains(where: { register[$0][session] != .noMark }) { continue }
        let day = register.sessions[session].day
        let onRoll = pupils.filter { register.pupils[$0].isOnRoll(on: day) }
        guard onRoll.count >= RegisterChecks.smallestClass else { continue }
        intake.note(
          .classWithoutMarks(form, pupils: onRoll.count, session: register.sessions[session]), file, nil)
      }
    }
  }

  private func note(_ found: Issue, at place: MarkGrid.Place) {
    let files = intake.registerFiles
    let name = files.indices.contains(Int(place.file)) ? files[Int(place.file)] : file
    intake.note(found, name, at: MarkPlace(sheet: place.sheet, row: Int(place.row)))
  }

  private func stands(_ place: MarkGrid.Place, _ code: AttendanceCode, _ rows: [Int: Int]) -> Bool {
    guard place.code == code, let row = rows[Int(place.pupil)],
      let session = register.sessions.firstIndex(of: Session(number: place.session))
    else { return false }
    return register[row][session] == code
  }

  /// Unit: school days within which a reason should be found. Source: *Working together to improve school attendance*.
  private static let daysForReason = 5

  private func checkReasons() {
    let days = register.calendar.days
    let last = asAt ?? days.last ?? Day(number: 0)
    let rows = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    var seen: Set<[Int32]> = []
    for noted in intake.grid.places where stands(noted, .reasonNotEstablished, rows) {
      let day = Session(number: noted.session).day
      let since = days.count { $0 > day && $0 <= last }
      guard since > RegisterChecks.daysForReason, seen.insert([noted.pupil, day.number]).inserted else {
        continue
      }
      note(.unresolvedReason(since: day, schoolDays: since), at: noted)
    }
  }

  /// Unit: school days a suspension may last with no education arranged. Source: section 100, Education and Inspections Act 2006.
  private static let daysSuspended = 5

  private func checkSuspensions() {
    let days = register.calendar.days
    let rows = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    var seen: Set<[Int]> = []
    for noted in intake.grid.places where stands(noted, .suspended, rows) {
      guard let row = rows[Int(noted.pupil)],
        var first = days.firstIndex(of: Session(number: noted.session).day)
      else { continue }
      func isSuspended(_ day: Int) -> Bool {
        let sessions = register.sessions(from: days[day], to: days[day])
        return sessions.contains { register[row][$0] == .suspended }
          && sessions.allSatisfy {
            !CodeSet.possible.contains(register[row][$0]) || register[row][$0] == .suspended
          }
      }
      guard isSuspended(first) else { continue }
      var last = first
      while first > 0, isSuspended(first - 1) { first -= 1 }
      while last + 1 < days.count, isSuspended(last + 1) { last += 1 }
      guard last - first + 1 > RegisterChecks.daysSuspended, seen.insert([row, first]).inserted else {
        continue
      }
      note(.longSuspension(from: days[first], days: last - first + 1), at: noted)
    }
  }

  private func checkFiles() {
    let present = SchoolYear(containing: register.sessions.last?.day ?? Day(number: 0))
    for (file, years) in intake.yearsByFile.sorted(by: { $0.key < $1.key }) {
      if let year = years.first, years.count == 1, year < present {
        intake.note(.otherYearFile(year, present: present), file, nil)
      }
    }
  }

  /// Totals of files that give no marks, against the marks of the present school year.
  private func checkTotals() {
    let rows = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let present = SchoolYear(containing: register.sessions.last?.day ?? Day(number: 0))
    let sessions = register.sessions(from: present.firstDay, to: present.lastDay)
    for (file, total) in intake.totals {
      let keys = total.keys
      guard
        let pupil = intake.find(upn: keys.upn, pupilID: keys.pupilID, admissionNumber: keys.admissionNumber),
        let row = rows[pupil]
      else { continue }
      let counted = sessions.count { total.counts.contains(register[row][$0]) }
      guard Double(counted) != total.value else { continue }
      intake.note(
        .totalDisagrees("\(Int(total.value)) \(RowTotals.words(total.column))", marks: "\(counted)"), file,
        total.row)
    }
  }
}
