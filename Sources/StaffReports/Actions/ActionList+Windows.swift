import Measures
import Policies
import Registers
import ReportModel

/// Lists of windows: so many sessions of some codes within a stretch of time. Source: rules, section 8.
extension ActionList {
  /// The national window and the policy's own, reached and approaching.
  static func windows(_ school: SchoolFigures) -> [ActionList] {
    let first = school.pupils.first?.evidence.map(\.window) ?? []
    return first.enumerated().flatMap { place, window in
      let isNational = place == 0
      guard !window.isSicknessReturn else { return [ActionList]() }
      return [
        reached(window, at: place, isNational, school), approaching(window, at: place, isNational, school),
      ]
      .compactMap(\.self)
    }
  }

  private static func reached(
    _ window: Policy.Window, at place: Int, _ isNational: Bool, _ school: SchoolFigures
  ) -> ActionList {
    list(
      of: window, at: place, isNational, school, range: window.sessions...Int.max,
      count: "\(window.sessions) or more", name: isNational ? "Ten_in_ten_weeks" : "Own_line_\(place)",
      title: isNational
        ? "10 or more unauthorised sessions in 10 school weeks" : "Own line: \(window.name)",
      asks: !window.asks.isEmpty
        ? window.asks.withoutStop
        : isNational ? "Consider a notice or other support" : "Act on the school's own line")
  }

  private static func approaching(
    _ window: Policy.Window, at place: Int, _ isNational: Bool, _ school: SchoolFigures
  ) -> ActionList? {
    (window.approaching ?? (isNational ? Policy.Window.nationalPenaltyNotice.approaching : nil)).map { near in
      list(
        of: window, at: place, isNational, school, range: near...(window.sessions - 1),
        count: "\(near) to \(window.sessions - 1)",
        name: isNational ? "Approaching_ten_in_ten" : "Approaching_own_line_\(place)",
        title: isNational
          ? "Approaching 10 unauthorised sessions in 10 school weeks"
          : "Approaching own line: \(window.name)", asks: nil)
    }
  }

  private static func list(
    of window: Policy.Window, at place: Int, _ isNational: Bool, _ school: SchoolFigures,
    range: ClosedRange<Int>, count: String, name: String, title: String, asks: String?
  ) -> ActionList {
    ActionList(
      name: name, title: title, rule: rule(window, isNational, count: count, school),
      source: isNational
        ? "National Framework for Penalty Notices"
        : school.policy.source(of: window.section),
      columns: [
        Table.Column("Sessions in the window"), Table.Column("of them N"),
        Table.Column("Dates and codes", .text),
      ] + (window.span.isOfWeeks ? [Table.Column("Oldest drops out", .text)] : []),
      members: most(school.pupils) { pupil in
        let now = pupil.evidence[place].count
        return range.contains(now) ? now : 0
      }.map { member(of: $0, $0.evidence[place], asks: asks, school) },
      notes: window.span.isOfWeeks
        ? ["Oldest drops out: counted in school weeks still to begin; holidays do not count."] : [])
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
  /// The policy by its title, and where in it.
  func source(of section: String) -> String {
    [title, section].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

extension String {
  /// Without the full stop at its end.
  var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
