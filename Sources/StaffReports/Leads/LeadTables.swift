import Measures
import Policies
import Registers
import ReportModel

/// The pupils of a lead's report, one by one.
struct LeadTables {
  private let group: LeadGroup
  /// Most absent first.
  private let pupils: [PupilFigures]
  private let school: SchoolFigures

  init(_ group: LeadGroup, _ pupils: [PupilFigures], _ school: SchoolFigures) {
    self.group = group
    self.pupils = pupils
    self.school = school
  }

  /// Unit: pupils; so many cards stand on a page.
  private static let mostCards = 24

  var flags: Section? {
    let flagged = pupils.flatMap { pupil in LeadFlag.all(of: pupil, school).map { (pupil: pupil, flag: $0) } }
    let rows = flagged.enumerated().sorted { left, right in
      (left.element.flag.kind.rawValue, left.offset) < (right.element.flag.kind.rawValue, right.offset)
    }.map(\.element).map { pupil, flag in
      PupilCells.name(pupil) + [
        PupilCells.text(group.details(pupil.pupil)), .text(flag.words), .text(flag.asks),
        .rate(pupil.year.attendanceRate, of: 1),
      ]
    }
    guard !rows.isEmpty else { return nil }
    return Section(
      "To look at now",
      sentences: [
        "Each flag names its rule in its words. A person decides; the last ten school days are provisional."
      ],
      tables: [
        Table(
          "Flags", title: "To look at now",
          columns: PupilCells.nameColumns + [
            detailsColumn, Table.Column("What is so", .text), Table.Column("What it asks", .text),
            Table.Column("Attendance (%)", .percent),
          ], rows: rows, source: "DfE, Working together to improve school attendance; the school's registers",
          look: .list)
      ])
  }

  private var detailsColumn: Table.Column {
    Table.Column(group.kind == .sencoReport ? "Provision and need" : "Status", .text)
  }

  var cards: Section? {
    let shown = pupils.filter { $0.year.absence > 0 && !$0.hasLeft(by: school.asAt) }
    guard !shown.isEmpty else { return nil }
    let strips = YearStrips(school)
    let cards = shown.enumerated().map { place, pupil in
      PupilCard(
        pupil, details: group.details(pupil.pupil),
        strip: strips.strip(of: pupil, isDrawn: place < LeadTables.mostCards), school)
    }
    let left = shown.count - LeadTables.mostCards
    return Section(
      "Pupil by pupil",
      sentences: [
        left > 0
          ? "The \(Cell.pupils(LeadTables.mostCards)) who missed most, each year at a glance; \(Cell.pupils(left)) more stand on the lists."
          : "Each year at a glance, most absent first."
      ],
      tables: [atAGlance(zip(shown, cards))], cards: Array(cards.prefix(LeadTables.mostCards)))
  }

  /// What the cards say, of every pupil, for the workbook.
  private func atAGlance(_ cards: some Sequence<(PupilFigures, PupilCard)>) -> Table {
    Table(
      "At_a_glance", title: "Pupil by pupil",
      columns: PupilCells.nameColumns + [
        detailsColumn, Table.Column("Attendance, year (%)", .percent), Table.Column("To look at", .text),
        Table.Column("Why", .text), Table.Column("Absent on", .text),
      ],
      rows: cards.map { pupil, card in
        PupilCells.name(pupil) + [
          PupilCells.text(group.details(pupil.pupil)), card.attendance,
          .text(card.flags.isEmpty ? "None" : card.flags.joined(separator: " ")),
          .text(card.lines.joined(separator: ". ")), .text(card.strip.formatted),
        ]
      }, look: .wideList)
  }

  var everyPupil: Section {
    let halfTerms = school.halfTerms.map(\.name.rawValue)
    return list(
      "Every pupil by half-term", "Pupils_by_half_term",
      columns: [detailsColumn, Table.Column("Attendance, year (%)", .percent)]
        + halfTerms.map { Table.Column("\($0) (%)", .percent) } + [
          Table.Column("Change (points)"), Table.Column("Authorised sessions"),
          Table.Column("Unauthorised sessions"),
        ]
    ) { pupil in
      [PupilCells.text(group.details(pupil.pupil)), .rate(pupil.year.attendanceRate, of: 1)]
        + pupil.halfTerms.map { .rate($0.attendanceRate, of: 1) } + [
          pupil.change.map { .points($0, of: 1) } ?? .shorthand(.notApplicable),
          .sessions(pupil.year.authorised, of: 1), .sessions(pupil.year.unauthorised, of: 1),
        ]
    }
  }

