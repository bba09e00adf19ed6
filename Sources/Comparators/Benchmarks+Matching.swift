import Measures
import Registers

extension Benchmarks {
  /// The published figure that a school's may stand beside.
  ///
  /// The same phase, school year and group; the daily series, which registers are counted like, and another only for a
  /// school year that has ended; a half-term beside the same half-term, a year to date beside one that ends in the same
  /// half-term less than 14 days apart. Nothing is borrowed: "Total" stands for no phase.
  ///
  /// - Parameters:
  ///   - period: A half-term, or the year to date.
  ///   - place: England, or the region or local authority that the trust file's local authority names.
  package func comparator(
    _ measure: BenchmarkMeasure, for school: ComparedSchool, of group: Group = .total, in period: Period,
    at place: ComparedPlace = .england
  ) -> ComparatorMatch {
    let question = ComparatorQuestion(
      benchmarks: self, school: school, group: group, period: period, place: place)
    let why: ComparatorUnavailable
    do throws(ComparatorUnavailable) { return .value(try question.answer(measure)) } catch { why = error }
    guard measure == .attendance else { return .none(why) }
    // Attendance is what absence leaves of possible sessions.
    do throws(ComparatorUnavailable) {
      let absence = try question.answer(.overallAbsence)
      return .value(
        Comparator(
          benchmark: absence.benchmark, measure: .attendance, percentage: absence.percentage.complement))
    } catch { return .none(why.saysNotPublished ? error : why) }
  }

  /// The published figure that a figure of a school may stand beside.
  package func comparator(
    _ measure: BenchmarkMeasure, for figures: SchoolFigures, of group: Group = .total, in period: Period,
    at place: ComparedPlace = .england
  ) -> ComparatorMatch {
    comparator(measure, for: ComparedSchool(figures), of: group, in: period, at: place)
  }
}

/// What is asked of the benchmarks for one figure of a school.
struct ComparatorQuestion {
  let benchmarks: Benchmarks
  let school: ComparedSchool
  let group: Group
  let period: Period
  let place: ComparedPlace
  private let clock: TermTimeline

  init(benchmarks: Benchmarks, school: ComparedSchool, group: Group, period: Period, place: ComparedPlace) {
    self.benchmarks = benchmarks
    self.school = school
    self.group = group
    self.period = period
    self.place = place
    clock = TermTimeline(school, given: benchmarks.halfTerms)
  }

  func answer(_ measure: BenchmarkMeasure) throws(ComparatorUnavailable) -> Comparator {
    guard !benchmarks.all.isEmpty else { throw .noFiles }
    guard let phase = school.phase else { throw .noPhase }
    try checkTime(measure)
    let place = try wantedPlace()
    let why: ComparatorUnavailable
    do throws(ComparatorUnavailable) {
      return try best(of: .daily, measure, phase, place)
    } catch { why = error }
    for series in [Benchmark.Series.accredited, .socialCare] {
      do throws(ComparatorUnavailable) {
        let found = try best(of: series, measure, phase, place)
        guard hasYearEnded else { throw .otherSeriesOnly(series) }
        return found
      } catch {
        if case .otherSeriesOnly = error, why.saysNotPublished { throw error }
      }
    }
    throw why
  }

  /// Throws: where no published figure could be of the same time.
  private func checkTime(_ measure: BenchmarkMeasure) throws(ComparatorUnavailable) {
    guard clock.place(of: school.asAt) != nil else { throw .outsideHalfTerms(asAt: school.asAt) }
    switch period {
    case .halfTerm(let name):
      if measure.countsPupils { throw .notOfAHalfTerm(measure) }
      guard clock.hasEnded(name, by: school.asAt) else {
        throw .halfTermNotOver(name, asAt: school.asAt)
      }
    case .yearToDate:
      if let first = school.halfTerms.first, first.name != .autumn1 { throw .startsLate(first.name) }
      if measure.countsPupils, !clock.hasEnded(.autumn2, by: school.asAt) { throw .beforeAutumnEnds(measure) }
    }
  }

