import Comparators
import Measures
import Registers

/// The schools beside England's schools of their phases, and beside the trust's own aims.
struct ComparedSchools {
  let schools: [SchoolFigures]
  let benchmarks: Benchmarks
  let targets: [Target]
  private let source = "Attendance registers of the trust's schools; Department for Education"

  init(_ schools: [SchoolFigures], benchmarks: Benchmarks, targets: [Target]) {
    self.schools = schools
    self.benchmarks = benchmarks
    self.targets = targets
  }

  /// Absence of the half-term and persistent absence of the year beside England's.
  func table() -> Table {
    var notes: [String] = []
    let rows = schools.map { school -> [Cell] in
      let compared = Compared(school: school, benchmarks: benchmarks)
      let lines = compared.lines
      let chosen = [
        lines.first, lines.first { $0.measure == .overallAbsence && $0.period == .yearToDate },
        lines.first { $0.measure == .persistentAbsence },
      ].compactMap(\.self)
      return [.text(school.school.name), .text(school.school.phase?.inWords ?? "not given")]
        + chosen.flatMap { line -> [Cell] in
          let match = compared.match(line, at: .england)
          let note =
            switch match {
            case .value(let comparator): "\(comparator.inWords): \(comparator.sourceInWords)."
            case .none(let reason): "No comparator [x]: \(reason)."
            }
          if !notes.contains(note) { notes.append(note) }
          let standing = match.comparator.flatMap { compared.standing(of: line, against: $0) }
          return [
            line.cell, Compared.cell(match),
            standing.map { .text($0.rawValue) } ?? .shorthand(.notAvailable),
          ]
        }
    }
    let period = schools.first?.currentHalfTerm?.name ?? "the half-term"
    return Table(
      "Against_England", title: "Against England's schools of the same phase",
      columns: [Table.Column("School", .text), Table.Column("Phase", .text)]
        + [
          "Missed, \(period)", "Missed, year to date", "Persistently absent",
        ].flatMap { name in
          [
            Table.Column("\(name) (%)", .percent), Table.Column("\(name): England (%)"),
            Table.Column("\(name): against England", .text),
          ]
        }, rows: rows,
      notes: [
        "Words only where all of a school's 95% interval lies above or below England's figure; no league table."
      ] + notes, source: source)
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
      guard let difference = AbsenceDifference(own, less: sum) else {
        return name + Array(repeating: .shorthand(.notApplicable), count: 4)
      }
      return name + [
        own.rateCell(\.absenceRate), sum.rateCell(\.absenceRate),
        .points(difference.points, of: min(own.enrolments, sum.enrolments)), .text(difference.inWords),
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
