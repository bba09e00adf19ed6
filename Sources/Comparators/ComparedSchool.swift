import Measures
import Registers

/// What of a school decides which published figures it may be compared with.
package struct ComparedSchool: Sendable {
  /// Missing: nil when the trust file gives none.
  package let urn: String?
  package let phase: School.Phase?
  package let localAuthority: String?
  package let schoolYear: SchoolYear
  package let asAt: Day
  /// The half-terms begun, as the figures have them.
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
