import Measures
import Registers
import ReportModel

/// Rows of groups of pupils by today's statuses, against each other: of pupils in the national scope.
struct PupilGroupRows {
  private let school: SchoolFigures
  let pupils: [PupilFigures]

  init(_ school: SchoolFigures) {
    self.school = school
    pupils = school.pupils.filter { $0.isInScope && $0.year.possible > 0 }
  }

  /// The figures of some pupils as national figures count them: without Summer 2 of Year 11. Source: rules, section 3.
  func sum(of pupils: [PupilFigures], in period: Period) -> GroupFigures {
    pupils.reduce(into: .zero) { sum, pupil in
      if let tally = school.national(pupil, in: period) { sum += GroupFigures(pupil: tally) }
    }
  }

  static func columns(_ school: SchoolFigures) -> [Table.Column] {
    let current = school.currentHalfTerm?.name ?? "This half-term"
    return [
      Table.Column("Pupils"), Table.Column("Missed, year (%)", .percent),
      Table.Column("Without C2 (%)", .percent),
      Table.Column("Missed, \(current) (%)", .percent), Table.Column("Change (points)"),
      Table.Column("Illness (%)", .percent), Table.Column("Unauthorised (%)", .percent),
      Table.Column("Persistently absent"), Table.Column("Persistently absent (%)", .percent),
    ]
  }

  func row(_ name: String, _ pupils: [PupilFigures]) -> [Cell] {
    row(name) { sum(of: pupils, in: $0) }
  }

  /// The row of a group of the school's figures, whose statuses count on their days.
  func row(_ name: String, _ group: Group) -> [Cell] {
    row(name) { school.figures(of: group, in: $0) ?? .zero }
  }

  private func row(_ name: String, _ figures: (Period) -> GroupFigures) -> [Cell] {
    let year = figures(.yearToDate)
    let count = year.enrolments
    let now = school.currentHalfTerm.flatMap { figures($0).tally.absenceRate }
    let before = school.previousHalfTerm.flatMap { figures($0).tally.absenceRate }
    let change = now.flatMap { now in before.map { Rate.difference(now, $0) } }
    return [
      .text(name), .pupils(count), .rate(year.tally.absenceRate, of: count),
      .rate(year.tally.absenceRateWithoutC2, of: count), .rate(now, of: count),
      change.map { .points($0, of: count) } ?? .shorthand(.notApplicable),
      .rate(Rate(year.tally[.illness], of: year.tally.possible), of: count),
      .rate(year.tally.unauthorisedRate, of: count), .pupils(year.persistent), .share(year.persistentRate),
    ]
  }
}
