import Comparators
import Measures
import Registers
import ReportModel

/// One figure of each school beside England's, its region's and its local authority's.
struct GeographyComparison {
  let schools: [SchoolFigures]
  let benchmarks: Benchmarks

  private static let places: [(place: ComparedPlace, name: String)] = [
    (.england, "England"), (.region, "Region"), (.localAuthority, "Local authority"),
  ]

  /// A table for each figure that at least one school can be compared by, and the reasons why others cannot.
  ///
  /// - Parameter current: The trust's half-term. Missing: nil before the first.
  func section(current: Period?) -> Section {
    let all = figures(current).map { ($0, table($0)) }
    let reasons = all.flatMap { $0.1.notes.filter { $0.hasPrefix(GeographyComparison.none) } }
    let shown = all.map(\.1).filter { $0.columns.count > 4 }
    let missing = all.filter { one in !shown.contains { $0.name == one.1.name } }.map(\.0.title)
    let words: [Sentence] =
      missing.isEmpty
      ? []
      : [
        "Nothing is published to compare with, or none of the same phase, period and way of counting: \(missing.joined(separator: "; "))."
      ]
    return Section(
      "Against England, region and local authority",
      sentences: words + (shown.isEmpty ? GeographyComparison.first(of: reasons) : []),
      tables: shown + [published()].compactMap(\.self))
  }

  /// What DfE has published of the schools themselves, beside their registers. Missing: nil where it is of none of them.
  private func published() -> Table? {
    var sources: [String] = []
    let rows = schools.compactMap { school -> [Cell]? in
      let compared = BenchmarkComparison(school: school, benchmarks: benchmarks)
      let lines = [compared.absence(in: .yearToDate), compared.persistent()]
      let matches = lines.map { compared.match($0, at: .ownSchool) }
      guard matches.contains(where: { $0.comparator != nil }) else { return nil }
      for comparator in matches.compactMap(\.comparator) {
        sources.addOnce("\(comparator.vintage): \(comparator.sourceLabel).")
        if !comparator.caution.isEmpty { sources.addOnce(comparator.caution) }
      }
      return [.text(school.school.name)]
        + zip(lines, matches).flatMap { line, match in
          [line.cell, BenchmarkComparison.cell(match), compared.gap(line, match.comparator)]
        }
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      "Published_for_schools", title: "What DfE has published of these schools, year to date",
      columns: [Table.Column("School", .text)]
        + ["Missed", "Persistently absent"].flatMap { name in
          [
            Table.Column("\(name), registers (%)", .percent), Table.Column("\(name), published (%)"),
            Table.Column("\(name), gap (points)"),
          ]
        }, rows: rows, notes: sources,
      source: "\(Table.ofTheTrust); Department for Education")
  }

  private static let none = "No comparator [x]: "

  private static func first(of reasons: [String]) -> [Sentence] {
    var seen: [String] = []
    for reason in reasons where !seen.contains(reason) { seen.append(reason) }
    return seen.map { Sentence(stringLiteral: $0.replacing(" [x]", with: "")) }
  }

  /// A figure that every school has.
  private struct Figure {
    let name: String
    let title: String
    let line: (BenchmarkComparison) -> BenchmarkComparison.Line
  }

  private func figures(_ current: Period?) -> [Figure] {
    let halfTerm = current.map { period in
      Figure(name: "Compared_half_term", title: "Missed in \(period.name)") { $0.absence(in: period) }
    }
    return [
      halfTerm,
      Figure(name: "Compared_year", title: "Missed, year to date") { $0.absence(in: .yearToDate) },
      Figure(name: "Compared_persistent", title: "Persistently absent, year to date") { $0.persistent() },
      Figure(name: "Compared_severe", title: "Severely absent, year to date") { $0.severe() },
    ].compactMap(\.self)
      + BenchmarkComparison.groups.map { group in
        let name = group.label
        return Figure(
          name: "Compared_" + name.split { !$0.isLetter }.joined(separator: "_"),
          title: "\(name): missed, year to date"
        ) { $0.absence(of: group, in: .yearToDate) }
      }
  }

  /// A school's figure, and what was found for it at each place.
  private struct Row {
    let school: SchoolFigures
    let compared: BenchmarkComparison
    let line: BenchmarkComparison.Line
    let matches: [(name: String, match: ComparatorMatch)]
  }

  /// Places of which nothing is published have no columns; the notes say why.
  private func table(_ figure: Figure) -> Table {
    let rows = schools.map { school in
      let compared = BenchmarkComparison(school: school, benchmarks: benchmarks)
      let line = figure.line(compared)
      return Row(
        school: school, compared: compared, line: line,
        matches: GeographyComparison.places.map { ($0.name, compared.match(line, at: $0.place)) })
    }
    let found = GeographyComparison.places.indices.filter { place in
      rows.contains { $0.matches[place].match.comparator != nil }
    }
    return Table(
      figure.name, title: figure.title,
      columns: [
        Table.Column("School", .text), Table.Column("Phase", .text), Table.Column("School (%)", .percent),
      ]
        + found.map { GeographyComparison.places[$0].name }.flatMap { name in
          [Table.Column("\(name) (%)"), Table.Column("Gap to \(name.lowercasedFirst) (points)")]
        }
        + [Table.Column("Beyond chance", .text)],
      rows: rows.map { row -> [Cell] in
        let school: [Cell] = [
          .text(row.school.school.name), .text(row.school.school.phase?.formatted ?? "not given"),
          row.line.cell,
        ]
        let gaps = found.flatMap { place -> [Cell] in
          let match = row.matches[place].match
          return [BenchmarkComparison.cell(match), row.compared.gap(row.line, match.comparator)]
        }
        return school + gaps + [words(row)]
      }, notes: notes(rows),
      source: "\(Table.ofTheTrust); Department for Education")
  }

  /// Each source and each reason once.
  private func notes(_ rows: [Row]) -> [String] {
    var (sources, reasons): ([String], [String]) = ([], [])
    for (_, match) in rows.flatMap(\.matches) {
      switch match {
      case .value(let comparator):
        sources.addOnce("\(comparator.formatted): \(comparator.sourceLabel).")
        if !comparator.caution.isEmpty { sources.addOnce(comparator.caution) }
      case .none(let reason): reasons.addOnce("\(GeographyComparison.none)\(reason).")
      }
    }
    return [
      "Of schools of the same phase. Words only where all of a school's 95% interval lies above or below; no league table."
    ] + sources + reasons
  }

  /// `above England, region`, or `no clear difference`. Missing: `[x]` where there is none to compare with.
  private func words(_ row: Row) -> Cell {
    let verdicts = row.matches.compactMap { name, match in
      match.comparator.flatMap { row.compared.verdict(of: row.line, against: $0) }
        .map { (name: name.lowercasedFirst, verdict: $0) }
    }
    guard let first = verdicts.first else {
      return .shorthand(
        row.line.isWithheld && row.matches.contains { $0.match.comparator != nil }
          ? .confidential : .notAvailable)
    }
    let parts = [Verdict.higher, .lower].compactMap { verdict -> String? in
      let names = verdicts.filter { $0.verdict == verdict }.map(\.name)
      return names.isEmpty ? nil : "\(verdict.positionLabel) \(names.joined(separator: ", "))"
    }
    return .text(parts.isEmpty ? first.verdict.positionLabel : parts.joined(separator: "; "))
  }

}

extension String {
  /// `Local authority` as `local authority`; `England` stays.
  fileprivate var lowercasedFirst: String { self == "England" ? self : prefix(1).lowercased() + dropFirst() }
}
