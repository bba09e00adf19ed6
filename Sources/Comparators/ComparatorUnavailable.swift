import Registers

/// The reason why there is no published figure that is comparable with a school's figure.
package enum ComparatorUnavailable: Error, Hashable, CustomStringConvertible {
  // The trust file
  case noFiles
  case noPhase
  case noLocalAuthority
  case unknownLocalAuthority(String)
  case noRegion(localAuthority: String)
  case notListed(urn: String)

  // The period
  /// Persistent and severe absence are measured over the year to date.
  case notOfAHalfTerm(BenchmarkMeasure)
  case beforeAutumnEnds(BenchmarkMeasure)
  case startsLate(HalfTerm.Name)
  case outsideHalfTerms(asAt: Day)
  case halfTermNotOver(HalfTerm.Name, asAt: Day)

  // The published figures
  case phaseNotPublished(School.Phase, Benchmark.Series)
  case yearNotPublished(SchoolYear, found: [SchoolYear])
  case measureNotPublished(BenchmarkMeasure, School.Phase, Benchmark.Series)
  case groupNotPublished(Group, BenchmarkMeasure, School.Phase, Benchmark.Series)
  case placeNotPublished(String, BenchmarkMeasure, School.Phase)
  case halfTermNotPublished(HalfTerm.Name, BenchmarkMeasure, place: String)
  case otherEnd(published: [BenchmarkPeriod], asAt: Day)
  case noEnd(file: String)
  case noYearToDate(BenchmarkMeasure, place: String)
  case otherSeriesOnly(Benchmark.Series)
  case missing(PublishedValue.Missing)

  /// The reason as a sentence without a full stop.
  package var description: String {
    switch self {
    case .noFiles, .noPhase, .noLocalAuthority, .unknownLocalAuthority, .noRegion, .notListed:
      trustFileReason
    case .notOfAHalfTerm, .beforeAutumnEnds, .startsLate, .outsideHalfTerms, .halfTermNotOver, .otherEnd,
      .noEnd:
      periodReason
    case .phaseNotPublished, .yearNotPublished, .measureNotPublished, .groupNotPublished, .placeNotPublished,
      .halfTermNotPublished, .noYearToDate, .otherSeriesOnly, .missing:
      publicationReason
    }
  }

  private var trustFileReason: String {
    switch self {
    case .noFiles: "The trust file lists no file of DfE's attendance figures under benchmarks"
    case .noPhase: "No phase given in the trust file"
    case .noLocalAuthority: "No local authority given in the trust file"
    case .unknownLocalAuthority(let name):
      "DfE's files have no local authority called \"\(name)\"; write the name as on Explore Education Statistics"
    case .noRegion(let name): "DfE's files do not say which region \(name) is in"
    case .notListed(let urn): "DfE's files have no school with the URN \(urn)"
    default: ""
    }
  }

  private var periodReason: String {
    switch self {
    case .notOfAHalfTerm(let measure):
      "DfE publishes no \(measure.label) of a half-term: it is measured over the year to date"
    case .beforeAutumnEnds(let measure):
      "DfE publishes no year-to-date \(measure.label) before the end of the autumn term"
    case .startsLate(let name): "The school's marks of the year begin in \(name.rawValue), DfE's in Autumn 1"
    case .outsideHalfTerms(let day): "\(day.formatted) is not in a half-term of the school"
    case .halfTermNotOver(let name, let day):
      "DfE's figure covers all of \(name.rawValue); the school's ends on \(day.formatted)"
    case .otherEnd(let published, let day):
      "The year to date in DfE's files runs \(ComparatorUnavailable.ends(published)); the school's ends on "
        + "\(day.formatted)"
    case .noEnd(let file):
      "The last day of the year to date in \(file) is not known; write {file: \(file), to: 2026-07-10} under "
        + "benchmarks in the trust file, with the last day it covers"
    default: ""
    }
  }

  private var publicationReason: String {
    switch self {
    case .phaseNotPublished(let phase, let series):
      "DfE publishes no figures for \(ComparatorUnavailable.schools(phase)) in the \(series.label) series"
    case .yearNotPublished(let year, let found):
      "DfE's files have no figures of \(year.name); they are of \(ComparatorUnavailable.list(found.map(\.name)))"
    case .measureNotPublished(let measure, let phase, let series):
      "DfE's files have no \(measure.label) of \(ComparatorUnavailable.schools(phase)) in the \(series.label) series"
    case .groupNotPublished(let group, let measure, let phase, let series):
      "DfE's files have no \(measure.label) of \(group.breakdown) in \(ComparatorUnavailable.schools(phase)) in the "
        + "\(series.label) series"
    case .placeNotPublished(let place, let measure, let phase):
      "DfE's files have no \(measure.label) of \(ComparatorUnavailable.schools(phase)) in \(place)"
    case .halfTermNotPublished(let name, let measure, let place):
      "DfE's files have no \(measure.label) of \(name.rawValue) for \(place)"
    case .noYearToDate(let measure, let place):
      "DfE's files have no year-to-date \(measure.label) for \(place)"
    case .otherSeriesOnly(let series):
      "DfE's files have it in the \(series.label) series only, which is compared with completed school years"
    case .missing(let missing): "DfE's figure is \(missing.label)"
    default: ""
    }
  }

  private static func schools(_ phase: School.Phase) -> String {
    phase == .alternative ? phase.formatted : "\(phase.formatted) schools"
  }

  private static func list(_ names: [String]) -> String {
    names.count < 2
      ? names.joined() : "\(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])"
  }

  /// Returns the ends of years to date, such as "to 10 July 2026 and to the end of Spring 1".
  private static func ends(_ periods: [BenchmarkPeriod]) -> String {
    list(
      periods.map { period in
        switch period {
        case .yearToDate(.day(let day)): "to \(day.formatted)"
        case .yearToDate(.halfTerm(let name)): "to the end of \(name.rawValue)"
        case .yearToDate(.unknown), .wholeYear, .halfTerm, .other: "otherwise (\(period.name))"
        }
      })
  }
}
