import Measures
import Policies
import Registers
import ReportModel

/// The tables of the governor pack that count pupils: where they stand, how many came and went, and how else one may count.
struct BoardTables {
  let school: SchoolFigures
  let source: String
  private var counts: PupilCounts { school.counts }

  init(_ school: SchoolFigures) {
    self.school = school
    source = "Attendance registers of \(school.school.name)"
  }

  /// Who came to persistent and severe absence since the last half-term, who left it, and who stayed.
  func movement() -> Table {
    let before = school.previousHalfTerm?.name
    return Table(
      "Movement", title: "Who became persistently absent, and who no longer is",
      columns: [
        Table.Column("Line", .text), Table.Column("At the end of \(before ?? "the half-term before")"),
        Table.Column("No longer"), Table.Column("Still"), Table.Column("New since"), Table.Column("Now"),
      ],
      rows: PupilCounts.Line.allCases.map { line in
        let moved = [PupilCounts.Key.before(line), .left(line), .stayed(line), .entered(line)]
        return [.text(line.formatted)]
          + moved.map { counts.hasBefore ? counts.cell($0) : .shorthand(.notApplicable) }
          + [counts.cell(.now(line))]
      },
      notes: [
        "Pupils aged 5 to 15, over the year to date on both days, worked out from the marks. Those who joined since are among "
          + "the new."
      ], source: source)
  }

  /// How many pupils have which attendance, in bands of five points.
  func bands() -> Table {
    let last = PupilCounts.bands.count - 1
    return Table(
      "Attendance_bands", title: "Pupils by attendance, year to date",
      columns: [
        Table.Column("Attendance", .text), Table.Column("Pupils"),
        Table.Column("Share of pupils (%)", .percent),
        Table.Column("National line", .text),
      ],
      rows: PupilCounts.bands.indices.map { place in
        [
          .text(PupilCounts.bandLabel(place)), counts.cell(.band(place)),
          counts.share(.band(place), of: .counted),
          .text(place < 2 ? "Not persistent" : place == last ? "Severe" : "Persistent"),
        ]
      },
      notes: ["Exactly 90% attendance is persistently absent, exactly 50% severely: the bands part there."],
      source: source)
  }

  /// How many weeks of pupils were broken by an absence.
  func brokenWeeks() -> Table {
    Table(
      "Broken_weeks", title: "Pupils by share of weeks broken, year to date",
      columns: [
        Table.Column("Weeks broken by an absence", .text), Table.Column("Pupils"),
        Table.Column("Share of pupils (%)", .percent),
      ],
      rows: PupilCounts.brokenWeekShares.enumerated().map { place, name in
        [
          .text(name), counts.cell(.brokenWeeks(place)), counts.share(.brokenWeeks(place), of: .counted),
        ]
      } + [
        [
          .text("Missed at least one whole week"), counts.cell(.missedWholeWeek),
          counts.share(.missedWholeWeek, of: .counted),
        ]
      ],
      notes: [
        "A week is broken when a pupil missed any of its sessions. There is no national definition and no comparison with other "
          + "schools."
      ], source: source)
  }

  /// How many stand at each stage of the school's own policy.
  func stages() -> Table? {
    guard !school.policy.stages.isEmpty else { return nil }
    return Table(
      "Stages", title: "Pupils on roll at each stage of the policy",
      columns: [
        Table.Column("Stage", .text), Table.Column("Reached at", .text), Table.Column("Pupils on roll"),
      ],
      rows: school.policy.stages.enumerated().map { place, stage in
        [.text(stage.name), .text(stage.line.words), counts.cell(.stage(place))]
      } + [[.text("At no stage"), .shorthand(.notApplicable), counts.cell(.noStage)]],
      notes: [
        "\(school.policy.title). Pupils of any age on roll today with a session so far; each stands at the furthest stage reached and at no other.",
        school.policy.steps.isEmpty
          ? "" : "Steps of the policy that people decide are in no count.",
      ].filter { !$0.isEmpty }, source: source)
  }

  /// The number of pupils at each threshold at which the school must act, and near it.
  func thresholds() -> Table {
    let counts = counts
    let columns: [Column<Threshold>] = [
      .text("threshold", "Threshold") { $0.boardName },
      .text("reached_at", "Reached at") { $0.boardRule },
      Column("reached", "Pupils on roll") { counts.cell(.reached($0.id)) },
      Column("near", "Near it") { $0.hasNear ? counts.cell(.near($0.id)) : .shorthand(.notApplicable) },
    ]
    return Table(
      "Thresholds", title: "Thresholds at which the school acts", columns: columns, rows: counts.thresholds,
      notes: [
        "Reaching a threshold decides nothing: a person does. Windows are those that end now; runs are any of the year.",
        "The penalty-notice threshold, the attendance return and the sickness return count sessions while of compulsory school "
          + "age; what a policy asks for, and five days of absence, count pupils of any age.",
      ], source: source)
  }

