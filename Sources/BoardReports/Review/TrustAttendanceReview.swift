import Comparators
import Measures
import Registers
import ReportModel

extension Report {
  /// The review in which a trust lead compares schools. It names no pupil; protect it before anything is written.
  ///
  /// - Parameters:
  ///   - commentary: By the schools' places, what their people have to say.
  ///   - benchmarks: What DfE publishes.
  ///   - targets: The trust's own aims.
  ///   - similar: By URN, the URNs of schools the trust file calls similar.
  ///   - threshold: Unit: pupils. Counts from 1 to this are withheld.
  package static func trustAttendanceReview(
    _ trust: TrustFigures, schools: [SchoolFigures], commentary: [Prose?] = [], threshold: Int = 0,
    beside benchmarks: Benchmarks = .none, targets: [Target] = [], similar: [String: [String]] = [:]
  ) -> Report {
    let figures = FigureTables(figures: trust, source: Table.ofTheTrust)
    let order = schools.indices.sorted { phaseOrder(schools[$0].school) < phaseOrder(schools[$1].school) }
    let ordered = order.map { schools[$0] }
    let tables = SchoolTables(trust, ordered)
    let aims = TargetComparison(ordered, targets: targets)
    let aimTables = [aims.targetTable(), aims.similarTable(similar)].compactMap(\.self)
    let england = NationalCaseMix(ordered, benchmarks: benchmarks)
    let common = CommonAndLocal(schools: ordered)
    return Report(
      .trustAttendanceReview, subject: trust.name, period: trust.packPeriod, asAt: trust.asAt,
      purpose:
        "For the trust lead and board: the schools side by side, and what is common to them. Not a league table: "
        + "schools stand in the order of phase and name.",
      headlines: headlines(of: trust, ordered, common),
      questions: ReviewQuestions(trust: trust, schools: ordered, common: common).all,
      sections: [
        Section(
          "The trust this half-term", tables: [figures.headline()], charts: [tables.intervalChart],
          isFirst: true),
        schoolSection(trust, ordered),
        SchoolSets(schools: ordered).section(current: trust.currentHalfTerm),
        CommonWeeks(schools: ordered).section(current: trust.currentHalfTerm),
        GeographyComparison(schools: ordered, benchmarks: benchmarks).section(current: trust.currentHalfTerm),
        aimTables.isEmpty ? nil : Section("Against the trust's aims", tables: aimTables),
        Section("How sure the figures are", tables: [tables.intervals()]),
        Section(
          "Expected for its intake", tables: [tables.intake(notes: england.notes)] + england.tables),
        FunnelTable(trust, ordered).section,
      ].compactMap(\.self)
        + behind(figures, tables, ordered, common, trust: trust, threshold: threshold)
        + order.map { place in
          SchoolProfile(
            school: schools[place], trust: trust,
            commentary: place < commentary.count ? commentary[place] : nil
          ).section
        },
      notes: notes(
        asAt: trust.asAt, provisionalFrom: schools.compactMap(\.provisionalFrom).min()) + [
          "Schools differ in age and intake; a difference between two of them is no verdict on either."
        ])
  }

  /// The sections behind the comparison: what is strong, common and local, and the figures of the whole trust.
  private static func behind(
    _ figures: FigureTables, _ tables: SchoolTables, _ schools: [SchoolFigures], _ common: CommonAndLocal,
    trust: TrustFigures, threshold: Int
  ) -> [Section] {
    [
      Section(
        "Strengths and areas for development", tables: [StrengthOrConcern.table(schools, trust: trust)]),
      Section("Common and local", sentences: common.sentences(), tables: [common.table()]),
      SchoolGroups(trust, schools).section,
      Section(
        "Each school over time",
        sentences: [
          "Each school has a section of its own at the end; the workbook has all of them on one sheet."
        ],
        tables: [SchoolProfile.table(schools, trust: trust)]),
      figures.halfTermSection(),
      Section("Groups across the trust", tables: [figures.byGroup()]),
      figures.gapSection(),
      Section("Year groups", tables: [figures.byYear()]),
      Section("The shape of the week", tables: [figures.byWeekday()]),
      Section("Reasons", tables: [figures.byReason()]),
      Section("Persistent absence by reason", tables: [tables.persistentReasons(threshold: threshold)]),
      Section("Codes a board asks about", tables: [tables.codes()]),
      Section("Joiners and leavers", tables: [tables.moves(), tables.leavingReasons()].compactMap(\.self)),
      Section("Completeness and freshness", tables: [tables.freshness()]),
      Section("Policies and thresholds", tables: [tables.policies()]),
    ]
  }

  private static func phaseOrder(_ school: School) -> (Int, String) {
    (
      school.phase.flatMap { School.Phase.allCases.firstIndex(of: $0) } ?? School.Phase.allCases.count,
      school.name
    )
  }

  private static func headlines(
    of trust: TrustFigures, _ schools: [SchoolFigures], _ common: CommonAndLocal
  ) -> [Sentence] {
    let say = FigureSentences(figures: trust)
    return Array(
      ([say.level(), say.persistence()] + common.sentences()
        + [ReviewQuestions(trust: trust, schools: schools, common: common).improved()].compactMap(\.self)
        + [say.reasons()].compactMap(\.self)).prefix(5))
  }

  private static func schoolSection(_ trust: TrustFigures, _ schools: [SchoolFigures]) -> Section {
    let current = trust.currentHalfTerm ?? .yearToDate
    func row(_ name: String, _ phase: String, _ figures: some Figures) -> [Cell] {
      let year = figures.total(in: .yearToDate)
      let now = figures.total(in: current)
      return [
        .text(name), .text(phase), year.pupilsCell, year.rateCell(\.attendanceRate),
        year.rateCell(\.absenceRate),
        now.rateCell(\.attendanceRate), change(figures, trust: trust), year.rateCell(\.authorisedRate),
        year.rateCell(\.unauthorisedRate), year.persistentCell, year.persistentShareCell, year.severeCell,
        year.severeShareCell,
      ]
    }
    let table = Table(
      "By_school", title: "Schools side by side",
      columns: [
        Table.Column("School", .text), Table.Column("Phase", .text), Table.Column("Pupils"),
        Table.Column("Attendance, year to date (%)", .percent),
        Table.Column("Missed, year to date (%)", .percent),
        Table.Column("Attendance, \(current.name) (%)", .percent),
        Table.Column("Attendance against half-term before (points)", .number),
        Table.Column("Authorised absence (%)", .percent), Table.Column("Unauthorised absence (%)", .percent),
        Table.Column("Persistently absent"), Table.Column("Persistently absent (%)", .percent),
        Table.Column("Severely absent"), Table.Column("Severely absent (%)", .percent),
      ],
      rows: schools.map { row($0.school.name, $0.school.phase?.formatted ?? "not given", $0) }
        + [row("The trust", "all", trust)],
      notes: [
        Report.persistentNote,
        "A school without a mark in \(current.name) shows [z] there.",
      ], source: Table.ofTheTrust, total: schools.count)
    return Section("School by school", tables: [table])
  }

  /// Attendance in the trust's current half-term less that of the half-term before.
  private static func change(_ figures: some Figures, trust: TrustFigures) -> Cell {
    guard let current = trust.currentHalfTerm, let previous = trust.previousHalfTerm else {
      return .shorthand(.notApplicable)
    }
    return GroupFigures.pointsCell(
      \.attendanceRate, from: figures.total(in: previous), to: figures.total(in: current))
  }
}
