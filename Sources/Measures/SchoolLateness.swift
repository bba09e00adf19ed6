/// The lateness of a school's pupils in the national scope, year to date.
package struct SchoolLateness: Sendable, Equatable {
  /// The number of pupils with a mark of L or U.
  package var pupils = 0
  package var sum = Lateness()

  package init() {}
}

extension SchoolLateness {
  init(_ pupils: [PupilFigures]) {
    for pupil in pupils where pupil.isInScope && pupil.lateness.marks > 0 {
      self.pupils += 1
      sum += pupil.lateness
    }
  }
}
