import Measures
import Registers
import ReportModel

/// `measures.csv`: every figure of a school or a trust, a row for each period and group.
package enum MeasuresData {
  /// The figures of one group in one period.
  package struct Row: Sendable {
    let owner: FigureOwner
    let period: Period
    let group: Group
    let figures: GroupFigures

    /// A Boolean value indicating whether the group is of pupils, and not of sessions by weekday or half of the day.
    var countsPupils: Bool { group.topic != .weekday && group.topic != .session }
  }

  package static let file = DataFile(
    "measures.csv", title: "Every figure, a row for each school, period and group", columns: columns)

  package static func lines(of figures: some Figures) -> [UInt8] {
    let owner = FigureOwner(figures)
    return file.lines(
      figures.periods.flatMap { period in
        (figures.groups[period] ?? [:]).sorted { $0.key < $1.key }.filter { $0.key.topic.isInData }.map {
          Row(owner: owner, period: period, group: $0.key, figures: $0.value)
        }
      })
  }

  private static let columns: [Column<Row>] =
    FigureOwner.columns({ $0.owner }, { $0.period }) + [
      .label("breakdown_topic", "The breakdown of the pupils, such as SEN provision") {
        $0.group.topic.rawValue
      },
      .label("breakdown", "The group, such as EHC plan") { $0.group.breakdown },
      pupils("enrolments", "Enrolments with at least one possible session in the period") {
        $0.enrolments
      },
      sessions("sess_possible", "Sessions that could be attended", \.possible),
      sessions("sess_present", #"Sessions present (/, \\, L)"#, \.present),
      sessions("sess_approved", "Sessions at an approved activity elsewhere (B, K, P, V, W)", \.approved),
      sessions("sess_attending", "Sessions present or at an approved activity", \.attending),
      sessions("sess_late", "Sessions with a late mark (L, U)", \.late),
      sessions("sess_overall", "Sessions missed: authorised and unauthorised absence", \.absence),
      sessions("sess_authorised", "Sessions of authorised absence", \.authorised),
      sessions("sess_unauthorised", "Sessions of unauthorised absence (G, N, O, U)", \.unauthorised),
      rate(
        "attendance_percent", "Sessions attended as a share of possible ones, per cent", \.attendanceRate),
      rate("sess_overall_percent", "Sessions missed as a share of possible ones, per cent", \.absenceRate),
      rate(
        "sess_authorised_percent", "Authorised absence as a share of possible sessions, per cent",
        \.authorisedRate),
      rate(
        "sess_unauthorised_percent", "Unauthorised absence as a share of possible sessions, per cent",
        \.unauthorisedRate),
      pupils(
        "enrolments_pa_10_exact", "Enrolments that missed 10% or more of their own possible sessions"
      ) { $0.persistent },
      share("enrolments_pa_10_exact_percent") { $0.persistent },
      pupils(
        "enrolments_pa_50_exact", "Enrolments that missed 50% or more"
      ) { $0.severe },
      share("enrolments_pa_50_exact_percent") { $0.severe },
    ]

  private static func sessions(
    _ id: String, _ meaning: String, _ count: @escaping @Sendable (SessionTally) -> Int
  ) -> Column<Row> {
    Column(id, id, .number, meaning: meaning) { row in
      .sessions(count(row.figures.tally), of: row.figures.enrolments)
    }
  }

  private static func rate(
    _ id: String, _ meaning: String, _ rate: @escaping @Sendable (SessionTally) -> Rate?
  ) -> Column<Row> {
    Column(id, id, .percent, meaning: meaning) { row in
      .rate(rate(row.figures.tally), of: row.figures.enrolments)
    }
  }

  private static func pupils(
    _ id: String, _ meaning: String,
    _ count: @escaping @Sendable (GroupFigures) -> Int
  ) -> Column<Row> {
    Column(id, id, .number, meaning: meaning) { row in
      row.countsPupils ? .pupils(count(row.figures)) : .shorthand(.notApplicable)
    }
  }

  private static func share(
    _ id: String,
    _ count: @escaping @Sendable (GroupFigures) -> Int
  ) -> Column<Row> {
    Column(id, id, .percent, meaning: "The same as a share of enrolments, per cent") { row in
      row.countsPupils
        ? .share(Rate(count(row.figures), of: row.figures.enrolments)) : .shorthand(.notApplicable)
    }
  }
}

/// `codes.csv`: sessions by attendance code, a row for each period and code in use.
package enum CodesData {
  package struct Row: Sendable {
    let owner: FigureOwner
    let period: Period
    let code: AttendanceCode
    let sessions: Cell
  }

  package static let file = DataFile("codes.csv", title: "Sessions by attendance code", columns: columns)

  package static func lines(of figures: some Figures) -> [UInt8] {
    let owner = FigureOwner(figures)
    return file.lines(
      figures.periods.flatMap { period -> [Row] in
        guard let tally = figures.codes[period] else { return [] }
        return AttendanceCode.inTableOrder.filter { tally[$0] > 0 }.map { code in
          Row(
            owner: owner, period: period, code: code,
            sessions: .number(tally[code]))
        }
      })
  }

  private static let columns: [Column<Row>] =
    FigureOwner.columns({ $0.owner }, { $0.period }) + [
      .label("code", "Attendance code; - for no mark") { $0.code.mark },
      .label("statistical_class", "What the code counts as") { $0.code.statisticalClass.rawValue },
      Column("sessions", "sessions", .number, meaning: "Sessions with the code") { $0.sessions },
    ]
}

/// The school or trust that figures belong to.
struct FigureOwner: Sendable {
  let level: String
  let urn: String
  let name: String
  let schoolYear: SchoolYear

  init(_ figures: some Figures) {
    let school = (figures as? SchoolFigures)?.school
    level = school == nil ? "Trust" : "School"
    urn = school?.urn ?? ""
    name = school?.name ?? (figures as? TrustFigures)?.name ?? ""
    schoolYear = figures.schoolYear
  }

  /// The leading columns of the rows of figures.
  static func columns<Row>(
    _ owner: @escaping @Sendable (Row) -> FigureOwner, _ period: @escaping @Sendable (Row) -> Period
  ) -> [Column<Row>] {
    [
      .label("time_period", "School year: 202526 is 2025/26") { owner($0).schoolYear.timePeriod },
      .label("time_identifier", "Year to date, or a half-term from Autumn 1 to Summer 2") { period($0).name },
      .label("geographic_level", "School or Trust") { owner($0).level },
      .label("school_urn", "Unique reference number of the school; empty for the trust") { owner($0).urn },
      .label("school_name", "Name of the school or trust") { owner($0).name },
    ]
  }
}
