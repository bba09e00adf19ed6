import Comparators
import Registers
import Release
import ReportModel

/// A school's published figures beside those of DfE, of the same phase, period and way of counting.
struct ComparatorFigures {
  private static let places: [(place: ComparedPlace, name: String)] = [
    (.england, "England"), (.region, "Region"), (.localAuthority, "Local authority"),
    (.ownSchool, "Published for this school"),
  ]

  /// A figure of the school that has comparators.
  private struct Line {
    let key: Figure.Key
    let measure: BenchmarkMeasure
    let group: Group
    /// A suffix of the row for a topic with several groups.
    var suffix = ""
  }

  private static let groups: [(Figure.Key, Group, String)] = [
    (
      Figure.Key(.groups, .senProvision, "EHC plan", .attendance),
      Group(.senProvision, SENProvision.ehcPlan.name), ", EHC plan"
    ),
    (
      Figure.Key(.groups, .senProvision, "SEN support", .attendance),
      Group(.senProvision, SENProvision.support.name), ", SEN support"
    ),
    (
      Figure.Key(.groups, .freeSchoolMeals, "FSM eligible", .attendance),
      Group(.freeSchoolMeals, "FSM eligible"), ""
    ),
  ]

  private static func lines(of figures: PublishedFigures) -> [Line] {
    let halfTerms = figures.halfTerms.map { halfTerm in
      Line(
        key: Figure.Key(.halfTerms, .attendance, in: .halfTerm(halfTerm.name)), measure: .attendance,
        group: .total)
    }
    let whole = [
      Line(key: Figure.Key(.headline, .attendance), measure: .attendance, group: .total),
      Line(key: Figure.Key(.headline, .persistentShare), measure: .persistentAbsence, group: .total),
    ]
    return halfTerms + whole
      + groups.map { Line(key: $0.0, measure: .attendance, group: $0.1, suffix: $0.2) }
  }

  /// Adds the comparators of a school, and returns their sources and the reasons why others are missing.
  static func add(to figures: inout PublishedFigures, from benchmarks: Benchmarks) -> [String] {
    guard let school = figures.school else { return [] }
    let compared = ComparedSchool(
      urn: school.urn, phase: school.phase, localAuthority: school.localAuthority,
      schoolYear: figures.schoolYear, asAt: figures.asAt, halfTerms: figures.halfTerms)
    var sources: [String] = []
    var reasons: [String] = []
    for line in lines(of: figures) {
      guard line.group == .total || figures[line.key]?.isShown == true else { continue }
      for (place, name) in places {
        let match = benchmarks.comparator(
          line.measure, for: compared, of: line.group, in: line.key.period, at: place)
        switch match {
        case .none(let reason):
          if place != .ownSchool { reasons.addOnce("No comparator: \(reason).") }
        case .value(let comparator):
          guard let tenths = comparator.percentage.tenths else { continue }
          sources.addOnce("\(comparator.formatted): \(comparator.sourceLabel).")
          if !comparator.caution.isEmpty { sources.addOnce(comparator.caution) }
          add(tenths, for: line, row: name + line.suffix, to: &figures)
        }
      }
    }
    return sources + reasons
  }

  private static func add(
    _ tenths: Int, for line: Line, row: String, to figures: inout PublishedFigures
  ) {
    func key(_ measure: Figure.Measure) -> Figure.Key {
      Figure.Key(.comparators, line.key.topic, row, measure, in: line.key.period)
    }
    figures.set(key(line.key.measure), .decimal(tenths, places: 1), .percent, .published)
    guard let own = figures[line.key]?.tenths, line.key.measure == .attendance else { return }
    figures.set(key(.points), .decimal(own - tenths, places: 1), .points, .gaps)
    if let verdict = figures.verdict(of: line.key, against: tenths) {
      figures.setVerdict(verdict, of: key(.points))
    }
  }

  /// Adds the attendance of schools that the trust file calls similar.
  static func addSimilar(_ similar: [PublishedFigures], to figures: inout PublishedFigures) {
    guard let own = figures.attendance else { return }
    for school in similar {
      guard let other = school.attendance else { continue }
      let key = Figure.Key(.comparators, nil, school.name, .attendance)
      figures.set(key, .decimal(other, places: 1), .percent, .rates)
      figures.set(
        Figure.Key(.comparators, nil, school.name, .points), .decimal(own - other, places: 1), .points, .gaps)
    }
  }
}