  /// Why sessions were missed, with and without part-time timetables.
  var reasons: Section {
    let reasons: [(header: String, code: AttendanceCode)] = [
      ("Illness (I)", .illness), ("Medical (M)", .medical), ("Part-time timetable (C2)", .partTimeTimetable),
      ("Suspended (E)", .suspended), ("Exceptional leave (C)", .exceptionalLeave),
      ("Holiday not granted (G)", .holidayNotGranted), ("No reason yet (N)", .reasonNotEstablished),
      ("Other unauthorised (O)", .otherUnauthorised), ("Late after close (U)", .lateAfterClose),
    ]
    return list(
      "Reasons", "Reasons",
      columns: [
        Table.Column("Missed (%)", .percent), Table.Column("Without C2 (%)", .percent),
        Table.Column("Absent sessions"),
      ]
        + reasons.map { Table.Column($0.header) } + [
          Table.Column("Other authorised"), Table.Column("Off site (B, K, D)"),
          Table.Column("Off site, share of sessions (%)", .percent),
        ]
    ) { pupil in
      let year = pupil.year
      let others = year.absence - reasons.reduce(0) { $0 + year[$1.code] }
      return [
        .rate(year.absenceRate, of: 1), .rate(year.absenceRateWithoutC2, of: 1),
        .sessions(year.absence, of: 1),
      ]
        + reasons.map { .sessions(year[$0.code], of: 1) } + [
          .sessions(others, of: 1), .sessions(year.offSite, of: 1),
          .rate(Rate(year.offSite, of: year.possible + year[.dualRegistered]), of: 1),
        ]
    }
  }

  /// Broken weeks, spells and lateness.
  var weeks: Section {
    let minutes = school.policy.taughtMinutes
    return list(
      "Broken weeks, spells and lateness", "Weeks_and_lateness",
      columns: [
        Table.Column("Broken weeks"), Table.Column("Weeks in session"), Table.Column("Whole weeks absent"),
        Table.Column("Spells of absence"), Table.Column("Longest spell (sessions)"),
        Table.Column("Spells next to a weekend or holiday"), Table.Column("Late marks (L and U)"),
        Table.Column("Late marks that say how late", .text), Table.Column("Minutes late"),
        Table.Column("Days lost, \(minutes) minutes a day"),
      ]
    ) { pupil in
      let spells = school.spells(of: pupil)
      let late = pupil.lateness
      let lost = late.minutesLost.map { school.policy.lateness.daysLost(minutes: $0) }
      return [
        .number(pupil.ownWeeks.broken), .number(pupil.ownWeeks.inSession), .number(pupil.ownWeeks.whole),
        .number(spells.count), .number(spells.longest), .number(spells.nextToBreaks), .number(late.marks),
        .text("\(late.marksWithMinutes) of \(late.marks)"),
        late.minutesLate.map { .minutes($0, of: 1) } ?? .shorthand(.notAvailable),
        lost.map { .decimal($0.tenths, places: 1, of: 1) } ?? .shorthand(.notAvailable),
      ]
    }
  }

  /// Missed by weekday and half of the day, with a word where it is more than chance.
  var days: Section {
    let weekdays = Weekday.allCases.filter(\.isSchoolDay)
    return list(
      "Weekdays, mornings and afternoons", "Weekdays", sentence: WeekPattern.rule,
      columns: weekdays.map { Table.Column("\($0.name) (%)", .percent) } + [
        Table.Column("Mornings (%)", .percent), Table.Column("Afternoons (%)", .percent),
        Table.Column("More than chance", .text),
      ]
    ) { pupil in
      let shape = school.weekShape(of: pupil)
      return weekdays.map { .rate(shape.rate(on: $0), of: 1) } + [
        .rate(shape.rate(in: .morning), of: 1), .rate(shape.rate(in: .afternoon), of: 1),
        .text(pupil.pattern.map(\.part.words) ?? "No"),
      ]
    }
  }

  private func list(
    _ title: String, _ name: String, sentence: String? = nil, columns: [Table.Column],
    _ cells: (PupilFigures) -> [Cell]
  ) -> Section {
    Section(
      title, sentences: sentence.map { [Sentence(stringLiteral: $0)] } ?? [],
      tables: [
        Table(
          name, title: title, columns: PupilCells.nameColumns + columns,
          rows: pupils.map { PupilCells.name($0) + cells($0) }, look: .list)
      ])
  }
}

extension SessionTally {
  /// Unit: sessions of B, K and D: attending elsewhere, or dual registered.
  var offSite: Int { self[.approvedActivity] + self[.arrangedByLocalAuthority] + self[.dualRegistered] }
}
