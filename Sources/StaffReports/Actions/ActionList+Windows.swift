import Measures
import Policies
import Registers
import ReportModel

/// Lists of pupils by the number of sessions of some codes in a rolling period. Source: rules, section 8.
extension ActionList {
  /// Returns a list for the national window and each of the policy's own, and one for pupils who are near.
  static func windows(_ school: SchoolFigures) -> [ActionList] {
    school.thresholds.flatMap { threshold -> [ActionList] in
      guard case .window(let index) = threshold.id, case .window(let window) = threshold.rule else {
        return []
      }
      let reached = list(
        of: threshold, window, .reached, school, count: "\(window.sessions) or more",
        name: index == 0 ? "Ten_in_ten_weeks" : "Own_line_\(index)",
        title: index == 0
          ? "10 or more unauthorised sessions in 10 school weeks" : "Own line: \(window.name)",
        action: !threshold.action.isEmpty
          ? threshold.action.withoutStop
          : index == 0 ? "Consider support or a penalty notice" : "Follow the school's own rule")
      guard let near = window.approaching else { return [reached] }
      return [
        reached,
        list(
          of: threshold, window, .near, school, count: "\(near) to \(window.sessions - 1)",
          name: index == 0 ? "Approaching_ten_in_ten" : "Approaching_own_line_\(index)",
          title: index == 0
            ? "Approaching 10 unauthorised sessions in 10 school weeks"
            : "Approaching own line: \(window.name)", action: nil),
      ]
    }
  }

  private static func list(
    of threshold: Threshold, _ window: Policy.Window, _ state: Threshold.State, _ school: SchoolFigures,
    count: String, name: String, title: String, action: String?
  ) -> ActionList {
    let recent = school.lastSchoolDays(5).first ?? school.asAt
    let found = school.pupils(state, threshold.id).compactMap {
      pupil -> (pupil: PupilFigures, evidence: WindowEvidence)? in
      guard case .window(let evidence)? = pupil.result(of: threshold.id)?.evidence else { return nil }
      return (pupil, evidence)
    }
    let columns: [Column<(pupil: PupilFigures, evidence: WindowEvidence)>] = [
      .number("sessions", "Sessions in the period") { $0.evidence.count },
      .number("without_reason", "Of which N") { $0.evidence.open },
      .text("dates", "Dates and codes") { $0.evidence.datesLabel },
    ]
    let dropsOut = Column<(pupil: PupilFigures, evidence: WindowEvidence)>(
      "drops_out", "Oldest absence expires", .text
    ) { row in
      row.evidence.weeksUntilOldestDrops.map { .text("in \($0) school \($0 == 1 ? "week" : "weeks")") }
        ?? .shorthand(.notApplicable)
    }
    return ActionList(
      name: name, title: title, rule: rule(window, threshold.id == .window(0), count: count, school),
      source: threshold.citation,
      columns: columns + (window.span.isOfWeeks ? [dropsOut] : []),
      rows: highestFirst(found, by: \.evidence.count), pupil: \.pupil,
      notes: window.span.isOfWeeks
        ? ["Expiry is counted in school weeks still to begin. Holidays do not count."] : []
    ) { task(for: $0.evidence, action: action, from: recent) }
  }

  /// Returns the task for a window, or `nil` if it has no mark on or after a day.
  private static func task(for evidence: WindowEvidence, action: String?, from day: Day) -> Task? {
    guard let action, let latest = evidence.latest, latest.session.day >= day else { return nil }
    let open = evidence.open > 0 ? ", \(evidence.open) N" : ""
    return Task(
      urgency: .penaltyNotice, action: action,
      reason: "\(evidence.count) \(evidence.window.codes.sessionsLabel) in "
        + "\(evidence.window.span.shortLabel)\(open)")
  }

  private static func rule(
    _ window: Policy.Window, _ isNational: Bool, count: String, _ school: SchoolFigures
  ) -> String {
    var words = "\(count) sessions of \(window.codes.formatted) in \(window.span.labelNow)"
    if case .schoolWeeks(let weeks) = window.span, let first = school.firstDay(ofLastWeeks: weeks) {
      words += " (\(first.formatted) to \(school.asAt.formatted))"
    }
    words += isNational ? ", while of compulsory school age." : ", by the school's own policy."
    if window.codes.contains(.reasonNotEstablished) {
      words += " N counts, but may change when a reason is found."
    }
    return words
  }
}

extension SchoolFigures {
  /// Returns the Monday of the first of the last `weeks` school weeks, or `nil` if there are none.
  func firstDay(ofLastWeeks weeks: Int) -> Day? {
    register?.calendar.weeks.filter { $0 <= asAt }.suffix(weeks).first
  }
}

extension CodeSet {
  /// `unauthorised absence`, or the codes by name.
  var kindLabel: String { self == .unauthorised ? "unauthorised absence" : formatted }

  /// `unauthorised sessions`, or `sessions of U`.
  fileprivate var sessionsLabel: String {
    self == .unauthorised ? "unauthorised sessions" : "sessions of \(formatted)"
  }
}

extension WindowEvidence {
  /// The dates and codes, and after them those at other schools of the trust.
  fileprivate var datesLabel: String {
    let here = MarkDates(now).text
    guard !elsewhere.isEmpty else { return here }
    return (here.isEmpty ? "" : here + "; ")
      + "at another school of the trust: \(MarkDates(elsewhere).text)"
  }
}

extension Policy.Window.Span {
  fileprivate var isOfWeeks: Bool {
    if case .schoolWeeks = self { true } else { false }
  }

  /// A short label of the span, for the morning table.
  fileprivate var shortLabel: String {
    switch self {
    case .schoolWeeks(let weeks): "\(weeks) weeks"
    case .possibleSessions(let sessions): "\(sessions) sessions"
    case .halfTerm: "this half-term"
    case .schoolYear: "this year"
    }
  }
}

extension Policy {
  /// Returns the policy's title with a section.
  func source(of section: String) -> String {
    [title, section].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

extension String {
  /// The text without a full stop at its end.
  var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
