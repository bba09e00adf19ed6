import Registers

/// The lateness of a school's pupils in the national scope, year to date.
public struct SchoolLateness: Sendable, Equatable {
  /// Unit: pupils with a mark of L or U.
  public var pupils = 0
  public var sum = Lateness()

  public init() {}
}

extension SchoolLateness {
  init(_ pupils: [PupilFigures]) {
    for pupil in pupils where pupil.isInScope && pupil.lateness.marks > 0 {
      self.pupils += 1
      sum += pupil.lateness
    }
  }
}
