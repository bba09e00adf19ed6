import Registers
import Tabular

/// Checks of dates: how they are written, and whether a mark can count on its day.
enum CalendarChecks {
  static let rules: [FindingRule] = [
    .impossibleDate, .datesInUniversalTime, .weekNotFromMonday, .markOutsideHalfTerms,
    .markBeforeAdmission, .markAfterLeaving, .weekendMark, .tooManySchoolYears, .laterSchoolYear,
    .markInTheFuture, .markInAnEarlierYear,
  ]
}

// MARK: - Written dates

extension FindingRule {
  static let impossibleDate = FindingRule(
    "impossible-date", .warns,
    meaning:
      "A date is not in the calendar, or is written in another order than the dates above it. The row "
      + "is left out.",
    remedy:
      "Correct the date in the school's system, or set profile: dates in the trust file.")
}

extension Issue {
  static func impossibleDate(written: String) -> Issue {
    Issue(
      .impossibleDate, "\(Issue.quoted(written)) is not a date, or is not written like the dates above it",
      refusal: .date, refusedText: written)
  }
}

extension FindingRule {
  static let datesInUniversalTime = FindingRule(
    "dates-in-universal-time", .informs,
    meaning:
      "Dates are written as stamps in universal time, which under summer time is an hour before midnight "
      + "of the day before. They are read as the day they stand for.",
    remedy:
      "Nothing to do.")
}

extension Issue {
  static func datesInUniversalTime(_ count: Int) -> Issue {
    Issue(
      .datesInUniversalTime,
      "\(Issue.count(count, "date")) of 23:00 the day before, in universal time, read as the day meant")
  }
}

extension FindingRule {
  static let weekNotFromMonday = FindingRule(
    "week-not-from-monday", .warns,
    meaning:
      "A week of marks says that it starts on another day than Monday, so that no mark can be given its "
      + "session. The row is left out.",
    remedy:
      "Export the weeks from their Mondays, or look at profile: dates in the trust file.")
}

extension Issue {
  static func weekNotFromMonday(_ day: Day) -> Issue {
    Issue(.weekNotFromMonday, "\(day.formatted) is a \(day.weekday.name), and weeks start on a Monday")
  }
}

// MARK: - Days on which a mark can count

extension FindingRule {
  static let markOutsideHalfTerms = FindingRule(
    "mark-outside-half-terms", .warns,
    meaning:
      "A mark lies outside the half-terms the trust file gives. It does not count.",
    remedy:
      "The mark does not count. Correct calendar: half_terms in the trust file, or the register.")
}

extension Issue {
  static func markOutsideHalfTerms(on day: Day) -> Issue {
    Issue(.markOutsideHalfTerms, "a mark on \(day.formatted), outside the half-terms of the trust file")
  }
}

extension FindingRule {
  static let markBeforeAdmission = FindingRule(
    "mark-before-admission", .warns,
    meaning:
      "A pupil has a mark for a day before the admission date. It does not count.",
    remedy:
      "The mark does not count. Correct the admission date in the pupil details, or the register.")
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
      "The mark does not count. Correct the leaving date in the pupil details, or the register.")
}

extension Issue {
  static func markAfterLeaving(on day: Day) -> Issue {
    Issue(
      .markAfterLeaving, "a mark on \(day.formatted), after the pupil's leaving date",
      kind: "marks after the pupil's leaving date")
  }
}

extension FindingRule {
  static let weekendMark = FindingRule(
    "weekend-mark", .warns,
    meaning:
      "A mark of a session in school time lies on a Saturday or Sunday. It counts; no school is bound to "
      + "be shut then, but few are open, and a shifted date looks like this.",
    remedy:
      "Look at the dates: columns may have shifted by a day, or day and month changed places. If the "
      + "school was open, nothing is to do.")
}

extension Issue {
  static func weekendMark(on day: Day) -> Issue {
    Issue(
      .weekendMark, "a mark on \(day.formatted), a \(day.weekday.name)",
      kind: "marks on a Saturday or Sunday")
  }
}

/// The rules by which a mark counts in a register: its pupil is on roll, and its day lies in a half-term.
struct MarkValidity {
  /// The last day whose marks count, or `nil` if every day counts.
  let asAt: Day?
  /// The half-terms of the trust file, or none if they are derived from the marks.
  let halfTerms: [HalfTerm]

  /// Codes checked one by one: those not valid on every day, and N and E, which should not last.
  let checkedCodes = CodeSet(
    AttendanceCode.allCases.filter {
      $0.validFrom != nil || $0.validTo != nil || $0 == .reasonNotEstablished || $0 == .suspended
    })

  /// Returns whether the pupil is on roll and the day is in one of the given half-terms.
  @inline(__always)
  func allows(_ mark: Mark) -> Bool {
    guard mark.onRoll.contains(mark.session.day.number) else { return false }
    return halfTerms.isEmpty || isInHalfTerm(mark)
  }

  private func isInHalfTerm(_ mark: Mark) -> Bool {
    let day = mark.session.day
    return halfTerms.contains { $0.contains(day) } || !CodeSet.inSchoolTime.contains(mark.code)
      // The half-terms of one school year do not limit another year, whose marks the rolling windows use.
      || !halfTerms.contains { SchoolYear(containing: $0.first) == SchoolYear(containing: day) }
  }

