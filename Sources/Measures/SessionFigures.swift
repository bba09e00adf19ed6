/// Sessions of a week or a weekday, and how many pupils they belong to.
package struct SessionFigures: Sendable, Equatable {
  package var tally: SessionTally
  /// Unit: pupils with at least one possible session among these.
  package var pupils: Int

  /// Whether a board may not see them; they are not in here any more.
  package private(set) var isWithheld = false

  init(tally: SessionTally, pupils: Int) {
    self.tally = tally
    self.pupils = pupils
  }

  /// Figures a board may not see.
  static var withheld: SessionFigures {
    var figures = SessionFigures.zero
    figures.isWithheld = true
    return figures
  }

  package static let zero = SessionFigures(tally: .zero, pupils: 0)

  package static func += (left: inout SessionFigures, right: SessionFigures) {
    left.tally += right.tally
    left.pupils += right.pupils
  }
}
