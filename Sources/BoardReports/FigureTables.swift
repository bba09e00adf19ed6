import Registers
import Release
import ReportModel

/// The tables that the packs of a school and the review of a trust have in common.
struct FigureTables {
  let figures: PublishedFigures

  private func table(
    _ name: String, _ title: String, _ columns: [Column<FigureRow>], _ rows: [FigureRow],
    notes: [String] = [], look: Table.Look = .plain, total: Int? = nil, blockColumn: Int? = nil
  ) -> Table {
    Table(
      name, title: title, columns: columns, rows: rows, notes: notes, source: figures.source, look: look,
      total: total, blockColumn: blockColumn)
  }

  /// The headline measures of the current half-term, the one before and the year to date.
  func headline() -> Table {
    let periods = [figures.currentHalfTerm, figures.previousHalfTerm].compactMap(\.self) + [.yearToDate]
    let measures: [(String, Figure.Measure)] = [
      ("Pupils", .pupils), ("Attendance (%)", .attendance), ("Authorised absence (%)", .authorised),
      ("Unauthorised absence (%)", .unauthorised),
    ]
    let figures = figures
    let columns =
      [Column<(String, Figure.Measure)>.text("measure", "Measure") { $0.0 }]
      + periods.map { period in
        Column(period.name, figures.label(of: period)) { figures.cell($0.1, in: period) }
      }
    return Table(
      "Headline", title: "Headline measures", columns: columns, rows: measures,
      notes: figures.provisionalNote, source: figures.source)
  }

  /// A note on counts that are shown as ranges, where there are any.
  var rangeNote: [String] {
    let hasRange = figures.figures.contains {
      switch $0.value {
      case .range, .allBut: true
      case .count, .decimal, .notShown, .notAvailable, .notApplicable: false
      }
    }
    return hasRange
      ? ["Small numbers of pupils are shown as 0-2 or 3-7, and others to the nearest 5, to protect pupils."]
      : []
  }

  func halfTerms() -> Section {
    let periods = figures.halfTerms.map { Period.halfTerm($0.name) }
    let figures = figures
    func column(_ title: String, _ measure: Figure.Measure) -> Column<Period> {
      Column(measure.rawValue, title, measure.isPercent ? .percent : .number) { period in
        figures.cell(
          Figure.Key(period == .yearToDate ? .headline : .halfTerms, measure, in: period))
      }
    }
    let table = Table(
      "By_half_term", title: "Attendance by half-term",
      columns: [
        Column<Period>.text("period", "Period") { figures.label(of: $0) }, column("Pupils", .pupils),
        column("Attendance (%)", .attendance), column("Authorised absence (%)", .authorised),
        column("Unauthorised absence (%)", .unauthorised), column("Persistently absent", .persistent),
        column("Persistently absent (%)", .persistentShare),
      ], rows: periods + [.yearToDate],
      notes: [
        "In one half-term, a few days of illness are enough for persistent absence: it is measured over that half-term only."
      ] + figures.provisionalNote, source: figures.source, total: periods.count)
    return Section("Half-terms", tables: [table])
  }

  /// The topics of groups in the order of the pages.
  private var topics: [Group.Topic] { figures.topics(of: .groups) }

  private func rows(of table: Figure.Table, _ topic: Group.Topic, others: Bool = false) -> [FigureRow] {
    figures.rows(of: table, topic).filter { others || $0 != Figure.allOther }.map {
      FigureRow(figures, topic, $0)
    }
  }

  var groupRows: [FigureRow] {
    topics.flatMap { topic in
      rows(of: .groups, topic).filter { row in
        figures[Figure.Key(.groups, topic, row.row, .points)] != nil
      }.map { row in
        var row = row
        if topic == .ethnicity { row.label = "Ethnicity: \(row.row)" }
        return row
      }
    }
  }

  private static func groupColumns(
    _ first: String, _ table: Figure.Table, in period: Period
  ) -> [Column<FigureRow>] {
    [
      .label(first), .figure("Attendance (%)", table, .attendance, in: period),
      .figure("All other pupils (%)", table, .otherAttendance, in: period),
      .figure("Gap (points)", table, .points, in: period), .verdict("Is it clear?", table, in: period),
    ]
  }

  private static let counts: [Column<FigureRow>] = [
    .figure("Pupils", .groups, .pupils), .figure("Persistently absent", .groups, .persistent),
    .figure("Persistently absent (%)", .groups, .persistentShare),
  ]

  static let clearNote =
    "Clear: a difference of at least half a point that chance alone would rarely give (1 time in 20)."
  private static let roundingNote =
    "Numbers of pupils in groups are to the nearest 5. Rates of groups under 50 pupils are whole per cent."

