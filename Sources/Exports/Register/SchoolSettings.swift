import Registers

/// A school and the settings by which its registers are read.
package struct SchoolSettings: Sendable {
  package let school: School
  /// The columns of the pupil details that define the school's own groups.
  package var groupColumns: [GroupColumn]
  /// The half-terms of the trust file, or none if they are derived from the marks.
  package var halfTerms: [HalfTerm]
  /// A Boolean value that indicates whether packs are made although many marks are refused.
  package var acceptsRefusedMarks: Bool

  package init(
    _ school: School, groupColumns: [GroupColumn] = [], halfTerms: [HalfTerm] = [],
    acceptsRefusedMarks: Bool = false
  ) {
    self.school = school
    self.groupColumns = groupColumns
    self.halfTerms = halfTerms
    self.acceptsRefusedMarks = acceptsRefusedMarks
  }
}
