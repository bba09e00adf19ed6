/// The number of rows and cells for marks of a register file, by what became of them. Each is in one of the
/// counts.
///
/// A row of a long table has one cell for a mark, a row of a wide table several.
package struct FileAccount: Hashable, Sendable {
  package let file: String
  /// Rows below the header that are not blank.
  package var rows = 0
  /// Rows about no pupil: totals, headings, legends, and the rows of lists of codes.
  package var otherRows = 0
  /// Rows of pupils.
  package var pupilRows = 0
  /// Cells for marks in the rows of pupils.
  package var places = 0
  /// Marks in the register.
  package var marks = 0
  /// Cells without a mark.
  package var withoutMark = 0
  /// Repeated marks, and earlier marks that a later row replaced.
  package var duplicates = 0
  /// Cells that could not count, each reported by a finding.
  package var refused = 0
  /// Marks dated after the as-at date.
  package var afterAsAt = 0
  /// The marks of sessions for which few pupils have one.
  package var outsideSchoolTime = 0
  /// `#` and `Z` for days outside the pupil's time on roll, and marks of guests.
  package var notOnRoll = 0
  /// Marks of lessons, which are not sessions.
  package var lessons = 0

  package init(file: String) { self.file = file }

  /// A Boolean value that indicates whether every row and every cell is in one of the counts.
  package var isBalanced: Bool {
    rows == pupilRows + otherRows
      && places == marks + withoutMark + duplicates + refused + afterAsAt + outsideSchoolTime + notOnRoll
        + lessons
  }
}
