import Measures
import Registers

/// A published figure that is comparable with a school's figure: of the same phase, school year, period and series.
package struct Comparator: Hashable, Sendable {
  package let benchmark: Benchmark
  /// The measure that is compared. Attendance may be computed from published absence.
  package let measure: BenchmarkMeasure
  package let percentage: PublishedNumber

  /// The name of the area, such as "England" or "Southampton".
  package var place: String { benchmark.geography.name }

  /// The subject of the figure, such as "England, primary schools, Spring 1 2025/26".
  package var formatted: String {
    let schools: String
    switch benchmark.phase {
    case .phase(let phase): schools = "\(phase.formatted) schools"
    case .all: schools = "all schools"
    case .other(let name): schools = name
    }
    let pupils = benchmark.group.group == .total ? "" : ", \(benchmark.group.breakdown)"
    return "\(place), \(schools)\(pupils), \(vintage)"
  }

  /// The period, such as "Spring 1 2025/26" or "Year to date, to 10 July 2026".
  package var vintage: String {
    switch benchmark.period {
    case .yearToDate(.day): benchmark.period.name
    case .wholeYear: "academic year \(benchmark.schoolYear.name)"
    case .halfTerm, .yearToDate, .other: "\(benchmark.period.name) \(benchmark.schoolYear.name)"
    }
  }

  /// The publication and the status, such as "DfE, Pupil attendance in schools; provisional".
  package var sourceLabel: String {
    let publication = benchmark.series.publication
    let source = benchmark.source == publication ? publication : "\(publication): \(benchmark.source)"
    return "DfE, \(source)\(benchmark.status.isEmpty ? "" : "; \(benchmark.status)")"
  }

  /// A note about a different method of counting, or an empty text if registers are counted in the same way.
  package var caution: String {
    switch benchmark.series {
    case .daily: ""
    case .accredited:
      "From the school census, six half-terms and final marks; the school's own figure is from its registers."
    case .socialCare:
      "Counted by pupil and not by enrolment, and children by local authorities' returns; the school's own figure is from its "
        + "registers."
    }
  }

  /// Returns a school's rate minus this figure in tenths of a percentage point, computed before rounding.
  package func difference(of rate: Rate) -> Int { percentage.difference(of: rate) }
}

/// The area that a school is compared with.
package enum ComparedPlace: CaseIterable, Sendable {
  case england, region, localAuthority
  /// The school itself in a file of schools.
  case ownSchool
}

/// A comparable published figure, or the reason why there is none.
package enum ComparatorMatch: Hashable, Sendable {
  case value(Comparator)
  case none(ComparatorUnavailable)

  /// The figure, or `nil` if there is none.
  package var comparator: Comparator? {
    switch self {
    case .value(let comparator): comparator
    case .none: nil
    }
  }
}

/// The properties of a school that determine its comparable published figures.
package struct ComparedSchool: Sendable {
  /// The URN, or `nil` if the trust file does not give it.
  package let urn: String?
  package let phase: School.Phase?
  package let localAuthority: String?
  package let schoolYear: SchoolYear
  package let asAt: Day
  /// The half-terms that have begun.
  package let halfTerms: [HalfTerm]

  package init(
    urn: String? = nil, phase: School.Phase?, localAuthority: String?, schoolYear: SchoolYear, asAt: Day,
    halfTerms: [HalfTerm]
  ) {
    self.urn = urn
    self.phase = phase
    self.localAuthority = localAuthority
    self.schoolYear = schoolYear
    self.asAt = asAt
    self.halfTerms = halfTerms
  }

  package init(_ figures: SchoolFigures) {
    self.init(
      urn: figures.school.urn, phase: figures.school.phase, localAuthority: figures.school.localAuthority,
      schoolYear: figures.schoolYear, asAt: figures.asAt, halfTerms: figures.halfTerms)
  }
}

/// A target that a trust has set for its schools.
package struct Target: Hashable, Sendable {
  /// The trust's name for it, such as "DfE improvement expectation".
  package let name: String
  /// The phase, or `nil` for schools of every phase.
  package let phase: School.Phase?
  package let measure: BenchmarkMeasure
  /// The percentage in tenths, such as 950 for 95%.
  package let tenthsOfPercent: Int
  /// The source of the target, or `nil` if the trust file does not give one.
  package let source: String?

  package init(
    name: String, phase: School.Phase?, measure: BenchmarkMeasure, tenthsOfPercent: Int, source: String?
  ) {
    self.name = name
    self.phase = phase
    self.measure = measure
    self.tenthsOfPercent = tenthsOfPercent
    self.source = source
  }

  /// Returns whether the target applies to schools of a phase.
  ///
  /// Only targets for every phase apply to a school of unknown phase.
  package func isFor(_ phase: School.Phase?) -> Bool { self.phase == nil || self.phase == phase }

  /// Returns whether attendance is at least the target, or absence at most the target, compared exactly.
  package func isMet(by rate: Rate) -> Bool {
    let (actual, target) = (1000 * rate.part, tenthsOfPercent * rate.whole)
    return measure == .attendance ? actual >= target : actual <= target
  }
}
