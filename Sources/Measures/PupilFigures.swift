import Policies
import Registers

/// One pupil's figures at one school for the year to date: every session on roll up to the as-at date.
public struct PupilFigures: Sendable {
  public let pupil: Pupil
  /// The pupil's place in the school's register.
  public let position: Int
  public let isInScope: Bool
  public let year: SessionTally
  /// By the half-terms of the school's figures, in their order.
  public let halfTerms: [SessionTally]
  public let lateness: Lateness
  public let weeks: BrokenWeeks
  public let windows: Windows
  /// For the national penalty-notice threshold and then the policy's other windows, the pupil's marks in them.
  public let evidence: [WindowEvidence]
  /// Unit: N marks with more than five school days after their date.
  public let unresolvedN: Int
  /// The policy's stage the pupil stands at. Missing: nil for none.
  public let stage: Policy.Stage?

  /// Unit: sessions of I.
  public var illnessSessions: Int { year[.illness] }
}
