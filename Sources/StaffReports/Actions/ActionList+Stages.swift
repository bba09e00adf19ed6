import Measures
import Policies
import Registers
import ReportModel

/// Lists of persistent absence and of a policy's stages, and who came and went.
extension ActionList {
  /// Severe and persistent absence, those near it, the school's own line, and the policy's own stages.
  static func stages(_ school: SchoolFigures) -> [ActionList] {
    let own = school.policy.stages.enumerated().filter { !$0.element.line.isNational }
    return [movers(school)] + own.map { stage($0.element, at: $0.offset, school) }
      + [severe(school), persistent(school)]
      + [ownPersistent(school)].compactMap(\.self) + [nearPersistent(school)]
  }

  /// Who reached or came back from a stage, or persistent absence, since the end of the half-term before.
  private static func movers(_ school: SchoolFigures) -> ActionList {
    let before = school.previousHalfTerm?.name
    let members = school.pupils.flatMap { pupil in
      ThresholdMovement.thresholds(of: school).compactMap { threshold -> (Int, Member)? in
        let isReached = pupil.hasReached(threshold.id)
        guard let wasReached = pupil.hadReached(threshold), wasReached != isReached,
          ThresholdMovement.isCounted(pupil, asAt: school.asAt)
        else { return nil }
        return (
          isReached ? 0 : 1,
          Member(
            pupil: pupil,
            cells: [
              .text(threshold.name), .text(isReached ? "Entered" : "Came back"),
              .rate(pupil.before?.attendanceRate, of: 1),
            ])
        )
      }
    }
    return ActionList(
      name: "Entered_or_left", title: "Entered or left a line since the last half-term",
      rule: before.map {
        "Who reached, or came back from, persistent or severe absence or a stage of the school's policy since the end of "
          + "\($0). Those who entered stand first."
      } ?? "There is no half-term before this one to compare with.",
      source: "Attendance registers, by the national lines and \(school.policy.title)",
      columns: [
        Table.Column("Line", .text), Table.Column("Moved", .text),
        Table.Column("Attendance at the end of \(before ?? "the last half-term") (%)", .percent),
      ],
      members: members.enumerated().sorted {
        ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
      }.map(\.element.1))
  }

  private static func stage(_ stage: Policy.Stage, at index: Int, _ school: SchoolFigures) -> ActionList {
    let asks = stage.asks.isEmpty ? "" : " It asks: \(stage.asks)"
    let letter = stage.letter.map { " Letter: \($0)." } ?? ""
    let pupils = PupilCells.mostAbsentFirst(
      school.pupils(.reached, .stage(index)).filter { $0.stageIndex == index })
    return ActionList(
      name: "Stage_\(index + 1)",
      title: "Stage: \(stage.name)",
      rule:
        "Reached \(stage.line.whenWords); who has reached a later stage stands there.\(asks)\(letter) A person decides.",
      source: school.policy.source(of: stage.section),
      columns: [
        Table.Column("Absent sessions"), Table.Column("Possible sessions"),
        Table.Column("Broken weeks", .text),
        Table.Column("New this week", .text),
      ],
      members: pupils.map { pupil in
        let task = task(index, of: pupil, school)
        return Member(
          pupil: pupil,
          cells: [
            .sessions(pupil.year.absence, of: 1), .sessions(pupil.year.possible, of: 1),
            .text("\(pupil.ownWeeks.broken) of \(pupil.ownWeeks.inSession)"),
            .text(task == nil ? "No" : "Yes"),
          ], task: task)
      }, saysWhoDecides: true)
  }

  /// The task of a stage that the pupil has reached within the last five school days, or `nil`.
  private static func task(_ index: Int, of pupil: PupilFigures, _ school: SchoolFigures) -> Task? {
    guard pupil.stageIndex == index, pupil.hasReached(.stage(index)), index > pupil.stageIndexWeekAgo ?? -1
    else { return nil }
    let stage = school.policy.stages[index]
    return Task(
      urgency: .stage, asks: stage.asks.isEmpty ? "Act on \(stage.name)" : stage.asks.withoutStop,
      because: "Reached \(stage.name) this week: \(pupil.year.absence) of \(pupil.year.possible) missed")
  }

  private static func severe(_ school: SchoolFigures) -> ActionList {
    absent(
      school, school.pupils(.reached, .severeAbsence), name: "Severe_absence", title: "Severely absent",
      rule: "Missed 50% or more of their own possible sessions this year.", .severeAbsence)
  }

  private static func persistent(_ school: SchoolFigures) -> ActionList {
    absent(
      school, school.pupils(.reached, .persistentAbsence).filter { !$0.hasReached(.severeAbsence) },
      name: "Persistent_absence", title: "Persistently absent",
      rule: "Missed 10% or more of their own possible sessions this year, and less than 50%.",
      .persistentAbsence)
  }

