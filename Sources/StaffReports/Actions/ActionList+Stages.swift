import Measures
import Policies
import Registers
import ReportModel

/// Lists of persistent absence and of a policy's stages, and who came and went.
extension ActionList {
  /// Severe and persistent absence, those near it, the school's own line, and the policy's own stages.
  static func stages(_ school: SchoolFigures) -> [ActionList] {
    let own = school.policy.stages.enumerated().filter { !$0.element.line.isNational }
    return [movers(school)] + own.map { stage($0.element, at: $0.offset + 1, school) }
      + [severe(school), persistent(school)]
      + [ownPersistent(school)].compactMap(\.self) + [nearPersistent(school)]
  }

  /// Who entered or left a stage, or persistent absence, since the end of the half-term before.
  private static func movers(_ school: SchoolFigures) -> ActionList {
    let before = school.previousHalfTerm?.name
    let members = school.pupils.flatMap { pupil in
      Movement.lines(of: school.policy).compactMap { line -> (Int, Member)? in
        guard let was = line.before(pupil), was != line.now(pupil), pupil.year.possible > 0 else {
          return nil
        }
        let came = !was
        let words = came ? "Entered" : "Came back"
        return (
          came ? 0 : 1,
          Member(
            pupil: pupil,
            cells: [
              .text(line.name), .text(words), .rate(pupil.before?.attendanceRate, of: 1),
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

  private static func stage(_ stage: Policy.Stage, at place: Int, _ school: SchoolFigures) -> ActionList {
    let asks = stage.asks.isEmpty ? "" : " It asks: \(stage.asks)"
    let letter = stage.letter.map { " Letter: \($0)." } ?? ""
    let pupils = PupilCells.mostAbsentFirst(school.pupils.filter { $0.stage == stage })
    return ActionList(
      name: "Stage_\(place)",
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
        let task = task(stage, of: pupil, school)
        return Member(
          pupil: pupil,
          cells: [
            .sessions(pupil.year.absence, of: 1), .sessions(pupil.year.possible, of: 1),
            .text("\(pupil.ownWeeks.broken) of \(pupil.ownWeeks.inSession)"),
            .text(task == nil ? "No" : "Yes"),
          ], task: task)
      })
  }

  /// What a stage asks for a pupil who has reached it within the last five school days. Missing: nil for others.
  private static func task(_ stage: Policy.Stage, of pupil: PupilFigures, _ school: SchoolFigures) -> Task? {
    guard pupil.stage == stage, school.policy.isLater(stage, than: pupil.stageWeekAgo),
      !pupil.hasLeft(by: school.asAt)
    else { return nil }
    return Task(
      urgency: .stage, asks: stage.asks.isEmpty ? "Act on \(stage.name)" : stage.asks.withoutStop,
      because: "Reached \(stage.name) this week: \(pupil.year.absence) of \(pupil.year.possible) missed")
  }

  private static func severe(_ school: SchoolFigures) -> ActionList {
    absent(
      school, school.pupils.filter(\.year.isSeverelyAbsent), name: "Severe_absence", title: "Severely absent",
      rule: "Missed 50% or more of their own possible sessions this year.", line: 2)
  }

  private static func persistent(_ school: SchoolFigures) -> ActionList {
    absent(
      school, school.pupils.filter { $0.year.isPersistentlyAbsent && !$0.year.isSeverelyAbsent },
      name: "Persistent_absence", title: "Persistently absent",
      rule: "Missed 10% or more of their own possible sessions this year, and less than 50%.", line: 10)
  }

  /// - Parameter line: One in so many sessions missed is the line.
  private static func absent(
    _ school: SchoolFigures, _ pupils: [PupilFigures], name: String, title: String, rule: String, line: Int
  ) -> ActionList {
    let stage = school.policy.stages.first { $0.line == .attendance(.missedAtLeast(1000 / line)) }
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
          line == 2 ? pupil.year.severeDistance(left: left) : pupil.year.persistentDistance(left: left)
        }
        let was = pupil.before.map { line == 2 ? $0.isSeverelyAbsent : $0.isPersistentlyAbsent }
        return Member(
          pupil: pupil,
          cells: [
            .sessions(pupil.year.absence, of: 1), .sessions(pupil.year.possible, of: 1),
            .sessions(pupil.year.unauthorised, of: 1),
            distance.map { .text($0.words) } ?? .shorthand(.notApplicable),
            was.map { .text($0 ? "Was before" : "New") } ?? .shorthand(.notApplicable),
          ], task: stage.flatMap { task($0, of: pupil, school) })
      }, notes: [school.sessionsLeft.words])
  }

  /// From 8% missed, the line not reached: the sessions that may still be missed.
  private static func nearPersistent(_ school: SchoolFigures) -> ActionList {
    let near = school.pupils.filter {
      $0.year.possible > 0 && !$0.year.isPersistentlyAbsent && 25 * $0.year.absence >= 2 * $0.year.possible
        && !$0.hasLeft(by: school.asAt)
    }
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
    let reached = school.pupils.filter { own.line.isReached(absence: $0.year.absence, of: $0.year.possible) }
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

extension Policy {
  /// Whether a stage is further than another. Missing: any stage is further than none.
  fileprivate func isLater(_ stage: Stage, than other: Stage?) -> Bool {
    guard let other else { return true }
    return (stages.firstIndex(of: stage) ?? 0) > (stages.firstIndex(of: other) ?? 0)
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
