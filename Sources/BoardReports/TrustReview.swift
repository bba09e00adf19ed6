import Comparators
import Registers
import Release
import ReportModel

extension Report {
  /// Creates the review in which a trust lead compares schools. It names no pupil.
  ///
  /// - Parameter commentary: By the schools' indices, their own words.
  package static func trustAttendanceReview(
    _ trust: ComparedTrust, kind: Kind = .trustAttendanceReview, commentary: [Prose?] = []
  ) -> Report {
    let review = TrustReview(trust)
    let figures = trust.published.trust
    return Report(
      kind, subject: figures.name, period: figures.packPeriod, asAt: figures.asAt,
      purpose:
        "For the trust lead and board: the schools side by side, by phase and name. Not a league table.",
      headlines: review.headlines(), questions: review.questions(), sections: review.sections(commentary),
      notes: notes(
        asAt: figures.asAt, provisionalFrom: figures.provisionalFrom, changes: changesNote)
        + releaseNotes(kind) + [
          "Figures of groups across the trust are whole per cent. Persistent absence of a group adds up what schools show; \(Report.approximateSum)."
        ])
  }
}

extension Report {
  /// The end of a sentence about sums of what schools show.
  fileprivate static let approximateSum = "a range counts as 0 or 5, so the sum is approximate"
}

/// The tables and sentences of the review of a trust.
struct TrustReview {
  let trust: ComparedTrust
  let figures: PublishedFigures
  /// The indices of the schools in the order of phase and name.
  private let order: [Int]
  let schools: [ComparedFigures]
  private let current: Period

  init(_ trust: ComparedTrust) {
    self.trust = trust
    figures = trust.published.trust
    func key(_ index: Int) -> (Int, String) {
      let school = trust.schools[index].figures.school
      let phases = School.Phase.allCases
      return (
        school?.phase.flatMap { phases.firstIndex(of: $0) } ?? phases.count,
        trust.schools[index].figures.name
      )
    }
    order = trust.schools.indices.sorted { key($0) < key($1) }
    schools = order.map { trust.schools[$0] }
    current = figures.currentHalfTerm ?? .yearToDate
  }

  var rows: [FigureRow] { schools.map { FigureRow($0.figures, label: $0.figures.name) } }
  var all: [FigureRow] { rows + [FigureRow(figures, label: "The trust")] }

  func table(
    _ name: String, _ title: String, _ columns: [Column<FigureRow>], _ rows: [FigureRow],
    notes: [String] = [], total: Int? = nil
  ) -> Table {
    Table(
      name, title: title, columns: columns, rows: rows, notes: notes, source: Table.ofTheTrust, total: total)
  }
}

extension TrustReview {
  func headlines() -> [Sentence] {
    let say = FigureStatements(figures: figures)
    guard !figures.isHidden else { return ["Too few pupils are on roll to show any figure."] }
    return Array(
      ([say.level(), say.persistence()] + say.gapSentences() + [common()].compactMap(\.self)).prefix(5))
  }

  func questions() -> [Question] {
    let behind = gapsBySchool().filter { $0.behind.count > 1 }.max { $0.behind.count < $1.behind.count }
    let common = behind.map { gap in
      Question(
        "The group \(gap.row) attends clearly less at \(Cell.number(gap.behind.count)) schools. What can the trust do that schools cannot?",
        section: "In many schools, in one school")
    }
    let outside = outsideFunnel(isHigh: true)
    let unlike =
      outside.isEmpty
      ? nil
      : Question(
        "Absence at \(outside.joined(separator: ", ")) is above the expected range. What do we know of the reasons?",
        section: "Outside the expected range")
    return [common, unlike].compactMap(\.self) + BoardQuestion(figures: figures).all
  }

  func sections(_ commentary: [Prose?]) -> [Section] {
    let tables = FigureTables(figures: figures)
    // With too few pupils in the trust there is nothing to compare.
    guard !figures.isHidden else { return [] }
    let first = Section(
      "The trust this half-term", tables: [tables.headline()], charts: [intervalChart], isFirst: true)
    return [
      first, Section("School by school", tables: [bySchool()]), sets(), commonWeeks(), comparators(),
      targets(),
      Section("How sure the figures are", tables: [intervals()]), intake(), funnel(),
      Section("What went well, what to ask", tables: [strengths()]),
      Section(
        "In many schools, in one school", sentences: [common()].compactMap(\.self), tables: [commonTable()]),
      groupsBySchool(), Section("Each school over time", tables: [overTime()]), tables.halfTerms(),
      tables.groups(), tables.years(), tables.weekdays(), tables.reasons(), moves(),
      Section("Completeness and freshness", tables: [freshness()]), policies(),
    ].compactMap(\.self)
      + order.map { index in
        profile(trust.schools[index], index < commentary.count ? commentary[index] : nil)
      }
  }

