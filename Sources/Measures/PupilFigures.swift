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
  /// By the usual rule: any absence breaks a week.
  public let weeks: BrokenWeeks
  /// Unit: sessions of I of the year while of compulsory school age, for the sickness return.
  public let illnessOfLegalAge: Int
  /// By the policy's own rule.
  public let ownWeeks: BrokenWeeks
  /// Unit: days with a possible session.
  public let daysDue: Int
  public let windows: Windows
  /// For the national penalty-notice threshold, while of compulsory school age, and then the policy's other windows, the
  /// pupil's marks in them.
  public let evidence: [WindowEvidence]
  /// For each run every school looks for and then the policy's other runs, the pupil's.
  public let runs: [RunEvidence]
  /// Unit: N marks with more than five school days after their date.
  public let unresolvedN: Int
  /// The policy's stage the pupil stands at. Missing: nil for none.
  public let stage: Policy.Stage?
  /// Five school days before. Missing: nil for none, or where there are too few days.
  public let stageWeekAgo: Policy.Stage?
  /// The pupil as at the end of the half-term before. Missing: nil in the first half-term.
  public let before: Before?
  /// A weekday or half of the day the pupil misses more often than chance explains. Missing: nil for none.
  public internal(set) var pattern: WeekPattern?

  /// What was so at the end of the half-term before.
  public struct Before: Sendable, Equatable {
    /// Unit: sessions of the school year up to then.
    public let absence: Int
    /// Unit: sessions of the school year up to then.
    public let possible: Int
    public let stage: Policy.Stage?
  }

  /// Unit: sessions of I.
  public var illnessSessions: Int { year[.illness] }
}

extension PupilFigures {
  /// The figures of a pupil from one pass and the marks of possible sessions.
  init(
    pupil: Pupil, position: Int, isInScope: Bool, pass: PupilPass, marks: PupilMarks, lateness: Lateness,
    windows: [Policy.Window], runs: [Policy.Run], policy: Policy, register: Register, plan: RegisterPlan
  ) {
    self.pupil = pupil
    self.position = position
    self.isInScope = isInScope
    self.lateness = lateness
    year = pass.tallies.reduce(.zero, +)
    halfTerms = Array(pass.tallies.dropLast())
    weeks = pass.weeks
    self.windows = pass.windows
    unresolvedN = pass.unresolvedN
    let ofYear = marks.marks[...].drop { $0.position < plan.yearToDate.lowerBound }
    ownWeeks = BrokenWeeks(ofYear, broken: policy.brokenWeeks.codes, plan: plan)
    daysDue = ofYear.indices.count { place in
      place == ofYear.startIndex
        || plan.dayOfSession[ofYear[place].position] != plan.dayOfSession[ofYear[place - 1].position]
    }
    // Notices and returns are about pupils of compulsory school age; what a policy asks for is about all.
    let legal = marks.within(pupil.compulsoryAge(in: plan.schoolYear), in: register)
    evidence = windows.map { window in
      WindowEvidence(
        window, window.isSame(as: .nationalPenaltyNotice) ? legal : marks, in: register, plan: plan,
        at: plan.now)
    }
    let isOnRoll = pupil.left.map { $0 >= plan.asAt } ?? true
    self.runs = runs.map { run in
      RunEvidence(
        run, run.isSame(as: .attendanceReturn) ? legal : marks, in: register, plan: plan, isOnRoll: isOnRoll)
    }
    illnessOfLegalAge = legal.marks.count { $0.code == .illness && $0.position >= plan.yearToDate.lowerBound }
    let standing = Policy.Standing(marks, at: plan.now, policy: policy, in: register, plan: plan)
    stage = policy.stage(of: standing)
    stageWeekAgo = plan.weekAgo.flatMap { moment in
      policy.stage(of: Policy.Standing(marks, at: moment, policy: policy, in: register, plan: plan))
    }
    before = plan.lastHalfTerm.map { moment in
      let standing = Policy.Standing(marks, at: moment, policy: policy, in: register, plan: plan)
      return Before(
        absence: standing.absence, possible: standing.possible, stage: policy.stage(of: standing))
    }
  }
}
