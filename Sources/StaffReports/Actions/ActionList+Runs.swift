import Measures
import Policies
import Registers
import ReportModel

/// Lists of runs of days, of illness and of N. Source: rules, section 8.
extension ActionList {
  /// The runs every school looks for and the policy's own.
  static func runs(_ school: SchoolFigures) -> [ActionList] {
    school.thresholds.compactMap { threshold in
      guard case .run(let index) = threshold.id, case .run(let run) = threshold.rule else { return nil }
      return list(of: threshold, run, at: index, school)
    }
  }

  /// Unit: school days, from which a children-missing-education enquiry is advised.
  private static let missingFrom = 20

  private static func list(
    of threshold: Threshold, _ run: Policy.Run, at index: Int, _ school: SchoolFigures
  ) -> ActionList {
    let isReturn = index == 0
    let own = school.policy.runs.first { $0.isSame(as: run) }
    let found = school.pupils(.reached, threshold.id).compactMap { pupil -> (PupilFigures, RunEvidence)? in
      guard case .run(let evidence)? = pupil.result(of: threshold.id)?.evidence else { return nil }
      return (pupil, evidence)
    }.sorted { $0.1.isMorePressing(than: $1.1) }
    return ActionList(
      name: name(of: run, at: index), title: title(of: run, own: own),
      rule: rule(of: run, isReturn: isReturn, asks: threshold.asks), source: threshold.citation,
      columns: [
        Table.Column("Days in a row"), Table.Column("Still going", .text),
        Table.Column("Dates and codes", .text), Table.Column("Runs this year"),
      ],
      members: found.map { pupil, evidence in
        member(
          of: pupil, evidence,
          asks: threshold.asks.isEmpty ? "Act on the school's own rule" : threshold.asks.withoutStop,
          isReturn: isReturn)
      }, saysWhoDecides: true)
  }

  private static func member(
    of pupil: PupilFigures, _ evidence: RunEvidence, asks: String, isReturn: Bool
  ) -> Member {
    let going = evidence.isGoing ? evidence.runs.last : nil
    return Member(
      pupil: pupil,
      cells: [
        .number((going ?? evidence.longest)?.days ?? 0), .text(evidence.isGoing ? "Yes" : "No"),
        .text(evidence.runs.map { EvidenceWords($0.marks).text }.joined(separator: "; ")),
        .number(evidence.runs.count),
      ],
      task: going.map { run in
        let isMissing = isReturn && run.days >= missingFrom
        let since = run.first.map { ", since \(EvidenceWords.short($0))" } ?? ""
        return Task(
          urgency: isMissing ? .missing : isReturn ? .attendanceReturn : .absentNow,
          asks: isMissing
            ? "Return, and enquire after a child missing education" : asks,
          because: "\(run.days) school days of \(evidence.run.codes.kindWords) in a row\(since)")
      })
  }

  private static func name(of run: Policy.Run, at place: Int) -> String {
    switch place {
    case 0: "Attendance_return"
    case 1: "Five_days_absent"
    case 2: "Long_suspension"
    default: "Own_run_\(place - 2)"
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

  private static func rule(of run: Policy.Run, isReturn: Bool, asks: String) -> String {
    var words =
      "\(run.days) or more of the pupil's school days in a row on which every possible session was "
      + "\(run.codes == .absence ? "missed" : run.codes.formatted)\(isReturn ? ", while of compulsory school age" : ""). "
      + (asks.isEmpty ? "" : "\(asks) ")
    if isReturn {
      words += "From \(missingFrom) days on a children-missing-education enquiry is advised. "
    }
    return words
      + "Runs that still go on stand first, with their days so far; of others the longest is counted. A person decides."
  }

  /// 15 school days of illness in the year, reached and near.
  static func sickness(_ school: SchoolFigures) -> [ActionList] {
    guard let threshold = school.threshold(.sicknessReturn), case .illness(let due, let near) = threshold.rule
    else { return [] }
    return [
      sickness(
        threshold, .reached, "Sickness_return", "15 or more school days of illness",
        rule:
          "\(due) or more sessions of I in the school year while of compulsory school age, in a row or not. A sickness return to the local authority is "
          + "due, one for a continuous period. A person decides.", school),
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
    let asks =
      threshold.asks.isEmpty ? "Make a sickness return, if not made" : threshold.asks.withoutStop
    return ActionList(
      name: name, title: title, rule: rule, source: threshold.citation,
      columns: [
        Table.Column("Sessions of illness"), Table.Column("School days"), Table.Column("Dates", .text),
      ],
      members: highestFirst(school.pupils(state, threshold.id), by: \.illnessOfLegalAge).map { pupil in
        let legal = pupil.pupil.compulsoryAge(in: school.schoolYear)
        let marks = school.marks(of: pupil, CodeSet([.illness]))
          .filter { legal?.contains($0.session.day) ?? false }
        let isNew = marks.last.map { $0.session.day >= recent } ?? false
        return Member(
          pupil: pupil,
          cells: [
            .number(pupil.illnessOfLegalAge), .decimal(pupil.illnessOfLegalAge * 5, places: 1, of: 1),
            .text(EvidenceWords(marks).text),
          ],
          task: state == .reached && isNew
            ? Task(
              urgency: .sicknessReturn, asks: asks,
              because: "\(pupil.illnessOfLegalAge) sessions of illness this year") : nil)
      }, saysWhoDecides: state == .reached)
  }

  /// N older than five school days.
  static func toResolve(_ school: SchoolFigures) -> ActionList {
    ActionList(
      name: "N_to_resolve", title: "N to resolve",
      rule:
        "N marks with more than 5 school days after their date. A reason is to be found within 5 school days, or the mark "
        + "becomes O.",
      source: "DfE, Working together to improve school attendance",
      columns: [
        Table.Column("N marks to resolve"), Table.Column("Dates", .text),
        Table.Column("School days since the oldest"),
      ],
      members: most(school.pupils, by: \.unresolvedN).map { pupil in
        let marks = Array(
          school.marks(of: pupil, CodeSet([.reasonNotEstablished])).prefix(pupil.unresolvedN))
        return Member(
          pupil: pupil,
          cells: [
            .number(pupil.unresolvedN), .text(EvidenceWords(marks).text),
            .number(marks.first.map { school.schoolDays(after: $0.session.day) } ?? 0),
          ],
          task: Task(
            urgency: .toResolve, asks: "Find the reason, or mark O",
            because: "\(pupil.unresolvedN) N older than 5 school days"))
      })
  }
}

extension RunEvidence {
  /// Runs that go on come first, then the longer, then the later.
  fileprivate func isMorePressing(than other: RunEvidence) -> Bool {
    func rank(_ evidence: RunEvidence) -> (Int, Int, Int32) {
      (
        evidence.isGoing ? 1 : 0, (evidence.isGoing ? evidence.runs.last : evidence.longest)?.days ?? 0,
        evidence.runs.last?.last?.number ?? 0
      )
    }
    return rank(self) > rank(other)
  }
}
