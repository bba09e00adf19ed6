/// Where each row of a register file, and each place for a mark in it, went: every one is in one of the counts.
///
/// A row has one place for a mark in a long table, several in a wide one.
public struct FileAccount: Hashable, Sendable {
  public let file: String
  /// Unit: rows below the header that are not blank.
  public var rows = 0
  /// Rows that are none of a pupil: totals, headings, legends, and the rows of lists of codes.
  public var otherRows = 0
  /// Rows of pupils.
  public var pupilRows = 0
  /// Places for a mark in the rows of pupils.
  public var places = 0
  /// Marks that stand in the register.
  public var marks = 0
  /// Places with no mark in them.
  public var withoutMark = 0
  /// The same mark again, or an earlier mark another row replaced.
  public var duplicates = 0
  /// Places that could not count; each is told of by a finding.
  public var refused = 0
  /// Marks dated after the as-at date.
  public var afterAsAt = 0
  /// `#` and `Z` for days outside the pupil's time on roll.
  public var notOnRoll = 0
  /// Marks of lessons, which are no sessions.
  public var lessons = 0

  public init(file: String) { self.file = file }

  /// Whether every row and every place is accounted for.
  public var balances: Bool {
    rows == pupilRows + otherRows
      && places == marks + withoutMark + duplicates + refused + afterAsAt + notOnRoll + lessons
  }
}
