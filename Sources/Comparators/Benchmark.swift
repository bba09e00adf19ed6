import Measures
import Registers

/// One published percentage: what it is of, and where it stands.
package struct Benchmark: Hashable, Sendable {
  package let series: Series
  package let schoolYear: SchoolYear
  package let period: BenchmarkPeriod
  package let phase: BenchmarkPhase
  package let geography: Geography
  package let group: BenchmarkGroup
  package let measure: BenchmarkMeasure
  /// Unit: per cent.
  package let value: PublishedValue
  /// The published counts the percentage is of. Missing: nil where the file has none, or they are estimates.
  package let counts: Rate?
  /// Such as `provisional`. Missing: empty where the file gives none.
  package let status: String
  package let source: String
  package let file: String
  /// The row as a spreadsheet counts it.
  package let row: Int

  /// A way of counting; figures of two never stand in one comparison.
  package enum Series: String, CaseIterable, Sendable {
    case daily, accredited, socialCare

    /// The publication's name.
    package var publication: String {
      switch self {
      case .daily: "Pupil attendance in schools"
      case .accredited: "Pupil absence in schools in England"
      case .socialCare:
        "Outcomes for children in need, including children looked after by local authorities in England"
      }
    }

    /// The series in words, to stand before "series".
    package var formatted: String {
      switch self {
      case .daily: "daily"
      case .accredited: "accredited"
      case .socialCare: "social care"
      }
    }

    /// Missing: nil where a name begins as none of the publications.
    init?(published name: String) {
      guard let series = Series.allCases.first(where: { name.folded.hasPrefix($0.publication.folded) }) else {
        return nil
      }
      self = series
    }
  }
}
