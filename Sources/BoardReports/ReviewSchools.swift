import Registers
import Release
import ReportModel

/// The sections of the review on groups and on each school.
extension TrustReview {
  struct GapBySchool {
    let topic: Group.Topic
    let row: String
    let seen: [String]
    let behind: [String]
  }

  func gapsBySchool() -> [GapBySchool] {
    var keys: [(topic: Group.Topic, row: String)] = []
    let gaps = schools.map { FigureStatements(figures: $0.figures, in: .yearToDate).gapsToClose }
    for gap in gaps.joined() where !keys.contains(where: { $0.topic == gap.topic && $0.row == gap.row }) {
      keys.append((gap.topic, gap.row))
    }
    return keys.sorted { $0.topic < $1.topic }.map { topic, row in
      let found = zip(schools, gaps).compactMap { school, gaps in
        gaps.first { $0.topic == topic && $0.row == row && $0.verdict != .tooFew }.map {
          (school.figures.name, $0.verdict)
        }
      }
      return GapBySchool(
        topic: topic, row: row, seen: found.map(\.0), behind: found.filter { $0.1 == .lower }.map(\.0))
    }
  }

  func common() -> Sentence? {
    let found = gapsBySchool().filter { !$0.behind.isEmpty }
    guard let gap = found.max(by: { $0.behind.count < $1.behind.count }) else { return nil }
    return """
      \(gap.row): attendance is clearly lower than other pupils' at \(Cell.number(gap.behind.count)) of \
      \(Cell.number(gap.seen.count)) schools where it can be compared.
      """
  }

  func commonTable() -> Table {
    Table(
      "Common_and_local", title: "Groups with clearly lower attendance than other pupils, year to date",
      columns: [
        Column<GapBySchool>.text("group", "Group") { $0.row },
        Column("seen", "Schools that can be compared") { .number($0.seen.count) },
        Column("behind", "Schools where it is clearly lower") { .number($0.behind.count) },
        .text("where", "Where") { gap in
          gap.behind.isEmpty
            ? "none" : gap.behind.count > 3 ? "in many schools" : gap.behind.joined(separator: ", ")
        },
      ], rows: gapsBySchool(), notes: [FigureTables.clearNote], source: Table.ofTheTrust)
  }

  /// Each group at each school: attendance and the gap.
  func groupsBySchool() -> Section? {
    let keys = gapsBySchool()
    guard !keys.isEmpty else { return nil }
    return Section(
      "Groups in each school",
      tables: keys.map { gap in
        let rows =
          schools.map { FigureRow($0.figures, gap.topic, gap.row, label: $0.figures.name) }
          + [FigureRow(figures, gap.topic, gap.row, label: "The trust")]
        let shown = rows.filter { $0.figures[Figure.Key(.groups, gap.topic, gap.row, .attendance)] != nil }
        let name = gap.row.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return table(
          "Group_\(gap.topic.rawValue.filter(\.isLetter))_" + String(name), "\(gap.row), year to date",
          [
            .label("School"), .figure("Pupils", .groups, .pupils),
            .figure("Attendance (%)", .groups, .attendance),
            .figure("All other pupils (%)", .groups, .otherAttendance),
            .figure("Gap (points)", .groups, .points),
            .verdict("Is it clear?", .groups), .figure("Persistently absent", .groups, .persistent),
          ], shown)
      })
  }

  func overTime() -> Table {
    table(
      "Over_time", "Attendance in each half-term",
      [.label("School")]
        + figures.halfTerms.map { halfTerm in
          .figure("\(halfTerm.name.rawValue) (%)", .halfTerms, .attendance, in: .halfTerm(halfTerm.name))
        } + [.figure("Year to date (%)", .headline, .attendance)], all, total: rows.count)
  }

  func moves() -> Section? {
    let found = rows.filter { !$0.figures.rows(of: .roll).isEmpty }
    guard !found.isEmpty else { return nil }
    let columns: [Column<FigureRow>] = [
      .label("School"),
      Column("joined", "Joined this year") {
        $0.figures.cell(Figure.Key(.roll, nil, "Joined after the first school day", .pupils))
      },
      Column("left", "Left this year") {
        $0.figures.cell(Figure.Key(.roll, nil, "Left before the as-at date", .pupils))
      },
      Column("entered", "Became persistently absent") {
        $0.figures.cell(Figure.Key(.movement, nil, Movement.entered, .pupils))
      },
      Column("no_longer", "No longer persistently absent") {
        $0.figures.cell(Figure.Key(.movement, nil, Movement.left, .pupils))
      },
    ]
    return Section(
      "Joiners, leavers and movement",
      tables: [
        table(
          "Joiners_and_leavers", "Joiners, leavers and persistent absence", columns, found,
          notes: ["Numbers are to the nearest 5."])
      ])
  }

