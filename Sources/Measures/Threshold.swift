import Policies
import Registers

/// A threshold for a pupil's marks, set by a national rule or by the school's policy.
///
/// Each threshold is evaluated once for each pupil (``ThresholdResult``). Counts for boards, lists for staff, flags for
/// leads, letters and `explain` use the results. Source: rules, sections 2, 6 and 8.
package struct Threshold: Hashable, Sendable {
  package let id: ID
  package let name: String
  package let rule: Rule
  /// The action that the policy or the national rule names, or empty.
  package let action: String
  /// The document that sets the threshold: a regulation, or the policy's title.
  package let source: String
  /// The section of the policy, or empty.
  package let section: String

  package enum ID: Hashable, Sendable {
    case persistentAbsence, severeAbsence
    /// The policy's own threshold for persistent absence.
    case ownPersistentAbsence
    /// The policy's threshold for pupils with an EHC plan.
    case ehcPlan
    /// A stage of the policy by its index: reached by pupils at the stage or further.
    case stage(Int)
    /// The national penalty-notice threshold at 0, then the policy's other windows.
    case window(Int)
    case sicknessReturn
    /// The national runs, then the policy's other runs.
    case run(Int)
    case brokenWeeks
    case partTimeTimetable
    /// A reward of the policy by its index, the best first: reached by pupils at that reward and no better one.
    case reward(Int)
  }

  /// The period that a threshold covers.
  package enum Scope: Hashable, Sendable {
    case year, halfTerm
    case window(Policy.Window.Span)
    case run
  }

  package enum Rule: Hashable, Sendable {
    /// Attendance over the year, and the attendance at which a pupil is near.
    case attendance(AttendanceLine, near: AttendanceLine?)
    case stage(Policy.StageLine)
    case window(Policy.Window)
    /// Sessions of illness over the year while of compulsory school age.
    case illness(sessions: Int, near: Int)
    case run(Policy.Run)
    /// Weeks with an absence: at least `atLeast`, and at least one in `oneIn` of the weeks in session.
    case brokenWeeks(atLeast: Int, oneIn: Int)
    /// More than a number of school weeks with a mark of C2.
    case partTimeTimetable(weeks: Int)
    /// A minimum attendance in the half-term, in tenths of a per cent.
    case reward(Int)
  }

  /// The source with its section.
  package var citation: String { [source, section].filter { !$0.isEmpty }.joined(separator: ", ") }

  package enum State: Hashable, Sendable {
    case reached, near
  }

  package var scope: Scope {
    switch rule {
    case .attendance, .illness, .brokenWeeks, .partTimeTimetable: .year
    case .stage(.window), .stage(.attendance), .stage(.brokenWeeks): .year
    case .window(let window): .window(window.span)
    case .run: .run
    case .reward: .halfTerm
    }
  }

  /// A Boolean value indicating whether a pupil can be near the threshold.
  package var hasNear: Bool {
    switch rule {
    case .attendance(_, let near): near != nil
    case .window(let window): window.approaching != nil
    case .illness: true
    case .stage, .run, .brokenWeeks, .partTimeTimetable, .reward: false
    }
  }
}

extension AttendanceLine {
  /// 10% or more of possible sessions missed. Source: rules, section 2.
  package static let persistentAbsence = AttendanceLine.missedAtLeast(100)
  /// 50% or more of possible sessions missed.
  package static let severeAbsence = AttendanceLine.missedAtLeast(500)
  /// 8% or more of possible sessions missed: near persistent absence.
  package static let nearPersistentAbsence = AttendanceLine.missedAtLeast(80)
}

extension Threshold {
  /// Returns every threshold of a school that follows `policy`.
  package static func all(by policy: Policy) -> [Threshold] {
    national + attendance(by: policy) + stages(by: policy) + windows(by: policy) + [
      sicknessReturn(by: policy)
    ]
      + runs(by: policy) + weeks(by: policy) + rewards(by: policy)
  }

  private static let guidance = "DfE, Working together to improve school attendance"
  private static let regulations = "School Attendance (Pupil Registration) (England) Regulations 2024"

  private static let national = [
    Threshold(
      id: .persistentAbsence, name: "Persistent absence",
      rule: .attendance(.persistentAbsence, near: .nearPersistentAbsence), action: "", source: guidance,
      section: ""),
    Threshold(
      id: .severeAbsence, name: "Severe absence", rule: .attendance(.severeAbsence, near: nil), action: "",
      source: guidance, section: ""),
  ]

  private static func attendance(by policy: Policy) -> [Threshold] {
    let lines: [(ID, Policy.OwnLine?)] = [
      (.ownPersistentAbsence, policy.ownPersistent), (.ehcPlan, policy.ehcPlan),
    ]
    return lines.compactMap { id, own in
      own.map { own in
        Threshold(
          id: id, name: own.name, rule: .attendance(own.line, near: nil), action: "", source: policy.title,
          section: own.section)
      }
    }
  }

