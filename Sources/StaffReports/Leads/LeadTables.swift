import Measures
import Policies
import Registers
import ReportModel

/// The tables of a lead's report with a row for each pupil.
struct LeadTables {
  private let group: LeadGroup
  /// The pupils, the most absent first.
  private let pupils: [PupilFigures]
  private let school: SchoolFigures

  init(_ group: LeadGroup, _ pupils: [PupilFigures], _ school: SchoolFigures) {
    self.group = group
    self.pupils = pupils
    self.school = school
  }

  /// The maximum number of cards on a page.
  private static let maxCards = 24

  var flags: Section? {
    let flagged = pupils.flatMap { pupil in LeadFlag.all(of: pupil, school).map { (pupil: pupil, flag: $0) } }
    let rows = flagged.enumerated().sorted { left, right in
      (left.element.flag.kind.rawValue, left.offset) < (right.element.flag.kind.rawValue, right.offset)
    }.map(\.element)
    guard !rows.isEmpty else { return nil }
    let columns: [Column<(pupil: PupilFigures, flag: LeadFlag)>] = [
      details.of(\.pupil), .text("concern", "Concern") { $0.flag.concern },
      .text("asks", "Next step") { $0.flag.action }, Column.attendance.of(\.pupil),
    ]
    return Section(
      "Needs review",
      sentences: [
        "These lists help you decide. They do not decide for you. The last 10 school days are provisional."
      ],
      tables: [
        Table(
          "Flags", title: "Needs review", columns: Column.identity(of: \.pupil) + columns, rows: rows,
          source: "DfE, Working together to improve school attendance; the school's registers",
          look: .list)
      ])
  }

  private var details: Column<PupilFigures> {
    let group = group
    return .known("details", group.detailsTitle) { group.details($0.pupil) }
  }

  private static var attendance: Column<PupilFigures> {
    .rate("attendance_percent", "Attendance, year (%)") { $0.year.attendanceRate }
  }

  var cards: Section? {
    let shown = pupils.filter { $0.year.absence > 0 && !$0.hasLeft(by: school.asAt) }
    guard !shown.isEmpty else { return nil }
    let strips = YearStrips(school)
    let rows = shown.enumerated().map { index, pupil in
      let strip = strips.strip(of: pupil, isDrawn: index < LeadTables.maxCards)
      return (pupil: pupil, card: PupilCard(pupil, details: group.details(pupil.pupil), strip: strip, school))
    }
    let left = shown.count - LeadTables.maxCards
    return Section(
      "Pupil by pupil",
      sentences: [
        left > 0
          ? "The \(Cell.pupils(LeadTables.maxCards)) pupils with most absence. The lists have \(Cell.pupils(left)) more."
          : "Most absent first."
      ],
      tables: [atAGlance(rows)], cards: rows.prefix(LeadTables.maxCards).map(\.card))
  }

  /// Returns the contents of the cards of all pupils, for the workbook.
  private func atAGlance(_ rows: [(pupil: PupilFigures, card: PupilCard)]) -> Table {
    let columns: [Column<(pupil: PupilFigures, card: PupilCard)>] = [
      details.of(\.pupil), LeadTables.attendance.of(\.pupil),
      .text("flags", "Needs review") {
        $0.card.flags.isEmpty ? "None" : $0.card.flags.joined(separator: " ")
      },
      .text("reasons", "Absence and lateness") { $0.card.lines.joined(separator: ". ") },
      .text("absences", "Absent on") { $0.card.strip.formatted },
    ]
    return Table(
      "At_a_glance", title: "Pupil by pupil", columns: Column.identity(of: \.pupil) + columns, rows: rows,
      look: .wideList)
  }

  var everyPupil: Section {
    let halfTerms = school.halfTerms.enumerated().map { index, halfTerm in
      Column<PupilFigures>.rate(halfTerm.name.rawValue, "\(halfTerm.name.rawValue) (%)") {
        $0.halfTerms[index].attendanceRate
      }
    }
    return list(
      "Every pupil by half-term", "Pupils_by_half_term",
      [details, LeadTables.attendance] + halfTerms + [
        .change, .sessions("sess_authorised", "Authorised sessions") { $0.year.authorised },
        .sessions("sess_unauthorised", "Unauthorised sessions") { $0.year.unauthorised },
      ])
  }

