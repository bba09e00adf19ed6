import Measures
import Registers
import ReportModel

/// The same groups in each school, so that what is common and what is local can be told apart.
struct SchoolGroups {
  let trust: TrustFigures
  let schools: [SchoolFigures]
  private let source = Table.ofTheTrust

  init(_ trust: TrustFigures, _ schools: [SchoolFigures]) {
    self.trust = trust
    self.schools = schools
  }

  private static let groups = [
    Group.total, Group(.senProvision, SENProvision.ehcPlan.name),
    Group(.senProvision, SENProvision.support.name), Group(.disadvantage, "Disadvantaged"),
    Group(.lookedAfter, "Looked after"), Group(.sex, Sex.female.name), Group(.sex, Sex.male.name),
  ]

  /// Missed in the year to date, in the half-term, how that changed, and who is persistently absent.
  var section: Section {
    let current = trust.currentHalfTerm ?? .yearToDate
    var tables = [
      table("Groups_by_school", "Sessions missed by group in each school, year to date") { school, group in
        school.figures(of: group, in: .yearToDate)?.rateCell(\.absenceRate)
      },
      table(
        "Groups_by_school_now", "Sessions missed by group in each school, \(current.name)"
      ) { school, group in school.figures(of: group, in: current)?.rateCell(\.absenceRate) },
    ]
    if let previous = trust.previousHalfTerm {
      tables.append(
        table(
          "Groups_by_school_change",
          "Change in sessions missed by group, \(previous.name) to \(current.name)",
          unit: "points"
        ) { school, group in
          guard let before = school.figures(of: group, in: previous),
            let now = school.figures(of: group, in: current)
          else { return nil }
          return GroupFigures.pointsCell(\.absenceRate, from: before, to: now)
        })
    }
    tables.append(
      table(
        "Groups_by_school_persistent", "Persistently absent by group in each school, year to date"
      ) { school, group in school.figures(of: group, in: .yearToDate)?.persistentShareCell })
    return Section("Groups in each school", tables: tables)
  }

  /// - Parameter cell: Missing: nil where a school has no pupil in the group.
  private func table(
    _ name: String, _ title: String, unit: String = "%", cell: (SchoolFigures, Group) -> Cell?
  ) -> Table {
    Table(
      name, title: title,
      columns: [Table.Column("School", .text)]
        + SchoolGroups.groups.map {
          Table.Column("\($0.label) (\(unit))", unit == "%" ? .percent : .number)
        },
      rows: schools.map { school in
        [.text(school.school.name)]
          + SchoolGroups.groups.map { cell(school, $0) ?? .shorthand(.notApplicable) }
      }, notes: ["[z] stands where a school has no pupil in the group."], source: source)
  }
}
