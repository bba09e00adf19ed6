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
  public private(set) var spread = Spread()
  /// What a board may not see of these figures; what is withheld is not in them any more.
  public private(set) var withheld = Withheld()

  /// What is withheld of the figures of a group. Source: rules, section 10.
  public struct Withheld: OptionSet, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let everything = Withheld(rawValue: 1)
    public static let persistent = Withheld(rawValue: 2)
    public static let severe = Withheld(rawValue: 4)
  }

  /// The figures without what is withheld: zeros stand in its place.
  public func withholding(_ withheld: Withheld) -> GroupFigures {
    var figures = withheld.contains(.everything) ? GroupFigures.zero : self
    if withheld.contains(.persistent) { figures.persistent = 0 }
    if withheld.contains(.severe) { figures.severe = 0 }
    figures.withheld = withheld
    return figures
  }

  public static let zero = GroupFigures()

  public init() {}

  /// The figures of one pupil.
  public init(pupil tally: SessionTally) {
    self.tally = tally
    guard let rate = tally.absenceRate else { return }
    enrolments = 1
    persistent = rate.isPersistentAbsence ? 1 : 0
    severe = rate.isSevereAbsence ? 1 : 0
    spread = Spread(missed: rate.part, possible: rate.whole)
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
    left.spread += right.spread
  }

  public var persistentRate: Rate? { Rate(persistent, of: enrolments) }
  public var severeRate: Rate? { Rate(severe, of: enrolments) }
}