  func freshness() -> Table {
    table(
      "Freshness", "Completeness of the registers",
      [
        .label("School"),
        Column("last", "Last mark", .day) { $0.figures.lastMark.map(Cell.day) ?? .shorthand(.notApplicable) },
        Column("missing", "Sessions without a mark (%)", .percent) {
          $0.figures.cell(Figure.Key(.quality, nil, "Sessions without a mark", .share))
        },
        Column("refused", "Marks not used (%)", .percent) {
          $0.figures.cell(Figure.Key(.quality, nil, "Marks not used", .share))
        },
      ], rows)
  }

  func policies() -> Section? {
    let rows = schools.map(\.figures).flatMap { figures in
      (figures.policy?.stages ?? []).map { (figures: figures, line: $0) }
    }
    guard !rows.isEmpty else { return nil }
    return Section(
      "Policies and stages",
      tables: [
        Table(
          "Policies", title: "Pupils at each stage of their school's policy",
          columns: [
            Column<(figures: PublishedFigures, line: PolicyWords.Line)>.text("school", "School") {
              $0.figures.name
            }, .text("policy", "Policy") { $0.figures.policy?.title ?? "" },
            .text("stage", "Stage") { $0.line.name }, .text("reached_at", "Reached at") { $0.line.reachedAt },
            Column("pupils", "Pupils") { $0.figures.cell(Figure.Key(.stages, nil, $0.line.name, .pupils)) },
          ], rows: rows, notes: ["Numbers are to the nearest 5."], source: Table.ofTheTrust)
      ])
  }

  /// What went well and what to ask, by rules from the verdicts.
  private struct Point {
    let school: String
    let isStrength: Bool
    let words: String
    let figure: Cell
    let against: Cell
  }

  private func points(of figures: PublishedFigures) -> [Point] {
    var points: [Point] = []
    func add(_ verdict: Verdict?, _ words: String, _ figure: Cell, _ against: Cell) {
      guard let verdict, verdict.isClear else { return }
      points.append(
        Point(
          school: figures.name, isStrength: verdict == .higher,
          words: "Attendance is clearly \(verdict == .higher ? "higher" : "lower") than \(words)",
          figure: figure,
          against: against))
    }
    let england = Figure.Key(.comparators, nil, "England", .points)
    add(
      figures.verdicts[england], "in England", figures.cell(.attendance),
      figures.cell(Figure.Key(.comparators, nil, "England", .attendance)))
    add(
      figures.verdicts[Figure.Key(.intake, .points)], "expected for its pupils", figures.cell(.attendance),
      figures.cell(Figure.Key(.intake, .expected)))
    if let previous = figures.previousHalfTerm, let current = figures.currentHalfTerm {
      add(
        figures.verdicts[Figure.Key(.halfTerms, .points, in: current)], "in \(previous.name)",
        figures.cell(.attendance, in: current), figures.cell(.attendance, in: previous))
    }
    if let target = figures.policy?.target, let tenths = figures.attendance {
      points.append(
        Point(
          school: figures.name, isStrength: tenths >= target,
          words: "Attendance is \(tenths >= target ? "at or above" : "below") the school's target",
          figure: figures.cell(.attendance), against: .percent(target, places: 1)))
    }
    if let gap = FigureStatements(figures: figures, in: .yearToDate).widestGap {
      let key = gap.key
      points.append(
        Point(
          school: figures.name, isStrength: false,
          words: "\(gap.row): attendance clearly lower than other pupils'",
          figure: figures.cell(Figure.Key(key.table, key.topic, key.row, .attendance)),
          against: figures.cell(Figure.Key(key.table, key.topic, key.row, .otherAttendance))))
    }
    return points
  }

  func strengths() -> Table {
    Table(
      "Strengths", title: "What went well, what to ask",
      columns: [
        Column<Point>.text("school", "School") { $0.school },
        .text("kind", "Kind") { $0.isStrength ? "Went well" : "To ask" },
        .text("words", "Figures") { $0.words },
        Column("figure", "Figure", .percent) { $0.figure },
        Column("against", "Against", .percent) { $0.against },
      ], rows: schools.flatMap { points(of: $0.figures) }, notes: [FigureTables.clearNote],
      source: Table.ofTheTrust)
  }

  /// The school's own section.
  func profile(_ school: ComparedFigures, _ commentary: Prose?) -> Section {
    let figures = school.figures
    let say = FigureStatements(figures: figures)
    return Section(
      figures.name,
      sentences: figures.isHidden
        ? ["Fewer than 10 pupils are on roll, so nothing is shown, to protect pupils."]
        : [say.level(), say.persistence()] + say.gapSentences(),
      prose: commentary.map { ReviewWords($0).ordered })
  }
}
