/// Sessions of a week or a weekday, and the number of pupils that they belong to.
package struct SessionFigures: Sendable, Equatable {
  package var tally: SessionTally
  /// The number of pupils with at least one of the possible sessions.
  package var pupils: Int

  init(tally: SessionTally, pupils: Int) {
    self.tally = tally
    self.pupils = pupils
  }

  package static let zero = SessionFigures(tally: .zero, pupils: 0)

  package static func += (left: inout SessionFigures, right: SessionFigures) {
    left.tally += right.tally
    left.pupils += right.pupils
  }
}
