import Policies
import Registers

/// What a pupil's marks hold of a window of a policy: the marks themselves, so that a person can decide on them.
package struct WindowEvidence: Sendable, Equatable {
  package let window: Policy.Window
  /// The marks in the window that ends with the as-at date, in order.
  package let now: [MarkEntry]
  /// The pupil's marks in it at other schools of the trust, of sessions not in `now`, in order.
  package private(set) var elsewhere: [MarkEntry] = []
  /// School weeks that have still to begin before the oldest mark drops out. Missing: nil where weeks do not decide, or none is
  /// in the window.
  package private(set) var weeksUntilOldestDrops: Int?

  /// Unit: sessions in the window now, those at other schools of the trust among them.
  package var count: Int { now.count + elsewhere.count }
  /// N marks among those in the window now, which are open.
  package var open: Int { (now + elsewhere).count { $0.code == .reasonNotEstablished } }
  /// The last mark in the window now. Missing: nil for none.
  package var latest: MarkEntry? { (now + elsewhere).max { $0.session < $1.session } }
}

extension WindowEvidence {
  /// Looks through a pupil's marks up to a moment.
  init(
    _ window: Policy.Window, _ marks: PupilMarks, in register: Register, plan: CalendarIndex,
    at moment: CalendarIndex.Moment
  ) {
    self.window = window
    let seen = marks.before(moment.end)
    let found = seen.indices.filter { window.codes.contains(seen[$0].code) }
    let places = found.map { WindowEvidence.place(of: $0, seen[$0], window.span, plan) }
    let end = WindowEvidence.place(ofEnd: window.span, seen.count, moment)
    let now = found.indices.filter {
      !WindowEvidence.isBefore(places[$0], window.span, endingAt: end) && places[$0] <= end
    }
    self.now = now.map { register.entry(seen[found[$0]]) }
    if case .schoolWeeks(let weeks) = window.span, let oldest = now.first {
      weeksUntilOldestDrops = places[oldest] + weeks - end
    } else {
      weeksUntilOldestDrops = nil
    }
  }

  /// Returns the evidence with the marks that other schools of the trust gave in the same school weeks.
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
    // A week of another school that this one did not hold counts with the last one this school held.
    let place = oldest.flatMap { oldest in plan.schoolWeeks.lastIndex { $0 <= oldest } }
    evidence.weeksUntilOldestDrops = place.map { $0 + weeks - (moment.weeks - 1) }
    return evidence
  }

  /// Where a mark lies on the scale a span is measured by: school weeks, possible sessions, half-terms, or years.
  private static func place(
    of index: Int, _ mark: PupilMarks.Mark, _ span: Policy.Window.Span, _ plan: CalendarIndex
  ) -> Int {
    switch span {
    case .schoolWeeks: Int(plan.weekOfSession[mark.position])
    case .possibleSessions: index
    case .halfTerm:
      // Marks of earlier years lie before the first half-term, and before there is one.
      mark.position >= plan.yearToDate.lowerBound ? Int(plan.halfTermOfSession[mark.position]) : -2
    case .schoolYear: mark.position >= plan.yearToDate.lowerBound ? 1 : 0
    }
  }

  /// Where the window that ends with a moment ends.
  private static func place(
    ofEnd span: Policy.Window.Span, _ possible: Int, _ moment: CalendarIndex.Moment
  ) -> Int {
    switch span {
    case .schoolWeeks: moment.weeks - 1
    case .possibleSessions: possible - 1
    case .halfTerm: moment.halfTerms - 1
    case .schoolYear: 1
    }
  }

  /// Whether a place lies before the window of a span that ends at another place.
  private static func isBefore(_ place: Int, _ span: Policy.Window.Span, endingAt end: Int) -> Bool {
    switch span {
    case .schoolWeeks(let weeks): place <= end - weeks
    case .possibleSessions(let sessions): place <= end - sessions
    case .halfTerm, .schoolYear: place < end
    }
  }
}

/// A pupil's marks as windows and stages look at them.
struct WindowChecks {
  let all: PupilMarks
  /// The marks of days while of compulsory school age.
  let ofLegalAge: PupilMarks
  /// Unauthorised marks of such days at other schools of the trust.
  let elsewhere: [MarkEntry]
  let register: Register
  let plan: CalendarIndex

  /// Returns the marks in a window that ends at a moment: for the national threshold those of compulsory school age at any
  /// school of the trust, for a policy's own windows all marks at this school.
  func evidence(of window: Policy.Window, at moment: CalendarIndex.Moment) -> WindowEvidence {
    guard window.isSame(as: .nationalPenaltyNotice) else {
      return WindowEvidence(window, all, in: register, plan: plan, at: moment)
    }
    return WindowEvidence(window, ofLegalAge, in: register, plan: plan, at: moment)
      .adding(elsewhere, plan: plan, at: moment)
  }
}

extension Policy.StageFigures {
  /// The figures that decide a pupil's stage at a moment.
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
