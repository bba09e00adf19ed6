import Comparators
import Registers
import Release
import ReportModel

extension Report {
  /// Creates the pack that a governor opens before a meeting. It names no pupil.
  ///
  /// - Parameters:
  ///   - kind: The edition, which the rules of the published figures decide.
  ///   - commentary: The school's own words, or `nil` for none.
  package static func governorPack(
    _ school: ComparedFigures, kind: Kind = .governorPack, commentary: Prose? = nil
  ) -> Report {
    let figures = school.figures
    let tables = FigureTables(figures: figures)
    let own = commentary.map { [Section("From the school", prose: $0)] } ?? []
    let weeks = weeks(of: figures)
    let first = Section(
      "This half-term", tables: [tables.headline()], charts: weeks.isEmpty ? [] : [weekChart(school)],
      isFirst: true)
    let sections =
      figures.isHidden
      ? own
      : [first] + own
        + [
          tables.halfTerms(), school.section(),
          weeks.isEmpty
            ? Section("Week by week", sentences: ["Absence in single weeks is too low to be shown."])
            : Section("Week by week", tables: [weekTable(school, weeks)]),
          movement(tables), bands(tables), tables.groups(), tables.years(), tables.reasons(),
          tables.weekdays(), lateness(figures), weeksWithAbsence(tables), thresholds(tables),
          counts(tables, "Suspensions", .suspensions, "Suspensions, year to date"),
          joiners(figures), quality(figures), words(figures.policy),
        ].compactMap(\.self)
    return Report(
      kind, subject: figures.name, period: figures.packPeriod, from: figures.halfTerms.last?.first,
      asAt: figures.asAt,
      purpose:
        "For governors: how attendance is this half-term, which groups attend less, and what has changed.",
      headlines: headlines(school), questions: BoardQuestion(figures: figures).all, sections: sections,
      notes: notes(
        asAt: figures.asAt, provisionalFrom: figures.provisionalFrom, changes: changesNote)
        + releaseNotes(kind))
  }

  static let changesNote = "Changes and gaps are worked out from the rates as shown, in percentage points."

  /// The notes on what a report for the board leaves out.
  static func releaseNotes(_ kind: Kind) -> [String] {
    kind.audience == .board
      ? [
        "A group of fewer than 10 pupils is never shown alone: it is counted inside a larger group or \"All other pupils\". "
          + "Where a table would tell that 1 to 5 pupils are, or are not, persistently absent, its numbers are rounded to the "
          + "nearest 5 or left out."
      ] : ["This edition is exact and may hold small numbers: keep it to the board's confidential business."]
  }

  private static func headlines(_ school: ComparedFigures) -> [Sentence] {
    let figures = school.figures
    let say = FigureStatements(figures: figures)
    guard !figures.isHidden else {
      return ["Fewer than 10 pupils aged 5 to 15 are on roll, so nothing is shown, to protect pupils."]
    }
    let level: Sentence = school.sentence().map { "\(say.level()) \($0)" } ?? say.level()
    let gaps = say.gapSentences()
    let rest: [Sentence] = [
      say.lowestYear.map { say.sentence($0) }, say.lowestDay,
    ].compactMap(\.self)
    return [level, persistence(figures, say)] + gaps + rest.prefix(max(0, 5 - 2 - gaps.count))
  }

  private static func persistence(_ figures: PublishedFigures, _ say: FigureStatements) -> Sentence {
    func key(_ row: String) -> Figure.Key { Figure.Key(.movement, nil, row, .pupils) }
    guard let previous = figures.previousHalfTerm, figures[key(Movement.entered)] != nil else {
      return say.persistence()
    }
    return """
      \(say.persistence()) Since \(previous.name), about \(figures.cell(key(Movement.entered))) have become persistently \
      absent and about \(figures.cell(key(Movement.left))) no longer are.
      """
  }

  /// Returns the figures of the school weeks, or an empty array where fewer than half of them are shown.
  private static func weeks(of figures: PublishedFigures) -> [Figure.Key] {
    let weeks = figures.figures.filter {
      $0.key.table == .weeks && $0.key.measure == .attendance && Day(iso: $0.key.row) != nil
    }
    return 2 * weeks.count(where: \.value.isShown) < weeks.count ? [] : weeks.map(\.key)
  }

