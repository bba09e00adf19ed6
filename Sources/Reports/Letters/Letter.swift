import Measures
import Policies
import Registers

/// A letter to the parents or carers of one pupil: what it says of the pupil, before any template.
///
/// It names the pupil and stands under `restricted/` only.
package struct Letter: Sendable {
  /// Missing: empty.
  package let surname: String
  /// Missing: empty.
  package let forename: String
  /// Missing: empty.
  package let upn: String
  /// The pupil by the names there are, or by the surest number.
  package let fullName: String
  package let year: NCYear?
  /// The class or form. Missing: empty.
  package let form: String
  package let thisYear: Year
  /// Missing: nil where the registers hold no session of the pupil in that year.
  package let lastYear: Year?
  package let lateness: Lateness
  /// What was missed this year, the latest first.
  package let missed: [MissedDays]

  /// A pupil's sessions in a school year.
  package struct Year: Sendable {
    package let schoolYear: SchoolYear
    package let tally: SessionTally
    /// What the registers hold of the year: its first and last school day. Missing: nil where they hold all, or it goes on.
    package let part: ClosedRange<Day>?
  }
}

extension Letter {
  /// Missing: nil for a pupil with no possible session.
  init?(_ figures: PupilFigures, of school: SchoolFigures) {
    guard figures.year.possible > 0 else { return nil }
    let pupil = figures.pupil
    surname = pupil.surname.exposed
    forename = pupil.forename.exposed
    upn = pupil.upn.exposed
    let names = [forename, surname].filter { !$0.isEmpty }
    fullName = names.isEmpty ? "pupil \(PupilCells.identifier(of: pupil))" : names.joined(separator: " ")
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
  static func comesBefore(_ left: Letter, _ right: Letter) -> Bool {
    let years = [left, right].map { $0.year?.number ?? Int.max }
    return (years[0], left.form, left.surname, left.forename, left.upn)
      < (years[1], right.form, right.surname, right.forename, right.upn)
  }
}

extension Letter.Year {
  /// A year from the middle of September to the end of June is taken for whole: schools begin and end on different days.
  fileprivate static func part(of year: SchoolYear, in school: SchoolFigures) -> ClosedRange<Day>? {
    guard let days = school.schoolDays(in: year) else { return nil }
    let isWhole = days.lowerBound <= year.firstDay + 45 && days.upperBound >= year.lastDay - 31
    return isWhole ? nil : days
  }

  /// `2024/25`, or as much of it as the registers hold: `2024/25, 5 January to 23 July`.
  package var inWords: String {
    guard let part else { return schoolYear.name }
    return "\(schoolYear.name), \(part.lowerBound.inWordsOfYear) to \(part.upperBound.inWordsOfYear)"
  }

  /// Missing: `[z]`, though a letter's years each have a possible session.
  package var attendance: Cell { .rate(tally.attendanceRate, of: 1) }

  /// The kinds of absence there were, with their sessions.
  package var kinds: [(kind: AbsenceKind, sessions: Int)] {
    AbsenceKind.allCases.map { ($0, tally[$0.codes]) }.filter { $0.sessions > 0 }
  }
}

extension Letter: CustomStringConvertible, CustomDebugStringConvertible {
  package var description: String { "a letter about \(missed.count) absences" }
  package var debugDescription: String { description }
}
