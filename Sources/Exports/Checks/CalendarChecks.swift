import Registers
import Tabular

/// Checks of dates: how they are written, and whether a mark can count on its day.
enum CalendarChecks {
  static let rules: [FindingRule] = [
    .impossibleDate, .datesInUniversalTime, .weekNotFromMonday, .markOutsideHalfTerms,
    .markOutsideSchoolTime, .markBeforeAdmission, .markAfterLeaving, .markBetweenSpells, .weekendMark,
    .tooManySchoolYears, .laterSchoolYear, .marksAhead, .markInAnEarlierYear,
  ]
}

// MARK: - Written dates

extension FindingRule {
  static let impossibleDate = FindingRule(
    "impossible-date", .warns,
    meaning:
      "A date does not exist, or is written in a different order from the dates above it. The row is left "
      + "out.",
    remedy:
      "Correct the date in the school's system, or set profile: dates in the trust file.")
}

extension Issue {
  static func impossibleDate(written: String) -> Issue {
    Issue(
      .impossibleDate, "\(Issue.quoted(written)) is not a date, or is not written like the dates above it",
      refusal: .date, refusedText: written, isOneFault: true)
  }
}

extension FindingRule {
  static let datesInUniversalTime = FindingRule(
    "dates-in-universal-time", .informs,
    meaning:
      "Dates are written as timestamps in universal time, so in summer they say 23:00 of the day before. "
      + "They are read as the day that is meant.",
    remedy:
      "Nothing to do.")
}

extension Issue {
  static func datesInUniversalTime(_ count: Int) -> Issue {
    Issue(
      .datesInUniversalTime,
      "\(Issue.count(count, "date")) in universal time (23:00 of the day before), read as the day that is meant"
    )
  }
}

extension FindingRule {
  static let weekNotFromMonday = FindingRule(
    "week-not-from-monday", .warns,
    meaning:
      "A week of marks starts on a day other than Monday, so no mark can be given its session. The row is "
      + "left out.",
    remedy:
      "Export the weeks from Monday, or check profile: dates in the trust file.")
}

extension Issue {
  static func weekNotFromMonday(_ day: Day) -> Issue {
    Issue(.weekNotFromMonday, "\(day.formatted) is a \(day.weekday.name), but weeks start on a Monday")
  }
}

// MARK: - Days on which a mark can count

extension FindingRule {
  static let markOutsideHalfTerms = FindingRule(
    "mark-outside-half-terms", .warns,
    meaning:
      "Marks in school time are outside the half-terms of the trust file. They count in the year to date "
      + "and in lists of pupils, but in no half-term.",
    remedy:
      "Correct calendar: half_terms in the trust file (a school can have its own), or correct the register.")
}

extension Issue {
  static func markOutsideHalfTerms(_ count: Int, from first: Day, to last: Day, of school: School) -> Issue {
    Issue(
      .markOutsideHalfTerms,
      "\(Issue.count(count, "mark")) of \(school.name) \(count == 1 ? "is" : "are") outside the half-terms of the trust "
        + "file: \(first.formatted)\(last == first ? "" : " to \(last.formatted)")")
  }
}

extension FindingRule {
  static let markOutsideSchoolTime = FindingRule(
    "mark-outside-school-time", .warns,
    meaning:
      "A few pupils have marks on a day on which fewer than a tenth of the pupils on roll, or fewer than 3, "
      + "have one. The school was probably closed, so the marks do not count.",
    remedy:
      "Correct the marks in the school's system. If the school was open, complete the register for the day.")
}

extension Issue {
  static func marksOutsideSchoolTime(_ count: Int, on days: [Day]) -> Issue {
    Issue(
      .markOutsideSchoolTime,
      "\(Issue.count(count, "mark")) on \(listed(days)), when few pupils have one; not used")
  }
}

extension FindingRule {
  static let markBeforeAdmission = FindingRule(
    "mark-before-admission", .warns,
    meaning:
      "A pupil has a mark for a day before the admission date. It does not count.",
    remedy:
      "Correct the admission date in the pupil details, or the register. The mark does not count.")
}

extension Issue {
  static func markBeforeAdmission(on day: Day) -> Issue {
    Issue(
      .markBeforeAdmission, "a mark on \(day.formatted), before the pupil's admission date",
      kind: "marks before the pupil's admission date")
  }
}

