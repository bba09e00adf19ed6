import Policies
import Registers

/// A pupil's marks in a window of a policy, as evidence for a person's decision.
package struct WindowEvidence: Sendable, Equatable {
  package let window: Policy.Window
  /// The marks in the window that ends with the as-at date, in order.
  package let now: [MarkEntry]
  /// The pupil's marks in the window at other schools of the trust, for sessions not in `now`, in order.
  package private(set) var elsewhere: [MarkEntry] = []
  /// The number of school weeks still to begin before the oldest mark expires, or `nil` if the window is not of weeks
  /// or is empty.
  package private(set) var weeksUntilOldestDrops: Int?

  /// The number of sessions in the window now, including those at other schools of the trust.
  package var count: Int { now.count + elsewhere.count }
  /// The number of N marks in the window now, whose reason can still be found.
  package var open: Int { (now + elsewhere).count { $0.code == .reasonNotEstablished } }
  /// The last mark in the window now, or `nil` if there is none.
  package var latest: MarkEntry? { (now + elsewhere).max { $0.session < $1.session } }
}

extension WindowEvidence {
  /// Finds a pupil's marks in a window that ends at a moment.
  init(
    _ window: Policy.Window, _ marks: PupilMarks, in register: Register, plan: CalendarIndex,
    at moment: CalendarIndex.Moment
  ) {
    self.window = window
    let seen = marks.before(moment.end)
    let found = seen.indices.filter { window.codes.contains(seen[$0].code) }
    let offsets = found.map { WindowEvidence.offset(of: $0, seen[$0], window.span, plan) }
    func marksFound(endingAt end: Int) -> [Int] {
      found.indices.filter {
        !WindowEvidence.isBefore(offsets[$0], window.span, endingAt: end) && offsets[$0] <= end
      }
    }
    let end = WindowEvidence.offset(ofEnd: window.span, seen.count, moment)
    var now = marksFound(endingAt: end)
    // A threshold on sessions in a row stays reached by any such period that ends in the school year; show the fullest.
    if case .possibleSessions = window.span, now.count < window.sessions {
      let ends = found.indices.filter { seen[found[$0]].position >= plan.yearToDate.lowerBound }.map {
        offsets[$0]
      }
      let fullest = ends.reversed().map { marksFound(endingAt: $0) }.max { $0.count < $1.count } ?? []
      if fullest.count >= window.sessions { now = fullest }
    }
    self.now = now.map { register.entry(seen[found[$0]]) }
    if case .schoolWeeks(let weeks) = window.span, let oldest = now.first {
      weeksUntilOldestDrops = offsets[oldest] + weeks - end
    } else {
      weeksUntilOldestDrops = nil
    }
  }

  /// Returns the evidence with marks at other schools of the trust in the same school weeks.
  func adding(_ entries: [MarkEntry], plan: CalendarIndex, at moment: CalendarIndex.Moment) -> WindowEvidence
  {
    guard !entries.isEmpty, case .schoolWeeks(let weeks) = window.span,
      let first = plan.schoolWeeks.prefix(moment.weeks).suffix(weeks).first
    else { return self }
    let own = Set(now.map(\.session))
    var evidence = self
    evidence.elsewhere = entries.filter {
      first...moment.day ~= $0.session.day && window.codes.contains($0.code) && !own.contains($0.session)
    }
    let oldest = (now + evidence.elsewhere).map(\.session.day).min()
    // A week in which only the other school was open counts with the last week of this school before it.
    let offset = oldest.flatMap { oldest in plan.schoolWeeks.lastIndex { $0 <= oldest } }
    evidence.weeksUntilOldestDrops = offset.map { $0 + weeks - (moment.weeks - 1) }
    return evidence
  }

  /// Returns the offset of a mark on the scale of a span: school weeks, possible sessions, half-terms, or years.
  private static func offset(
    of index: Int, _ mark: PupilMarks.Mark, _ span: Policy.Window.Span, _ plan: CalendarIndex
  ) -> Int {
    switch span {
    case .schoolWeeks: Int(plan.weekOfSession[mark.position])
    case .possibleSessions: index
    case .halfTerm:
      // Marks of earlier years come before the first half-term.
      mark.position >= plan.yearToDate.lowerBound ? Int(plan.halfTermOfSession[mark.position]) : -2
    case .schoolYear: mark.position >= plan.yearToDate.lowerBound ? 1 : 0
    }
  }

  /// Returns the offset of the end of a window that ends at a moment.
  private static func offset(
    ofEnd span: Policy.Window.Span, _ possible: Int, _ moment: CalendarIndex.Moment
  ) -> Int {
    switch span {
    case .schoolWeeks: moment.weeks - 1
    case .possibleSessions: possible - 1
    case .halfTerm: moment.halfTerms - 1
    case .schoolYear: 1
    }
  }

  /// Returns a Boolean value that indicates whether an offset is before the window of a span that ends at another one.
  private static func isBefore(_ offset: Int, _ span: Policy.Window.Span, endingAt end: Int) -> Bool {
    switch span {
    case .schoolWeeks(let weeks): offset <= end - weeks
    case .possibleSessions(let sessions): offset <= end - sessions
    case .halfTerm, .schoolYear: offset < end
    }
  }
}

/// A pupil's marks, as windows and stages use them.
struct WindowChecks {
  let all: PupilMarks
  /// The marks on days while of compulsory school age.
  let ofCompulsoryAge: PupilMarks
  /// The unauthorised marks on those days at other schools of the trust.
  let elsewhere: [MarkEntry]
  let register: Register
  let plan: CalendarIndex

  /// Returns the marks in a window that ends at a moment.
  ///
  /// The national threshold counts marks of compulsory school age at any school of the trust. A policy's own windows
  /// count all marks at this school.
  func evidence(of window: Policy.Window, at moment: CalendarIndex.Moment) -> WindowEvidence {
    guard window.isSame(as: .nationalPenaltyNotice) else {
      return WindowEvidence(window, all, in: register, plan: plan, at: moment)
    }
    return WindowEvidence(window, ofCompulsoryAge, in: register, plan: plan, at: moment)
      .adding(elsewhere, plan: plan, at: moment)
  }
}

extension Policy.StageFigures {
  /// Computes the figures that decide a pupil's stage at a moment.
  init(_ checks: WindowChecks, at moment: CalendarIndex.Moment, policy: Policy) {
    self.init()
    let plan = checks.plan
    let seen = checks.all.before(moment.end).drop { $0.position < plan.yearToDate.lowerBound }
    possible = seen.count
    absence = seen.count { CodeSet.absence.contains($0.code) }
    let weeks = BrokenWeeks(seen, broken: policy.brokenWeeks.codes, plan: plan)
    brokenWeeks = weeks.broken
    weeksInSession = weeks.inSession
    for case .window(let name) in policy.stages.map(\.line) {
      guard let window = policy.windows.first(where: { $0.name == name }) else { continue }
      if checks.evidence(of: window, at: moment).count >= window.sessions { windowsReached.insert(name) }
    }
  }
}
