import Measures
import Policies
import Registers
import ReportModel

/// The figures of one pupil that a letter to the parents or carers is made from.
struct LetterFigures: Sendable {
  /// Missing: empty.
  let surname: String
  /// Missing: empty.
  let forename: String
  /// Missing: empty.
  let upn: String
  /// The pupil by the names there are, or by the surest number.
  let fullName: String
  let year: NCYear?
  /// The class or form. Missing: empty.
  let form: String
  let thisYear: Year
  /// Missing: nil where the registers hold no session of the pupil in that year.
  let lastYear: Year?
  let lateness: Lateness
  /// What was missed this year, the latest first.
  let missed: [MissedDays]

  /// A pupil's sessions in a school year.
  struct Year: Sendable {
    let schoolYear: SchoolYear
    let tally: SessionTally
    /// What the registers hold of the year: its first and last school day. Missing: nil where they hold all, or it goes on.
    let part: ClosedRange<Day>?
  }
}

extension LetterFigures {
  /// Missing: nil for a pupil with no possible session.
  init?(_ figures: PupilFigures, of school: SchoolFigures) {
    guard figures.year.possible > 0 else { return nil }
    let pupil = figures.pupil
    surname = pupil.surname.unredacted
    forename = pupil.forename.unredacted
    upn = pupil.upn.unredacted
    let names = [forename, surname].filter { !$0.isEmpty }
    fullName = names.isEmpty ? "pupil \(pupil.identifier)" : names.joined(separator: " ")
    year = pupil.year
    form = pupil.registrationGroup
    thisYear = Year(schoolYear: school.schoolYear, tally: figures.year, part: nil)
    let before = SchoolYear(start: school.schoolYear.start - 1)
    lastYear = school.tally(of: figures, in: before).map {
      Year(schoolYear: before, tally: $0, part: Year.part(of: before, in: school))
    }
    lateness = figures.lateness
    missed = school.missedDays(of: figures)
  }

  /// By year, form, surname and forename, as letters are handed out; those of no known year last.
  static func comesBefore(_ left: LetterFigures, _ right: LetterFigures) -> Bool {
    let years = [left, right].map { $0.year?.number ?? Int.max }
    return (years[0], left.form, left.surname, left.forename, left.upn)
      < (years[1], right.form, right.surname, right.forename, right.upn)
  }
}

extension LetterFigures.Year {
  /// A year from the middle of September to the end of June is taken for whole: schools begin and end on different days.
  fileprivate static func part(of year: SchoolYear, in school: SchoolFigures) -> ClosedRange<Day>? {
    guard let days = school.schoolDays(in: year) else { return nil }
    let isWhole = days.lowerBound <= year.firstDay + 45 && days.upperBound >= year.lastDay - 31
    return isWhole ? nil : days
  }

  /// `2024/25`, or as much of it as the registers hold: `2024/25, 5 January to 23 July`.
  var formatted: String {
    guard let part else { return schoolYear.name }
    return "\(schoolYear.name), \(part.lowerBound.dayAndMonth) to \(part.upperBound.dayAndMonth)"
  }

  /// Missing: `[z]`, though a letter's years each have a possible session.
  var attendance: Cell { .rate(tally.attendanceRate, of: 1) }

  /// The kinds of absence there were, with their sessions.
  var kinds: [(kind: AbsenceKind, sessions: Int)] {
    AbsenceKind.allCases.map { ($0, tally[$0.codes]) }.filter { $0.sessions > 0 }
  }
}

extension LetterFigures {
  /// The number of runs of days that a letter lists; more would not fit its one page.
  static let maxAbsences = 10

  /// The letter as text.
  var letter: Letter {
    let tally = thisYear.tally
    var letter = Letter()
    letter.surname = surname
    letter.forename = forename
    letter.fullName = fullName
    letter.year = year?.name ?? ""
    letter.form = form
    letter.attendance = thisYear.attendance.formatted
    letter.sessionsMissed =
      "\(Cell.number(tally.absence).formatted) of \(LetterFigures.sessions(tally.possible))"
    letter.timeMissed = LetterFigures.days(ofSessions: tally.absence)
    letter.schoolYear = thisYear.schoolYear.name
    letter.lastSchoolYear = lastYear?.formatted
    letter.figures = figures
    letter.absences = missed.prefix(LetterFigures.maxAbsences).map {
      Letter.Absence(days: $0.daysLabel, reason: $0.code.reasonLabel)
    }
    let rest = missed.dropFirst(LetterFigures.maxAbsences).reduce(0) { $0 + $1.sessions }
    if rest > 0 { letter.earlierAbsences = LetterFigures.sessions(rest, more: true) }
    return letter
  }

  /// Rows for the sessions possible and missed, and one for each kind of absence in either year.
  private var figures: [Letter.Figure] {
    let rows: [(label: String, isKind: Bool, value: (SessionTally) -> String)] =
      [
        ("Attendance", false, { Cell.rate($0.attendanceRate, of: 1).formatted }),
        ("Sessions your child could attend", false, { Cell.number($0.possible).formatted }),
        (
          "Sessions missed", false,
          { "\(Cell.number($0.absence).formatted) (\(LetterFigures.days(ofSessions: $0.absence)))" }
        ),
      ]
      + AbsenceKind.allCases.filter { kind in
        thisYear.tally[kind.codes] + (lastYear?.tally[kind.codes] ?? 0) > 0
      }.map { kind in (kind.formatted, true, { Cell.number($0[kind.codes]).formatted }) }
    return rows.map { row in
      Letter.Figure(
        label: row.label, isKind: row.isKind, thisYear: row.value(thisYear.tally),
        lastYear: lastYear.map { row.value($0.tally) } ?? "")
    }
  }
}

extension LetterFigures: CustomStringConvertible, CustomDebugStringConvertible {
  var description: String { "the figures of a letter" }
  var debugDescription: String { description }
}