  /// The reasons for absence, with and without part-time timetables.
  var reasons: Section {
    let reasons: [(title: String, code: AttendanceCode)] = [
      ("Illness (I)", .illness), ("Medical (M)", .medical), ("Part-time timetable (C2)", .partTimeTimetable),
      ("Suspended (E)", .suspended), ("Exceptional leave (C)", .exceptionalLeave),
      ("Holiday not granted (G)", .holidayNotGranted), ("No reason yet (N)", .reasonNotEstablished),
      ("Other unauthorised (O)", .otherUnauthorised), ("Late after close (U)", .lateAfterClose),
    ]
    let level: [Column<PupilFigures>] = [
      .rate("absence_percent", "Missed (%)") { $0.year.absenceRate },
      .rate("absence_without_c2_percent", "Excluding part-time timetables (%)") {
        $0.year.absenceRateWithoutC2
      },
      .absentSessions,
    ]
    let ofCodes = reasons.map { reason in
      Column<PupilFigures>.sessions(reason.code.mark, reason.title) { $0.year[reason.code] }
    }
    return list(
      "Reasons", "Reasons",
      level + ofCodes + [
        .sessions("other_authorised", "Other authorised") { pupil in
          pupil.year.absence - reasons.reduce(0) { $0 + pupil.year[$1.code] }
        },
        .sessions("off_site", "Off site (B, K, D)") { $0.year.offSite },
        .rate("off_site_percent", "Off site, share of sessions (%)") {
          Rate($0.year.offSite, of: $0.year.possible + $0.year[.dualRegistered])
        },
      ])
  }

  /// Weeks with an absence, separate absences and lateness.
  var weeks: Section {
    let lateness = school.policy.lateness
    let ofWeeks: [Column<PupilFigures>] = [.brokenWeeks, .weeksInSession, .wholeWeeksAbsent]
    let ofSpells: [Column<Spells>] = [
      .number("spells", "Separate absences") { $0.count },
      .number("longest_spell", "Longest absence (sessions)") { $0.longest },
      .number("spells_next_to_breaks", "Absences beside a weekend or holiday") { $0.nextToBreaks },
    ]
    let ofLateness: [Column<PupilFigures>] = [
      .number("late_marks", "Late marks (L and U)") { $0.lateness.marks },
      .marksWithMinutes("Late marks with minutes recorded"),
      .minutes("minutes_late", "Minutes late") { $0.lateness.minutesLate },
      .decimal("days_lost", "Days lost, \(school.policy.taughtMinutes) minutes a day") { pupil in
        pupil.lateness.minutesLost.map { lateness.daysLost(minutes: $0) }?.tenths
      },
    ]
    let columns: [Column<(pupil: PupilFigures, spells: Spells)>] =
      ofWeeks.map { $0.of(\.pupil) } + ofSpells.map { $0.of(\.spells) } + ofLateness.map { $0.of(\.pupil) }
    return list(
      "Weeks with an absence, and lateness", "Weeks_and_lateness", columns,
      rows: pupils.map { (pupil: $0, spells: school.spells(of: $0)) }, pupil: \.pupil)
  }

  /// Absence by weekday and half of the day, with the pattern if there is one.
  var days: Section {
    let ofWeekdays = Weekday.allCases.filter(\.isSchoolDay).map { day in
      Column<WeekShape>.rate(day.name, "\(day.name) (%)") { $0.rate(on: day) }
    }
    let ofHalves: [Column<WeekShape>] = [
      .rate("mornings", "Mornings (%)") { $0.rate(in: .morning) },
      .rate("afternoons", "Afternoons (%)") { $0.rate(in: .afternoon) },
    ]
    let pattern = Column<PupilFigures>.text("pattern", "Missed more than chance") {
      $0.pattern?.part.label ?? "No"
    }
    let columns: [Column<(pupil: PupilFigures, shape: WeekShape)>] =
      (ofWeekdays + ofHalves).map { $0.of(\.shape) } + [pattern.of(\.pupil)]
    return list(
      "Weekdays, mornings and afternoons", "Weekdays", sentence: WeekPattern.rule, columns,
      rows: pupils.map { (pupil: $0, shape: school.weekShape(of: $0)) }, pupil: \.pupil)
  }

  private func list(_ title: String, _ name: String, _ columns: [Column<PupilFigures>]) -> Section {
    list(title, name, columns, rows: pupils, pupil: { $0 })
  }

  private func list<Row>(
    _ title: String, _ name: String, sentence: String? = nil, _ columns: [Column<Row>], rows: [Row],
    pupil: @escaping @Sendable (Row) -> PupilFigures
  ) -> Section {
    Section(
      title, sentences: sentence.map { [Sentence(stringLiteral: $0)] } ?? [],
      tables: [
        Table(
          name, title: title, columns: Column.identity(of: pupil) + columns, rows: rows, look: .list)
      ])
  }
}

extension SessionTally {
  /// The number of sessions of B, K and D: attending elsewhere, or dual registered.
  var offSite: Int { self[.approvedActivity] + self[.arrangedByLocalAuthority] + self[.dualRegistered] }
}
