import Registers

/// The figures of a group of pupils over a period. They can be added for groups that share no pupil.
package struct GroupFigures: Sendable, Equatable {
  /// The number of enrolments with at least one possible session.
  package var enrolments = 0
  /// The number of enrolments that missed 10% or more of their own possible sessions.
  package var persistent = 0
  /// The number of enrolments that missed 50% or more of their own possible sessions.
  package var severe = 0
  package var tally = SessionTally.zero
  package private(set) var spread = ClusterVariance()
  package static let zero = GroupFigures()

  package init() {}

  /// Creates the figures of one pupil.
  package init(pupil tally: SessionTally) {
    self.tally = tally
    guard let rate = tally.absenceRate else { return }
    enrolments = 1
    persistent = rate.isPersistentAbsence ? 1 : 0
    severe = rate.isSevereAbsence ? 1 : 0
    spread = ClusterVariance(missed: rate.part, possible: rate.whole)
  }

  /// Creates the figures of sessions alone, such as those of a weekday. Persistent absence is measured over time, so
  /// none is counted.
  package init(sessions: SessionFigures) {
    tally = sessions.tally
    enrolments = sessions.pupils
  }

  package static func += (left: inout GroupFigures, right: GroupFigures) {
    left.enrolments += right.enrolments
    left.persistent += right.persistent
    left.severe += right.severe
    left.tally += right.tally
    left.spread += right.spread
  }

  package static func + (left: GroupFigures, right: GroupFigures) -> GroupFigures {
    var sum = left
    sum += right
    return sum
  }

  /// Returns the figures of the pupils of `whole` who are not in `part`.
  package static func - (whole: GroupFigures, part: GroupFigures) -> GroupFigures {
    var rest = whole
    rest.enrolments -= part.enrolments
    rest.persistent -= part.persistent
    rest.severe -= part.severe
    rest.tally = whole.tally - part.tally
    rest.spread -= part.spread
    return rest
  }

  package var persistentRate: Rate? { Rate(persistent, of: enrolments) }
  package var severeRate: Rate? { Rate(severe, of: enrolments) }
}