  private func bySchool() -> Table {
    table(
      "By_school", "Schools side by side",
      [
        .label("School"), .text("phase", "Phase") { $0.figures.school?.phase?.formatted ?? "" },
        .figure("Pupils", .headline, .pupils),
        .figure("Attendance, year to date (%)", .headline, .attendance),
        .figure("Attendance, \(current.name) (%)", .headline, .attendance, in: current),
        .figure("Change on half-term before (points)", .halfTerms, .points, in: current),
        .verdict("Is it clear?", .halfTerms, in: current),
        .figure("Unauthorised absence (%)", .headline, .unauthorised),
        .figure("Persistently absent", .headline, .persistent),
        .figure("Persistently absent (%)", .headline, .persistentShare),
        .figure("Severely absent", .headline, .severe),
      ], all, notes: [Report.persistentNote] + sumNote + FigureTables(figures: figures).rangeNote,
      total: rows.count)
  }

  private var sumNote: [String] {
    guard let count = figures.schoolsInSum[Figure.Key(.headline, .severe)] else { return [] }
    return ["The trust's severe absence adds up \(count) schools that show it; \(Report.approximateSum)."]
  }

  private var intervalChart: Chart {
    Chart(
      .dots, title: "Attendance of each school, with its 95% interval",
      caption:
        "Attendance, per cent, year to date; lines show the range that chance allows. The scale may start above 0.",
      description: "A dot for each school on a line from the lower to the upper end of its interval.",
      table: "Intervals", series: [1, 2, 3])
  }

  private func intervals() -> Table {
    table(
      "Intervals", "Attendance with 95% intervals, year to date",
      [
        .label("School"), .figure("Attendance (%)", .headline, .attendance),
        .figure("From (%)", .headline, .low), .figure("To (%)", .headline, .high),
      ], all,
      notes: [
        "95% interval: where the figure could be if its pupils were others like them; of schools of fewer than 100 pupils, with the usual differences between pupils."
      ],
      total: rows.count)
  }

  private func sets() -> Section? {
    let sets = trust.published.sets
    guard !sets.isEmpty else { return nil }
    return Section(
      "Groups of schools",
      tables: [
        table(
          "Sets_of_schools", "Groups of schools, set by the trust or by phase",
          [
            .label("Group of schools"), .figure("Pupils", .headline, .pupils),
            .figure("Attendance, year to date (%)", .headline, .attendance),
            .figure("From (%)", .headline, .low), .figure("To (%)", .headline, .high),
            .figure("Attendance, \(current.name) (%)", .headline, .attendance, in: current),
            .figure("Unauthorised absence (%)", .headline, .unauthorised),
            .figure("Persistently absent", .headline, .persistent),
            .figure("Persistently absent (%)", .headline, .persistentShare),
          ], sets.map { FigureRow($0.figures, label: $0.figures.name) },
          notes: [
            "Schools: "
              + sets.map { "\($0.figures.name): \($0.schools.joined(separator: ", "))" }.joined(
                separator: ". ") + "."
          ]
        )
      ])
  }

  /// Attendance in the weeks in which every school was open, or `nil` if all were open in the same weeks.
  private func commonWeeks() -> Section? {
    guard let weeks = trust.published.commonWeeks else { return nil }
    let title = "Weeks in which every school was open"
    guard let first = weeks.first, let last = weeks.last else {
      return Section(title, sentences: ["There is no week in which every school was open."])
    }
    let row = PublishedTrust.commonWeeksRow
    return Section(
      title,
      sentences: [
        "Term dates differ between these schools. Every school was open in \(Cell.number(weeks.count)) weeks, from \(first.formatted) to \(last.formatted)."
      ],
      tables: [
        table(
          "Common_weeks", "Attendance in the weeks in which every school was open",
          [
            .label("School"), .figure("Attendance, year to date (%)", .headline, .attendance),
            Column("common", "Attendance, common weeks (%)", .percent) {
              $0.figures.cell(Figure.Key(.weeks, nil, row, .attendance))
            },
          ], rows)
      ])
  }

