import Measures
import Registers
import ReportModel

/// The tables that the packs of a school and the review of a trust have in common.
struct FigureTables {
  let figures: any Figures
  let source: String

  /// The groups a board looks at, each topic's "not" and "unknown" among them.
  static let topics: [Group.Topic] = [
    .senProvision, .disadvantage, .freeSchoolMeals, .lookedAfter, .previouslyLookedAfter, .englishAdditional,
    .sex, .ethnicity, .gypsyRomaTraveller,
  ]

  /// Unit: pupils; groups of so few are marked. Source: rules, section 10.
  private static let smallGroup = 6...10

  /// A half-term that ends within the provisional days is marked. Source: rules, section 11.
  private func label(of period: Period) -> String {
    period.name + (figures.provisional.contains(period) ? " [p]" : "")
  }

  private var provisionalNote: [String] {
    figures.provisional.isEmpty ? [] : ["[p] provisional: registers keep changing for about two weeks."]
  }

  /// The headline measures for the current half-term, the one before, and the year to date.
  func headline() -> Table {
    let periods = [figures.currentHalfTerm, figures.previousHalfTerm].compactMap(\.self) + [.yearToDate]
    let totals = periods.map { figures.total(in: $0) }
    func row(_ name: String, _ cell: (GroupFigures) -> Cell) -> [Cell] { [.text(name)] + totals.map(cell) }
    return Table(
      "Headline", title: "Headline measures",
      columns: [Table.Column("Measure", .text)] + periods.map { Table.Column(label(of: $0), .number) },
      rows: [
        row("Pupils", \.pupilsCell), row("Attendance (%)") { $0.rateCell(\.attendanceRate) },
        row("Authorised absence (%)") { $0.rateCell(\.authorisedRate) },
        row("Unauthorised absence (%)") { $0.rateCell(\.unauthorisedRate) },
        row("Persistent in the period (%)", \.persistentShareCell),
        row("Severe in the period (%)", \.severeShareCell),
        row("Late marks") {
          $0.isWithheld ? .shorthand(.confidential) : .sessions($0.tally.late, of: $0.enrolments)
        },
      ], notes: [Report.persistentNote, Report.inHalfTermNote] + provisionalNote, source: source)
  }

  func byHalfTerm() -> Table {
    Table(
      "By_half_term", title: "Attendance by half-term",
      columns: [Table.Column("Period", .text)] + FigureTables.measureColumns,
      rows: (figures.periods.dropFirst() + [.yearToDate]).map { period in
        [.text(label(of: period))] + FigureTables.measures(figures.total(in: period))
      }, notes: [Report.inHalfTermNote] + provisionalNote, source: source, total: figures.periods.count - 1)
  }

  /// The half-terms with their chart.
  func halfTermSection() -> Section {
    Section(
      "Half-terms", tables: [byHalfTerm()],
      charts: [
        Chart(
          .columns, title: halfTermTitle, caption: "Sessions missed, per cent of possible sessions.",
          description: "A column for each half-term and one for the year to date, as in the table.",
          table: "By_half_term", series: [3], plainTitle: "Sessions missed in each half-term")
      ])
  }

  private var halfTermTitle: String {
    let rates = figures.periods.dropFirst().compactMap { period in
      figures.total(in: period).tally.absenceRate.map { (name: period.name, rate: $0) }
    }
    guard rates.count > 1, let most = rates.max(by: { Rate.difference($0.rate, $1.rate) < 0 }) else {
      return "Sessions missed so far"
    }
    return "Most was missed in \(most.name)"
  }

  /// The groups of the year to date, each with its sessions missed drawn beside the whole's.
  func byGroup() -> Table {
    rows(
      of: [.total]
        + FigureTables.topics.flatMap { topic in
          figures.groups(of: topic).flatMap { group in
            group == Group(.senProvision, SENProvision.support.name)
              ? [group] + figures.groups(of: .sen) : [group]
          }
        },
      name: "By_group", title: "Sessions missed by group, year to date", first: "Group",
      notes: ["A pupil can be in several groups.", Report.persistentNote])
  }

  func byYear() -> Table {
    rows(
      of: [.total] + figures.groups(of: .ncYear), name: "By_year",
      title: "Sessions missed by year group, year to date", first: "Year group",
      notes: [
        "National figures count pupils aged 5 to 15; Reception, nursery and sixth form stand here and nowhere else.",
        Report.persistentNote,
      ], isListed: true)
  }

