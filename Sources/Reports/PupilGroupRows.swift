import Measures
import Registers

/// Rows of groups of pupils by today's statuses, against each other: of pupils in the national scope.
struct PupilGroupRows {
  private let school: SchoolFigures
  let pupils: [PupilFigures]

  init(_ school: SchoolFigures) {
    self.school = school
    pupils = school.pupils.filter { $0.isInScope && $0.year.possible > 0 }
  }

  func sum(of pupils: [PupilFigures], in period: Period) -> GroupFigures {
    let place = school.periods.firstIndex(of: period) ?? 0
    return pupils.reduce(into: .zero) { sum, pupil in
      sum += GroupFigures(pupil: place == 0 ? pupil.year : pupil.halfTerms[place - 1])
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
    let year = sum(of: pupils, in: .yearToDate)
    let count = year.enrolments
    let now = school.currentHalfTerm.map { sum(of: pupils, in: $0).tally.absenceRate } ?? nil
    let before = school.previousHalfTerm.map { sum(of: pupils, in: $0).tally.absenceRate } ?? nil
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