extension FindingRule {
  static let markAfterLeaving = FindingRule(
    "mark-after-leaving", .warns,
    meaning:
      "A pupil has a mark for a day after the leaving date. It does not count.",
    remedy:
      "Correct the leaving date in the pupil details, or the register. The mark does not count.")
}

extension Issue {
  static func markAfterLeaving(on day: Day) -> Issue {
    Issue(
      .markAfterLeaving, "a mark on \(day.formatted), after the pupil's leaving date",
      kind: "marks after the pupil's leaving date")
  }
}

extension FindingRule {
  static let markBetweenSpells = FindingRule(
    "mark-between-spells", .warns,
    meaning:
      "A pupil who left and came back has a mark for a day in between. It does not count.",
    remedy:
      "Correct the admission or leaving date in the pupil details, or the register. The mark does not "
      + "count.")
}

extension Issue {
  static func markBetweenSpells(on day: Day) -> Issue {
    Issue(
      .markBetweenSpells, "a mark on \(day.formatted), after the pupil left and before the pupil came back",
      kind: "marks between two spells on roll")
  }
}

extension FindingRule {
  static let weekendMark = FindingRule(
    "weekend-mark", .warns,
    meaning:
      "A mark in school time is on a Saturday or Sunday. It counts, but few schools are open then, and a "
      + "shifted date looks like this.",
    remedy:
      "Check the dates: columns may have shifted by a day, or day and month may be swapped. Nothing to do "
      + "if the school was open.")
}

extension Issue {
  static func weekendMarks(_ count: Int, on days: [Day]) -> Issue {
    Issue(
      .weekendMark,
      "\(Issue.count(count, "mark")) on \(listed(days) { "\($0.weekday.name) \($0.formatted)" })")
  }
}

/// The rules by which a mark counts in a register: its pupil is on roll, and its day is not after the as-at date.
struct MarkValidity {
  /// The last day whose marks count, or `nil` if every day counts.
  let asAt: Day?

  /// Codes checked one by one: those not valid on every day, and N and E, which should not last.
  let checkedCodes = CodeSet(
    AttendanceCode.allCases.filter {
      $0.validFrom != nil || $0.validTo != nil || $0 == .reasonNotEstablished || $0 == .suspended
    })

  /// Returns whether the pupil is on roll on the day of the mark, in the last spell or in an earlier one.
  @inline(__always)
  func allows(_ mark: Mark, in school: RegisterBuilder) -> Bool {
    mark.onRoll.contains(mark.session.day.number) || school.hadEarlierSpell(mark.pupil, on: mark.session.day)
  }

  /// Returns the issue with a mark that is not allowed, or `nil` for no mark, `#` and `Z`, which are
  /// expected off roll, and for a guest.
  func issue(with mark: Mark, of pupil: Pupil) -> Issue? {
    let day = mark.session.day
    guard CodeSet.inSchoolTime.contains(mark.code) else { return nil }
    switch pupil.offRollReason(on: day) {
    case .beforeAdmission: return .markBeforeAdmission(on: day)
    case .afterLeaving: return .markAfterLeaving(on: day)
    case .betweenSpells: return .markBetweenSpells(on: day)
    case .guest: return nil
    }
  }
}

/// The reason a pupil is not on roll on a day.
package enum OffRollReason: Sendable {
  case guest, beforeAdmission, afterLeaving, betweenSpells
}

extension Pupil {
  /// Returns the reason the pupil is not on roll on a day on which the pupil is not.
  func offRollReason(on day: Day) -> OffRollReason {
    if enrolment == .guest { return .guest }
    if let first = spells.first?.first, day < first { return .beforeAdmission }
    if let left, day > left { return .afterLeaving }
    return .betweenSpells
  }
}

// MARK: - School years

extension FindingRule {
  static let tooManySchoolYears = FindingRule(
    "too-many-school-years", .warns,
    meaning:
      "A school's exports have marks in more than fourteen school years, so some dates must be wrong. Marks "
      + "in further years are left out.",
    remedy:
      "Check the dates in the file, and profile: dates in the trust file.")
}

extension Issue {
  static func tooManySchoolYears(on day: Day) -> Issue {
    Issue(
      .tooManySchoolYears, "a mark on \(day.formatted), beyond the limit of fourteen school years",
      kind: "marks beyond the limit of fourteen school years")
  }
}

extension FindingRule {
  static let laterSchoolYear = FindingRule(
    "later-school-year", .warns,
    meaning:
      "A mark is in a school year after the one in which the registers end. It does not count.",
    remedy:
      "Correct the date, or set as_at in the trust file. The mark does not count.")
}

