import Measures
import Policies
import Registers
import ReportModel

/// The tables of the trust's review that put the schools side by side, in the order of phase and name.
struct SchoolTables {
  let trust: TrustFigures
  let schools: [SchoolFigures]
  private let source = Table.ofTheTrust

  init(_ trust: TrustFigures, _ schools: [SchoolFigures]) {
    self.trust = trust
    self.schools = schools
  }

  private var current: Period { trust.currentHalfTerm ?? .yearToDate }

  private func table(
    _ name: String, _ title: String, _ columns: [Table.Column], notes: [String] = [],
    row: (SchoolFigures) -> [Cell]
  ) -> Table {
    Table(
      name, title: title, columns: [Table.Column("School", .text)] + columns,
      rows: schools.map { [.text($0.school.name)] + row($0) }, notes: notes, source: source)
  }

  /// What each school missed, with the interval that its number of pupils gives; the trust is the last row.
  func intervals() -> Table {
    func cells(_ figures: any Figures) -> [Cell] {
      let year = figures.total(in: .yearToDate)
      let interval = year.isWithheld ? nil : Interval(ofAbsence: year)
      let persistent =
        year.persistentIsWithheld ? nil : year.persistentRate.map(Interval.init(ofPupils:))
      return [year.rateCell(\.absenceRate)] + bounds(interval, year.isWithheld, of: year.enrolments)
        + [year.persistentShareCell] + bounds(persistent, year.persistentIsWithheld, of: year.enrolments)
    }
    return Table(
      "Intervals", title: "Sessions missed, and how sure that is, year to date",
      columns: [
        Table.Column("School", .text), Table.Column("Missed (%)", .percent), Table.Column("From (%)"),
        Table.Column("To (%)"), Table.Column("Persistently absent (%)", .percent),
        Table.Column("Persistent from (%)"), Table.Column("Persistent to (%)"),
      ],
      rows: schools.map { [.text($0.school.name)] + cells($0) } + [[.text("The trust")] + cells(trust)],
      notes: [
        "From and to: between them the figure would lie in 95 of 100 years with pupils like these, so that a small school's are "
          + "far apart. Sessions: a ratio over pupils on the logit scale, whose spread over pupils is the school's own. Shares of "
          + "pupils: Wilson's interval.",
        "No league table: schools stand in the order of phase and name, and overlapping lines are no difference.",
      ], source: source, total: schools.count)
  }

  private func bounds(_ interval: Interval?, _ isWithheld: Bool, of pupils: Int) -> [Cell] {
    guard let interval else {
      return Array(repeating: .shorthand(isWithheld ? .confidential : .notApplicable), count: 2)
    }
    return [interval.low, interval.high].map { .decimal(Int(($0 * 10).rounded()), places: 1, of: pupils) }
  }

  var intervalChart: Chart {
    Chart(
      .dots, title: "What each school missed, and how sure that is",
      caption: "Sessions missed, per cent, year to date. Dot: school. Line: 95% interval. Dashes: the trust.",
      description: "A dot for each school on the line between its bounds, as in the table.",
      table: "Intervals",
      series: [1, 2, 3])
  }

  /// What each school would have missed if its pupils missed what such pupils miss across the trust.
  func intake(notes: [String] = []) -> Table {
    let isTrustShown = !trust.total(in: .yearToDate).isWithheld
    return table(
      "Expected_for_intake", "Expected for the intake, and missed, year to date",
      [
        Table.Column("Missed (%)", .percent), Table.Column("Expected (%)"),
        Table.Column("Missed over expected"), Table.Column("From"), Table.Column("To"),
        Table.Column("Against expected", .text), Table.Column("With the trust's intake (%)"),
        Table.Column("Sessions of kinds other schools have (%)"),
      ],
      notes: [
        "Expected: what pupils of the same year, sex, SEN and disadvantage miss across the trust, this school among them "
          + "(indirect standardisation). 1.00 is as expected; the words are said only where all of the interval is on one side.",
        "Limits: kinds of pupils that only one school has tell nothing of it, so read it only where the last column is 80 or more; "
          + "what is not in the registers, such as travel or health, is not adjusted for; no school is good or bad by it.",
      ] + notes
    ) { school in
      let year = school.total(in: .yearToDate)
      guard !year.isWithheld, isTrustShown else {
        return Array(repeating: .shorthand(.confidential), count: 8)
      }
      return cells(CaseMixAdjustment(school.intake, trust: trust.intake), year)
    }
  }

  private func cells(_ intake: CaseMixAdjustment, _ year: GroupFigures) -> [Cell] {
    func number(_ value: Double?, places: Int) -> Cell {
      let scale = places == 1 ? 10.0 : 100
      return value.map { .decimal(Int(($0 * scale).rounded()), places: places, of: year.enrolments) }
        ?? .shorthand(.notApplicable)
    }
    let interval = intake.ratioInterval
    return [
      year.rateCell(\.absenceRate), number(intake.expectedPercent, places: 1),
      number(intake.ratio, places: 2),
      number(interval?.lowerBound, places: 2), number(interval?.upperBound, places: 2),
      .text(intake.verdict.positionLabel), number(intake.adjustedPercent, places: 1),
      number(100 * intake.shared, places: 1),
    ]
  }

