import Measures
import Registers
import ReportModel

/// Schools that belong together: of a phase, and those the trust file names, such as a cluster or a centre.
///
/// A set's figures stand only where those of each of its schools do, so that they tell nothing more than these.
struct SchoolSets {
  let schools: [SchoolFigures]

  struct Set {
    let name: String
    let schools: [SchoolFigures]
  }

  /// Phases of two schools and more where there is more than one phase, then the named sets in the order they are first named.
  var all: [Set] {
    let phases = School.Phase.allCases.map { phase in
      Set(
        name: "All \(phase.formatted) schools".replacing("provision schools", with: "provision"),
        schools: schools.filter { $0.school.phase == phase })
    }.filter { $0.schools.count > 1 && $0.schools.count < schools.count }
    let names = schools.flatMap(\.school.sets).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
    return phases
      + names.map { name in Set(name: name, schools: schools.filter { $0.school.sets.contains(name) }) }
  }

  /// Missing: nil where there are no sets.
  ///
  /// - Parameter current: The trust's half-term. Missing: nil before the first.
  func section(current: Period?) -> Section? {
    let sets = all
    guard !sets.isEmpty else { return nil }
    let current = current ?? .yearToDate
    return Section(
      "Sets of schools",
      tables: [
        Table(
          "Sets_of_schools", title: "Schools that belong together",
          columns: [
            Table.Column("Set", .text), Table.Column("Schools"), Table.Column("Pupils"),
            Table.Column("Missed, year to date (%)", .percent), Table.Column("From (%)"),
            Table.Column("To (%)"), Table.Column("Missed, \(current.name) (%)", .percent),
            Table.Column("Unauthorised, year to date (%)", .percent),
            Table.Column("Persistently absent"), Table.Column("Persistently absent (%)", .percent),
            Table.Column("Severely absent"), Table.Column("Severely absent (%)", .percent),
          ], rows: sets.map { row($0, current) },
          notes: [
            "Sets are those the trust file names, and the schools of a phase. A figure stands where it stands for each school of "
              + "the set.",
            "Which schools: "
              + sets.map { "\($0.name): \($0.schools.map(\.school.name).joined(separator: ", "))" }
              .joined(separator: ". ") + ".",
          ], source: Table.ofTheTrust)
      ])
  }

  private func row(_ set: Set, _ current: Period) -> [Cell] {
    let (year, now) = (set.sum(in: .yearToDate), set.sum(in: current))
    let interval = year.isWithheld ? nil : Interval(ofAbsence: year)
    let bounds = [interval?.low, interval?.high].map { bound in
      bound.map { Cell.decimal(Int(($0 * 10).rounded()), places: 1, of: year.enrolments) }
        ?? .shorthand(year.isWithheld ? .confidential : .notApplicable)
    }
    return [.text(set.name), .number(set.schools.count), year.pupilsCell, year.rateCell(\.absenceRate)]
      + bounds
      + [
        now.rateCell(\.absenceRate), year.rateCell(\.unauthorisedRate), year.persistentCell,
        year.persistentShareCell, year.severeCell, year.severeShareCell,
      ]
  }
}

extension SchoolSets.Set {
  /// The schools' totals added up; what is withheld of one of them is withheld of the sum.
  func sum(in period: Period) -> GroupFigures {
    let totals = schools.map { $0.total(in: period) }
    let withheld = totals.reduce(into: GroupFigures.Withheld()) { $0.formUnion($1.withheld) }
    return totals.reduce(into: .zero) { $0 += $1 }.withholding(withheld)
  }
}