  private static func weekTable(_ school: ComparedFigures, _ weeks: [Figure.Key]) -> Table {
    let figures = school.figures
    let england: [Column<Figure.Key>] =
      school.hasEngland
      ? [
        Column("england", "England (%)", .percent) {
          school.comparator("England", .attendance, in: $0.period)
        }
      ] : []
    return Table(
      "By_week", title: "Attendance by week",
      columns: [
        Column<Figure.Key>("week", "Week beginning", .day) {
          Day(iso: $0.row).map(Cell.day) ?? .text($0.row)
        },
        Column("half_term", "Half-term", .text) {
          .text($0.period == .yearToDate ? "None" : $0.period.name)
        },
        Column("attendance", "This school (%)", .percent) { figures.cell($0) },
      ] + england, rows: weeks,
      notes: school.hasEngland
        ? ["England: schools of the same phase over the whole half-term, the same in each of its weeks."]
        : [],
      source: figures.source, blockColumn: 1)
  }

  private static func weekChart(_ school: ComparedFigures) -> Chart {
    let figures = school.figures
    var title = "Attendance week by week"
    if let current = figures.currentHalfTerm, let previous = figures.previousHalfTerm {
      switch figures.verdicts[Figure.Key(.halfTerms, .points, in: current)] {
      case .higher: title = "Attendance is up since \(previous.name)"
      case .lower: title = "Attendance is down since \(previous.name)"
      case .similar, .tooFew, nil: title = "Attendance is similar to \(previous.name)"
      }
    }
    return Chart(
      .line, title: title,
      caption: "Attendance by week, per cent; gaps are school holidays. The scale may start above 0."
        + (school.hasEngland
          ? " England: \(figures.school?.phase?.formatted ?? "") schools, whole half-terms." : ""),
      description: "A line of attendance in each school week; the figures are under Week by week.",
      table: "By_week", series: school.hasEngland ? [2, 3] : [2])
  }

  private static func counts(
    _ tables: FigureTables, _ title: String, _ table: Figure.Table, _ caption: String, notes: [String] = []
  ) -> Section? {
    tables.counts(title, caption, "Pupils who", table, notes: notes).map {
      Section(title, tables: [$0])
    }
  }

  private static func movement(_ tables: FigureTables) -> Section? {
    let before = tables.figures.previousHalfTerm?.name ?? "the half-term before"
    let rows = tables.figures.rows(of: .movement).map { row in
      FigureRow(
        tables.figures, nil, row, label: row.replacing("the half-term before", with: before))
    }
    let table = tables.counts(
      "Movement", "Pupils moving in and out of persistent absence", "Pupils", .movement, rows: rows,
      notes: ["Pupils aged 5 to 15, over the year to date on both days."])
    return table.map { Section("Persistent and severe absence", tables: [$0]) }
  }

  private static func bands(_ tables: FigureTables) -> Section? {
    tables.counts(
      "Attendance_bands", "Pupils by attendance, year to date", "Attendance", .bands,
      notes: ["90% or under is persistent absence, 50% or under severe: the national thresholds."]
    ).map { table in
      Section(
        "Attendance bands", tables: [table],
        charts: [
          Chart(
            .bars, title: "Pupils by attendance band", caption: "Pupils in each band, year to date.",
            description: "A bar for each band, as in the table.", table: "Attendance_bands", series: [1])
        ])
    }
  }

  private static func lateness(_ figures: PublishedFigures) -> Section? {
    let rows = figures.figures.filter { $0.key.table == .lateness }.map(\.key)
    guard !rows.isEmpty else { return nil }
    return Section(
      "Lateness",
      tables: [
        Table(
          "Lateness", title: "Lateness, year to date",
          columns: [
            Column<Figure.Key>.text("measure", "Measure") { key in
              key.measure == .share
                ? key.row.hasPrefix("Late marks") ? "\(key.row) (%)" : "\(key.row) (% of sessions)" : key.row
            }, Column("figure", "Figure") { figures.cell($0) },
          ], rows: rows,
          notes: [
            "Days lost are the minutes on L over the minutes taught in a day. Numbers are to the nearest 5."
          ], source: figures.source)
      ])
  }

  private static func weeksWithAbsence(_ tables: FigureTables) -> Section? {
    let share = Figure.Key(.brokenWeeks, nil, "Weeks with an absence", .share)
    let sentence: [Sentence] =
      tables.figures[share]?.isShown == true
      ? ["\(tables.figures.cell(share)) of all weeks of all pupils had an absence."] : []
    return tables.counts(
      "Weeks_with_an_absence", "Pupils by share of weeks with an absence", "Weeks with an absence",
      .brokenWeeks, notes: ["There is no national definition and no comparison with other schools."]
    ).map { Section("Weeks with an absence", sentences: sentence, tables: [$0]) }
  }

