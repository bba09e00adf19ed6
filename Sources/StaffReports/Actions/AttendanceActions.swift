import Measures
import Policies
import Registers
import ReportModel

extension Report {
  /// The attendance officer's lists, which name pupils: who has reached which line. A person decides.
  package static func attendanceActions(_ school: SchoolFigures) -> Report {
    let lists = ActionList.all(school)
    let morning = MorningTable(lists, asAt: school.asAt)
    return Report(
      .attendanceActions, subject: school.school.name, period: school.packPeriod, asAt: school.asAt,
      purpose:
        "For the attendance team: who needs what today, and behind that a list for each rule with the evidence. A person "
        + "decides what is done; the lists decide nothing.",
      headlines: headlines(morning, lists, school),
      sections: [morning.section] + sections(lists, school),
      notes: [
        "Every session on roll up to the as-at date is counted, for pupils of any age.",
        "Penalty notices: at most two for each parent and child in three years, of £160 (£80 if paid within 21 days) and then "
          + "£160. Parents are not in the data.",
        "Steps that follow on the second or third day without contact are not in the data.",
        "This school follows: \(school.policy.title).",
      ] + notes(asAt: school.asAt, provisionalFrom: school.provisionalFrom).filter { !$0.hasPrefix(ageNote) })
  }

  private static func sections(_ lists: [ActionList], _ school: SchoolFigures) -> [Section] {
    let named = lists.filter { !$0.members.isEmpty }.map { $0.section(asAt: school.asAt) }
    let whole: [Section?] = [
      movement(school), WatchedGroups.section(school), busyDays(school), everyPupilSection(school),
      empty(lists),
    ]
    return named + WeeklyTables.sections(school) + whole.compactMap(\.self)
  }

  private static func headlines(
    _ morning: MorningTable, _ lists: [ActionList], _ school: SchoolFigures
  ) -> [Sentence] {
    let today = morning.pupils.count
    let pressing = morning.pupils.count { ($0.tasks.first?.urgency ?? .toResolve) <= .absentNow }
    let onRoll = school.pupils.filter { ThresholdMovement.isCounted($0, asAt: school.asAt) }
    let persistent = onRoll.filter { $0.hasReached(.persistentAbsence) }
    let entered = persistent.count { $0.before.map { !$0.isPersistentlyAbsent } ?? false }
    let left = onRoll.count {
      !$0.hasReached(.persistentAbsence) && ($0.before?.isPersistentlyAbsent ?? false)
    }
    let open = school.pupils.filter { $0.unresolvedN > 0 }
    let sentences: [Sentence?] = [
      today == 0
        ? "Nobody needs something new today."
        : """
        \(Cell.pupils(today)) \(today == 1 ? "pupil needs" : "pupils need") something new\
        \(pressing == 0 ? "" : ", \(Cell.pupils(pressing)) of them without delay" as Sentence).
        """,
      school.previousHalfTerm.map { before in
        """
        \(Cell.pupils(persistent.count)) of \(Cell.pupils(onRoll.count)) pupils on roll, of any age, are persistently absent: since the end of \(before.name), \
        \(Cell.pupils(entered)) came over the line and \(Cell.pupils(left)) came back under it.
        """
      },
      open.isEmpty
        ? nil
        : """
        \(Cell.number(open.reduce(0) { $0 + $1.unresolvedN })) marks of N on \(Cell.pupils(open.count)) \
        \(open.count == 1 ? "pupil" : "pupils") have waited for a reason for more than 5 school days.
        """,
    ]
    return sentences.compactMap(\.self)
  }

  private static func movement(_ school: SchoolFigures) -> Section {
    Section("Who came and who went", tables: [ThresholdMovement.table(school)])
  }

