import Measures
import Policies
import Registers
import ReportModel

/// Lists of windows: so many sessions of some codes within a stretch of time. Source: rules, section 8.
extension ActionList {
  /// The national window and the policy's own, reached and near.
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
        asks: !threshold.asks.isEmpty
          ? threshold.asks.withoutStop
          : index == 0 ? "Consider a notice or other support" : "Act on the school's own line")
      guard let near = window.approaching else { return [reached] }
      return [
        reached,
        list(
          of: threshold, window, .near, school, count: "\(near) to \(window.sessions - 1)",
          name: index == 0 ? "Approaching_ten_in_ten" : "Approaching_own_line_\(index)",
          title: index == 0
            ? "Approaching 10 unauthorised sessions in 10 school weeks"
            : "Approaching own line: \(window.name)", asks: nil),
      ]
    }
  }

  private static func list(
    of threshold: Threshold, _ window: Policy.Window, _ state: Threshold.State, _ school: SchoolFigures,
    count: String, name: String, title: String, asks: String?
  ) -> ActionList {
    let found = school.pupils(state, threshold.id).compactMap { pupil -> (PupilFigures, WindowEvidence)? in
      guard case .window(let evidence)? = pupil.result(of: threshold.id)?.evidence else { return nil }
      return (pupil, evidence)
    }
    return ActionList(
      name: name, title: title, rule: rule(window, threshold.id == .window(0), count: count, school),
      source: threshold.citation,
      columns: [
        Table.Column("Sessions in the window"), Table.Column("of them N"),
        Table.Column("Dates and codes", .text),
      ] + (window.span.isOfWeeks ? [Table.Column("Oldest drops out", .text)] : []),
      members: highestFirst(found) { $0.1.count }.map { member(of: $0.0, $0.1, asks: asks, school) },
      notes: window.span.isOfWeeks
        ? ["Oldest drops out: counted in school weeks still to begin; holidays do not count."] : [],
      saysWhoDecides: true)
  }

  private static func member(
    of pupil: PupilFigures, _ evidence: WindowEvidence, asks: String?, _ school: SchoolFigures
  ) -> Member {
    let recent = school.lastSchoolDays(5).first ?? school.asAt
    let isNew = evidence.latest.map { $0.session.day >= recent } ?? false
    let open = evidence.open > 0 ? ", \(evidence.open) N" : ""
    return Member(
      pupil: pupil,
      cells: [
        .number(evidence.count), .number(evidence.open), .text(evidence.datesWords),
      ] + drops(evidence),
      task: asks.flatMap { asks in
        guard isNew else { return nil }
        return Task(
          urgency: .penaltyNotice, asks: asks,
          because: "\(evidence.count) \(evidence.window.codes.sessionsWords) in "
            + "\(evidence.window.span.shortWords)\(open)")
      })
  }

  /// When the oldest drops out. Missing: empty where weeks do not decide.
  private static func drops(_ evidence: WindowEvidence) -> [Cell] {
    guard evidence.window.span.isOfWeeks else { return [] }
    return [
      evidence.weeksUntilOldestDrops.map { .text("in \($0) school \($0 == 1 ? "week" : "weeks")") }
        ?? .shorthand(.notApplicable)
    ]
  }

  private static func rule(
    _ window: Policy.Window, _ isNational: Bool, count: String, _ school: SchoolFigures
  ) -> String {
    var words = "\(count) sessions of \(window.codes.formatted) in \(window.span.wordsNow)"
    if case .schoolWeeks(let weeks) = window.span, let first = school.firstDay(ofLastWeeks: weeks) {
      words += " (\(first.formatted) to \(school.asAt.formatted))"
    }
    words += isNational ? ", while of compulsory school age." : ", by the school's own policy."
    if window.codes.contains(.reasonNotEstablished) { words += " N counts but is open." }
    return words + " A person decides."
  }
}

extension SchoolFigures {
  /// The Monday of the first of the last so many school weeks. Missing: nil where there are none.
  func firstDay(ofLastWeeks weeks: Int) -> Day? {
    register?.calendar.weeks.filter { $0 <= asAt }.suffix(weeks).first
  }
}

extension CodeSet {
  /// `unauthorised absence`, or the codes by name.
  var kindWords: String { self == .unauthorised ? "unauthorised absence" : formatted }

  /// `unauthorised sessions`, or `sessions of U`.
  fileprivate var sessionsWords: String {
    self == .unauthorised ? "unauthorised sessions" : "sessions of \(formatted)"
  }
}

extension WindowEvidence {
  /// The dates and codes, and those of other schools of the trust behind them.
  fileprivate var datesWords: String {
    let here = EvidenceWords(now).text
    guard !elsewhere.isEmpty else { return here }
    return (here.isEmpty ? "" : here + "; ")
      + "at another school of the trust: \(EvidenceWords(elsewhere).text)"
  }
}

extension Policy.Window.Span {
  fileprivate var isOfWeeks: Bool {
    if case .schoolWeeks = self { true } else { false }
  }

  /// The same in few words, for the page of the morning.
  fileprivate var shortWords: String {
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
  /// Without the full stop at its end.
  var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
