import Measures
import Policies
import Registers
import ReportModel

/// Lists of runs of days, of illness and of N. Source: rules, section 8.
extension ActionList {
  /// Returns a list for each run that every school looks for and for each of the policy's own.
  static func runs(_ school: SchoolFigures) -> [ActionList] {
    school.thresholds.compactMap { threshold in
      guard case .run(let index) = threshold.id, case .run(let run) = threshold.rule else { return nil }
      return list(of: threshold, run, at: index, school)
    }
  }

  /// The length of an absence from which a children-missing-education enquiry is advised. In school days.
  private static let missingFrom = 20

  private static func list(
    of threshold: Threshold, _ run: Policy.Run, at index: Int, _ school: SchoolFigures
  ) -> ActionList {
    let isReturn = index == 0
    let own = school.policy.runs.first { $0.isSame(as: run) }
    let action = threshold.action.isEmpty ? "Follow the school's own rule" : threshold.action.withoutStop
    let found = school.pupils(.reached, threshold.id).compactMap {
      pupil -> (pupil: PupilFigures, evidence: RunEvidence)? in
      guard case .run(let evidence)? = pupil.result(of: threshold.id)?.evidence else { return nil }
      return (pupil, evidence)
    }.sorted { $0.evidence.isMorePressing(than: $1.evidence) }
    return ActionList(
      name: name(of: run, at: index), title: title(of: run, own: own),
      rule: rule(of: run, isReturn: isReturn, action: threshold.action), source: threshold.citation,
      columns: [
        .number("days", "Days in a row") { ($0.evidence.ongoing ?? $0.evidence.longest)?.days ?? 0 },
        .yesOrNo("is_ongoing", "Still going") { $0.evidence.isOngoing },
        .text("dates", "Dates and codes") { row in
          row.evidence.runs.map { MarkDates($0.marks).text }.joined(separator: "; ")
        },
        .number("runs", "Runs this year") { $0.evidence.runs.count },
      ], rows: found, pupil: \.pupil
    ) { task(for: $0.evidence, action: action, isReturn: isReturn) }
  }

  /// Returns the task for a run that has not ended.
  private static func task(for evidence: RunEvidence, action: String, isReturn: Bool) -> Task? {
    evidence.ongoing.map { run in
      let isMissing = isReturn && run.days >= missingFrom
      let since = run.first.map { ", since \(MarkDates.short($0))" } ?? ""
      return Task(
        urgency: isMissing ? .missing : isReturn ? .attendanceReturn : .absentNow,
        action: isMissing ? "Make the return and a children-missing-education enquiry" : action,
        reason: "\(run.days) school days of \(evidence.run.codes.kindLabel) in a row\(since)")
    }
  }

  private static func name(of run: Policy.Run, at index: Int) -> String {
    switch index {
    case 0: "Attendance_return"
    case 1: "Five_days_absent"
    case 2: "Long_suspension"
    default: "Own_run_\(index - 2)"
    }
  }

  private static func title(of run: Policy.Run, own: Policy.Run?) -> String {
    if run.isSame(as: .attendanceReturn) { return "10 or more school days of unauthorised absence in a row" }
    if run.isSame(as: .fiveDays) {
      return own.map { "5 or more school days absent in a row: \($0.name)" }
        ?? "5 or more school days absent in a row"
    }
    if run.isSame(as: .longSuspension) { return "Suspended for more than 5 school days in a row" }
    return "Own line: \(run.name)"
  }

  private static func rule(of run: Policy.Run, isReturn: Bool, action: String) -> String {
    var words =
      "\(run.days) or more of the pupil's school days in a row with every possible session "
      + "\(run.codes == .absence ? "missed" : "marked \(run.codes.formatted)")\(isReturn ? ", while of compulsory school age" : ""). "
      + (action.isEmpty ? "" : "\(action) ")
    if isReturn {
      words += "From \(missingFrom) days, a children-missing-education enquiry is advised. "
    }
    return words
      + "Runs that are still going come first, with their days so far. For others, the longest run is counted."
  }