  /// The best figure of a series: the one that ends nearest to the as-at date, of these the first in the order of the files.
  private func best(
    of series: Benchmark.Series, _ measure: BenchmarkMeasure, _ phase: School.Phase, _ place: WantedPlace
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
    let ofPlace = ofGroup.filter { place.includes($0.geography) }
    guard !ofPlace.isEmpty else { throw .placeNotPublished(place.name, measure, phase) }
    let matching = ofPlace.compactMap { benchmark in
      distance(to: benchmark.period, of: series).map { (distance: $0, benchmark: benchmark) }
    }
    guard !matching.isEmpty else { throw otherTime(ofPlace, measure, place) }
    let withNumber = matching.compactMap { match in
      match.benchmark.value.number.map { (distance: match.distance, benchmark: match.benchmark, number: $0) }
    }
    guard let nearest = withNumber.min(by: { $0.distance < $1.distance }) else {
      throw matching[0].benchmark.value.whyMissing
    }
    return Comparator(benchmark: nearest.benchmark, measure: measure, percentage: nearest.number)
  }

  /// Unit: days by which the published period ends before or after the school's. Missing: nil where it is another period.
  private func distance(to published: BenchmarkPeriod, of series: Benchmark.Series) -> Int? {
    switch (period, published) {
    case (.halfTerm(let own), .halfTerm(let name)): return own == name ? 0 : nil
    case (.yearToDate, .yearToDate(.day(let day))): return near(clock.distance(school.asAt, day))
    case (.yearToDate, .yearToDate(.halfTerm(let name))):
      return near(clock.distance(of: school.asAt, toEndOf: name))
    // Whether the year has ended is asked once it is known that the figure exists.
    case (.yearToDate, .wholeYear): return series == .daily ? nil : 0
    case (.yearToDate, .yearToDate(.unknown)), (.yearToDate, .halfTerm), (.halfTerm, .yearToDate),
      (.halfTerm, .wholeYear), (_, .other):
      return nil
    }
  }

  private func near(_ days: Int?) -> Int? { days.flatMap { $0 < TermTimeline.tolerance ? $0 : nil } }

  /// Why figures that fit but for their period do not fit.
  private func otherTime(
    _ published: [Benchmark], _ measure: BenchmarkMeasure, _ place: WantedPlace
  ) -> ComparatorUnavailable {
    if case .halfTerm(let name) = period { return .halfTermNotPublished(name, measure, place: place.name) }
    var ends: [BenchmarkPeriod] = []
    for benchmark in published {
      switch benchmark.period {
      case .yearToDate(.unknown): return .noEnd(file: benchmark.file)
      case .yearToDate: if !ends.contains(benchmark.period) { ends.append(benchmark.period) }
      case .wholeYear, .halfTerm, .other: continue
      }
    }
    return ends.isEmpty
      ? .noYearToDate(measure, place: place.name) : .otherEnd(published: ends, asAt: school.asAt)
  }

  private var hasYearEnded: Bool { clock.distance(of: school.asAt, toEndOf: .summer2) == 0 }

  /// The place a figure has to be of.
  private struct WantedPlace {
    let name: String
    let includes: (Geography) -> Bool
  }

  private func wantedPlace() throws(ComparatorUnavailable) -> WantedPlace {
    switch place {
    case .england: return WantedPlace(name: "England") { $0.level == .england }
    case .ownSchool:
      guard let urn = school.urn, benchmarks.all.contains(where: { $0.geography.isSchool(urn) }) else {
        throw .notListed(urn: school.urn ?? "")
      }
      return WantedPlace(name: "the school") { $0.isSchool(urn) }
    case .region, .localAuthority:
      guard let name = school.localAuthority else { throw .noLocalAuthority }
      let places = benchmarks.all.map(\.geography).filter { $0.isLocalAuthority(name) }
      guard !places.isEmpty else { throw .unknownLocalAuthority(name) }
      if place == .localAuthority { return WantedPlace(name: name) { $0.isLocalAuthority(name) } }
      guard let region = places.first(where: { !$0.region.isEmpty })?.region else {
        throw .noRegion(localAuthority: name)
      }
      return WantedPlace(name: region) { $0.level == .region && $0.name.folded == region.folded }
    }
  }
}

extension Geography {
  fileprivate func isSchool(_ urn: String) -> Bool { level == .school && code == urn }
}

extension PublishedValue {
  fileprivate var whyMissing: ComparatorUnavailable {
    switch self {
    case .missing(let missing): .missing(missing)
    case .number: .missing(.notAvailable)
    }
  }
}

extension ComparatorUnavailable {
  /// Whether the daily series lacks the figure altogether, so that another series is worth a word.
  fileprivate var saysNotPublished: Bool {
    switch self {
    case .phaseNotPublished, .measureNotPublished, .groupNotPublished, .yearNotPublished: true
    default: false
    }
  }
}
