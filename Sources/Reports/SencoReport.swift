import Measures
import Policies
import Registers

extension Report {
  /// The SENCo's report, which names pupils: which pupils with SEN are slipping, and why.
  public static func sencoReport(_ school: SchoolFigures) -> Report {
    let pupils = school.pupils.filter {
      ($0.pupil.senProvision == .ehcPlan || $0.pupil.senProvision == .support) && $0.year.possible > 0
    }
    return Report(
      .sencoReport, subject: school.school.name, period: school.packPeriod, asAt: school.asAt,
      purpose:
        "For the SENCo: attendance of pupils with an education, health and care (EHC) plan or SEN support, against "
        + "the school, by half-term, and pupil by pupil.",
      headlines: sencoHeadlines(school, pupils),
      sections: [
        provisionSection(school),
        Section(
          "Attendance fell by 3 points or more",
          sentences: [
            "Where the pupil has an EHC plan, the local authority is to be told. The last days are provisional."
          ],
          tables: [
            pupilTable(
              school, pupils.filter(hasFallen), name: "SEN_fallen",
              title: "Attendance fell by 3 points or more")
          ]),
        Section(
          "Pupils, most absent first",
          tables: [
            pupilTable(school, pupils, name: "SEN_pupils", title: "Pupils with SEN, most absent first")
          ]),
        Section("Reasons for absence, pupil by pupil", tables: [reasonTable(pupils)]),
      ],
      notes: ["Pupils of any age and every session on roll are in the named lists."] + notes(of: school))
  }

  private static func sencoHeadlines(_ school: SchoolFigures, _ pupils: [PupilFigures]) -> [Sentence] {
    guard school.pupils.contains(where: { $0.pupil.senProvision != .unknown }) else {
      return [
        "No export says which pupils have SEN, so this report is empty. List the pupil details under pupils in the trust file."
      ]
    }
    let say = FigureSentences(figures: school)
    let fallen = pupils.filter(hasFallen)
    let plans = fallen.filter { $0.pupil.senProvision == .ehcPlan }
    let persistent = pupils.filter(\.year.isPersistentlyAbsent)
    let sentences: [Sentence?] = [
      say.gap(
        Group(.senProvision, SENProvision.ehcPlan.name), "Pupils with an EHC plan",
        against: Group(.senProvision, SENProvision.none.name), "pupils with no SEN"),
      say.gap(
        Group(.senProvision, SENProvision.support.name), "Pupils with SEN support",
        against: Group(.senProvision, SENProvision.none.name), "pupils with no SEN"),
      "\(Cell.pupils(persistent.count)) of \(Cell.pupils(pupils.count)) pupils with SEN of any age are persistently absent this year.",
      school.previousHalfTerm.map { previous in
        """
        The attendance of \(Cell.pupils(fallen.count)) pupils with SEN fell by 3 percentage points or more on \
        \(previous.name); \(Cell.pupils(plans.count)) of them have an EHC plan, so the local authority is to be told.
        """
      },
    ]
    return sentences.compactMap(\.self)
  }

  /// The change in a pupil's attendance from the half-term before to the current one.
  ///
  /// Unit: tenths of a percentage point. Missing: nil when either half-term had no possible session.
  static func fall(_ pupil: PupilFigures) -> Int? {
    guard pupil.halfTerms.count >= 2, let now = pupil.halfTerms[pupil.halfTerms.count - 1].attendanceRate,
      let before = pupil.halfTerms[pupil.halfTerms.count - 2].attendanceRate
    else { return nil }
    return Rate.difference(now, before)
  }

  /// Source: rules, section 8: by 3 percentage points or more since the last half-term.
  private static func hasFallen(_ pupil: PupilFigures) -> Bool { fall(pupil).map { $0 <= -30 } ?? false }

