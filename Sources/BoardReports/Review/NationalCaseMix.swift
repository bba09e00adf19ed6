import Comparators
import Measures
import Registers
import ReportModel

/// What a school would have missed if each of its groups missed what England's did, where England's are published.
///
/// One topic at a time: England's rates are published by SEN or by free school meals, not by both together.
struct NationalCaseMix {
  /// Tables for what is published.
  let tables: [Table]
  /// Why there is no table for the rest.
  let notes: [String]

  /// A way of parting pupils for which rates are published.
  private struct Parting {
    let name: String
    let words: String
    let groups: [Group]
  }

  private static let partings = [
    Parting(
      name: "SEN", words: "SEN provision",
      groups: [SENProvision.ehcPlan, .support, .none].map { Group(.senProvision, $0.name) }),
    Parting(
      name: "FSM", words: "free school meals",
      groups: [
        Group(.freeSchoolMeals, Group.Topic.freeSchoolMeals.name(of: .yes)),
        Group(.freeSchoolMeals, Group.Topic.freeSchoolMeals.name(of: .no)),
      ]),
  ]

  /// What is expected of a school. Unit: per cent.
  private enum Expected {
    case percent(Double)
    case withheld
    case missing(ComparatorUnavailable)
    case unknownPupils
  }

  init(_ schools: [SchoolFigures], benchmarks: Benchmarks) {
    var (notes, tables): ([String], [Table]) = ([], [])
    for parting in NationalCaseMix.partings {
      let found = schools.map { ($0, NationalCaseMix.expected(of: $0, by: parting, benchmarks)) }
      let isThere = found.contains { if case .missing = $0.1 { false } else { true } }
      if isThere {
        tables.append(NationalCaseMix.table(found, parting))
      } else if case .missing(let reason)? = found.first?.1 {
        notes.append("Not worked out at England's rates by \(parting.words): \(reason).")
      }
    }
    (self.tables, self.notes) = (tables, notes)
  }

  private static func table(_ found: [(SchoolFigures, Expected)], _ parting: Parting) -> Table {
    var notes: [String] = []
    let rows = found.map { school, expected -> [Cell] in
      let year = school.total(in: .yearToDate)
      let name: [Cell] = [
        .text(school.school.name), .text(school.school.phase?.formatted ?? "not given"),
        year.rateCell(\.absenceRate),
      ]
      switch expected {
      case .withheld: return name + Array(repeating: .shorthand(.confidential), count: 3)
      case .missing(let reason):
        notes.addOnce("No comparator [x]: \(reason).")
        return name + Array(repeating: .shorthand(.notAvailable), count: 3)
      case .unknownPupils:
        notes.addOnce(
          "[x] also stands where more than one session in fifty is of pupils whose status is not known.")
        return name + Array(repeating: .shorthand(.notAvailable), count: 3)
      case .percent(let percent):
        guard let rate = year.tally.absenceRate else {
          return name + Array(repeating: .shorthand(.notApplicable), count: 3)
        }
        let verdict = Interval(ofAbsence: year)?.verdict(against: percent) ?? .tooFew
        return name + [
          .decimal(Int((percent * 10).rounded()), places: 1, of: year.enrolments),
          .points(Int(((rate.percent - percent) * 10).rounded()), of: year.enrolments),
          .text(verdict.positionLabel),
        ]
      }
    }
    return Table(
      "Expected_at_England_rates_\(parting.name)",
      title: "Missed, and expected at England's rates by \(parting.words), year to date",
      columns: [
        Table.Column("School", .text), Table.Column("Phase", .text), Table.Column("Missed (%)", .percent),
        Table.Column("Expected at England's rates (%)"), Table.Column("Gap (points)"),
        Table.Column("Beyond chance", .text),
      ], rows: rows,
      notes: [
        "Expected: each group of the school's pupils at the rate of England's in schools of the phase. Pupils whose status is not "
          + "known are left out."
      ] + notes, source: "\(Table.ofTheTrust); Department for Education")
  }

  /// Of pupils whose status is not known, more than this share makes the rest unlike the school.
  private static let mostUnknown = 50

  private static func expected(
    of school: SchoolFigures, by parting: Parting, _ benchmarks: Benchmarks
  ) -> Expected {
    let found = parting.groups.compactMap { group in
      school.figures(of: group, in: .yearToDate).map { (group: group, figures: $0) }
    }
    var rates: [(possible: Int, percent: Double)] = []
    for (group, figures) in found {
      let match = benchmarks.comparator(.overallAbsence, for: school, of: group, in: .yearToDate)
      switch match {
      case .none(let reason): return .missing(reason)
      case .value(let comparator): rates.append((figures.tally.possible, comparator.percentage.double))
      }
    }
    let total = school.total(in: .yearToDate)
    guard !total.isWithheld, found.allSatisfy({ !$0.figures.isWithheld }) else { return .withheld }
    let possible = rates.reduce(0) { $0 + $1.possible }
    let unknown = total.tally.possible - possible
    guard possible > 0, unknown * NationalCaseMix.mostUnknown <= total.tally.possible else {
      return .unknownPupils
    }
    return .percent(rates.reduce(0) { $0 + Double($1.possible) * $1.percent } / Double(possible))
  }
}