  private static func stages(by policy: Policy) -> [Threshold] {
    policy.stages.enumerated().map { index, stage in
      Threshold(
        id: .stage(index), name: stage.name, rule: .stage(stage.line), action: stage.action,
        source: policy.title,
        section: stage.section)
    }
  }

  /// Returns the thresholds of windows. The policy's own version of the national window replaces it, except for what
  /// the policy leaves out.
  private static func windows(by policy: Policy) -> [Threshold] {
    let own = policy.windows.first { $0.isSame(as: .nationalPenaltyNotice) }
    let national = Policy.Window.nationalPenaltyNotice.reworded(by: own)
    let others = policy.windows.filter { !$0.isSame(as: .nationalPenaltyNotice) && !$0.isSicknessReturn }
    return ([national] + others).enumerated().map { index, window in
      Threshold(
        id: .window(index), name: window.name, rule: .window(window), action: window.action,
        source: index == 0 ? Policy.Window.nationalPenaltyNotice.section : policy.title,
        section: index == 0 ? "" : window.section)
    }
  }

  /// Returns the threshold of 15 school days of illness, counted as 30 sessions. Pupils are near from 20 sessions, or
  /// from the policy's number.
  private static func sicknessReturn(by policy: Policy) -> Threshold {
    let own = policy.windows.first(where: \.isSicknessReturn)
    return Threshold(
      id: .sicknessReturn, name: "Sickness return",
      rule: .illness(sessions: 30, near: min(29, own?.approaching ?? 20)), action: own?.action ?? "",
      source: regulations, section: "")
  }

  private static func runs(by policy: Policy) -> [Threshold] {
    let national = Policy.Run.national.map { run in
      (run: run, own: policy.runs.first { $0.isSame(as: run) })
    }
    let others = policy.runs.filter { run in !Policy.Run.national.contains { $0.isSame(as: run) } }
    return (national + others.map { (run: $0, own: $0) }).enumerated().map { index, found in
      let action = found.own.flatMap { $0.action.isEmpty ? nil : $0.action } ?? found.run.action
      return Threshold(
        id: .run(index), name: found.own?.name ?? found.run.name, rule: .run(found.run), action: action,
        source: found.own == nil ? found.run.section : policy.title, section: found.own?.section ?? "")
    }
  }

  /// Returns the threshold of broken weeks, at least a quarter of the weeks and two of them so that one cold in the
  /// first fortnight is not enough, and that of the weeks after which a part-time timetable is reviewed.
  private static func weeks(by policy: Policy) -> [Threshold] {
    let broken = Threshold(
      id: .brokenWeeks, name: "Broken weeks", rule: .brokenWeeks(atLeast: 2, oneIn: 4), action: "",
      source: policy.title, section: policy.brokenWeeks.section)
    let partTime = Threshold(
      id: .partTimeTimetable, name: "Part-time timetable", rule: .partTimeTimetable(weeks: 6), action: "",
      source: guidance, section: "")
    return (policy.brokenWeeks.isUsed ? [broken] : []) + [partTime]
  }

  private static func rewards(by policy: Policy) -> [Threshold] {
    policy.rewards.sorted { $0.attendance > $1.attendance }.enumerated().map { index, reward in
      Threshold(
        id: .reward(index), name: reward.name, rule: .reward(reward.attendance), action: "",
        source: policy.title,
        section: reward.section)
    }
  }
}

extension Policy.Window {
  /// Source: National Framework for Penalty Notices; rules, section 8.
  package static let nationalPenaltyNotice = Policy.Window(
    name: "Penalty-notice threshold", sessions: 10, codes: .unauthorised, span: .schoolWeeks(10),
    approaching: 7, action: "", section: "National Framework for Penalty Notices")

  /// Returns the window with the policy's wording. The national number for pupils who are near applies if the policy
  /// has none.
  fileprivate func reworded(by own: Policy.Window?) -> Policy.Window {
    guard let own else { return self }
    return Policy.Window(
      name: own.name, sessions: sessions, codes: codes, span: span,
      approaching: own.approaching ?? approaching, action: own.action, section: own.section)
  }
}

extension Policy.Run {
  /// Source: School Attendance (Pupil Registration) (England) Regulations 2024; rules, section 8.
  package static let attendanceReturn = Policy.Run(
    name: "Attendance return", days: 10, codes: .unauthorised,
    action: "Tell the local authority of continuous unauthorised absence.",
    section: "School Attendance (Pupil Registration) (England) Regulations 2024")

  /// Source: rules, section 8: contact or a home visit, by policy.
  package static let fiveDays = Policy.Run(
    name: "Five days of absence", days: 5, codes: .absence, action: "Make contact or visit the home.",
    section: "Schools' own policies")

  /// Education is due from the sixth day of a suspension. Source: rules, section 8.
  package static let longSuspension = Policy.Run(
    name: "Long suspension", days: 6, codes: CodeSet([.suspended]),
    action: "Check the marks: from the sixth day of a suspension education elsewhere is due.",
    section: "DfE, Suspension and permanent exclusion")

  /// The runs that apply to every school.
  package static let national = [attendanceReturn, fiveDays, longSuspension]
}
