import Comparators
import Measures
import Registers
import ReportModel

/// A school's figures beside those DfE publishes, of the same phase, period and way of counting.
struct BenchmarkComparison {
  let school: SchoolFigures
  let benchmarks: Benchmarks

  /// A figure to compare.
  struct Line {
    let name: String
    let measure: BenchmarkMeasure
    let period: Period
    let group: Group
    let figures: GroupFigures
    let rate: Rate?
    let interval: Interval?
    let isWithheld: Bool

    /// The school's own figure. Missing: `[c]` where it may not be seen.
    var cell: Cell {
      guard !isWithheld else { return .shorthand(.confidential) }
      return measure == .persistentAbsence || measure == .severeAbsence
        ? .share(rate) : .rate(rate, of: figures.enrolments)
    }
  }

  /// The figures a board compares: the current half-term and the one before, the year to date, and groups of the year to date.
  var lines: [Line] {
    let halfTerms = [school.currentHalfTerm, school.previousHalfTerm].compactMap(\.self)
    let groups = BenchmarkComparison.groups.filter { school.figures(of: $0, in: .yearToDate) != nil }
    return (halfTerms + [.yearToDate]).map { absence(in: $0) } + [persistent()]
      + groups.map { absence(of: $0, in: .yearToDate) }
  }

  /// The groups DfE publishes whose shares of sessions a school's can stand beside.
  static let groups = [
    Group(.senProvision, SENProvision.ehcPlan.name), Group(.senProvision, SENProvision.support.name),
    Group(.freeSchoolMeals, "FSM eligible"),
  ]

  func persistent() -> Line {
    let year = school.total(in: .yearToDate)
    return pupils(
      "Persistently absent", .persistentAbsence, year, year.persistentRate,
      isWithheld: year.persistentIsWithheld)
  }

  func severe() -> Line {
    let year = school.total(in: .yearToDate)
    return pupils(
      "Severely absent", .severeAbsence, year, year.severeRate, isWithheld: year.severeIsWithheld)
  }

  private func pupils(
    _ name: String, _ measure: BenchmarkMeasure, _ year: GroupFigures, _ rate: Rate?, isWithheld: Bool
  ) -> Line {
    Line(
      name: "\(name), year to date", measure: measure, period: .yearToDate, group: .total, figures: year,
      rate: rate, interval: isWithheld ? nil : rate.map(Interval.init(ofPupils:)), isWithheld: isWithheld)
  }

  func absence(of group: Group = .total, in period: Period) -> Line {
    let name = group == .total ? "All pupils" : group.breakdown
    let figures = school.figures(of: group, in: period) ?? .zero
    let time = period == .yearToDate ? "year to date" : period.name
    return Line(
      name: "\(name), missed, \(time)", measure: .overallAbsence, period: period, group: group,
      figures: figures, rate: figures.tally.absenceRate,
      interval: figures.isWithheld ? nil : Interval(ofAbsence: figures), isWithheld: figures.isWithheld)
  }

  func match(_ line: Line, at place: ComparedPlace) -> ComparatorMatch {
    benchmarks.comparator(line.measure, for: school, of: line.group, in: line.period, at: place)
  }

  /// Returns how a figure compares with a comparator, or `nil` if a board may not see the figure.
  func verdict(of line: Line, against comparator: Comparator) -> Verdict? {
    line.isWithheld ? nil : line.interval?.verdict(against: comparator.percentage.double) ?? .tooFew
  }

  /// What England's schools of the phase missed in each half-term. Missing: no entry where there is no comparator.
  var england: [HalfTerm.Name: Cell] {
    school.halfTerms.reduce(into: [:]) { found, halfTerm in
      let match = benchmarks.comparator(.overallAbsence, for: school, in: .halfTerm(halfTerm.name))
      if match.comparator != nil { found[halfTerm.name] = BenchmarkComparison.cell(match) }
    }
  }

  static func cell(_ match: ComparatorMatch) -> Cell {
    match.comparator?.percentage.tenths.map { .decimal($0, places: 1, of: 0) } ?? .shorthand(.notAvailable)
  }

  private static let places: [ComparedPlace] = [.england, .region, .localAuthority]

  /// The figures beside England's, the region's and the local authority's for schools of the phase.
  func table() -> Table {
    let lines = lines
    var reasons: [String] = []
    var sources: [String] = []
    let rows = lines.map { line -> [Cell] in
      let matches = BenchmarkComparison.places.map { match(line, at: $0) }
      for match in matches {
        switch match {
        case .none(let reason): reasons.addOnce("No comparator [x]: \(reason).")
        case .value(let comparator):
          sources.addOnce("\(comparator.formatted): \(comparator.sourceLabel).")
          if !comparator.caution.isEmpty { sources.addOnce(comparator.caution) }
        }
      }
      let england = matches[0].comparator
      let verdict = england.flatMap { self.verdict(of: line, against: $0) }
      let words: Cell = verdict.map { .text($0.positionLabel) } ?? .shorthand(.notAvailable)
      return [.text(line.name), line.cell, BenchmarkComparison.cell(matches[0]), gap(line, england), words]
        + matches.dropFirst().map(BenchmarkComparison.cell)
    }
    return Table(
      "Compared", title: "Compared with schools of the same phase",
      columns: [
        Table.Column("Measure", .text), Table.Column("This school (%)", .percent),
        Table.Column("England (%)"),
        Table.Column("Gap (points)"), Table.Column("Against England", .text), Table.Column("Region (%)"),
        Table.Column("Local authority (%)"),
      ], rows: rows,
      notes: [
        "Words only where all of the school's 95% interval lies above or below England's figure. A figure is compared with one "
          + "of the same phase, school year, period and way of counting, or with none."
      ] + sources + reasons, source: "Attendance registers of \(school.school.name); Department for Education"
    )
  }

  /// The table, or where DfE publishes nothing to compare with, why not.
  func section() -> Section {
    let title = "Compared with other schools"
    let matches = lines.flatMap { line in BenchmarkComparison.places.map { match(line, at: $0) } }
    guard matches.allSatisfy({ $0.comparator?.percentage.tenths == nil }) else {
      return Section(title, tables: [table()])
    }
    var reasons: [String] = []
    for case .none(let reason) in matches { reasons.addOnce("No comparator: \(reason).") }
    return Section(title, sentences: reasons.map { Sentence(stringLiteral: $0) })
  }

  func gap(_ line: Line, _ comparator: Comparator?) -> Cell {
    guard let comparator else { return .shorthand(.notAvailable) }
    guard let rate = line.rate, !line.isWithheld else { return .shorthand(.confidential) }
    return .points(comparator.difference(of: rate), of: line.figures.enrolments)
  }

  /// How the current half-term stands against England. Missing: nil where there is no comparator.
  func sentence() -> Sentence? {
    guard let period = school.currentHalfTerm else { return nil }
    let line = absence(in: period)
    guard let comparator = match(line, at: .england).comparator, let tenths = comparator.percentage.tenths,
      let verdict = verdict(of: line, against: comparator), let phase = school.school.phase
    else { return nil }
    let words =
      switch verdict {
      case .higher: "clearly less"
      case .lower: "clearly more"
      case .similar, .tooFew: verdict.absenceLabel
      }
    return """
      England's \(phase.formatted) schools missed \(Cell.text(Rate.decimal(tenths, places: 1) + "%")): \(words).
      """
  }
}
