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

  /// The figures of some pupils as national figures count them: without Summer 2 of Year 11. Source: rules, section 3.
  func sum(of pupils: [PupilFigures], in period: Period) -> GroupFigures {
    let summer2 = school.halfTerms.firstIndex { $0.name == .summer2 }
    let place = school.periods.firstIndex(of: period) ?? 0
    return pupils.reduce(into: .zero) { sum, pupil in
      let isCut = summer2 != nil && pupil.pupil.leavesOutSummer2(in: school.schoolYear)
      guard place == 0 else {
        if !(isCut && place - 1 == summer2) { sum += GroupFigures(pupil: pupil.halfTerms[place - 1]) }
        return
      }
      guard isCut, let summer2 else {
        sum += GroupFigures(pupil: pupil.year)
        return
      }
      sum += GroupFigures(pupil: pupil.year - pupil.halfTerms[summer2])
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
