import Registers

/// What a trust file says of a school's exports where detection needs overruling.
public struct SourceProfile: Hashable, Sendable {
  /// The header that holds a column, by column.
  public var columns: [Column: String] = [:]
  /// Missing: nil when the form of dates is to be found from the file.
  public var dates: DateOrder?
  /// What a mark of this source stands for, such as `;` for `I02`.
  public var marks: [String: String] = [:]

  public init() {}

  public enum DateOrder: String, CaseIterable, Sendable {
    case dayFirst = "day-first"
    case yearFirst = "year-first"
    case monthFirst = "month-first"
  }
}
