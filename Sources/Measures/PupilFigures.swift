import Policies
import Registers

/// One pupil's figures at one school for the year to date: every session on roll up to the as-at date.
package final class PupilFigures: Sendable {
  package let pupil: Pupil
  /// The pupil's place in the school's register.
  package let position: Int
  package let isInScope: Bool
  package let year: SessionTally
  /// By the half-terms of the school's figures, in their order.
  package let halfTerms: [SessionTally]
  package let lateness: Lateness
  /// By the usual rule: any absence breaks a week.
  package let weeks: BrokenWeeks
  /// Unit: sessions of I of the year while of compulsory school age, for the sickness return.
  package let illnessOfLegalAge: Int
  /// By the policy's own rule.
  package let ownWeeks: BrokenWeeks
  /// Unit: days with a possible session.
  package let daysDue: Int
  package let windows: Windows
  /// For the national penalty-notice threshold, while of compulsory school age, and then the policy's other windows, the
  /// pupil's marks in them.
  package let evidence: [WindowEvidence]
  /// For each run every school looks for and then the policy's other runs, the pupil's.
  package let runs: [RunEvidence]
  /// Unit: N marks with more than five school days after their date.
  package let unresolvedN: Int
  /// The furthest stage of the policy that is reached, or `nil` for none.
  package let stage: Policy.Stage?
  /// The index of `stage` among the policy's stages.
  package let stageIndex: Int?
  /// The index of the stage five school days before, or `nil` for none or with too few days.
  package let stageIndexWeekAgo: Int?
  /// Every threshold that is reached or near; empty for a pupil who is not on roll at the as-at date.
  package let results: [ThresholdResult]
  /// School weeks of the year with a mark of C2.
  package let timetableWeeks: Int
  /// The pupil as at the end of the half-term before. Missing: nil in the first half-term.
  package let before: Before?
  /// Whether another pupil of the school has the same name in the same form.
  package let hasNamesake: Bool
  /// Missing: nil where the pupil has no leaving date.
  package let leavingReason: LeavingReason?
  /// A weekday or half of the day the pupil misses more often than chance explains. Missing: nil for none.
  package let pattern: WeekPattern?

  /// What was so at the end of the half-term before.
  package struct Before: Sendable, Equatable {
    /// Unit: sessions of the school year up to then.
    package let absence: Int
    /// Unit: sessions of the school year up to then.
    package let possible: Int
    /// The index of the stage, or `nil` for none.
    package let stage: Int?

    /// Missing: nil when no session was possible.
    package var absenceRate: Rate? { Rate(absence, of: possible) }
    /// Missing: nil when no session was possible.
    package var attendanceRate: Rate? { Rate(possible - absence, of: possible) }
    /// Missed 10% or more of the possible sessions.
    package var isPersistentlyAbsent: Bool { absenceRate?.isPersistentAbsence ?? false }
    /// Missed 50% or more of the possible sessions.
    package var isSeverelyAbsent: Bool { absenceRate?.isSevereAbsence ?? false }
  }

  /// The figures of a pupil, from the marks as they were read.
  init(
    _ reading: PupilInput, elsewhere: [MarkEntry], hasNamesake: Bool, pattern: WeekPattern?, policy: Policy,
    thresholds: [Threshold], register: Register, plan: CalendarIndex
  ) {
    let (pass, marks) = (reading.pass, reading.marks)
    pupil = register.pupils[reading.position].on(plan.asAt)
    leavingReason = pupil.left.map { [pupil] _ in LeavingReason(pupil.leavingReason) }
    position = reading.position
    isInScope = reading.isInScope
    self.hasNamesake = hasNamesake
    self.pattern = pattern
    year = pass.tallies.reduce(.zero, +)
    lateness = Lateness(
      of: position, in: register, sessions: reading.onRoll.clamped(to: plan.yearToDate), tally: year)
    halfTerms = Array(pass.tallies.dropLast())
    weeks = pass.weeks
    windows = pass.windows
    unresolvedN = pass.unresolvedN
    ownWeeks = BrokenWeeks(marks.year, broken: policy.brokenWeeks.codes, plan: plan)
    daysDue = marks.daysDue(plan)
    // Notices and returns are about pupils of compulsory school age; what a policy asks for is about all.
    let legalAge = pupil.compulsoryAge(in: plan.schoolYear)
    let legal = marks.within(legalAge, in: register, plan: plan)
    let windows = WindowChecks(
      all: marks, ofLegalAge: legal,
      elsewhere: elsewhere.filter { legalAge?.contains($0.session.day) ?? false }, register: register,
      plan: plan)
    evidence = thresholds.compactMap { threshold in
      if case .window(let window) = threshold.rule { windows.evidence(of: window, at: plan.now) } else { nil }
    }
    let isOnRoll = pupil.left.map { $0 >= plan.asAt } ?? true
    runs = thresholds.compactMap { threshold in
      guard case .run(let run) = threshold.rule else { return nil }
      return RunEvidence(
        run, run.isSame(as: .attendanceReturn) ? legal : marks, in: register, plan: plan,
        lastPossible: isOnRoll ? marks.marks.last?.position : nil)
    }
    illnessOfLegalAge = legal.year.count { $0.code == .illness }
    timetableWeeks =
      year[.partTimeTimetable] == 0
      ? 0
      : Set(
        marks.year.filter { $0.code == .partTimeTimetable }.map { register.sessions[$0.position].day.monday }
      ).count
    func stageIndex(at moment: CalendarIndex.Moment) -> Int? {
      policy.stageIndex(of: Policy.StageFigures(windows, at: moment, policy: policy))
    }
    // A stage asks for a session this school year, so that stages add up to the pupils with one.
    self.stageIndex = year.possible > 0 ? stageIndex(at: plan.now) : nil
    stage = self.stageIndex.map { policy.stages[$0] }
    stageIndexWeekAgo = plan.weekAgo.flatMap(stageIndex)
    before = plan.lastHalfTerm.map { moment in
      let then = Policy.StageFigures(windows, at: moment, policy: policy)
      return Before(absence: then.absence, possible: then.possible, stage: policy.stageIndex(of: then))
    }
    results = PupilFigures.results(
      of: thresholds,
      for: ThresholdFacts(
        isOnRoll: pupil.isOnRoll(on: plan.asAt), hasEHCPlan: pupil.senProvision == .ehcPlan, year: year,
        halfTerm: halfTerms.last, stage: self.stageIndex, windows: evidence, runs: runs,
        illness: illnessOfLegalAge, weeks: ownWeeks, timetableWeeks: timetableWeeks,
        rewards: policy.rewards.map(\.attendance).sorted(by: >)))
  }

  /// Unit: sessions of I.
  package var illnessSessions: Int { year[.illness] }
}

extension PupilFigures {
  /// The sessions of the year to date by the national rule. Missing: nil outside the national scope.
  func national(_ plan: CalendarIndex) -> SessionTally? {
    guard isInScope else { return nil }
    guard isCut(plan), let summer2 = plan.summer2 else { return year }
    return year - halfTerms[summer2]
  }

  /// Whether the second half of the summer term is left out for the pupil. Source: rules, section 3.
  func isCut(_ plan: CalendarIndex) -> Bool {
    plan.summer2 != nil && pupil.leavesOutSummer2(in: plan.schoolYear)
  }
}