  /// Schools beside England, their region and their local authority.
  private func comparators() -> Section? {
    let title = "Against England, region and local authority"
    let places = ["England", "Region", "Local authority"]
    let lines: [(String, String, Figure.Measure, Period)] = [
      ("Attendance_against_England", "Attendance, year to date", .attendance, .yearToDate),
      ("Attendance_now_against_England", "Attendance, \(current.name)", .attendance, current),
      ("Persistent_against_England", "Persistent absence, year to date", .persistentShare, .yearToDate),
    ]
    let tables = lines.compactMap { name, title, measure, period -> Table? in
      let found = places.filter { place in
        schools.contains { $0.figures[Figure.Key(.comparators, nil, place, measure, in: period)] != nil }
      }
      guard !found.isEmpty else { return nil }
      let columns: [Column<ComparedFigures>] =
        [
          .text("school", "School") { $0.figures.name },
          Column("own", "This school (%)", .percent) {
            $0.figures.cell(Figure.Key(.headline, measure, in: period))
          },
        ]
        + found.map { place in
          Column(place, "\(place) (%)", .percent) { $0.comparator(place, measure, in: period) }
        }
        + (measure == .attendance
          ? [
            Column("gap", "Gap to England (points)") { $0.comparator("England", .points, in: period) },
            Column("verdict", "Is it clear?", .text) { school in
              let key = Figure.Key(.comparators, nil, "England", .points, in: period)
              return school.figures.verdicts[key].map { .text($0.formatted) } ?? .shorthand(.notAvailable)
            },
          ] : [])
      return Table(
        name, title: title, columns: columns, rows: schools,
        source: "\(Table.ofTheTrust); Department for Education")
    }
    var notes: [String] = []
    for note in schools.flatMap(\.notes) { notes.addOnce(note) }
    guard !tables.isEmpty || !notes.isEmpty else { return nil }
    return Section(
      title, sentences: notes.prefix(6).map { Sentence(stringLiteral: $0) },
      tables: tables + [own()].compactMap(\.self))
  }

  /// DfE's figures of the schools themselves, or `nil` if there are none.
  private func own() -> Table? {
    let place = "Published for this school"
    let found = schools.filter { $0.figures.rows(of: .comparators).contains(place) }
    guard !found.isEmpty else { return nil }
    return Table(
      "Published_for_schools", title: "Figures that DfE has published of these schools, year to date",
      columns: [
        Column<ComparedFigures>.text("school", "School") { $0.figures.name },
        Column("own", "Attendance, registers (%)", .percent) { $0.figures.cell(.attendance) },
        Column("published", "Attendance, published (%)", .percent) {
          $0.comparator(place, .attendance, in: .yearToDate)
        },
        Column("gap", "Gap (points)") { $0.comparator(place, .points, in: .yearToDate) },
        Column("persistent", "Persistently absent, registers (%)", .percent) {
          $0.figures.cell(.persistentShare)
        },
        Column("persistent_published", "Persistently absent, published (%)", .percent) {
          $0.comparator(place, .persistentShare, in: .yearToDate)
        },
      ], rows: found, source: "\(Table.ofTheTrust); Department for Education")
  }

  private func targets() -> Section? {
    let rows = schools.flatMap { school in
      trust.targets.filter { $0.isFor(school.figures.school?.phase) }.map {
        (school: school.figures, target: $0)
      }
    }
    let similar = order.flatMap { index in trust.similar[index].map { (trust.schools[index].figures, $0) } }
    var tables: [Table] = []
    if !rows.isEmpty {
      tables.append(
        Table(
          "Targets", title: "Against the trust's own targets, year to date",
          columns: [
            Column<(school: PublishedFigures, target: Target)>.text("school", "School") { $0.school.name },
            .text("target", "Target") { $0.target.name },
            Column("own", "School's figure (%)", .percent) { $0.school.cell($0.target.publishedMeasure) },
            Column("value", "Target (%)", .percent) { .percent($0.target.tenthsOfPercent, places: 1) },
            Column("met", "Met", .text) { row in
              row.school[Figure.Key(.headline, row.target.publishedMeasure)]?.tenths
                .flatMap { Rate($0, of: 1000) }.map { .text(row.target.isMet(by: $0) ? "yes" : "no") }
                ?? .shorthand(.confidential)
            },
          ], rows: rows, notes: trust.targets.map { "\($0.name): \($0.source ?? "set by the trust")." },
          source: Table.ofTheTrust))
    }
    if !similar.isEmpty {
      tables.append(
        Table(
          "Similar_schools", title: "Beside similar schools of the trust, year to date",
          columns: [
            Column<(PublishedFigures, String)>.text("school", "School") { $0.0.name },
            .text("similar", "Similar school") { $0.1 },
            Column("own", "Attendance (%)", .percent) { $0.0.cell(.attendance) },
            Column("other", "Similar school (%)", .percent) {
              $0.0.cell(Figure.Key(.comparators, nil, $0.1, .attendance))
            },
            Column("gap", "Gap (points)") { $0.0.cell(Figure.Key(.comparators, nil, $0.1, .points)) },
          ], rows: similar, notes: ["The trust file says which schools are similar."],
          source: Table.ofTheTrust))
    }
    return tables.isEmpty ? nil : Section("Targets and similar schools", tables: tables)
  }

