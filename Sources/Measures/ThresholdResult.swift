import Policies
import Registers

/// A threshold that a pupil on roll at the as-at date has reached or is near, with the evidence.
package struct ThresholdResult: Sendable {
  package let id: Threshold.ID
  package let state: Threshold.State
  package let evidence: Evidence

  package enum Evidence: Sendable {
    /// The sessions missed and the possible sessions.
    case sessions(missed: Int, possible: Int)
    case window(WindowEvidence)
    case run(RunEvidence)
    /// The sessions of illness in the year while of compulsory school age.
    case illness(Int)
    /// The weeks with an absence, and the weeks in session.
    case brokenWeeks(Int, of: Int)
    /// School weeks with a mark of C2.
    case timetableWeeks(Int)
  }
}

extension PupilFigures {
  /// Returns the result for a threshold, or `nil` if the pupil has neither reached it nor is near, or is not on roll.
  package func result(of id: Threshold.ID) -> ThresholdResult? { results.first { $0.id == id } }

  package func hasReached(_ id: Threshold.ID) -> Bool { result(of: id)?.state == .reached }
  package func isNear(_ id: Threshold.ID) -> Bool { result(of: id)?.state == .near }

  /// Returns a Boolean value that indicates whether the pupil had reached a threshold of attendance or a stage at the
  /// end of the half-term before, or `nil` if there was no half-term before.
  package func hadReached(_ threshold: Threshold) -> Bool? {
    guard let before else { return nil }
    return switch threshold.rule {
    case .attendance(let line, _): line.isReached(absence: before.absence, of: before.possible)
    case .stage:
      if case .stage(let index) = threshold.id { (before.stage ?? -1) >= index } else { false }
    case .window, .illness, .run, .brokenWeeks, .partTimeTimetable, .reward: nil
    }
  }
}

extension PupilFigures {
  /// Evaluates every threshold for a pupil on roll.
  ///
  /// A pupil who has left has no results, except for the penalty-notice threshold after a move within the trust,
  /// because that window covers all schools of the trust and each of them sees it.
  static func results(
    of thresholds: [Threshold], for facts: ThresholdFacts
  ) -> [ThresholdResult] {
    let hasMoved = facts.windows.contains { !$0.elsewhere.isEmpty }
    guard facts.isOnRoll || hasMoved else { return [] }
    return thresholds.filter { facts.isOnRoll || $0.id == .window(0) }.compactMap { threshold in
      facts.state(of: threshold).map { state, evidence in
        ThresholdResult(id: threshold.id, state: state, evidence: evidence)
      }
    }
  }
}

/// The facts about one pupil from which thresholds are evaluated.
struct ThresholdFacts {
  let isOnRoll: Bool
  let hasEHCPlan: Bool
  let year: SessionTally
  /// The current half-term, or `nil` before the first.
  let halfTerm: SessionTally?
  /// The index of the stage, or `nil` for none.
  let stage: Int?
  let windows: [WindowEvidence]
  let runs: [RunEvidence]
  /// The sessions of illness while of compulsory school age.
  let illness: Int
  /// The weeks by the policy's own rule.
  let weeks: BrokenWeeks
  let timetableWeeks: Int
  /// The rewards of the policy, the best first, in tenths of a per cent.
  let rewards: [Int]

  func state(of threshold: Threshold) -> (Threshold.State, ThresholdResult.Evidence)? {
    switch threshold.rule {
    case .attendance(let line, let near):
      guard threshold.id != .ehcPlan || hasEHCPlan else { return nil }
      return state(isReached(line), near.map(isReached) ?? false, sessions)
    case .stage:
      guard case .stage(let index) = threshold.id else { return nil }
      return state((stage ?? -1) >= index, false, sessions)
    case .window(let window):
      guard case .window(let index) = threshold.id else { return nil }
      let count = windows[index].count
      return state(
        count >= window.sessions, window.approaching.map { count >= $0 } ?? false, .window(windows[index]))
    case .illness(let sessions, let near):
      return state(illness >= sessions, illness >= near, .illness(illness))
    case .run:
      guard case .run(let index) = threshold.id else { return nil }
      return state(!runs[index].runs.isEmpty, false, .run(runs[index]))
    case .brokenWeeks(let count, let oneIn):
      return state(
        weeks.broken >= count && oneIn * weeks.broken >= weeks.inSession, false,
        .brokenWeeks(weeks.broken, of: weeks.inSession))
    case .partTimeTimetable(let weeks):
      return state(timetableWeeks > weeks, false, .timetableWeeks(timetableWeeks))
    case .reward:
      guard case .reward(let index) = threshold.id, let halfTerm, let rate = halfTerm.attendanceRate else {
        return nil
      }
      let best = rewards.firstIndex { 1000 * rate.part >= $0 * rate.whole }
      return state(
        best == index, false, .sessions(missed: halfTerm.absence, possible: halfTerm.possible))
    }
  }

  private var sessions: ThresholdResult.Evidence {
    .sessions(missed: year.absence, possible: year.possible)
  }

  private func isReached(_ line: AttendanceLine) -> Bool {
    line.isReached(absence: year.absence, of: year.possible)
  }

  private func state(
    _ isReached: Bool, _ isNear: Bool, _ evidence: ThresholdResult.Evidence
  ) -> (Threshold.State, ThresholdResult.Evidence)? {
    isReached ? (.reached, evidence) : isNear ? (.near, evidence) : nil
  }
}