  func rows(
    of groups: [Group], name: String, title: String, first: String, notes: [String], mark: Int? = 0,
    isListed: Bool = false
  ) -> Table {
    let withheld = groups.filter { figures.figures(of: $0, in: .yearToDate)?.isWithheld ?? false }
    let kept = isListed ? groups : groups.filter { !withheld.contains($0) }
    return Table(
      name, title: title,
      columns: [
        Table.Column(first, .text), Table.Column("Pupils"), Table.Column("Missed (%)", .percent),
        Table.Column("Authorised (%)", .percent), Table.Column("Unauthorised (%)", .percent),
        Table.Column("Persistently absent"), Table.Column("Persistently absent (%)", .percent),
      ],
      rows: kept.compactMap { group in
        guard let figures = figures.figures(of: group, in: .yearToDate) else { return nil }
        let isSmall = FigureTables.smallGroup ~= figures.enrolments
        return [
          .text(group.label + (isSmall ? " (small group)" : "")), figures.pupilsCell,
          figures.rateCell(\.absenceRate), figures.rateCell(\.authorisedRate),
          figures.rateCell(\.unauthorisedRate), figures.persistentCell, figures.persistentShareCell,
        ]
      }, notes: notes + (isListed ? [] : FigureTables.note(on: withheld)), source: source,
      look: .bars(column: 2), total: mark)
  }

  /// Tells of the groups a board may not see. Missing: empty where there are none.
  static func note(on withheld: [Group]) -> [String] {
    guard !withheld.isEmpty else { return [] }
    let names = withheld.map(\.label).joined(separator: ", ")
    return ["Withheld, so that no pupil can be recognised: \(names)."]
  }

  /// Sessions missed on each weekday, morning and afternoon.
  func byWeekday() -> Table {
    let days = Weekday.allCases.filter { $0.isSchoolDay && figures.weekdays[$0] != nil }
    return Table(
      "By_weekday", title: "Sessions missed by weekday, year to date",
      columns: [Table.Column("Session", .text)] + days.map { Table.Column("\($0.name) (%)", .percent) },
      rows: DayHalf.allCases.map { half in
        [.text(half == .morning ? "Morning" : "Afternoon")]
          + days.map { day in
            let figures = figures.weekdays[day]?[half] ?? .zero
            return figures.isWithheld
              ? .shorthand(.confidential) : .rate(figures.tally.absenceRate, of: figures.pupils)
          }
      }, source: source, look: .heat)
  }

  /// Every code in use, with the sessions it stands for.
  func byReason() -> Table {
    let total = figures.codes[.yearToDate] ?? .zero
    // Of all possible sessions, those of withheld codes among them.
    let possible = max(total.possible, figures.total(in: .yearToDate).tally.possible)
    let pupils = figures.pupilsByCode[.yearToDate] ?? .zero
    let withheld = figures.withheldCodes
    let codes = AttendanceCode.inTableOrder.filter { total[$0] > 0 || withheld.contains($0) }
    return Table(
      "By_code", title: "Marks by code, year to date",
      columns: [
        Table.Column("Code", .text), Table.Column("Meaning", .text), Table.Column("Counts as", .text),
        Table.Column("Sessions"), Table.Column("Pupils"),
        Table.Column("Share of possible sessions (%)", .percent),
      ],
      rows: codes.map { code in
        let isPossible = CodeSet.possible.contains(code)
        return [
          .text(code.mark), .text(code.meaning), .text(code.statisticalClass.formatted),
          figures.sessionsCell(of: code, in: .yearToDate),
          withheld.contains(code) ? .shorthand(.confidential) : .pupils(pupils[code]),
          !isPossible
            ? .shorthand(.notApplicable)
            : withheld.contains(code)
              ? .shorthand(.confidential) : .rate(Rate(total[code], of: possible), of: pupils[code]),
        ]
      },
      notes: [
        "Codes that are no possible session count neither as attendance nor as absence.",
        "Every mark is counted, those of Year 11 in the second half of the summer term too.",
      ],
      source: source)
  }

  static let measureColumns = [
    Table.Column("Pupils"), Table.Column("Attendance (%)", .percent), Table.Column("Missed (%)", .percent),
    Table.Column("Authorised absence (%)", .percent), Table.Column("Unauthorised absence (%)", .percent),
    Table.Column("Persistently absent"), Table.Column("Persistently absent (%)", .percent),
    Table.Column("Severely absent"), Table.Column("Severely absent (%)", .percent),
  ]

  static func measures(_ figures: GroupFigures) -> [Cell] {
    [
      figures.pupilsCell, figures.rateCell(\.attendanceRate), figures.rateCell(\.absenceRate),
      figures.rateCell(\.authorisedRate), figures.rateCell(\.unauthorisedRate), figures.persistentCell,
      figures.persistentShareCell, figures.severeCell, figures.severeShareCell,
    ]
  }
}

extension StatisticalClass {
  /// The class in words a governor reads.
  var formatted: String {
    switch self {
    case .present: "Present"
    case .approvedEducationalActivity: "Attending elsewhere"
    case .authorised: "Authorised absence"
    case .unauthorised: "Unauthorised absence"
    case .notPossible: "Not a possible session"
    case .notCollected: "Not a session"
    case .missing: "No mark"
    }
  }
}