  private static func provisionSection(_ school: SchoolFigures) -> Section {
    let groups = [SENProvision.ehcPlan, .support, .none].map { Group(.senProvision, $0.name) }
    let halfTerms = school.periods.filter { $0 != .yearToDate }
    let levels = Table(
      "By_provision", title: "Attendance by SEN provision, year to date",
      columns: [Table.Column("Provision", .text)] + FigureTables.measureColumns,
      rows: (groups + [.total]).compactMap { group in
        school.figures(of: group, in: .yearToDate).map {
          [.text(FigureTables.name(of: group))] + FigureTables.measures($0)
        }
      }, notes: [FigureTables.persistentNote, "Pupils aged 5 to 15 at the start of the school year."])
    let change = Table(
      "Provision_by_half_term", title: "Sessions missed by SEN provision and half-term",
      columns: [Table.Column("Half-term", .text)]
        + groups.map { Table.Column("\($0.breakdown) (%)", .percent) },
      rows: halfTerms.map { period in
        [.text(period.name)]
          + groups.map { group in
            let figures = school.figures(of: group, in: period) ?? .zero
            return .rate(figures.tally.absenceRate, of: figures.enrolments)
          }
      })
    return Section(
      "By provision", tables: [levels, change],
      charts: [
        Chart(
          .line, title: "Sessions missed by provision, half-term by half-term",
          caption: "Sessions missed, per cent of possible sessions.",
          description: "A line for each kind of provision, as in the table.", table: "Provision_by_half_term",
          series: [1, 2, 3])
      ])
  }

  private static func pupilTable(
    _ school: SchoolFigures, _ pupils: [PupilFigures], name: String, title: String
  ) -> Table {
    let halfTerms = school.halfTerms.map(\.name.rawValue)
    return Table(
      name, title: title,
      columns: PupilCells.nameColumns + [
        Table.Column("Provision", .text), Table.Column("Need", .text),
        Table.Column("Attendance, year to date (%)", .percent),
      ] + halfTerms.map { Table.Column("\($0) (%)", .percent) } + [
        Table.Column("Change on half-term before (points)"),
        Table.Column("Authorised sessions"), Table.Column("Unauthorised sessions"),
        Table.Column("Broken weeks"), Table.Column("Weeks in session"), Table.Column("Late marks"),
        Table.Column("Minutes late"),
      ],
      rows: PupilCells.mostAbsentFirst(pupils).map { pupil in
        PupilCells.name(pupil) + [
          .text(pupil.pupil.senProvision.name), PupilCells.text(pupil.pupil.senNeed),
          .rate(pupil.year.attendanceRate, of: 1),
        ] + pupil.halfTerms.map { .rate($0.attendanceRate, of: 1) } + [
          fall(pupil).map { .points($0, of: 1) } ?? .shorthand(.notApplicable),
          .sessions(pupil.year.authorised, of: 1), .sessions(pupil.year.unauthorised, of: 1),
          .number(pupil.weeks.broken), .number(pupil.weeks.inSession),
          .sessions(pupil.lateness.marks, of: 1),
          pupil.lateness.minutesLate.map { .minutes($0, of: 1) } ?? .shorthand(.notAvailable),
        ]
      },
      notes: [
        "A broken week is a school week with at least one absence; compare it with the weeks in session."
      ],
      look: .list)
  }

  private static func reasonTable(_ pupils: [PupilFigures]) -> Table {
    let reasons: [(header: String, code: AttendanceCode)] = [
      ("Illness (I)", .illness), ("Medical (M)", .medical), ("Part-time timetable (C2)", .partTimeTimetable),
      ("Suspended (E)", .suspended), ("Exceptional leave (C)", .exceptionalLeave),
      ("Holiday not granted (G)", .holidayNotGranted), ("No reason yet (N)", .reasonNotEstablished),
      ("Other unauthorised (O)", .otherUnauthorised), ("Late after close (U)", .lateAfterClose),
    ]
    return Table(
      "SEN_reasons", title: "Sessions absent by reason, year to date",
      columns: PupilCells.nameColumns + [Table.Column("Absent sessions")]
        + reasons.map { Table.Column($0.header) } + [
          Table.Column("Other authorised"), Table.Column("Off site or dual registered (B, K, D)"),
        ],
      rows: PupilCells.mostAbsentFirst(pupils).map { pupil in
        PupilCells.name(pupil) + [.sessions(pupil.year.absence, of: 1)]
          + reasons.map { .sessions(pupil.year[$0.code], of: 1) } + [
            .sessions(pupil.year.absence - reasons.reduce(0) { $0 + pupil.year[$1.code] }, of: 1),
            .sessions(
              pupil.year[.approvedActivity] + pupil.year[.arrangedByLocalAuthority]
                + pupil.year[.dualRegistered], of: 1),
          ]
      }, look: .list)
  }
}
