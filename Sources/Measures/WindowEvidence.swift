import Policies
import Registers

/// What a pupil's marks hold of a window of a policy: the marks themselves, so that a person can decide on them.
public struct WindowEvidence: Sendable, Equatable {
  public let window: Policy.Window
  /// The marks in the window that ends with the as-at date, in order.
  public let now: [Entry]
  /// The marks of the fullest such window that ends in the school year, in order.
  public let most: [Entry]
  /// School weeks that have still to begin before the oldest mark drops out. Missing: nil where weeks do not decide, or none is
  /// in the window.
  public let weeksUntilOldestDrops: Int?

  /// A mark in a window.
  public struct Entry: Sendable, Equatable {
    public let session: Session
    public let code: AttendanceCode
  }

  /// N marks among those in the window now, which are open.
  public var open: Int { now.count { $0.code == .reasonNotEstablished } }
}

extension WindowEvidence {
  /// Looks through a pupil's marks on roll up to the as-at date.
  init(_ window: Policy.Window, of pupil: Int, in register: Register, onRoll: Range<Int>, plan: RegisterPlan)
  {
    self.window = window
    let sessions = onRoll.clamped(to: plan.upToDate)
    let marks = WindowEvidence.marks(of: pupil, in: register, sessions, window.codes)
    let end = WindowEvidence.place(ofEnd: window.span, marks.possible, plan)
    var now: [Mark] = []
    var most: [Mark] = []
    var first = 0
    for last in marks.found.indices {
      let place = WindowEvidence.place(of: marks.found[last], window.span, plan)
      while WindowEvidence.isBefore(
        WindowEvidence.place(of: marks.found[first], window.span, plan), window.span, endingAt: place)
      {
        first += 1
      }
      let isThisYear = marks.found[last].position >= plan.yearToDate.lowerBound
      if isThisYear, last - first + 1 > most.count { most = Array(marks.found[first...last]) }
    }
    for mark in marks.found {
      let place = WindowEvidence.place(of: mark, window.span, plan)
      if !WindowEvidence.isBefore(place, window.span, endingAt: end), place <= end { now.append(mark) }
    }
    let entry = { (mark: Mark) in Entry(session: register.sessions[mark.position], code: mark.code) }
    self.now = now.map(entry)
    self.most = most.map(entry)
    if case .schoolWeeks(let weeks) = window.span, let oldest = now.first {
      weeksUntilOldestDrops = Int(plan.weekOfSession[oldest.position]) + weeks - end
    } else {
      weeksUntilOldestDrops = nil
    }
  }

  private struct Mark {
    let position: Int
    let code: AttendanceCode
    /// The pupil's possible sessions before it.
    let possibleBefore: Int
  }

  private static func marks(
    of pupil: Int, in register: Register, _ sessions: Range<Int>, _ codes: CodeSet
  ) -> (found: [Mark], possible: Int) {
    var found: [Mark] = []
    var possible = 0
    register.withMarks(of: pupil) { marks in
      for position in sessions {
        if codes.contains(raw: marks[position]), let code = AttendanceCode(rawValue: marks[position]) {
          found.append(Mark(position: position, code: code, possibleBefore: possible))
        }
        if CodeSet.possible.contains(raw: marks[position]) { possible += 1 }
      }
    }
    return (found, possible)
  }

  /// Where a mark lies on the scale a span is measured by: school weeks, possible sessions, half-terms, or years.
  private static func place(of mark: Mark, _ span: Policy.Window.Span, _ plan: RegisterPlan) -> Int {
    switch span {
    case .schoolWeeks: Int(plan.weekOfSession[mark.position])
    case .possibleSessions: mark.possibleBefore
    case .halfTerm:
      mark.position >= plan.yearToDate.lowerBound ? Int(plan.halfTermOfSession[mark.position]) : -1
    case .schoolYear: mark.position >= plan.yearToDate.lowerBound ? 1 : 0
    }
  }

  /// Where the window that ends with the as-at date ends.
  private static func place(ofEnd span: Policy.Window.Span, _ possible: Int, _ plan: RegisterPlan) -> Int {
    switch span {
    case .schoolWeeks: plan.weeks - 1
    case .possibleSessions: possible - 1
    case .halfTerm: plan.halfTerms.count - 1
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

extension Policy.Window {
  /// Source: National Framework for Penalty Notices; rules, section 8.
  public static let nationalPenaltyNotice = Policy.Window(
    name: "Penalty-notice threshold", sessions: 10, codes: .unauthorised, span: .schoolWeeks(10),
    approaching: 7,
    asks: "", section: "National Framework for Penalty Notices")
}
