/// Where each row of a register file, and each place for a mark in it, went: every one is in one of the counts.
///
/// A row has one place for a mark in a long table, several in a wide one.
package struct FileAccount: Hashable, Sendable {
  package let file: String
  /// Unit: rows below the header that are not blank.
  package var rows = 0
  /// Rows that are none of a pupil: totals, headings, legends, and the rows of lists of codes.
  package var otherRows = 0
  /// Rows of pupils.
  package var pupilRows = 0
  /// Places for a mark in the rows of pupils.
  package var places = 0
  /// Marks that stand in the register.
  package var marks = 0
  /// Places with no mark in them.
  package var withoutMark = 0
  /// The same mark again, or an earlier mark another row replaced.
  package var duplicates = 0
  /// Places that could not count; each is told of by a finding.
  package var refused = 0
  /// Marks dated after the as-at date.
  package var afterAsAt = 0
  /// `#` and `Z` for days outside the pupil's time on roll.
  package var notOnRoll = 0
  /// Marks of lessons, which are no sessions.
  package var lessons = 0

  package init(file: String) { self.file = file }

  /// Whether every row and every place is accounted for.
  package var balances: Bool {
    rows == pupilRows + otherRows
      && places == marks + withoutMark + duplicates + refused + afterAsAt + notOnRoll + lessons
  }
}
