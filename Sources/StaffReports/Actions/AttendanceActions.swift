import Measures
import Policies
import Registers
import ReportModel

extension Report {
  /// Returns the attendance team's report, which names the pupils who meet each rule.
  package static func attendanceActions(_ school: SchoolFigures) -> Report {
    let lists = ActionList.all(school)
    let morning = MorningTable(lists, asAt: school.asAt)
    return Report(
      .attendanceActions, subject: school.school.name, period: school.packPeriod, asAt: school.asAt,
      purpose:
        "For the attendance team: the pupils who need action today, then a list for each rule with the evidence.",
      headlines: headlines(morning, lists, school),
      sections: [morning.section] + sections(lists, school),
      notes: [
        "The lists count every session on roll up to the as-at date, for pupils of any age.",
        "Penalty notices: at most two for each parent and child in three years, of £160 (£80 if paid within 21 days) and then "
          + "£160. Parents are not in the data.",
        "Registers do not record contact with families, so steps after days without contact are not listed.",
        "The school's policy: \(school.policy.title).",
      ] + notes(asAt: school.asAt, provisionalFrom: school.provisionalFrom, countsAllAges: true))
  }

  private static func sections(_ lists: [ActionList], _ school: SchoolFigures) -> [Section] {
    let named = lists.filter { !$0.members.isEmpty }.map { $0.section(asAt: school.asAt) }
    let whole: [Section?] = [
      Section("Movement across thresholds", tables: [ThresholdMovement.table(school)]),
      WatchedGroups.section(school), busyDays(school), everyPupil(school), empty(lists),
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
        ? "No pupil needs action today."
        : """
        \(Cell.pupils(today)) \(today == 1 ? "pupil needs" : "pupils need") action\
        \(pressing == 0 ? "" : ", \(Cell.pupils(pressing)) urgently" as Sentence).
        """,
      school.previousHalfTerm.map { before in
        """
        \(Cell.pupils(persistent.count)) of \(Cell.pupils(onRoll.count)) pupils on roll, of any age, are persistently \
        absent. Since the end of \(before.name), \(Cell.pupils(entered)) became persistently absent and \
        \(Cell.pupils(left)) no longer \(left == 1 ? "is" : "are").
        """
      },
      open.isEmpty
        ? nil
        : """
        \(Cell.pupils(open.count)) \(open.count == 1 ? "pupil has" : "pupils have") N marks more than 5 school days \
        old: \(Cell.number(open.reduce(0) { $0 + $1.unresolvedN })) in all.
        """,
    ]
    return sentences.compactMap(\.self)
  }

  /// Returns the days on which many pupils were absent, or `nil` if there are none.
  private static func busyDays(_ school: SchoolFigures) -> Section? {
    let days = school.busyDays
    guard !days.isEmpty else { return nil }
    return Section(
      "Days when many pupils were absent",
      sentences: [
        "At least twice as much was missed as on the median day, so absence on these days says little about one pupil."
      ],
      tables: [
        Table(
          "Days_when_many_were_away", title: "Days when many pupils were absent",
          columns: [
            Column("day", "Day", .day) { .day($0.day) }, .text("weekday", "Weekday") { $0.day.weekday.name },
            Column("absence_percent", "Missed (%)", .percent) {
              .rate($0.absence, of: school.pupils.count)
            },
          ], rows: days)
      ])
  }

  /// Returns the lists without pupils, so that a reader knows that their rules were applied.
  private static func empty(_ lists: [ActionList]) -> Section? {
    let empty = lists.filter(\.members.isEmpty)
    guard !empty.isEmpty else { return nil }
    return Section(
      "Lists with no pupils",
      tables: [
        Table(
          "Empty_lists", title: "Lists with no pupils",
          columns: [.text("list", "List") { $0.title }, .text("rule", "Rule") { $0.rule }], rows: empty)
      ])
  }

  private static func everyPupil(_ school: SchoolFigures) -> Section {
    let title = "Every pupil, most absent first"
    return Section(
      title, sentences: ["The workbook has a row for every pupil, with every count."],
      tables: [
        Table(
          "Every_pupil", title: title,
          columns: Column.identity + statusColumns + sessionColumns + windowColumns,
          rows: school.pupils.mostAbsentFirst,
          notes: ["Attendance is [z] for a pupil with no possible session."], look: .wideList)
      ])
  }

  private static var statusColumns: [Column<PupilFigures>] {
    [
      .known("upn", "UPN") { $0.pupil.upn.unredacted },
      .text("sex", "Sex") { $0.pupil.sex.name },
      .text("sen_provision", "SEN provision") { $0.pupil.senProvision.name },
      .status("disadvantaged", "Disadvantaged") { $0.pupil.disadvantaged },
      .status("looked_after", "Looked after") { $0.pupil.lookedAfter },
    ]
  }

  private static var sessionColumns: [Column<PupilFigures>] {
    [
      .possibleSessions, .sessions("present", "Present") { $0.year.present },
      .sessions("attending_elsewhere", "Attending elsewhere") { $0.year.approved },
      .sessions("sess_authorised", "Authorised sessions") { $0.year.authorised },
      .sessions("sess_unauthorised", "Unauthorised sessions") { $0.year.unauthorised }, .attendance,
      .sessions("late_before_close", "Late before close") { $0.lateness.beforeClose },
      .sessions("late_after_close", "Late after close") { $0.lateness.afterClose },
      .minutes("minutes_late", "Minutes late") { $0.lateness.minutesLate },
    ]
  }

  private static var windowColumns: [Column<PupilFigures>] {
    [
      .number("weeks_in_session", "Weeks in session") { $0.weeks.inSession },
      .number("broken_weeks", "Weeks with an absence") { $0.weeks.broken },
      .number("whole_weeks_absent", "Whole weeks absent") { $0.weeks.whole },
      .number("unauthorised_in_10_weeks_max", "Most unauthorised in any 10 weeks") {
        $0.windows.maxUnauthorisedIn10Weeks
      },
      .number("unauthorised_in_10_weeks", "Unauthorised in the last 10 weeks") {
        $0.windows.unauthorisedIn10WeeksNow
      },
      .number("illness", "Illness sessions") { $0.illnessSessions },
      .number("longest_unauthorised_run", "Longest run of unauthorised days") {
        $0.windows.longestUnauthorisedDays
      },
      .number("no_reason", "N marks to resolve") { $0.unresolvedN },
      .text("stage", "Stage") { $0.stage?.name ?? "None" },
    ]
  }
}