  func joinersAndLeavers() -> Table {
    let name = school.currentHalfTerm?.name ?? "this half-term"
    return Table(
      "Joiners_and_leavers", title: "Pupils who joined and who left",
      columns: [
        Table.Column("Pupils of any age", .text), Table.Column("In \(name)"), Table.Column("This year"),
      ],
      rows: [
        [
          .text("Joined after the first school day"), counts.cell(.joined(.currentHalfTerm)),
          counts.cell(.joined(.firstDay)),
        ],
        [
          .text("Left before the as-at date"), counts.cell(.leaver(.currentHalfTerm)),
          counts.cell(.leaver(.firstDay)),
        ],
      ],
      notes: [
        "From the admission and leaving dates of the pupil file. A half-term begins with the holiday before it."
      ], source: source)
  }

  /// Suspensions by period: sessions of E.
  func suspensions() -> Table {
    let isWithheld = school.withheldCodes.contains(.suspended)
    let periods = school.periods.filter { $0 != .yearToDate } + [.yearToDate]
    return Table(
      "Suspensions", title: "Sessions missed through suspension (code E)",
      columns: [Table.Column("Period", .text), Table.Column("Sessions"), Table.Column("Pupils")],
      rows: periods.map { period in
        [
          .text(period.name), school.sessionsCell(of: .suspended, in: period),
          isWithheld
            ? .shorthand(.confidential) : .pupils(school.pupilsByCode[period]?[.suspended] ?? 0),
        ]
      },
      notes: [
        "A register tells of suspended sessions only where no work elsewhere was provided; permanent exclusions end a pupil's "
          + "time on roll and are not told of."
      ], source: source, total: periods.count - 1)
  }

  /// The school's figures by the national rule, and with one choice changed at a time. Source: rules, section 9.
  func otherWays() -> Table {
    let total = school.total(in: .yearToDate)
    let usual: [Cell] = [
      .text("The national rule"), total.rateCell(\.attendanceRate), total.persistentCell,
      total.persistentShareCell, .shorthand(.notApplicable),
    ]
    return Table(
      "Other_ways_to_count", title: "The same marks, counted another way, year to date",
      columns: [
        Table.Column("Choice", .text), Table.Column("Attendance (%)", .percent),
        Table.Column("Persistently absent"), Table.Column("Persistently absent (%)", .percent),
        Table.Column("Pupils who change side"),
      ],
      rows: [usual]
        + CountingVariant.allCases.map { way in
          let figures = counts.otherWays[way]
          let persistent = counts.cell(.persistent(way))
          return [
            .text(way.formatted),
            figures.map { .rate($0.attendanceRate, of: max($0.pupils, total.enrolments)) }
              ?? .shorthand(.confidential),
            persistent,
            persistent == .shorthand(.confidential) || figures == nil
              ? .shorthand(.confidential)
              : .share(Rate(counts[.persistent(way)], of: figures?.pupils ?? 0)),
            counts.cell(.changed(way)),
          ]
        },
      notes: [
        "One choice is changed at a time. A pupil changes side who is persistently absent in one way and not in the other."
      ], source: source)
  }
}

extension Threshold {
  fileprivate var boardName: String {
    switch (id, rule) {
    case (.window(0), _): "Penalty-notice threshold"
    case (_, .run(let run)): run.name
    default: name
    }
  }

  fileprivate var boardRule: String {
    switch rule {
    case .window(let window):
      "\(window.sessions) sessions of \(window.codes.formatted) in \(window.span.wordsNow)"
    case .illness(let sessions, _):
      "\(sessions / 2) school days (\(sessions) sessions) of illness in the school year"
    case .run(let run):
      "\(run.days) school days in a row of \(run.codes == .absence ? "absence" : run.codes.formatted)"
    case .attendance(let line, _): line.words
    case .stage(let line): line.words
    case .brokenWeeks(let weeks, let oneIn): "\(weeks) weeks, and one in \(oneIn) of those in session"
    case .partTimeTimetable(let weeks): "more than \(weeks) school weeks"
    case .reward(let attendance): "\(Rate.decimal(attendance, places: 1))% or more in the half-term"
    }
  }
}
