import Measures
import Registers

/// What of a school decides which published figures it may be compared with.
public struct ComparedSchool: Sendable {
  /// Missing: nil when the trust file gives none.
  public let urn: String?
  public let phase: School.Phase?
  public let localAuthority: String?
  public let schoolYear: SchoolYear
  public let asAt: Day
  /// The half-terms begun, as the figures have them.
  public let halfTerms: [HalfTerm]

  public init(
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

  public init(_ figures: SchoolFigures) {
    self.init(
      urn: figures.school.urn, phase: figures.school.phase, localAuthority: figures.school.localAuthority,
      schoolYear: figures.schoolYear, asAt: figures.asAt, halfTerms: figures.halfTerms)
  }
}