  /// The groups against all other pupils, in the current half-term and over the year.
  func groups() -> Section {
    let title = "Groups and gaps"
    let rows = groupRows
    guard !rows.isEmpty else {
      return Section(title, sentences: ["No group can be shown, to protect pupils."])
    }
    let year = table(
      "Gaps", "Groups and all other pupils, year to date",
      FigureTables.groupColumns("Group", .groups, in: .yearToDate) + FigureTables.counts, rows,
      notes: [
        "A pupil can be in several groups. All other pupils: everyone outside the group, whether their status is known or not.",
        FigureTables.clearNote, FigureTables.roundingNote,
      ] + notShownNote)
    let period = FigureStatements(figures: figures).period
    guard period != .yearToDate else {
      return Section(title, tables: [year], charts: [gapChart("Gaps", period)])
    }
    let now = table(
      "Gaps_now", "Groups and all other pupils, \(period.name)",
      FigureTables.groupColumns("Group", .groups, in: period),
      rows.filter { figures[Figure.Key(.groups, $0.topic, $0.row, .points, in: period)] != nil })
    return Section(title, tables: [now, year], charts: [gapChart("Gaps_now", period)])
  }

  /// The topics that are not shown, for which no conclusion may be drawn.
  private var notShownNote: [String] {
    let hidden = FigureTables.askedTopics.filter { topic in
      !topics.contains(topic) && !(topic == .senProvision && topics.contains(.sen))
    }
    return hidden.isEmpty
      ? []
      : [
        "Not shown, because too few pupils are in the group or outside it: \(hidden.map(\.rawValue).joined(separator: ", "))."
      ]
  }

  static let askedTopics: [Group.Topic] = [
    .senProvision, .disadvantage, .freeSchoolMeals, .lookedAfter, .previouslyLookedAfter,
    .englishAdditional,
  ]

  private func gapChart(_ table: String, _ period: Period) -> Chart {
    let widest = FigureStatements(figures: figures).widestGap
    let time = period == .yearToDate ? "year to date" : period.name
    return Chart(
      .gap,
      title: widest.map { "\($0.row): lower attendance than others" }
        ?? "Attendance of groups and of all other pupils",
      caption:
        "Sessions attended, per cent, \(time): the group, and all other pupils. The scale may start above 0.",
      description:
        "Two dots for each group, one for the group and one for all other pupils, as in the table.",
      table: table, series: [1, 2])
  }

  func years() -> Section {
    let rows = figures.topics(of: .years).flatMap { self.rows(of: .years, $0) }
    let title = "Year groups"
    guard !rows.isEmpty else {
      return Section(title, sentences: ["Year groups cannot be shown, to protect pupils."])
    }
    return Section(
      title,
      tables: [
        table(
          "By_year", "Attendance by year group, year to date",
          FigureTables.groupColumns("Year group", .years, in: .yearToDate)
            + [
              .figure("Pupils", .years, .pupils), .figure("Persistently absent", .years, .persistent),
              .figure("Persistently absent (%)", .years, .persistentShare),
            ], rows, notes: [FigureTables.clearNote, FigureTables.roundingNote])
      ])
  }

  func weekdays() -> Section {
    let days = figures.rows(of: .weekdays)
    let whole = Weekday.allCases.filter(\.isSchoolDay).filter { days.contains($0.name) }
    let figures = figures
    func column(_ title: String, _ suffix: String) -> Column<Weekday> {
      Column(title, "\(title) (%)", .percent) { day in
        figures.cell(Figure.Key(.weekdays, nil, day.name + suffix, .attendance))
      }
    }
    return Section(
      "Days of the week", sentences: [FigureStatements(figures: figures).lowestDay].compactMap(\.self),
      tables: whole.isEmpty
        ? []
        : [
          Table(
            "By_weekday", title: "Attendance by day of the week, year to date",
            columns: [
              Column<Weekday>.text("day", "Day") { $0.name }, column("Day", ""),
              column("Morning", " \(DayHalf.morning.name)"),
              column("Afternoon", " \(DayHalf.afternoon.name)"),
            ], rows: whole, source: figures.source)
        ])
  }

  func reasons() -> Section {
    let rows = figures.rows(of: .reasons).map { row -> FigureRow in
      let code = AttendanceCode.allCases.first { $0.mark == row }
      return FigureRow(
        figures, nil, row, label: code.map { "\($0.meaning) (\($0.mark))" } ?? "All other reasons")
    }
    let now = figures.currentHalfTerm.map { period in
      Column<FigureRow>.figure("\(period.name) (%)", .reasons, .share, in: period)
    }
    return Section(
      "Reasons",
      tables: rows.isEmpty
        ? []
        : [
          table(
            "By_reason", "Reasons for absence, per cent of possible sessions",
            [.label("Reason"), .figure("Year to date (%)", .reasons, .share)] + [now].compactMap(\.self),
            rows,
            notes: ["Reasons that few pupils have are counted together."])
        ])
  }

  /// A table of counts of pupils, with one column.
  func counts(
    _ name: String, _ title: String, _ first: String, _ table: Figure.Table, rows: [FigureRow]? = nil,
    notes: [String] = []
  ) -> Table? {
    let rows = rows ?? figures.rows(of: table).map { FigureRow(figures, nil, $0) }
    let counted = rows.filter { figures[Figure.Key(table, nil, $0.row, .pupils)] != nil }
    guard !counted.isEmpty else { return nil }
    return self.table(
      name, title, [.label(first), .figure("Pupils", table, .pupils)], counted,
      notes: notes + ["Numbers are to the nearest 5."])
  }
}
