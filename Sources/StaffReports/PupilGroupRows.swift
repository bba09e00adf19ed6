import Measures
import Registers
import ReportModel

/// A row of a table that compares groups of pupils.
struct PupilGroupRow: Sendable {
  let name: String
  let year: GroupFigures
  /// The share of sessions missed in the current half-term, or `nil` if no session was possible.
  let now: Rate?
  /// The share of sessions missed in the half-term before, or `nil` if no session was possible.
  let before: Rate?

  var isEmpty: Bool { year.enrolments == 0 }
}

/// Makes rows of groups by today's statuses, from pupils in the national scope.
struct PupilGroupRows {
  private let school: SchoolFigures
  let pupils: [PupilFigures]

  init(_ school: SchoolFigures) {
    self.school = school
    pupils = school.pupils.filter { $0.isInScope && $0.year.possible > 0 }
  }

  /// Returns the row of the pupils who satisfy a condition, by the sessions of the days on which it is true.
  func row(_ name: String, where condition: (Pupil) -> Bool) -> PupilGroupRow {
    row(name) { school.figures(in: $0, where: condition) }
  }

  /// Returns the row of a group of the school's figures, whose statuses count on their days.
  func row(_ name: String, _ group: Group) -> PupilGroupRow {
    row(name) { school.figures(of: group, in: $0) ?? .zero }
  }

  private func row(_ name: String, _ figures: (Period) -> GroupFigures) -> PupilGroupRow {
    PupilGroupRow(
      name: name, year: figures(.yearToDate),
      now: school.currentHalfTerm.flatMap { figures($0).tally.absenceRate },
      before: school.previousHalfTerm.flatMap { figures($0).tally.absenceRate })
  }
}

extension Column<PupilGroupRow> {
  /// The columns of a table of groups.
  ///
  /// - Parameter title: The title of the column with the names of the groups.
  static func all(_ title: String, _ school: SchoolFigures) -> [Column] {
    let current = school.currentHalfTerm?.name ?? "This half-term"
    return [
      .text("group", title) { $0.name },
      Column("enrolments", "Pupils") { .pupils($0.year.enrolments) },
      .share("absence_percent", "Missed, year (%)") { $0.year.tally.absenceRate },
      .share("absence_without_c2_percent", "Excluding part-time timetables (%)") {
        $0.year.tally.absenceRateWithoutC2
      },
      .share("half_term_absence_percent", "Missed, \(current) (%)") { $0.now },
      Column("change_points", "Change (points)") { row in
        guard let now = row.now, let before = row.before else { return .shorthand(.notApplicable) }
        return .points(Rate.difference(now, before), of: row.year.enrolments)
      },
      .share("illness_percent", "Illness (%)") { Rate($0.year.tally[.illness], of: $0.year.tally.possible) },
      .share("unauthorised_percent", "Unauthorised (%)") { $0.year.tally.unauthorisedRate },
      Column("persistent", "Persistently absent") { .pupils($0.year.persistent) },
      Column("persistent_percent", "Persistently absent (%)", .percent) { .share($0.year.persistentRate) },
    ]
  }

  /// A column of a share of the group's sessions.
  private static func share(
    _ id: String, _ title: String, _ rate: @escaping @Sendable (PupilGroupRow) -> Rate?
  ) -> Column {
    Column(id, title, .percent) { .rate(rate($0), of: $0.year.enrolments) }
  }
}
