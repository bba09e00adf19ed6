import Measures
import Policies
import Registers
import ReportModel

/// The figures of one pupil for a letter to the parents or carers.
struct LetterFigures: Sendable {
  /// The surname, or empty.
  let surname: String
  /// The forename, or empty.
  let forename: String
  /// The unique pupil number, or empty.
  let upn: String
  /// The pupil's names, or the most reliable identifier if there are none.
  let fullName: String
  let year: NCYear?
  /// The class or form, or empty.
  let form: String
  let thisYear: Year
  /// The year before, or `nil` if the registers have no session of the pupil in it.
  let lastYear: Year?
  let lateness: Lateness
  /// The days missed this year, the latest first.
  let missed: [MissedDays]

  /// A pupil's sessions in a school year.
  struct Year: Sendable {
    let schoolYear: SchoolYear
    let tally: SessionTally
    /// The first and last school day in the registers, or `nil` if they contain the whole year or the year has not
    /// ended.
    let part: ClosedRange<Day>?
  }
}

extension LetterFigures {
  /// Creates the figures of a pupil, or returns `nil` if the pupil has no possible session.
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

  /// Returns a Boolean value that indicates whether a letter comes first, by year, form, surname and forename. Pupils
  /// of no known year come last.
  static func comesBefore(_ left: LetterFigures, _ right: LetterFigures) -> Bool {
    let years = [left, right].map { $0.year?.number ?? Int.max }
    return (years[0], left.form, left.surname, left.forename, left.upn)
      < (years[1], right.form, right.surname, right.forename, right.upn)
  }
}

extension LetterFigures.Year {
  /// Returns the days of a year in the registers, or `nil` if they contain the whole year.
  ///
  /// A year from the middle of September to the end of June counts as whole, because schools start and end on different
  /// days.
  fileprivate static func part(of year: SchoolYear, in school: SchoolFigures) -> ClosedRange<Day>? {
    guard let days = school.schoolDays(in: year) else { return nil }
    let isWhole = days.lowerBound <= year.firstDay + 45 && days.upperBound >= year.lastDay - 31
    return isWhole ? nil : days
  }

  /// The school year, with the days in the registers if they are a part of it: `2024/25, 5 January to 23 July`.
  var formatted: String {
    guard let part else { return schoolYear.name }
    return "\(schoolYear.name), \(part.lowerBound.dayAndMonth) to \(part.upperBound.dayAndMonth)"
  }

  /// The attendance rate. It is not `[z]`, because a letter's years each have a possible session.
  var attendance: Cell { .rate(tally.attendanceRate, of: 1) }

  /// The kinds of absence that occurred, with their sessions.
  var kinds: [(kind: AbsenceKind, sessions: Int)] {
    AbsenceKind.allCases.map { ($0, tally[$0.codes]) }.filter { $0.sessions > 0 }
  }
}

extension LetterFigures {
  /// The maximum number of absences in a letter, so that it fits one page.
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

  /// The rows for the sessions possible and missed, and for each kind of absence in either year.
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