  private static func absent(
    _ school: SchoolFigures, _ pupils: [PupilFigures], name: String, title: String, rule: String,
    _ line: AttendanceLine
  ) -> ActionList {
    let stageIndex = school.policy.stages.firstIndex { $0.line == .attendance(line) }
    let stage = stageIndex.map { school.policy.stages[$0] }
    let isSevere = line == .severeAbsence
    let asks = stage.flatMap { $0.asks.isEmpty ? nil : " \(school.policy.title) asks: \($0.asks)" } ?? ""
    return ActionList(
      name: name, title: title, rule: rule + asks,
      source: "DfE, Working together to improve school attendance",
      columns: [
        Table.Column("Absent sessions"), Table.Column("Possible sessions"), Table.Column("Unauthorised"),
        Table.Column("In a row to attend to be below the line", .text),
        Table.Column("Since the last half-term", .text),
      ],
      members: PupilCells.mostAbsentFirst(pupils).map { pupil in
        let distance = school.sessionsLeft(of: pupil).map { left in
          isSevere ? pupil.year.severeDistance(left: left) : pupil.year.persistentDistance(left: left)
        }
        let was = pupil.before.map { isSevere ? $0.isSeverelyAbsent : $0.isPersistentlyAbsent }
        return Member(
          pupil: pupil,
          cells: [
            .sessions(pupil.year.absence, of: 1), .sessions(pupil.year.possible, of: 1),
            .sessions(pupil.year.unauthorised, of: 1),
            distance.map { .text($0.words) } ?? .shorthand(.notApplicable),
            was.map { .text($0 ? "Was before" : "New") } ?? .shorthand(.notApplicable),
          ], task: stageIndex.flatMap { task($0, of: pupil, school) })
      }, notes: [school.sessionsLeft.words])
  }

  /// From 8% missed, the line not reached: the sessions that may still be missed.
  private static func nearPersistent(_ school: SchoolFigures) -> ActionList {
    let near = school.pupils(.near, .persistentAbsence)
    return ActionList(
      name: "Approaching_persistent", title: "Approaching persistent absence",
      rule: "Missed 8% or more and less than 10% of their own possible sessions this year.",
      source: "DfE, Working together to improve school attendance",
      columns: [
        Table.Column("Absent sessions"), Table.Column("Possible sessions"),
        Table.Column("Sessions still missable this year", .text),
      ],
      members: PupilCells.mostAbsentFirst(near).map { pupil in
        Member(
          pupil: pupil,
          cells: [
            .sessions(pupil.year.absence, of: 1), .sessions(pupil.year.possible, of: 1),
            .text(pupil.year.persistentDistance(left: school.sessionsLeft(of: pupil) ?? 0).words),
          ])
      }, notes: [school.sessionsLeft.words])
  }

  private static func ownPersistent(_ school: SchoolFigures) -> ActionList? {
    guard let own = school.policy.ownPersistent else { return nil }
    let reached = school.pupils(.reached, .ownPersistentAbsence)
    return ActionList(
      name: "Own_persistent_line", title: own.name,
      rule:
        own.line == .attendanceAtMost(900)
        ? "\(own.line.words.capitalisedFirst), the school's own words for the national line."
        : "\(own.line.words.capitalisedFirst), the school's own line. It is not DfE's, and must not be compared with "
          + "national figures.",
      source: school.policy.source(of: own.section),
      columns: [
        Table.Column("Absent sessions"), Table.Column("Possible sessions"),
        Table.Column("Persistently absent by DfE's line", .text),
      ],
      members: PupilCells.mostAbsentFirst(reached).map { pupil in
        Member(
          pupil: pupil,
          cells: [
            .sessions(pupil.year.absence, of: 1), .sessions(pupil.year.possible, of: 1),
            .text(pupil.year.isPersistentlyAbsent ? "Yes" : "No"),
          ])
      })
  }
}

extension Policy.StageLine {
  /// `at attendance of 95% or below`, `when the window "Ten" is full`.
  fileprivate var whenWords: String {
    switch self {
    case .attendance, .brokenWeeks: "at \(words)"
    case .window(let name): "when the window \"\(name)\" is full"
    }
  }
}

extension SessionsLeft {
  var words: String {
    switch basis {
    case .plannedHalfTerms:
      "\(sessions) sessions are still to come this year by the trust file's half-terms, bank holidays and training days among "
        + "them."
    case .yearOf190Days:
      "\(sessions) sessions are taken to be still to come, in a school year of 190 days; for a pupil, the share of them that "
        + "the pupil was due in for so far."
    }
  }
}

extension SessionTally.PersistentDistance {
  var words: String {
    switch self {
    case .missable(let sessions): "\(sessions)"
    case .toAttend(let sessions): "\(sessions)"
    case .outOfReach: "Not this year"
    }
  }
}

extension String {
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