  /// Missing: nil where there is no such day.
  private static func busyDays(_ school: SchoolFigures) -> Section? {
    let days = school.busyDays
    guard !days.isEmpty else { return nil }
    return Section(
      "Days when many were away",
      sentences: [
        "At least twice the share of the middle day was missed: no pupil's absence on them says much of the pupil."
      ],
      tables: [
        Table(
          "Days_when_many_were_away", title: "Days when many were away",
          columns: [
            Table.Column("Day", .day), Table.Column("Weekday", .text), Table.Column("Missed (%)", .percent),
          ],
          rows: days.map {
            [.day($0.day), .text($0.day.weekday.name), .rate($0.absence, of: school.pupils.count)]
          })
      ])
  }

  /// The rules that name nobody, so that a reader knows they were asked.
  private static func empty(_ lists: [ActionList]) -> Section? {
    let titles = lists.filter(\.members.isEmpty).map(\.title)
    guard !titles.isEmpty else { return nil }
    return Section(
      "Nobody stands on these lists",
      tables: [
        Table(
          "Empty_lists", title: "Nobody stands on these lists",
          columns: [Table.Column("List", .text), Table.Column("Rule", .text)],
          rows: lists.filter(\.members.isEmpty).map { [.text($0.title), .text($0.rule)] })
      ])
  }

  private static func everyPupilSection(_ school: SchoolFigures) -> Section {
    Section(
      "Every pupil, most absent first",
      sentences: ["The workbook beside this page has a row for every pupil, with every count."],
      tables: [everyPupil(school)])
  }

  private static func everyPupil(_ school: SchoolFigures) -> Table {
    Table(
      "Every_pupil", title: "Every pupil, most absent first",
      columns: PupilCells.nameColumns + [
        Table.Column("UPN", .text), Table.Column("Sex", .text), Table.Column("SEN provision", .text),
        Table.Column("Disadvantaged", .text), Table.Column("Looked after", .text),
        Table.Column("Possible sessions"), Table.Column("Present"), Table.Column("Attending elsewhere"),
        Table.Column("Authorised sessions"), Table.Column("Unauthorised sessions"),
        Table.Column("Attendance (%)", .percent), Table.Column("Late before close"),
        Table.Column("Late after close"), Table.Column("Minutes late"), Table.Column("Weeks in session"),
        Table.Column("Broken weeks"), Table.Column("Whole weeks absent"),
        Table.Column("Unauthorised in 10 weeks, most"), Table.Column("Unauthorised in 10 weeks, now"),
        Table.Column("Illness sessions"), Table.Column("Longest run of unauthorised days"),
        Table.Column("N to resolve"), Table.Column("Stage", .text),
      ],
      rows: PupilCells.mostAbsentFirst(school.pupils).map { pupil in
        PupilCells.name(pupil) + status(pupil) + sessions(pupil)
      }, notes: ["Attendance is [z] for a pupil with no possible session."], look: .wideList)
  }

  private static func status(_ pupil: PupilFigures) -> [Cell] {
    [
      PupilCells.text(pupil.pupil.upn.unredacted), .text(pupil.pupil.sex.name),
      .text(pupil.pupil.senProvision.name), PupilCells.status(pupil.pupil.disadvantaged),
      PupilCells.status(pupil.pupil.lookedAfter),
    ]
  }

  private static func sessions(_ pupil: PupilFigures) -> [Cell] {
    let year = pupil.year
    let counts = [year.possible, year.present, year.approved, year.authorised, year.unauthorised]
    let weeks = [pupil.weeks.inSession, pupil.weeks.broken, pupil.weeks.whole]
    let windows = [
      pupil.windows.unauthorisedIn10WeeksMost, pupil.windows.unauthorisedIn10WeeksNow, pupil.illnessSessions,
      pupil.windows.longestUnauthorisedDays, pupil.unresolvedN,
    ]
    return counts.map { .sessions($0, of: 1) } + [
      .rate(year.attendanceRate, of: 1), .sessions(pupil.lateness.beforeClose, of: 1),
      .sessions(pupil.lateness.afterClose, of: 1),
      pupil.lateness.minutesLate.map { .minutes($0, of: 1) } ?? .shorthand(.notAvailable),
    ] + (weeks + windows).map(Cell.number) + [pupil.stage.map { .text($0.name) } ?? .text("None")]
  }
}