extension Issue {
  static func laterSchoolYear(on day: Day, registersEnd year: SchoolYear) -> Issue {
    Issue(
      .laterSchoolYear, "a mark on \(day.formatted), but the registers end in \(year.name)",
      kind: "marks dated after \(year.name), in which the registers end")
  }
}

extension FindingRule {
  static let marksAhead = FindingRule(
    "marks-ahead", .informs,
    meaning:
      "Marks are after the as-at date: planned absence, closures, or a day whose registers are not "
      + "complete. If no as-at date is given, it is the last day on which at least half of the pupils on roll "
      + "have a mark.",
    remedy:
      "Nothing to do. Set as_at in the trust file if another day is meant.")
}

extension Issue {
  static func marksAhead(_ count: Int, after last: Day) -> Issue {
    Issue(
      .marksAhead,
      "\(Issue.count(count, "mark")) after \(last.formatted), the last day on which at least half of the pupils have one; "
        + "not used")
  }
}

/// The last day of a school's registers, derived from the marks if there is no as-at date.
struct RegisterEnd {
  let year: SchoolYear
  /// The last day on which at least half of the pupils on roll have a mark.
  let day: Day

  /// Returns `nil` if the grid has no mark.
  init?(_ grid: MarkGrid, pupils: [Pupil]) {
    guard let year = grid.presentYear, let sheet = grid.sheets.first(where: { $0.year == year }),
      let last = SessionCounts(sheet, pupils: pupils).lastDay
    else { return nil }
    self.year = year
    day = sheet.day(ofSlot: 2 * last)
  }

  /// Returns the number of half-days of a school year up to the end.
  func slots(of other: SchoolYear) -> Int {
    other == year ? Int(day + 1 - year.firstDay) * 2 : other < year ? MarkGrid.width : 0
  }
}

/// Reports the marks of a school year after that in which a school's registers end, in a second pass over a file.
struct LaterMarks: MarkSink {
  let file: String
  let schools: [RegisterBuilder]
  let rules: MarkValidity
  /// Cells reported already, so that a repeated mark is refused once.
  private var seen: Set<MarkCell> = []

  init(file: String, schools: [RegisterBuilder], rules: MarkValidity) {
    self.file = file
    self.schools = schools
    self.rules = rules
  }

  mutating func receive<Rows: MarkRows & ~Copyable>(_ input: MarkInput, from rows: inout Rows) {
    guard case .mark(let mark) = input, mark.code != .noMark, let end = schools[mark.school].end else {
      return
    }
    let day = mark.session.day
    let cell = MarkCell(school: mark.school, pupil: mark.pupil, session: mark.session)
    guard day > end.year.lastDay, rules.allows(mark, in: schools[mark.school]), seen.insert(cell).inserted
    else {
      return
    }
    schools[mark.school].report(
      .laterSchoolYear(on: day, registersEnd: end.year), file, at: rows.location, mark: mark)
  }
}

extension FindingRule {
  static let markInAnEarlierYear = FindingRule(
    "mark-in-an-earlier-year", .warns,
    meaning:
      "A few marks are in a school year before that of the registers; a mistyped year looks like this. They "
      + "count in rolling periods, but not in this year's figures.",
    remedy: "Correct the date in the school's system, unless that year is meant.")
}

extension Issue {
  static func markInAnEarlierYear(on day: Day) -> Issue {
    Issue(
      .markInAnEarlierYear, "a mark on \(day.formatted), in a school year with few others",
      kind: "marks in a school year with few others")
  }
}

/// Reports the few marks of an earlier school year that may be mistyped, in a second pass over a file. They
/// still count.
struct StrayMarks: MarkSink {
  let file: String
  let schools: [RegisterBuilder]
  let rules: MarkValidity
  /// For each school, the years with few marks.
  let years: [Set<SchoolYear>]

  mutating func receive<Rows: MarkRows & ~Copyable>(_ input: MarkInput, from rows: inout Rows) {
    guard case .mark(let mark) = input, mark.code != .noMark, rules.allows(mark, in: schools[mark.school]),
      years[mark.school].contains(SchoolYear(containing: mark.session.day))
    else { return }
    schools[mark.school].report(
      .markInAnEarlierYear(on: mark.session.day), file, at: rows.location, mark: mark)
  }
}