  private static func thresholds(_ tables: FigureTables) -> Section? {
    let figures = tables.figures
    guard let policy = figures.policy else { return nil }
    func table(
      _ name: String, _ title: String, _ table: Figure.Table, _ lines: [PolicyWords.Line], notes: [String]
    )
      -> Table?
    {
      guard !lines.isEmpty else { return nil }
      let hasNear = lines.contains {
        figures[Figure.Key(table, nil, "Close to: \($0.name)", .pupils)] != nil
      }
      return Table(
        name, title: title,
        columns: [
          Column<PolicyWords.Line>.text("name", "Threshold") { $0.name },
          .text("reached_at", "Reached at") { $0.reachedAt },
          Column("pupils", "Pupils on roll") { figures.cell(Figure.Key(table, nil, $0.name, .pupils)) },
        ]
          + (hasNear
            ? [
              Column("near", "Close to it") {
                figures.cell(Figure.Key(table, nil, "Close to: \($0.name)", .pupils))
              }
            ] : []),
        rows: lines, notes: notes + ["Numbers are to the nearest 5."], source: figures.source)
    }
    return Section(
      "Stages and thresholds",
      tables: [
        table(
          "Stages", "Pupils at each stage of the policy", .stages, policy.stages,
          notes: [
            "\(policy.title). Each pupil is counted once, at their highest stage."
              + (policy.hasSteps ? " Steps that people decide are not counted." : "")
          ]),
        table(
          "Thresholds", "Thresholds at which the school acts", .thresholds, policy.thresholds,
          notes: ["Staff decide what follows when a pupil reaches a threshold."]),
      ].compactMap(\.self))
  }

  private static func joiners(_ figures: PublishedFigures) -> Section? {
    let rows = figures.rows(of: .roll).map { FigureRow(figures, nil, $0) }
    guard !rows.isEmpty else { return nil }
    let current = figures.currentHalfTerm ?? .yearToDate
    return Section(
      "Joiners and leavers",
      tables: [
        Table(
          "Joiners_and_leavers", title: "Joiners and leavers",
          columns: [
            .label("Pupils of any age"),
            .figure("In \(current.name)", .roll, .pupils, in: current), .figure("This year", .roll, .pupils),
          ], rows: rows,
          notes: [
            "From the dates of the pupil file. A half-term begins with the holiday before it. Numbers are to the nearest 5."
          ],
          source: figures.source)
      ])
  }

  static func quality(_ figures: PublishedFigures) -> Section {
    func cell(_ row: String) -> Cell { figures.cell(Figure.Key(.quality, nil, row, .share)) }
    let provisional: Sentence? = figures.provisionalFrom.map {
      "Marks since \(Cell.day($0)) are provisional: registers may change for about two weeks."
    }
    let sentences: [Sentence?] = [
      "Sessions without a mark: \(cell("Sessions without a mark")). They count neither as attendance nor as absence.",
      figures[Figure.Key(.quality, nil, "Marks not used", .share)] == nil
        ? nil : "Marks that could not be used: \(cell("Marks not used")).", provisional,
    ]
    return Section("Can we trust the register?", sentences: sentences.compactMap(\.self))
  }

  /// The words of the pack in plain English. Source: rules, sections 1 to 7.
  private static func words(_ policy: PolicyWords?) -> Section {
    let own = policy?.ownPersistent.map {
      [("\($0.name) (this school's own)", "\($0.reachedAt). No figure of this pack uses it.")]
    }
    let words: [(String, String)] = [
      ("Session", "A morning or an afternoon. A school day has two."),
      ("Attendance", "Sessions attended, at school or at education elsewhere, out of the possible ones."),
      ("Absence", "Possible sessions not attended, whether authorised or not."),
      ("Authorised absence", "Absence the school agreed to or accepts a reason for, such as illness."),
      (
        "Unauthorised absence",
        "Absence without leave or reason, or arriving after the register closed (G, N, O, U)."
      ),
      ("Persistently absent", "A pupil who missed 10% or more of their own possible sessions."),
      ("Severely absent", "A pupil who missed 50% or more; also counted as persistently absent."),
      ("Any SEN", "Pupils with SEN support or an education, health and care (EHC) plan."),
      ("Disadvantaged", "Pupils for whom the school gets the pupil premium."),
      ("Looked after", "Children in the care of a local authority."),
      ("Point", "A percentage point: from 92% to 94% is 2 points."),
      ("Week with an absence", "A week in which a pupil missed at least one session."),
    ]
    return Section(
      "Words used here",
      tables: [
        Table(
          "Words", title: "Words used here",
          columns: [
            Column<(String, String)>.text("word", "Word") { $0.0 }, .text("meaning", "Meaning") { $0.1 },
          ], rows: words + (own ?? []), source: "DfE, Working together to improve school attendance")
      ])
  }
}
