import Comparators
import Measures
import Policies
import Registers
import ReportModel

extension Report {
  /// The pack a governor opens before a meeting. It names no pupil; protect it before anything is written.
  ///
  /// - Parameters:
  ///   - quality: What became of the school's files. Missing: nil leaves the lines on files out.
  ///   - benchmarks: What DfE publishes.
  ///   - commentary: What people of the school have to say. Missing: nil leaves out its heading.
  package static func governorPack(
    _ school: SchoolFigures, quality: RegisterQuality? = nil, commentary: Prose? = nil,
    beside benchmarks: Benchmarks = .none
  ) -> Report {
    let tables = FigureTables(figures: school, source: "Attendance registers of \(school.school.name)")
    let counts = BoardTables(school)
    let compared = BenchmarkComparison(school: school, benchmarks: benchmarks)
    let own = commentary.map { [Section("From the school", prose: $0)] } ?? []
    return Report(
      .governorPack, subject: school.school.name, period: school.packPeriod,
      from: school.halfTerms.last?.first,
      asAt: school.asAt,
      purpose: "For governors: how attendance stands this half-term, who misses most, and what has changed.",
      headlines: BoardSentences(school: school, compared: compared.sentence()).all,
      questions: BoardQuestion.questions(school),
      sections: [
        Section(
          "This half-term", tables: [tables.headline()], charts: [weekChart(school, compared)], isFirst: true)
      ] + own + [
        tables.halfTermSection(),
        compared.section(),
        Section("Week by week", tables: [weekTable(school, compared)]),
        Section("Persistent and severe absence", tables: [counts.movement()]),
        Section("Attendance bands", tables: [counts.bands()], charts: [bandChart(school)]),
        Section("Who misses most", tables: [tables.byGroup()]),
        tables.gapSection(),
        tables.overlapSection(),
        Section("Year groups", tables: [tables.byYear()]),
        Section("Reasons", sentences: watchedCodes(school), tables: [tables.byReason()]),
        Section(
          "The shape of the week", sentences: [BoardSentences(school: school).weekday()].compactMap(\.self),
          tables: [tables.byWeekday()]),
        Section("Lateness", tables: [lateness(of: school)]),
        Section("Broken weeks", sentences: brokenWeeks(school), tables: [counts.brokenWeeks()]),
        Section(
          "Stages and thresholds", tables: [counts.stages(), counts.thresholds()].compactMap(\.self)),
        Section("Suspensions", tables: [counts.suspensions()]),
        Section("Joiners and leavers", tables: [counts.joinersAndLeavers()]),
        Section("Why this number differs", sentences: [differs], tables: [counts.otherWays()]),
        Section("Data quality in three lines", sentences: RegisterQuality.sentences(quality, of: school)),
        Section("Words used here", tables: [definitions(school.policy)]),
      ], notes: notes(asAt: school.asAt, provisionalFrom: school.provisionalFrom))
  }

  private static let differs: Sentence = """
    Another system may show another figure for the same marks. Here is what each of its choices would change.
    """

  private static func weekTable(_ school: SchoolFigures, _ compared: BenchmarkComparison) -> Table {
    let england = compared.england
    let rows: [[Cell]] = school.weeks.map { week in
      let sessions = week.sessions
      let cells: [Cell] =
        sessions.isWithheld
        ? [.shorthand(.confidential), .shorthand(.confidential)]
        : [
          .sessions(sessions.tally.possible, of: sessions.pupils),
          .rate(sessions.tally.absenceRate, of: sessions.pupils),
        ]
      return [.day(week.monday), .text(week.halfTerm?.rawValue ?? "None")] + cells
        + (england.isEmpty
          ? [] : [week.halfTerm.flatMap { england[$0] } ?? .shorthand(.notAvailable)])
    }
    return Table(
      "By_week", title: "Sessions missed by week",
      columns: [
        Table.Column("Week beginning", .day), Table.Column("Half-term", .text),
        Table.Column("Possible sessions"), Table.Column("This school (%)", .percent),
      ] + (england.isEmpty ? [] : [Table.Column("England (%)", .percent)]), rows: rows,
      notes: england.isEmpty
        ? []
        : [
          "England: what schools of the same phase missed over the whole half-term, which is the same in each of its weeks."
        ], source: "Attendance registers of \(school.school.name)", blockColumn: 1)
  }

  private static func weekChart(_ school: SchoolFigures, _ compared: BenchmarkComparison) -> Chart {
    let hasEngland = !compared.england.isEmpty
    return Chart(
      .line, title: weekTitle(school),
      caption: "Sessions missed by week, per cent; holidays part the line."
        + (hasEngland ? " England: \(school.school.phase?.formatted ?? "") schools, whole half-terms." : ""),
      description:
        "A line of the share of sessions missed in each school week; the figures stand under Week by week.",
      table: "By_week", series: hasEngland ? [3, 4] : [3], plainTitle: "Absence week by week")
  }

  /// Says how the current half-term's absence went, in at most ten words, no more certain than the figures.
  private static func weekTitle(_ school: SchoolFigures) -> String {
    let name = school.currentHalfTerm?.name ?? "the year"
    guard let current = school.currentHalfTerm, let previous = school.previousHalfTerm,
      let change = Comparison(school.total(in: current), with: school.total(in: previous))
    else { return "Absence week by week in \(name)" }
    guard change.verdict.isClear else { return "Absence is not clearly different from \(previous.name)" }
    return "Absence is \(change.points < 0 ? "down" : "up") since \(previous.name)"
  }

