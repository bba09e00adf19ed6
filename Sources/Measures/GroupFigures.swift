import Registers

/// The figures of a group of pupils over a period. They add up, over groups that share no pupil.
public struct GroupFigures: Sendable, Equatable {
  /// Unit: enrolments with at least one possible session.
  public var enrolments = 0
  /// Unit: enrolments that missed 10% or more of their own possible sessions.
  public var persistent = 0
  /// Unit: enrolments that missed 50% or more.
  public var severe = 0
  public var tally = SessionTally.zero

  public static let zero = GroupFigures()

  public init() {}

  /// The figures of one pupil.
  public init(pupil tally: SessionTally) {
    self.tally = tally
    guard let rate = tally.absenceRate else { return }
    enrolments = 1
    persistent = rate.isPersistentAbsence ? 1 : 0
    severe = rate.isSevereAbsence ? 1 : 0
  }

  /// The figures of sessions alone, such as those of a weekday: of these pupils none is persistently absent, since that is
  /// measured over time.
  public init(sessions: SessionFigures) {
    tally = sessions.tally
    enrolments = sessions.pupils
  }

  public static func += (left: inout GroupFigures, right: GroupFigures) {
    left.enrolments += right.enrolments
    left.persistent += right.persistent
    left.severe += right.severe
    left.tally += right.tally
  }

  public var persistentRate: Rate? { Rate(persistent, of: enrolments) }
  public var severeRate: Rate? { Rate(severe, of: enrolments) }
}