  private func intake() -> Section? {
    let found = rows.filter { $0.figures[Figure.Key(.intake, .expected)] != nil }
    guard !found.isEmpty else { return nil }
    return Section(
      "Expected for its pupils",
      tables: [
        table(
          "Expected", "Attendance, and the attendance expected for the school's pupils, year to date",
          [
            .label("School"), .figure("Attendance (%)", .headline, .attendance),
            .figure("Expected (%)", .intake, .expected), .figure("Difference (points)", .intake, .points),
            .verdict("Is it clear?", .intake),
          ], found,
          notes: [
            "Expected: each kind of pupil (year, SEN, disadvantage, sex) at the rate of such pupils across the trust."
          ])
      ])
  }

  private func ratio(_ figures: PublishedFigures, _ measure: Figure.Measure) -> Int? {
    if case .decimal(let digits, places: 2)? = figures[Figure.Key(.funnel, measure)] { digits } else { nil }
  }

  /// The schools outside the outer limits.
  private func outsideFunnel(isHigh: Bool) -> [String] {
    schools.map(\.figures).filter { figures in
      guard let value = ratio(figures, .ratio), let low = ratio(figures, .outerLow),
        let high = ratio(figures, .outerHigh)
      else { return false }
      return isHigh ? value > high : value < low
    }.map(\.name)
  }

  private func funnel() -> Section? {
    let found = rows.filter { $0.figures[Figure.Key(.funnel, .ratio)] != nil }.enumerated().sorted {
      let left = $0.element.figures[Figure.Key(.headline, .pupils)]?.count ?? 0
      let right = $1.element.figures[Figure.Key(.headline, .pupils)]?.count ?? 0
      return (left, $0.offset) < (right, $1.offset)
    }.map(\.element)
    guard !found.isEmpty else { return nil }
    let sentences: [Sentence] = [(true, "above"), (false, "below")].compactMap { isHigh, word in
      let names = outsideFunnel(isHigh: isHigh)
      return names.isEmpty
        ? nil : "Absence is \(word) the expected range at \(names.joined(separator: ", "))."
    }
    return Section(
      "Outside the expected range",
      sentences: sentences.isEmpty ? ["No school is outside the expected range."] : sentences,
      tables: [
        table(
          "Funnel", "Absence over the absence expected, and the range for a school of the size",
          [
            .label("School"), .figure("Pupils", .headline, .pupils),
            .figure("Absence over expected", .funnel, .ratio), .figure("95% range from", .funnel, .low),
            .figure("95% range to", .funnel, .high), .figure("99.8% range from", .funnel, .outerLow),
            .figure("99.8% range to", .funnel, .outerHigh),
          ], found,
          notes: [
            "In order of the number of pupils, not of merit. Ranges widen with how far apart schools are (Spiegelhalter, 2005)."
          ])
      ],
      charts: [
        Chart(
          .funnel, title: "Absence over expected, by number of pupils",
          caption:
            "A dot for each school: 1 is as expected. 95 of 100 schools lie between the inner lines by chance.",
          description: "Dots between two pairs of lines that draw together as schools have more pupils.",
          table: "Funnel", categories: 1, series: [2, 3, 4, 5, 6])
      ])
  }
}

extension Target {
  /// The published measure that the target is about.
  var publishedMeasure: Figure.Measure {
    switch measure {
    case .attendance, .code: .attendance
    case .overallAbsence: .absence
    case .authorisedAbsence: .authorised
    case .unauthorisedAbsence: .unauthorised
    case .persistentAbsence: .persistentShare
    case .severeAbsence: .severeShare
    }
  }
}
