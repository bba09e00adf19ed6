import Measures
import Policies
import Registers

extension Report {
  /// The attendance officer's lists, which name pupils: who has reached which line. A person decides.
  public static func attendanceActions(_ school: SchoolFigures) -> Report {
    let lists = ActionList.lists(of: school.policy)
    return Report(
      .attendanceActions, subject: school.school.name, period: school.packPeriod, asAt: school.asAt,
      purpose:
        "For the attendance team: who has reached a line this week, list by list. Each list names its rule. A person "
        + "decides what is done; the lists decide nothing.",
      headlines: lists.map { list in
        let count = school.pupils.count(where: list.includes)
        return "\(Cell.pupils(count)) \(count == 1 ? "pupil" : "pupils"): \(list.title.lowercasedFirst)."
      },
      sections: lists.map { list in
        Section(
          list.title, sentences: [Sentence(stringLiteral: list.rule)], tables: [table(of: list, school)])
      } + [
        Section(
          "Every pupil, most absent first",
          sentences: ["The workbook beside this page has a row for every pupil, with every count."],
          tables: [everyPupil(school)])
      ],
      notes: [
        "Every session on roll up to the as-at date is counted, for pupils of any age.",
        "Penalty notices: at most two for a parent and child in three years. Parents are not in the data.",
      ] + notes(of: school))
  }

  private static func table(of list: ActionList, _ school: SchoolFigures) -> Table {
    Table(
      list.name, title: list.title,
      columns: PupilCells.nameColumns + [Table.Column(list.measure)]
        + (list.window == nil ? yearColumns : evidenceColumns) + [
          Table.Column("Attendance (%)", .percent), Table.Column("On roll", .text),
        ],
      rows: school.pupils.filter(list.includes).enumerated().sorted { left, right in
        let (one, other) = (list.value(left.element), list.value(right.element))
        return one == other ? left.offset < right.offset : one > other
      }.map(\.element).map { pupil in
        PupilCells.name(pupil) + [.number(list.value(pupil))]
          + (list.window.map { evidence(pupil.evidence[$0]) } ?? year(pupil)) + [
            .rate(pupil.year.attendanceRate, of: 1), .text(onRoll(pupil.pupil, asAt: school.asAt)),
          ]
      }, source: list.source, look: .list)
  }

  private static let yearColumns = [
    Table.Column("Authorised sessions, year"), Table.Column("Unauthorised sessions, year"),
    Table.Column("of them N"), Table.Column("Stage", .text),
  ]

  private static func year(_ pupil: PupilFigures) -> [Cell] {
    [
      .sessions(pupil.year.authorised, of: 1), .sessions(pupil.year.unauthorised, of: 1),
      .sessions(pupil.year[.reasonNotEstablished], of: 1),
      pupil.stage.map { .text($0.name) } ?? .text("None"),
    ]
  }

  private static let evidenceColumns = [
    Table.Column("of them N"), Table.Column("Dates and codes", .text),
    Table.Column("Oldest drops out", .text),
  ]

  private static func evidence(_ evidence: WindowEvidence) -> [Cell] {
    let weeks = evidence.weeksUntilOldestDrops.map { "in \($0) school \($0 == 1 ? "week" : "weeks")" }
    return [
      .sessions(evidence.open, of: 1), .text(EvidenceWords(evidence.now).text),
      weeks.map { .text($0) } ?? .shorthand(.notApplicable),
    ]
  }

  private static func onRoll(_ pupil: Pupil, asAt: Day) -> String {
    guard let left = pupil.left, left < asAt else { return "Yes" }
    return "Left \(left.inWords)"
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
      PupilCells.text(pupil.pupil.upn.exposed), .text(pupil.pupil.sex.name),
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

extension String {
  fileprivate var lowercasedFirst: String {
    // A word of capitals or with a digit, such as "N" or "10", stays as it is.
    guard let second = dropFirst().first, second.isLowercase else { return self }
    return prefix(1).lowercased() + dropFirst()
  }
}