  /// Returns the issue with a mark that is not allowed, or `nil` for no mark, `#` and `Z`, which are
  /// expected off roll.
  func issue(with mark: Mark, of pupil: Pupil) -> Issue? {
    let day = mark.session.day
    if mark.onRoll.contains(day.number) { return .markOutsideHalfTerms(on: day) }
    guard CodeSet.inSchoolTime.contains(mark.code) else { return nil }
    if let admitted = pupil.admitted, day < admitted { return .markBeforeAdmission(on: day) }
    return .markAfterLeaving(on: day)
  }
}

// MARK: - School years

extension FindingRule {
  static let tooManySchoolYears = FindingRule(
    "too-many-school-years", .warns,
    meaning:
      "A school's exports hold marks of more than fourteen school years, so that some of their dates must "
      + "be wrong. Marks of further years are left out.",
    remedy:
      "The mark does not count. Look at the dates of the file, and at profile: dates in the trust file.")
}

extension Issue {
  static func tooManySchoolYears(on day: Day) -> Issue {
    Issue(
      .tooManySchoolYears, "a mark on \(day.formatted), of one school year too many",
      kind: "marks of one school year too many")
  }
}

extension FindingRule {
  static let laterSchoolYear = FindingRule(
    "later-school-year", .warns,
    meaning:
      "A mark lies in a school year after the one the registers end in. It does not count.",
    remedy:
      "The mark does not count. Correct the date, or set as_at in the trust file.")
}

extension Issue {
  static func laterSchoolYear(on day: Day, registersEnd year: SchoolYear) -> Issue {
    Issue(
      .laterSchoolYear, "a mark on \(day.formatted), but the registers end in \(year.name)",
      kind: "marks dated after \(year.name), in which the registers end")
  }
}

extension FindingRule {
  static let markInTheFuture = FindingRule(
    "mark-in-the-future", .warns,
    meaning:
      "A few marks lie weeks after the last day for which most pupils have marks, as a mistyped month "
      + "does. They do not count, so that they do not become the as-at date.",
    remedy:
      "The mark does not count. Correct the date, or set as_at in the trust file.")
}

extension Issue {
  static func markInTheFuture(on day: Day, registersEnd last: Day) -> Issue {
    Issue(
      .markInTheFuture, "a mark on \(day.formatted), but the registers end on \(last.formatted)",
      kind: "marks dated after the registers end")
  }
}

/// The last day of a school's registers, derived from the marks where there is no as-at date.
struct RegisterEnd {
  let year: SchoolYear
  /// The last day whose marks count: that of the year, or an earlier one if only stray marks follow it.
  let day: Day
  let hasLaterMarks: Bool

  /// A longer gap between marks than any holiday but the summer's. In days.
  private static let maxGap = 21

  /// Returns `nil` if the grid has no mark.
  init?(_ grid: MarkGrid) {
    guard let year = grid.presentYear, let sheet = grid.sheets.first(where: { $0.year == year }) else {
      return nil
    }
    self.year = year
    let counts = sheet.marksBySession
    let maximum = counts.max() ?? 0
    let last = counts.indices.last { counts[$0] > max(1, maximum / 50) }.map { sheet.day(ofSlot: $0) }
    let stray = counts.indices.last { counts[$0] > 0 }.map { sheet.day(ofSlot: $0) }
    if let last, let stray, maximum >= 5,
      counts.indices.allSatisfy({ slot in
        let gap = sheet.day(ofSlot: slot) - last
        return counts[slot] == 0 || gap <= 0 || gap > RegisterEnd.maxGap
      }), stray - last > RegisterEnd.maxGap
    {
      day = last
      hasLaterMarks = true
    } else {
      day = year.lastDay
      hasLaterMarks = grid.hasMarks(after: year)
    }
  }
}

/// Reports the marks after the end of a school's registers, in a second pass over a file.
struct LaterMarks: MarkSink {
  let file: String
  let schools: [RegisterBuilder]
  let positions: [Int]
  let rules: MarkValidity
  /// Cells reported already, so that a repeated mark is refused once.
  private(set) var seen: Set<MarkCell>
  private(set) var refused = 0

  init(file: String, schools: [RegisterBuilder], positions: [Int], rules: MarkValidity, seen: Set<MarkCell>) {
    self.file = file
    self.schools = schools
    self.positions = positions
    self.rules = rules
    self.seen = seen
  }

  mutating func receive<Rows: MarkRows & ~Copyable>(_ input: MarkInput, from rows: inout Rows) {
    guard case .mark(let mark) = input, mark.code != .noMark, let end = schools[mark.school].end else {
      return
    }
    let day = mark.session.day
    let cell = MarkCell(school: positions[mark.school], pupil: mark.pupil, session: mark.session)
    guard day > end.day, rules.allows(mark), seen.insert(cell).inserted else { return }
    refused += 1
    let issue: Issue =
      day > end.year.lastDay
      ? .laterSchoolYear(on: day, registersEnd: end.year) : .markInTheFuture(on: day, registersEnd: end.day)
    schools[mark.school].report(issue, file, at: rows.location)
  }
}

extension FindingRule {
  static let markInAnEarlierYear = FindingRule(
    "mark-in-an-earlier-year", .warns,
    meaning:
      "A few marks lie in a school year before the one the registers are of, as a mistyped year does. They count in rolling "
      + "windows and in no figure of this year.",
    remedy: "Correct the date in the school's system, unless the mark is meant to be of that year.")
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
    guard case .mark(let mark) = input, mark.code != .noMark, rules.allows(mark),
      years[mark.school].contains(SchoolYear(containing: mark.session.day))
    else { return }
    schools[mark.school].report(.markInAnEarlierYear(on: mark.session.day), file, at: rows.location)
  }
}
