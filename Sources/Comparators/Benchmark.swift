import Measures
import Registers

/// One published percentage: what it is of, and where it stands.
public struct Benchmark: Hashable, Sendable {
  public let series: Series
  public let schoolYear: SchoolYear
  public let period: BenchmarkPeriod
  public let phase: BenchmarkPhase
  public let geography: Geography
  public let group: BenchmarkGroup
  public let measure: BenchmarkMeasure
  /// Unit: per cent.
  public let value: PublishedValue
  /// The published counts the percentage is of. Missing: nil where the file has none, or they are estimates.
  public let counts: Rate?
  /// Such as `provisional`. Missing: empty where the file gives none.
  public let status: String
  public let source: String
  public let file: String
  /// The row as a spreadsheet counts it.
  public let row: Int

  /// A way of counting; figures of two never stand in one comparison.
  public enum Series: String, CaseIterable, Sendable {
    case daily, accredited, socialCare

    /// The publication's name.
    public var publication: String {
      switch self {
      case .daily: "Pupil attendance in schools"
      case .accredited: "Pupil absence in schools in England"
      case .socialCare:
        "Outcomes for children in need, including children looked after by local authorities in England"
      }
    }

    /// The series in words, to stand before "series".
    public var inWords: String {
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
