import Policies
import Registers

/// One pupil's figures at one school for the year to date, from every session on roll up to the as-at date.
package final class PupilFigures: Sendable {
  package let pupil: Pupil
  /// The pupil's position in the school's register.
  package let position: Int
  package let isInScope: Bool
  package let year: SessionTally
  /// The sessions by half-term, in the order of the school's figures.
  package let halfTerms: [SessionTally]
  package let lateness: Lateness
  /// The weeks by the usual rule, by which any absence breaks a week.
  package let weeks: BrokenWeeks
  let weeksOfSummer2: BrokenWeeks
  /// The number of sessions of I in the year while of compulsory school age, for the sickness return.
  package let illnessOfCompulsoryAge: Int
  /// The weeks by the policy's own rule.
  package let ownWeeks: BrokenWeeks
  /// The number of days with a possible session.
  package let daysDue: Int
  package let windows: Windows
  /// The pupil's marks in the national penalty-notice window, while of compulsory school age, and then in the policy's
  /// other windows.
  package let evidence: [WindowEvidence]
  /// The pupil's runs that meet each national rule and then the policy's other rules.
  package let runs: [RunEvidence]
  /// The number of N marks with more than five school days after their date.
  package let unresolvedN: Int
  /// The furthest stage of the policy that is reached, or `nil` for none.
  package let stage: Policy.Stage?
  /// The index of `stage` among the policy's stages.
  package let stageIndex: Int?
  /// The index of the stage five school days before, or `nil` for none or with too few days.
  package let stageIndexWeekAgo: Int?
  /// Every threshold that is reached or near; empty for a pupil who is not on roll at the as-at date.
  package let results: [ThresholdResult]
  /// The number of school weeks of the year with a mark of C2.
  package let timetableWeeks: Int
  /// The pupil at the end of the half-term before, or `nil` in the first half-term.
  package let before: Before?
  /// A Boolean value that indicates whether another pupil of the school has the same name in the same form.
  package let hasNamesake: Bool
  /// The reason for leaving, or `nil` if the pupil has no leaving date.
  package let leavingReason: LeavingReason?
  /// A weekday or half of the day that the pupil misses more often than chance explains, or `nil` for none.
  package let pattern: WeekPattern?

  /// A pupil's figures at the end of the half-term before.
  package struct Before: Sendable, Equatable {
    /// The number of sessions missed in the school year so far.
    package let absence: Int
    /// The number of possible sessions in the school year so far.
    package let possible: Int
    /// The index of the stage, or `nil` for none.
    package let stage: Int?

    /// The absence rate, or `nil` if no session was possible.
    package var absenceRate: Rate? { Rate(absence, of: possible) }
    /// The attendance rate, or `nil` if no session was possible.
    package var attendanceRate: Rate? { Rate(possible - absence, of: possible) }
    /// A Boolean value that indicates whether 10% or more of the possible sessions were missed.
    package var isPersistentlyAbsent: Bool { absenceRate?.isPersistentAbsence ?? false }
    /// A Boolean value that indicates whether 50% or more of the possible sessions were missed.
    package var isSeverelyAbsent: Bool { absenceRate?.isSevereAbsence ?? false }
  }

  /// Computes the figures of a pupil from the marks.
  init(
    _ input: PupilInput, elsewhere: [MarkEntry], hasNamesake: Bool, pattern: WeekPattern?, policy: Policy,
    thresholds: [Threshold], register: Register, plan: CalendarIndex
  ) {
    let (pass, marks) = (input.pass, input.marks)
    pupil = register.pupils[input.position].on(plan.asAt)
    leavingReason = pupil.left.map { [pupil] _ in LeavingReason(pupil.leavingReason) }
    position = input.position
    isInScope = input.isInScope
    self.hasNamesake = hasNamesake
    self.pattern = pattern
    year = pass.tallies.reduce(.zero, +)
    lateness = Lateness(
      of: position, in: register, sessions: input.onRoll.clamped(to: plan.yearToDate), tally: year)
    halfTerms = Array(pass.tallies.dropLast())
    weeks = pass.weeks
    weeksOfSummer2 = pass.weeksOfSummer2
    windows = pass.windows
    unresolvedN = pass.unresolvedN
    ownWeeks = BrokenWeeks(marks.year, broken: policy.brokenWeeks.codes, plan: plan)
    daysDue = marks.daysDue(plan)
    // Penalty notices and returns are about pupils of compulsory school age, but a policy's own rules are about all
    // pupils.
    let legalAge = pupil.compulsoryAge(in: plan.schoolYear)
    let legal = marks.within(legalAge, in: register, plan: plan)
    let windows = WindowChecks(
      all: marks, ofCompulsoryAge: legal,
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
    illnessOfCompulsoryAge = legal.year.count { $0.code == .illness }
    timetableWeeks =
      year[.partTimeTimetable] == 0
      ? 0
      : Set(
        marks.year.filter { $0.code == .partTimeTimetable }.map { register.sessions[$0.position].day.monday }
      ).count
    func stageIndex(at moment: CalendarIndex.Moment) -> Int? {
      policy.stageIndex(of: Policy.StageFigures(windows, at: moment, policy: policy))
    }
    // A stage requires a session this school year, so that the stages add up to the pupils with one.
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
        illness: illnessOfCompulsoryAge, weeks: ownWeeks, timetableWeeks: timetableWeeks,
        rewards: policy.rewards.map(\.attendance).sorted(by: >)))
  }

  /// The number of sessions of I.
  package var illnessSessions: Int { year[.illness] }
}

extension PupilFigures {
  /// Returns the sessions of the year to date by the national rule, or `nil` outside the national scope.
  func national(_ plan: CalendarIndex) -> SessionTally? {
    guard isInScope else { return nil }
    guard leavesOutSummer2(plan), let summer2 = plan.summer2 else { return year }
    return year - halfTerms[summer2]
  }

  /// Returns a Boolean value that indicates whether Summer 2 is left out for the pupil. Source: rules, section 3.
  func leavesOutSummer2(_ plan: CalendarIndex) -> Bool {
    plan.summer2 != nil && pupil.leavesOutSummer2(in: plan.schoolYear)
  }
}