  /// Returns the pupils with 15 school days of illness in the year, and those who are near.
  static func sickness(_ school: SchoolFigures) -> [ActionList] {
    guard let threshold = school.threshold(.sicknessReturn), case .illness(let due, let near) = threshold.rule
    else { return [] }
    return [
      sickness(
        threshold, .reached, "Sickness_return", "15 or more school days of illness",
        rule:
          "\(due) or more sessions of I in the school year while of compulsory school age, in a row or not. Make a "
          + "sickness "
          + "return to the local authority, one for a continuous period.", school),
      sickness(
        threshold, .near, "Approaching_sickness_return", "Approaching 15 school days of illness",
        rule: "\(near) to \(due - 1) sessions of I in the school year while of compulsory school age.", school
      ),
    ]
  }

  private static func sickness(
    _ threshold: Threshold, _ state: Threshold.State, _ name: String, _ title: String, rule: String,
    _ school: SchoolFigures
  ) -> ActionList {
    let recent = school.lastSchoolDays(5).first ?? school.asAt
    let action =
      threshold.action.isEmpty ? "Make a sickness return, if you have not" : threshold.action.withoutStop
    return ActionList(
      name: name, title: title, rule: rule, source: threshold.citation,
      columns: [
        .number("sessions", "Sessions of illness") { $0.pupil.illnessOfCompulsoryAge },
        .decimal("days", "School days") { $0.pupil.illnessOfCompulsoryAge * 5 },
        .text("dates", "Dates") { MarkDates($0.marks).text },
      ],
      rows: highestFirst(school.pupils(state, threshold.id), by: \.illnessOfCompulsoryAge).map { pupil in
        let legal = pupil.pupil.compulsoryAge(in: school.schoolYear)
        let marks = school.marks(of: pupil, CodeSet([.illness]))
          .filter { legal?.contains($0.session.day) ?? false }
        return (pupil: pupil, marks: marks)
      }, pupil: \.pupil
    ) { row in
      guard state == .reached, let last = row.marks.last, last.session.day >= recent else { return nil }
      return Task(
        urgency: .sicknessReturn, action: action,
        reason: "\(row.pupil.illnessOfCompulsoryAge) sessions of illness this year")
    }
  }

  /// Returns the pupils with N marks older than five school days.
  static func toResolve(_ school: SchoolFigures) -> ActionList {
    ActionList(
      name: "N_to_resolve", title: "N marks to resolve",
      rule:
        "N marks more than 5 school days old. Find the reason within 5 school days, or change the mark to O.",
      source: "DfE, Working together to improve school attendance",
      columns: [
        .number("marks", "N marks") { $0.pupil.unresolvedN },
        .text("dates", "Dates") { MarkDates($0.marks).text },
        .number("days", "School days since the oldest") { row in
          row.marks.first.map { school.schoolDays(after: $0.session.day) } ?? 0
        },
      ],
      rows: most(school.pupils, by: \.unresolvedN).map { pupil in
        let marks = school.marks(of: pupil, CodeSet([.reasonNotEstablished])).prefix(pupil.unresolvedN)
        return (pupil: pupil, marks: Array(marks))
      }, pupil: \.pupil
    ) { row in
      Task(
        urgency: .toResolve, action: "Find the reason, or change to O",
        reason: "\(row.pupil.unresolvedN) N marks more than 5 school days old")
    }
  }
}

extension RunEvidence {
  /// The run that has not ended, or `nil` if there is none.
  fileprivate var ongoing: DayRun? { isOngoing ? runs.last : nil }

  /// Returns a Boolean value that indicates whether the evidence comes first on a list: ongoing runs, then longer ones,
  /// then later ones.
  fileprivate func isMorePressing(than other: RunEvidence) -> Bool {
    func rank(_ evidence: RunEvidence) -> (Int, Int, Int32) {
      (
        evidence.isOngoing ? 1 : 0, (evidence.ongoing ?? evidence.longest)?.days ?? 0,
        evidence.runs.last?.last?.number ?? 0
      )
    }
    return rank(self) > rank(other)
  }
}
