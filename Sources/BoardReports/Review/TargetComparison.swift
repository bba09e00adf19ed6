import Comparators
import Measures
import Registers
import ReportModel

/// The schools beside the trust's own aims, and beside those it calls similar.
struct TargetComparison {
  let schools: [SchoolFigures]
  let targets: [Target]
  private let source = Table.ofTheTrust

  init(_ schools: [SchoolFigures], targets: [Target]) {
    self.schools = schools
    self.targets = targets
  }

  /// Each school beside the aims the trust has set. Missing: nil where it has set none.
  func targetTable() -> Table? {
    let rows = schools.flatMap { school in
      targets.filter { $0.isFor(school.school.phase) }.map { target in row(school, target) }
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      "Targets", title: "Against the trust's own aims, year to date",
      columns: [
        Table.Column("School", .text), Table.Column("Aim", .text),
        Table.Column("School's figure (%)", .percent),
        Table.Column("Aim (%)"), Table.Column("Met", .text),
      ], rows: rows,
      notes: targets.map { "\($0.name): \($0.source ?? "set by the trust")." }, source: source)
  }

  private func row(_ school: SchoolFigures, _ target: Target) -> [Cell] {
    let year = school.total(in: .yearToDate)
    let (cell, rate): (Cell, Rate?) =
      switch target.measure {
      case .attendance: (year.rateCell(\.attendanceRate), year.tally.attendanceRate)
      case .overallAbsence: (year.rateCell(\.absenceRate), year.tally.absenceRate)
      case .authorisedAbsence: (year.rateCell(\.authorisedRate), year.tally.authorisedRate)
      case .unauthorisedAbsence: (year.rateCell(\.unauthorisedRate), year.tally.unauthorisedRate)
      case .persistentAbsence:
        (year.persistentShareCell, year.persistentIsWithheld ? nil : year.persistentRate)
      case .severeAbsence: (year.severeShareCell, year.severeIsWithheld ? nil : year.severeRate)
      case .code: (.shorthand(.notAvailable), nil)
      }
    let isMet = year.isWithheld ? nil : rate.map(target.isMet)
    return [
      .text(school.school.name), .text(target.name), cell, .decimal(target.tenthsOfPercent, places: 1, of: 0),
      isMet.map { .text($0 ? "yes" : "no") } ?? .shorthand(.confidential),
    ]
  }

  /// Each school beside those the trust file calls similar. Missing: nil where it calls none so.
  ///
  /// - Parameter similar: By URN, the URNs of similar schools.
  func similarTable(_ similar: [String: [String]]) -> Table? {
    let rows = schools.compactMap { school -> [Cell]? in
      let others = schools.filter {
        similar[school.school.urn ?? ""]?.contains($0.school.urn ?? "-") ?? false
      }
      let figures = others.map { $0.total(in: .yearToDate) }
      guard !others.isEmpty else { return nil }
      let own = school.total(in: .yearToDate)
      let name: [Cell] = [
        .text(school.school.name), .text(others.map(\.school.name).joined(separator: ", ")),
      ]
      guard !own.isWithheld, figures.allSatisfy({ !$0.isWithheld }) else {
        return name + Array(repeating: .shorthand(.confidential), count: 4)
      }
      let sum = figures.reduce(into: GroupFigures.zero) { $0 += $1 }
      guard let comparison = Comparison(own, with: sum) else {
        return name + Array(repeating: .shorthand(.notApplicable), count: 4)
      }
      return name + [
        own.rateCell(\.absenceRate), sum.rateCell(\.absenceRate),
        .points(comparison.points, of: min(own.enrolments, sum.enrolments)),
        .text(comparison.verdict.absenceLabel),
      ]
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      "Similar_schools", title: "Beside similar schools of the trust, year to date",
      columns: [
        Table.Column("School", .text), Table.Column("Similar schools", .text),
        Table.Column("Missed (%)", .percent),
        Table.Column("They missed (%)", .percent), Table.Column("Gap (points)"),
        Table.Column("Beyond chance", .text),
      ], rows: rows, notes: ["Which schools are similar is said in the trust file."], source: source)
  }
}
