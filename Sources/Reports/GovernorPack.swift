import Measures
import Policies
import Registers

extension Report {
  /// The pack a governor opens before a meeting. It names no pupil; protect it before anything is written.
  public static func governorPack(_ school: SchoolFigures) -> Report {
    let tables = FigureTables(figures: school, source: "Attendance registers of \(school.school.name)")
    return Report(
      .governorPack, subject: school.school.name, period: school.packPeriod, asAt: school.asAt,
      purpose: "For governors: how attendance stands this half-term, who misses most, and what has changed.",
      headlines: headlines(of: school),
      sections: [
        leadSection(school, headline: tables.headline()),
        tables.halfTermSection(),
        Section("Who misses most", tables: [tables.byGroup()]),
        Section("Year groups", tables: [tables.byYear()]),
        Section("The shape of the week", tables: [tables.byWeekday()]),
        Section("Reasons", tables: [tables.byReason()]),
        Section("Lateness", tables: [lateness(of: school)]),
      ], notes: notes(of: school))
  }

  private static func headlines(of school: SchoolFigures) -> [Sentence] {
    let say = FigureSentences(figures: school)
    return [say.level(), say.persistence()] + say.gaps() + [say.weekday()].compactMap(\.self)
  }

  /// The one table and the one chart of page one.
  private static func leadSection(_ school: SchoolFigures, headline: Table) -> Section {
    let rows: [[Cell]] = school.weeks.map { week in
      [
        .day(week.monday), .text(week.halfTerm?.rawValue ?? "None"),
        .sessions(week.sessions.tally.possible, of: week.sessions.pupils),
        .rate(week.sessions.tally.absenceRate, of: week.sessions.pupils),
      ]
    }
    let table = Table(
      "By_week", title: "Sessions missed by week",
      columns: [
        Table.Column("Week beginning", .day), Table.Column("Half-term", .text),
        Table.Column("Possible sessions"), Table.Column("Missed (%)", .percent),
      ], rows: rows, source: "Attendance registers of \(school.school.name)")
    return Section(
      "This half-term", tables: [headline, table],
      charts: [
        Chart(
          .line, title: weekTitle(school), caption: "Sessions missed by week, per cent.",
          description: "A line of the share of sessions missed in each school week, as in the table.",
          table: "By_week", series: [3], plainTitle: "Absence week by week")
      ])
  }

  /// Says how the last half-term's weeks went, in at most ten words.
  private static func weekTitle(_ school: SchoolFigures) -> String {
    let name = school.currentHalfTerm?.name ?? "the year"
    guard let current = school.currentHalfTerm, let previous = school.previousHalfTerm,
      let now = school.total(in: current).tally.absenceRate,
      let before = school.total(in: previous).tally.absenceRate
    else { return "Absence week by week in \(name)" }
    let points = Rate.difference(now, before)
    if points == 0 { return "Absence is unchanged since \(previous.name)" }
    return "Absence is \(points < 0 ? "down" : "up") since \(previous.name)"
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
}