/// A school's published figures with its comparators.
package struct ComparedFigures: Sendable {
  package var figures: PublishedFigures
  /// The sources of the comparators, and the reasons why others are missing.
  let notes: [String]

  package init(_ figures: PublishedFigures, beside benchmarks: Benchmarks) {
    var figures = figures
    notes = ComparatorFigures.add(to: &figures, from: benchmarks)
    self.figures = figures
  }

  func comparator(_ place: String, _ measure: Figure.Measure, in period: Period) -> Cell {
    let value = figures[Figure.Key(.comparators, nil, place, measure, in: period)]
    return value == nil ? .shorthand(.notAvailable) : Cell(value, measure)
  }

  var hasEngland: Bool { figures.rows(of: .comparators).contains("England") }

  private struct Line: Sendable {
    let name: String
    let key: Figure.Key
    var suffix = ""
  }

  /// The figures beside those of England, the region and the local authority.
  func section() -> Section {
    let title = "Compared with other schools"
    let figures = figures
    guard figures.figures.contains(where: { $0.key.table == .comparators && $0.rule == .published }) else {
      return Section(title, sentences: notes.map { Sentence(stringLiteral: $0) })
    }
    var lines = figures.halfTerms.reversed().map { halfTerm in
      Line(
        name: "Attendance, \(halfTerm.name.rawValue)",
        key: Figure.Key(.halfTerms, .attendance, in: .halfTerm(halfTerm.name)))
    }
    lines += [
      Line(name: "Attendance, year to date", key: Figure.Key(.headline, .attendance)),
      Line(name: "Persistently absent, year to date", key: Figure.Key(.headline, .persistentShare)),
      Line(
        name: "FSM eligible: attendance, year to date",
        key: Figure.Key(.groups, .freeSchoolMeals, "FSM eligible", .attendance)),
      Line(
        name: "EHC plan: attendance, year to date",
        key: Figure.Key(.groups, .senProvision, "EHC plan", .attendance), suffix: ", EHC plan"),
      Line(
        name: "SEN support: attendance, year to date",
        key: Figure.Key(.groups, .senProvision, "SEN support", .attendance), suffix: ", SEN support"),
    ]
    func value(_ line: Line, _ place: String, _ measure: Figure.Measure) -> Published? {
      figures[Figure.Key(.comparators, line.key.topic, place + line.suffix, measure, in: line.key.period)]
    }
    func column(_ place: String) -> Column<Line> {
      Column(place, "\(place) (%)", .percent) { line in
        let found = figures[
          Figure.Key(
            .comparators, line.key.topic, place + line.suffix, line.key.measure, in: line.key.period)]
        return found == nil ? .shorthand(.notAvailable) : Cell(found, line.key.measure)
      }
    }
    let shown = lines.filter { line in
      ["England", "Region", "Local authority"].contains { value(line, $0, line.key.measure) != nil }
    }
    let columns: [Column<Line>] = [
      .text("measure", "Measure") { $0.name },
      Column("school", "This school (%)", .percent) { line in
        // A count that is shown as a range has no percentage.
        figures[line.key] == nil && line.key.measure == .persistentShare
          ? figures.cell(.persistent) : figures.cell(line.key)
      },
      column("England"),
      Column("gap", "Gap (points)") { line in
        let key = Figure.Key(
          .comparators, line.key.topic, "England" + line.suffix, .points, in: line.key.period)
        return figures.cell(key)
      },
      Column("verdict", "Against England", .text) { line in
        let key = Figure.Key(
          .comparators, line.key.topic, "England" + line.suffix, .points, in: line.key.period)
        return figures.verdicts[key].map { .text($0.formatted) } ?? .shorthand(.notApplicable)
      }, column("Region"), column("Local authority"),
    ]
    return Section(
      title,
      tables: [
        Table(
          "Compared", title: "Compared with schools of the same phase", columns: columns, rows: shown,
          notes: [
            "Clearly higher or lower: the school's 95% interval does not include the figure, and the difference is at least half a point."
          ] + notes, source: "\(figures.source); Department for Education")
      ])
  }

  /// The current half-term beside England, or `nil` without a comparator.
  func sentence() -> Sentence? {
    guard let period = figures.currentHalfTerm, let phase = figures.school?.phase else { return nil }
    let key = Figure.Key(.comparators, nil, "England", .attendance, in: period)
    guard figures[key] != nil else { return nil }
    let points = Figure.Key(.comparators, nil, "England", .points, in: period)
    let verdict = figures.verdicts[points] ?? .tooFew
    return "In \(phase.formatted) schools in England it was \(figures.cell(key)): \(verdict.formatted)."
  }
}

/// The published figures of a trust with the comparators of its schools.
package struct ComparedTrust: Sendable {
  package let published: PublishedTrust
  /// The schools in the order of the trust file.
  package let schools: [ComparedFigures]
  let targets: [Target]
  /// The names of similar schools, by the index of a school.
  let similar: [[String]]

  /// Creates the figures of a trust beside those of DfE, its own targets and its similar schools.
  ///
  /// - Parameter similar: By URN, the URNs of similar schools of the trust.
  package init(
    _ published: PublishedTrust, beside benchmarks: Benchmarks, targets: [Target], similar: [String: [String]]
  ) {
    self.published = published
    self.targets = targets
    let others = published.schools.map { school in
      let urns = similar[school.school?.urn ?? ""] ?? []
      return published.schools.filter { urns.contains($0.school?.urn ?? "-") }
    }
    self.similar = others.map { $0.map(\.name) }
    schools = zip(published.schools, others).map { school, others in
      var compared = ComparedFigures(school, beside: benchmarks)
      ComparatorFigures.addSimilar(others, to: &compared.figures)
      return compared
    }
  }

  /// Every owner of figures with its comparators, in the order of `figures.csv`.
  package var owners: [PublishedFigures] {
    schools.map(\.figures) + published.sets.map(\.figures) + [published.trust]
  }
}
