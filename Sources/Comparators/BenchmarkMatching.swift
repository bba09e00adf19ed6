import Measures
import OrderedCollections
import Registers

extension Benchmarks {
  /// Returns the published figure that is comparable with a school's figure.
  ///
  /// It has the same phase, school year and group. It is of the daily series, which is counted in the same way as
  /// registers, or of another series if the school year has ended. A half-term is compared with the same half-term, and a
  /// year to date with one that ends in the same half-term less than 14 days apart. A figure of all phases is never used
  /// for one phase.
  ///
  /// - Parameter place: England, the school itself, or the local authority of the trust file or its region.
  package func comparator(
    _ measure: BenchmarkMeasure, for school: ComparedSchool, of group: Group = .total, in period: Period,
    at place: ComparedPlace = .england
  ) -> ComparatorMatch {
    let search = ComparatorSearch(
      benchmarks: self, school: school, group: group, period: period, place: place)
    let reason: ComparatorUnavailable
    do throws(ComparatorUnavailable) { return .value(try search.comparator(measure)) } catch {
      reason = error
    }
    guard measure == .attendance else { return .none(reason) }
    // Attendance is 100% minus absence.
    do throws(ComparatorUnavailable) {
      let absence = try search.comparator(.overallAbsence)
      return .value(
        Comparator(
          benchmark: absence.benchmark, measure: .attendance, percentage: absence.percentage.complement))
    } catch { return .none(reason.isUnpublished ? error : reason) }
  }

  /// Returns the published figure that is comparable with a figure of a school.
  package func comparator(
    _ measure: BenchmarkMeasure, for figures: SchoolFigures, of group: Group = .total, in period: Period,
    at place: ComparedPlace = .england
  ) -> ComparatorMatch {
    comparator(measure, for: ComparedSchool(figures), of: group, in: period, at: place)
  }
}

/// The search for the published figure that is comparable with one figure of a school.
private struct ComparatorSearch {
  private let benchmarks: Benchmarks
  private let school: ComparedSchool
  private let group: Group
  private let period: Period
  private let place: ComparedPlace
  private let timeline: TermTimeline

  init(benchmarks: Benchmarks, school: ComparedSchool, group: Group, period: Period, place: ComparedPlace) {
    self.benchmarks = benchmarks
    self.school = school
    self.group = group
    self.period = period
    self.place = place
    timeline = TermTimeline(school, given: benchmarks.halfTerms)
  }

  /// Returns the comparable figure of the daily series, or of another series if the school year has ended.
  func comparator(_ measure: BenchmarkMeasure) throws(ComparatorUnavailable) -> Comparator {
    guard !benchmarks.all.isEmpty else { throw .noFiles }
    guard let phase = school.phase else { throw .noPhase }
    try checkPeriod(measure)
    let area = try area()
    let reason: ComparatorUnavailable
    do throws(ComparatorUnavailable) {
      return try best(of: .daily, measure, phase, area)
    } catch { reason = error }
    for series in [Benchmark.Series.accredited, .socialCare] {
      do throws(ComparatorUnavailable) {
        let comparator = try best(of: series, measure, phase, area)
        guard hasYearEnded else { throw .otherSeriesOnly(series) }
        return comparator
      } catch {
        if case .otherSeriesOnly = error, reason.isUnpublished { throw error }
      }
    }
    throw reason
  }

  /// Checks that a published figure can have the same period.
  private func checkPeriod(_ measure: BenchmarkMeasure) throws(ComparatorUnavailable) {
    guard timeline.position(of: school.asAt) != nil else { throw .outsideHalfTerms(asAt: school.asAt) }
    switch period {
    case .halfTerm(let name):
      if measure.countsPupils { throw .notOfAHalfTerm(measure) }
      guard timeline.hasEnded(name, by: school.asAt) else {
        throw .halfTermNotOver(name, asAt: school.asAt)
      }
    case .yearToDate:
      if let first = school.halfTerms.first, first.name != .autumn1 { throw .startsLate(first.name) }
      if measure.countsPupils, !timeline.hasEnded(.autumn2, by: school.asAt) {
        throw .beforeAutumnEnds(measure)
      }
    }
  }

