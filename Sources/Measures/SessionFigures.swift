/// Sessions of a week or a weekday, and how many pupils they belong to.
public struct SessionFigures: Sendable, Equatable {
  public var tally: SessionTally
  /// Unit: pupils with at least one possible session among these.
  public var pupils: Int

  public static let zero = SessionFigures(tally: .zero, pupils: 0)

  public static func += (left: inout SessionFigures, right: SessionFigures) {
    left.tally += right.tally
    left.pupils += right.pupils
  }
}