  private static func bandChart(_ school: SchoolFigures) -> Chart {
    let year = school.total(in: .yearToDate)
    let plain = "How many pupils have which attendance"
    return Chart(
      .bars,
      title: year.persistentIsWithheld || year.persistent == 0
        ? plain
        : "\(year.persistent) of \(year.enrolments) pupils are on 90% or under",
      caption: "Pupils in each band of five points, year to date.",
      description: "A bar for each band, as in the table.", table: "Attendance_bands", series: [1],
      plainTitle: plain)
  }

  /// C, C2, E and N in lines of their own, used or not.
  private static func watchedCodes(_ school: SchoolFigures) -> [Sentence] {
    let codes: [AttendanceCode] = [.exceptionalLeave, .partTimeTimetable, .suspended, .reasonNotEstablished]
    return codes.map { code in
      let pupils = school.pupilsByCode[.yearToDate]?[code] ?? 0
      let name = "\(code.mark), \(code.meaning.prefix(1).lowercased())\(code.meaning.dropFirst())"
      guard !school.withheldCodes.contains(code) else {
        return "\(name): withheld."
      }
      guard pupils > 0 else { return "\(name): none this year." }
      return """
        \(name): \(school.sessionsCell(of: code, in: .yearToDate)) sessions of \(Cell.pupils(pupils)) pupils this year.
        """
    }
  }

  private static func brokenWeeks(_ school: SchoolFigures) -> [Sentence] {
    let (weeks, pupils) = (school.counts.weeks, school.total(in: .yearToDate).enrolments)
    guard school.counts.isShown(.counted), let share = Rate(weeks.broken, of: weeks.inSession) else {
      return []
    }
    return [
      "Of all weeks of all pupils, \(Cell.rate(share, of: pupils)) were broken by an absence."
    ]
  }

  private static func lateness(of school: SchoolFigures) -> Table {
    let (count, sum) = (school.lateness.pupils, school.lateness.sum)
    let isWithheld = CodeSet.late.codes.contains { school.withheldCodes.contains($0) }
    let minutes = school.policy.taughtMinutes
    return Table(
      "Lateness", title: "Lateness, year to date",
      columns: [Table.Column("Measure", .text), Table.Column("Figure")],
      rows: [
        [.text("Pupils with a late mark"), .pupils(count)],
        [.text("Late before the register closed (L)"), .sessions(sum.beforeClose, of: count)],
        [.text("Late after the register closed (U)"), .sessions(sum.afterClose, of: count)],
        [.text("Late marks that say how many minutes (%)"), .rate(sum.coverage, of: count)],
        [
          .text("Minutes late before the register closed"),
          sum.minutesLost.map { .minutes($0, of: count) } ?? .shorthand(.notAvailable),
        ],
        [
          .text("School days lost to lateness"),
          sum.minutesLost.map { .decimal(Rate.divide($0 * 10, by: minutes), places: 1, of: count) }
            ?? .shorthand(.notAvailable),
        ],
      ].map { isWithheld ? [$0[0], .shorthand(.confidential)] : $0 },
      notes: [
        "Days lost are minutes on L over \(minutes) taught minutes a day. A mark without minutes adds none.",
        "Minutes on U are left out: the session is lost already.",
      ], source: "Attendance registers of \(school.school.name)")
  }

  /// What the words mean, in plain English, each written out once. Source: rules, sections 1 to 7.
  private static func definitions(_ policy: Policy) -> Table {
    let own = policy.ownPersistent.map {
      [("\($0.name) (this school's own line)", "\($0.line.words). No figure of this pack uses it.")]
    }
    let words: [(String, String)] = [
      ("Session", "A morning or an afternoon. A school day has two."),
      ("Attendance", "Sessions attended, at school or at education elsewhere, out of the possible ones."),
      ("Absence, missed", "Possible sessions not attended, whether authorised or not."),
      (
        "Authorised absence",
        "Absence the school agreed to or accepts a reason for: illness, appointments, exclusion."
      ),
      (
        "Unauthorised absence",
        "Absence without leave or without a reason, and arriving after the register closed."
      ),
      (
        "Codes G, N, O and U",
        "Unauthorised: holiday not granted, no reason yet, other, arrived after the register closed."
      ),
      ("Persistently absent (PA)", "A pupil who missed 10% or more of their own possible sessions."),
      ("Severely absent", "A pupil who missed 50% or more; counted among the persistently absent too."),
      (
        "Special educational needs (SEN)",
        "Pupils with SEN support or an education, health and care (EHC) plan."
      ),
      ("Disadvantaged", "Pupils for whom the school gets the pupil premium."),
      ("Looked after (LAC)", "Children in the care of a local authority."),
      ("Percentage point", "The difference of two percentages: from 6% to 8% is 2 percentage points."),
      ("Broken week", "A week in which a pupil missed at least one session."),
    ]
    return Table(
      "Words", title: "Words used here",
      columns: [Table.Column("Word", .text), Table.Column("What it means", .text)],
      rows: (words + (own ?? [])).map { [.text($0.0), .text($0.1)] },
      source: "DfE, Working together to improve school attendance")
  }
}
