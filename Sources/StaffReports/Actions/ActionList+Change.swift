import Measures
import Policies
import Registers
import ReportModel

/// Lists of those whose attendance changed most, and of those a policy rewards.
extension ActionList {
  /// Pupils a list of changes names at most.
  private static let mostNamed = 25
  /// Unit: tenths of a per cent; a fall from such attendance is pointed out.
  private static let highAttendance = 970

  static func fellMost(_ school: SchoolFigures) -> ActionList {
    change(
      school, name: "Fell_most", title: "Attendance fell most", sign: -1,
      rule:
        "Attendance in \(school.currentHalfTerm?.name ?? "this half-term") is lower by 3 percentage points or more than in "
        + "\(school.previousHalfTerm?.name ?? "the one before"): the \(mostNamed) who fell most; those who fell from 97% or "
        + "more are marked.")
  }

  static func improvedMost(_ school: SchoolFigures) -> ActionList {
    change(
      school, name: "Most_improved", title: "Most improved", sign: 1,
      rule:
        "Attendance in \(school.currentHalfTerm?.name ?? "this half-term") is higher by 3 percentage points or more than in "
        + "\(school.previousHalfTerm?.name ?? "the one before"): the \(mostNamed) who rose most.")
  }

  private static func change(
    _ school: SchoolFigures, name: String, title: String, sign: Int, rule: String
  ) -> ActionList {
    let pupils = most(
      school.pupils.filter { !$0.hasLeft(by: school.asAt) && (sign < 0 ? $0.hasFallen : $0.hasRisen) }
    ) { sign * ($0.change ?? 0) }
    return ActionList(
      name: name, title: title, rule: rule, source: "Attendance registers of \(school.school.name)",
      columns: [
        Table.Column("Half-term before (%)", .percent), Table.Column("This half-term (%)", .percent),
        Table.Column("Change (points)"),
      ] + (sign < 0 ? [Table.Column("From 97% or more", .text)] : []),
      members: pupils.prefix(mostNamed).map { pupil in
        let (before, now) = (pupil.halfTermBefore?.attendanceRate, pupil.halfTermNow?.attendanceRate)
        let wasHigh = before.map { 1000 * $0.part >= highAttendance * $0.whole } ?? false
        return Member(
          pupil: pupil,
          cells: [
            .rate(before, of: 1), .rate(now, of: 1),
            pupil.change.map { .points($0, of: 1) } ?? .shorthand(.notApplicable),
          ] + (sign < 0 ? [.text(wasHigh ? "Yes" : "No")] : []))
      },
      notes: pupils.count > mostNamed
        ? ["\(pupils.count) pupils changed so much; the sheet of every pupil has them all."] : [])
  }

  /// Pupils with an EHC plan whose attendance fell, or is below the policy's line: the local authority is to be told.
  static func planFalling(_ school: SchoolFigures) -> ActionList {
    let own = school.policy.ehcPlan
    let found = school.pupils.filter { $0.pupil.senProvision == .ehcPlan && !$0.hasLeft(by: school.asAt) }
      .map { pupil in
        (
          pupil: pupil, fall: pupil.hasFallen ? -(pupil.change ?? 0) : 0,
          isBelow: pupil.hasReached(.ehcPlan)
        )
      }.filter { $0.fall > 0 || $0.isBelow }.enumerated().sorted {
        ($1.element.fall, $0.offset) < ($0.element.fall, $1.offset)
      }.map(\.element)
    return ActionList(
      name: "EHC_plan_falling", title: "EHC plan: attendance falling or low",
      rule:
        "An education, health and care (EHC) plan, and attendance lower by 3 percentage points or more than in the "
        + "half-term before\(own.map { ", or \($0.line.words) this year (\($0.name))" } ?? ""). The local authority is to be "
        + "told; a person decides.",
      source: "DfE, Working together to improve school attendance"
        + (own.map { "; \(school.policy.source(of: $0.section))" } ?? ""),
      columns: [
        Table.Column("Half-term before (%)", .percent), Table.Column("This half-term (%)", .percent),
        Table.Column("Missed this half-term", .text), Table.Column("Change (points)"),
      ],
      members: found.map { pupil, fall, _ in
        Member(
          pupil: pupil,
          cells: [
            .rate(pupil.halfTermBefore?.attendanceRate, of: 1),
            .rate(pupil.halfTermNow?.attendanceRate, of: 1),
            .text(pupil.halfTermNow.map { "\($0.absence) of \($0.possible)" } ?? "0 of 0"),
            pupil.change.map { .points($0, of: 1) } ?? .shorthand(.notApplicable),
          ],
          // What has been low for long is nothing new in the morning.
          task: fall == 0
            ? nil
            : Task(
              urgency: .planFalling, asks: "Tell the local authority, if not told",
              because: "EHC plan; attendance down \(Rate.decimal(fall, places: 1)) points"))
      }, saysWhoDecides: true)
  }

  /// The pupils a policy rewards, in the current half-term; a better reward first.
  static func rewards(_ school: SchoolFigures) -> [ActionList] {
    school.thresholds.compactMap { threshold in
      guard case .reward(let index) = threshold.id, case .reward(let attendance) = threshold.rule else {
        return nil
      }
      return ActionList(
        name: "Reward_\(index + 1)", title: "Reward: \(threshold.name)",
        rule:
          "Attendance of \(Rate.decimal(attendance, places: 1))% or more in \(school.currentHalfTerm?.name ?? "this half-term")"
          + (index == 0 ? "." : "; who has reached a better reward stands there."),
        source: threshold.citation,
        columns: [Table.Column("This half-term (%)", .percent), Table.Column("Sessions missed")],
        members: school.pupils(.reached, threshold.id).map { pupil in
          Member(
            pupil: pupil,
            cells: [
              .rate(pupil.halfTermNow?.attendanceRate, of: 1),
              .sessions(pupil.halfTermNow?.absence ?? 0, of: 1),
            ])
        })
    }
  }
}

extension PupilFigures {
  var halfTermNow: SessionTally? { halfTerms.last }
  var halfTermBefore: SessionTally? { halfTerms.dropLast().last }

  /// The change in attendance from the half-term before to the current one.
  ///
  /// Unit: tenths of a percentage point. Missing: nil when either half-term had no possible session.
  var change: Int? {
    guard let now = halfTermNow?.attendanceRate, let before = halfTermBefore?.attendanceRate else {
      return nil
    }
    return Rate.difference(now, before)
  }
}

extension PupilFigures {
  /// Unit: tenths of a percentage point; a smaller change is on no list. Source: rules, section 8.
  private static let clearChange = 30

  /// Attendance is lower than in the half-term before by 3 percentage points or more, compared exactly.
  var hasFallen: Bool { isHigher(halfTermBefore, than: halfTermNow) }
  var hasRisen: Bool { isHigher(halfTermNow, than: halfTermBefore) }

  private func isHigher(_ one: SessionTally?, than other: SessionTally?) -> Bool {
    guard let one = one?.attendanceRate, let other = other?.attendanceRate else { return false }
    return Rate.isHigher(one, by: PupilFigures.clearChange, than: other)
  }
}

extension Int {
  /// Tenths of a per cent as `97.5%`, `100%`.
  fileprivate var percentWords: String {
    self % 10 == 0 ? "\(self / 10)%" : "\(Rate.decimal(self, places: 1))%"
  }
}