  /// What the absence of persistently absent pupils is made of.
  func persistentReasons(threshold: Int) -> Table {
    table(
      "Persistent_by_reason", "Absence of persistently absent pupils by reason, year to date",
      [
        Table.Column("Persistently absent"), Table.Column("Illness and medical (%)", .percent),
        Table.Column("Other authorised (%)", .percent), Table.Column("Unauthorised (%)", .percent),
      ],
      notes: [
        "Shares of all sessions these pupils missed. What follows from them is in each school's own reports."
      ]
    ) { school in
      let (year, reasons) = (school.total(in: .yearToDate), school.persistentReasons)
      // Three shares of one whole: one would follow from the others.
      let isSmall = PersistentReasons.Kind.allCases.contains { kind in
        let pupils = reasons.pupils[kind] ?? 0
        return 0 < pupils && pupils <= threshold
      }
      guard !year.persistentIsWithheld, !isSmall else {
        return [year.persistentCell] + Array(repeating: .shorthand(.confidential), count: 3)
      }
      return [year.persistentCell]
        + PersistentReasons.Kind.allCases.map { kind in
          .rate(Rate(reasons.sessions[kind] ?? 0, of: reasons.absence), of: year.persistent)
        }
    }
  }

  /// Exceptional leave, suspensions, part-time timetables and open reasons: sessions and pupils in each school.
  func codes() -> Table {
    let codes: [(AttendanceCode, String)] = [
      (.exceptionalLeave, "Exceptional leave (C)"), (.suspended, "Suspension (E)"),
      (.partTimeTimetable, "Part-time (C2)"), (.reasonNotEstablished, "No reason yet (N)"),
    ]
    return table(
      "Codes_by_school", "Codes a board asks about, year to date",
      codes.flatMap { [Table.Column("\($0.1): sessions"), Table.Column("\($0.1): pupils")] },
      notes: ["Permanent exclusions end a pupil's time on roll; a register does not tell of them."]
    ) { school in
      codes.flatMap { code, _ -> [Cell] in
        guard !school.withheldCodes.contains(code) else {
          return [.shorthand(.confidential), .shorthand(.confidential)]
        }
        return [
          school.sessionsCell(of: code, in: .yearToDate),
          .pupils(school.pupilsByCode[.yearToDate]?[code] ?? 0),
        ]
      }
    }
  }

  /// Who joined and who left in the year.
  func moves() -> Table {
    table(
      "Moves_by_school", "Pupils who joined and left after the year began",
      [Table.Column("Joined"), Table.Column("Left"), Table.Column("Left in \(current.name)")],
      notes: [
        "Pupils of any age, from the dates of the pupil files."
      ]
    ) { school in
      [
        school.counts.cell(.joined(.firstDay)), school.counts.cell(.leaver(.firstDay)),
        school.counts.cell(.leaver(.currentHalfTerm)),
      ]
    }
  }

  /// Why pupils left. Missing: nil where nobody did, or too few to tell.
  func leavingReasons() -> Table? {
    guard !trust.leavers.isEmpty else { return nil }
    return Table(
      "Left_by_reason", title: "Why pupils left this year",
      columns: [Table.Column("Reason", .text), Table.Column("Pupils")],
      rows: trust.leavers.map { group in
        [.text(group.reasons.map(\.rawValue).joined(separator: "; ")), .pupils(group.pupils)]
      },
      notes: [
        "Of the schools whose number of leavers is shown. Kinds are told from the words of the pupil files; reasons of few pupils "
          + "stand together. The attendance team's own lists have names, dates and words."
      ], source: source)
  }

  /// How complete and how fresh each school's registers are.
  func freshness() -> Table {
    table(
      "Completeness", "How complete and how fresh the registers are",
      [
        Table.Column("Last mark", .day), Table.Column("Sessions without a mark"),
        Table.Column("Sessions without a mark (%)", .percent), Table.Column("Provisional since", .day),
      ],
      notes: [
        "Registers keep changing for about two weeks: marks of the last ten school days are provisional."
      ]
    ) { school in
      let tally = school.codes[.yearToDate] ?? .zero
      let pupils = school.pupilsByCode[.yearToDate]?[.noMark] ?? 0
      let isWithheld = school.withheldCodes.contains(.noMark) || school.total(in: .yearToDate).isWithheld
      return [
        school.lastMark.map(Cell.day) ?? .shorthand(.notAvailable),
        isWithheld ? .shorthand(.confidential) : .sessions(tally.missing, of: pupils),
        isWithheld
          ? .shorthand(.confidential)
          : .rate(Rate(tally.missing, of: tally.possible + tally.missing), of: pupils),
        school.provisionalFrom.map(Cell.day) ?? .shorthand(.notApplicable),
      ]
    }
  }

  /// By which policy each school works, and its lines.
  func policies() -> Table {
    table(
      "Policies", "Policies and thresholds in use",
      [
        Table.Column("Policy", .text), Table.Column("Target", .text), Table.Column("Stages", .text),
      ], notes: ["Figures of this review use the national rules whatever a policy says."]
    ) { school in
      let stages = school.policy.stages.map { "\($0.name): \($0.line.words)" }
      return [
        .text(school.policy.title),
        school.policy.target.map { .text("\(Rate.decimal($0, places: 1))%") } ?? .shorthand(.notApplicable),
        stages.isEmpty ? .shorthand(.notApplicable) : .text(stages.joined(separator: "; ")),
      ]
    }
  }
}
