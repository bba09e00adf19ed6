import Registers

/// The figures of a group of pupils over a period. They add up, over groups that share no pupil.
package struct GroupFigures: Sendable, Equatable {
  /// Unit: enrolments with at least one possible session.
  package var enrolments = 0
  /// Unit: enrolments that missed 10% or more of their own possible sessions.
  package var persistent = 0
  /// Unit: enrolments that missed 50% or more.
  package var severe = 0
  package var tally = SessionTally.zero
  package private(set) var spread = ClusterVariance()
  /// What a board may not see of these figures; what is withheld is not in them any more.
  package private(set) var withheld = Withheld()

  /// What is withheld of the figures of a group. Source: rules, section 10.
  package struct Withheld: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let everything = Withheld(rawValue: 1)
    package static let persistent = Withheld(rawValue: 2)
    package static let severe = Withheld(rawValue: 4)
  }

  /// The figures without what is withheld: zeros stand in its place.
  package func withholding(_ withheld: Withheld) -> GroupFigures {
    var figures = withheld.contains(.everything) ? GroupFigures.zero : self
    if withheld.contains(.persistent) { figures.persistent = 0 }
    if withheld.contains(.severe) { figures.severe = 0 }
    figures.withheld = withheld
    return figures
  }

  package static let zero = GroupFigures()

  package init() {}

  /// The figures of one pupil.
  package init(pupil tally: SessionTally) {
    self.tally = tally
    guard let rate = tally.absenceRate else { return }
    enrolments = 1
    persistent = rate.isPersistentAbsence ? 1 : 0
    severe = rate.isSevereAbsence ? 1 : 0
    spread = ClusterVariance(missed: rate.part, possible: rate.whole)
  }

  /// The figures of sessions alone, such as those of a weekday: of these pupils none is persistently absent, since that is
  /// measured over time.
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

  package var persistentRate: Rate? { Rate(persistent, of: enrolments) }
  package var severeRate: Rate? { Rate(severe, of: enrolments) }
}

extension GroupFigures {
  /// A Boolean value indicating whether a board may see nothing of the group.
  package var isWithheld: Bool { withheld.contains(.everything) }
  package var persistentIsWithheld: Bool { isWithheld || withheld.contains(.persistent) }
  package var severeIsWithheld: Bool { isWithheld || withheld.contains(.severe) }
}
