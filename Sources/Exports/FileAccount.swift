/// Where each row of a register file went. Every row is in one of the counts.
///
/// Unit: rows, the header and what stands above it left out.
public struct FileAccount: Hashable, Sendable {
  public let file: String
  public var rows = 0
  /// Marks that stand in the register.
  public var marks = 0
  /// Rows with no mark in them.
  public var withoutMark = 0
  /// The same mark again, or an earlier mark another row replaced.
  public var duplicates = 0
  /// Rows that could not count; each is a finding.
  public var refused = 0
  /// Rows dated after the as-at date.
  public var afterAsAt = 0
  /// `#` and `Z` for days outside the pupil's time on roll.
  public var notOnRoll = 0

  public init(file: String) { self.file = file }

  /// Whether every row is accounted for.
  public var balances: Bool {
    rows == marks + withoutMark + duplicates + refused + afterAsAt + notOnRoll
  }
}
