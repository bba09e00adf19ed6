import Registers

/// A published figure that a school's own may stand beside: the same phase, school year, period and way of counting.
package struct Comparator: Hashable, Sendable {
  package let benchmark: Benchmark
  /// What is compared; attendance may come from published absence.
  package let measure: BenchmarkMeasure
  /// Unit: per cent.
  package let percentage: PublishedNumber

  /// Where it is of, such as "England" or "Southampton".
  package var place: String { benchmark.geography.name }

  /// What it is of: "England, primary schools, Spring 1 2025/26".
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

  /// Up to when it counts: "Spring 1 2025/26", "Year to date, to 10 July 2026".
  package var vintage: String {
    switch benchmark.period {
    case .yearToDate(.day): benchmark.period.name
    case .wholeYear: "academic year \(benchmark.schoolYear.name)"
    case .halfTerm, .yearToDate, .other: "\(benchmark.period.name) \(benchmark.schoolYear.name)"
    }
  }

  /// Who published it, and how firm it is: "DfE, Pupil attendance in schools; provisional".
  package var sourceLabel: String {
    let publication = benchmark.series.publication
    let source = benchmark.source == publication ? publication : "\(publication): \(benchmark.source)"
    return "DfE, \(source)\(benchmark.status.isEmpty ? "" : "; \(benchmark.status)")"
  }

  /// What has to be said wherever it is shown. Missing: empty for the series registers are counted like.
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

  /// How far a school's rate lies above it. Unit: tenths of a percentage point, taken before rounding.
  package func difference(of rate: Rate) -> Int { percentage.difference(of: rate) }
}

/// The place a school is compared with.
package enum ComparedPlace: CaseIterable, Sendable {
  case england, region, localAuthority
  /// The school itself, in a file of schools.
  case ownSchool
}

/// A published figure, or why there is none to compare with.
package enum ComparatorMatch: Hashable, Sendable {
  case value(Comparator)
  case none(ComparatorUnavailable)

  /// Missing: nil where there is none.
  package var comparator: Comparator? {
    switch self {
    case .value(let comparator): comparator
    case .none: nil
    }
  }
}
