import Registers

extension Policy {
  /// A heading of a policy in plain words, with its lines.
  package struct Passage: Hashable, Sendable {
    package let heading: String
    package let lines: [String]
  }

  /// The policy in plain words, for a check by its author.
  package var passages: [Passage] {
    let passages: [(String, [String])] = [
      ("Target", target.map { ["Attendance of \(percent($0))."] } ?? []),
      (
        "Persistent absence",
        ["By the national rule: 10% or more of possible sessions missed; severe from 50%."]
          + (ownPersistent.map {
            ["\($0.name): \($0.line.label), shown beside it\(Policy.from($0.section))."]
          } ?? [])
      ),
      (
        "EHC plans",
        ehcPlan.map {
          ["\($0.name): \($0.line.label); tell the local authority\(Policy.from($0.section))."]
        } ?? []
      ),
      ("Stages", stages.map(line) + steps.map(line)),
      ("Windows", windows.map(line)),
      ("Runs of days", runs.map(line)),
      ("Broken weeks", brokenWeeksWords),
      ("Lateness", latenessWords),
      (
        "Rewards",
        rewards.map {
          "\($0.name): attendance of \(percent($0.attendance)) or more\(Policy.from($0.section))."
        }
      ),
      (
        "Groups to watch",
        (groups.isEmpty ? [] : [groups.joined(separator: ", ") + "."]) + groupsFromColumns.map(line)
      ),
    ]
    return passages.filter { !$0.1.isEmpty }.map { Passage(heading: $0.0, lines: $0.1) }
  }

  private static func from(_ section: String) -> String { section.isEmpty ? "" : " (\(section))" }

  private func line(_ stage: Stage) -> String {
    let letter = stage.letter.map { " Letter: \($0)." } ?? ""
    let action = stage.action.isEmpty ? "" : " \(stage.action)"
    return "\(stage.name): \(stage.line.label)\(Policy.from(stage.section)).\(action)\(letter)"
  }

  private func line(_ step: Step) -> String {
    "\(step.name): decided by staff\(Policy.from(step.section)).\(step.action.isEmpty ? "" : " \(step.action)")"
  }

  private func line(_ window: Window) -> String {
    let near = window.approaching.map { ", approaching from \($0)" } ?? ""
    let action = window.action.isEmpty ? "" : " \(window.action)"
    return
      "\(window.name): \(window.sessions) sessions of \(window.codes.formatted) in \(window.span.label)\(near)"
      + "\(Policy.from(window.section)).\(action)"
  }

  private func line(_ run: Run) -> String {
    let action = run.action.isEmpty ? "" : " \(run.action)"
    return "\(run.name): \(run.days) school days in a row on which every possible session was "
      + "\(run.codes == .absence ? "missed" : run.codes.formatted)"
      + "\(Policy.from(run.section)).\(action)"
  }

  private func line(_ group: ColumnGroup) -> String {
    "\(group.name): yes or no under \"\(group.column)\" in the pupil details\(Policy.from(group.section))."
  }

  private var brokenWeeksWords: [String] {
    let source = Policy.from(brokenWeeks.section)
    let left = CodeSet.absence.codes.filter { !brokenWeeks.codes.contains($0) }
    guard !left.isEmpty else { return ["A week with any absence is broken\(source)."] }
    guard brokenWeeks.codes != .unauthorised else {
      return ["A week with any unauthorised absence is broken\(source)."]
    }
    return [
      "A week with any absence is broken, except for \(left.map(\.mark).joined(separator: ", "))\(source)."
    ]
  }

  private var latenessWords: [String] {
    guard !lateness.table.isEmpty else {
      return ["Minutes late over \(taughtMinutes) minutes taught in a day."]
    }
    return [
      "By the policy's own table, for a year of \(lateness.yearDays) days\(Policy.from(lateness.section)):"
    ]
      + lateness.table.map { row in
        "  \(row.minutes) minutes a day are \(Policy.decimal(row.days)) days"
          + (row.lessons > 0 ? " or \(row.lessons) lessons." : ".")
      }
  }

  /// Returns a number of tenths as text: `3.5`, `7`.
  static func decimal(_ tenths: Int) -> String { String(percent(tenths).dropLast()) }
}

extension Policy.Window.Span {
  /// `any 10 school weeks`.
  package var label: String {
    switch self {
    case .schoolWeeks(let weeks): "any \(weeks) school weeks"
    case .possibleSessions(let sessions): "any \(sessions) possible sessions"
    case .halfTerm: "a half-term"
    case .schoolYear: "a school year"
    }
  }

  /// The period that ends with the as-at date.
  package var labelNow: String {
    switch self {
    case .schoolWeeks(let weeks): "the last \(weeks) school weeks"
    case .possibleSessions(let sessions): "the last \(sessions) possible sessions"
    case .halfTerm: "this half-term"
    case .schoolYear: "this school year"
    }
  }
}

extension CodeSet {
  /// `G, N, O, U`, or `any absence`.
  package var formatted: String {
    self == .absence ? "any absence" : codes.map(\.mark).joined(separator: ", ")
  }
}