  /// Returns the figure of a series that ends nearest to the as-at date, and of several the first in the order of the files.
  private func best(
    of series: Benchmark.Series, _ measure: BenchmarkMeasure, _ phase: School.Phase, _ area: Area
  ) throws(ComparatorUnavailable) -> Comparator {
    let ofPhase = (benchmarks.bySeries[series] ?? []).filter { $0.phase == .phase(phase) }
    guard !ofPhase.isEmpty else { throw .phaseNotPublished(phase, series) }
    let ofYear = ofPhase.filter { $0.schoolYear == school.schoolYear }
    guard !ofYear.isEmpty else {
      throw .yearNotPublished(school.schoolYear, found: Set(ofPhase.map(\.schoolYear)).sorted())
    }
    let ofMeasure = ofYear.filter { $0.measure == measure }
    guard !ofMeasure.isEmpty else { throw .measureNotPublished(measure, phase, series) }
    let ofGroup = ofMeasure.filter { $0.group.group == group }
    guard !ofGroup.isEmpty else { throw .groupNotPublished(group, measure, phase, series) }
    let ofArea = ofGroup.filter { area.includes($0.geography) }
    guard !ofArea.isEmpty else { throw .placeNotPublished(area.name, measure, phase) }
    let matching = ofArea.compactMap { benchmark in
      distance(to: benchmark.period, of: series).map { (distance: $0, benchmark: benchmark) }
    }
    guard !matching.isEmpty else { throw otherPeriod(ofArea, measure, area) }
    let withNumber = matching.compactMap { match in
      match.benchmark.value.number.map { (distance: match.distance, benchmark: match.benchmark, number: $0) }
    }
    guard let nearest = withNumber.min(by: { $0.distance < $1.distance }) else {
      throw matching[0].benchmark.value.reasonMissing
    }
    return Comparator(benchmark: nearest.benchmark, measure: measure, percentage: nearest.number)
  }

  /// Returns the number of days between the ends of the published and the school's period, or `nil` if they differ.
  private func distance(to published: BenchmarkPeriod, of series: Benchmark.Series) -> Int? {
    switch (period, published) {
    case (.halfTerm(let ofSchool), .halfTerm(let name)): return ofSchool == name ? 0 : nil
    case (.yearToDate, .yearToDate(.day(let day))):
      return withinTolerance(timeline.distance(school.asAt, day))
    case (.yearToDate, .yearToDate(.halfTerm(let name))):
      return withinTolerance(timeline.distance(of: school.asAt, toEndOf: name))
    // The caller checks that the year has ended after it knows that the figure exists.
    case (.yearToDate, .wholeYear): return series == .daily ? nil : 0
    case (.yearToDate, .yearToDate(.unknown)), (.yearToDate, .halfTerm), (.halfTerm, .yearToDate),
      (.halfTerm, .wholeYear), (_, .other):
      return nil
    }
  }

  private func withinTolerance(_ days: Int?) -> Int? {
    days.flatMap { $0 < TermTimeline.tolerance ? $0 : nil }
  }

  /// Returns the reason why figures with another period are not comparable.
  private func otherPeriod(
    _ published: [Benchmark], _ measure: BenchmarkMeasure, _ area: Area
  ) -> ComparatorUnavailable {
    if case .halfTerm(let name) = period { return .halfTermNotPublished(name, measure, place: area.name) }
    var ends: OrderedSet<BenchmarkPeriod> = []
    for benchmark in published {
      switch benchmark.period {
      case .yearToDate(.unknown): return .noEnd(file: benchmark.file)
      case .yearToDate: ends.append(benchmark.period)
      case .wholeYear, .halfTerm, .other: continue
      }
    }
    return ends.isEmpty
      ? .noYearToDate(measure, place: area.name) : .otherEnd(published: ends.elements, asAt: school.asAt)
  }

  private var hasYearEnded: Bool { timeline.distance(of: school.asAt, toEndOf: .summer2) == 0 }

  /// An area or a school, with a test for its figures.
  private struct Area {
    let name: String
    let includes: (Geography) -> Bool
  }

  private func area() throws(ComparatorUnavailable) -> Area {
    switch place {
    case .england: return Area(name: "England") { $0.level == .england }
    case .ownSchool:
      guard let urn = school.urn, benchmarks.all.contains(where: { $0.geography.isSchool(urn) }) else {
        throw .notListed(urn: school.urn ?? "")
      }
      return Area(name: "the school") { $0.isSchool(urn) }
    case .region, .localAuthority:
      guard let name = school.localAuthority else { throw .noLocalAuthority }
      let matching = benchmarks.all.map(\.geography).filter { $0.isLocalAuthority(name) }
      guard !matching.isEmpty else { throw .unknownLocalAuthority(name) }
      if place == .localAuthority { return Area(name: name) { $0.isLocalAuthority(name) } }
      guard let region = matching.first(where: { !$0.region.isEmpty })?.region else {
        throw .noRegion(localAuthority: name)
      }
      return Area(name: region) { $0.level == .region && $0.name.folded == region.folded }
    }
  }
}

extension Geography {
  fileprivate func isSchool(_ urn: String) -> Bool { level == .school && code == urn }
}

extension PublishedValue {
  fileprivate var reasonMissing: ComparatorUnavailable {
    switch self {
    case .missing(let missing): .missing(missing)
    case .number: .missing(.notAvailable)
    }
  }
}

extension ComparatorUnavailable {
  /// Indicates that the daily series does not have the figure for any period.
  fileprivate var isUnpublished: Bool {
    switch self {
    case .phaseNotPublished, .measureNotPublished, .groupNotPublished, .yearNotPublished: true
    default: false
    }
  }
}
