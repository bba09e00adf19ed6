import Measures
import Policies
import Registers
import ReportModel

/// Lists of pupils by codes, lateness, broken weeks and patterns. Source: rules, section 8.
extension ActionList {
  static func codes(_ school: SchoolFigures) -> [ActionList] {
    [
      ofCode(
        .exceptionalLeave, name: "Exceptional_leave", title: "Leave in exceptional circumstances (C)",
        rule: "Pupils with code C this year. The headteacher grants this leave; keep the reason on file.",
        source: "School Attendance (Pupil Registration) (England) Regulations 2024", school),
      partTime(school), travelling(school),
    ]
  }

  private static func ofCode(
    _ code: AttendanceCode, name: String, title: String, rule: String, source: String, _ school: SchoolFigures
  ) -> ActionList {
    ActionList(
      name: name, title: title, rule: rule, source: source,
      columns: [.number("sessions", "Sessions") { $0.year[code] }, dates(of: code, school)],
      pupils: most(school.pupils, by: { $0.year[code] }))
  }

  private static func dates(of code: AttendanceCode, _ school: SchoolFigures) -> Column<PupilFigures> {
    .text("dates", "Dates") { MarkDates(school.marks(of: $0, CodeSet([code]))).text }
  }

  private static func partTime(_ school: SchoolFigures) -> ActionList {
    let weeks = school.maxTimetableWeeks
    return ActionList(
      name: "Part_time_timetable", title: "Part-time timetables (C2)",
      rule:
        "Pupils with code C2 this year. A part-time timetable is short and agreed, and counts as absence. Review it "
        + "after \(weeks) school weeks.",
      source: "DfE, Working together to improve school attendance",
      columns: [
        .number("sessions", "Sessions") { $0.marks.count },
        .number("weeks", "School weeks with C2") { $0.pupil.timetableWeeks },
        .yesOrNo("is_over", "Over \(weeks) weeks") { $0.pupil.timetableWeeks > weeks },
        .text("first_and_last", "First and last") { MarkDates.span(of: $0.marks) },
      ],
      rows: most(school.pupils, by: { $0.year[.partTimeTimetable] }).map { pupil in
        (pupil: pupil, marks: school.marks(of: pupil, CodeSet([.partTimeTimetable])))
      }, pupil: \.pupil)
  }

  /// The number of attendances in twelve months that is a defence in law for a parent of no fixed abode.
  private static let defence = 200

  private static func travelling(_ school: SchoolFigures) -> ActionList {
    ActionList(
      name: "Travelling", title: "Parent travelling for occupational purposes (T)",
      rule:
        "Pupils with code T this year, with the sessions attended in the 12 months up to the as-at date. For "
        + "information only: \(defence) attendances in 12 months are a legal defence for the parent, not a condition "
        + "of the code.",
      source: "Education Act 1996, section 444(6)",
      columns: [
        .number("sessions", "Sessions of T") { $0.pupil.year[.parentTravelling] },
        dates(of: .parentTravelling, school).of(\.pupil),
        .number("attended", "Attended in 12 months") { $0.attended },
        .number("short", "Short of \(defence)") { max(0, defence - $0.attended) },
      ],
      rows: most(school.pupils, by: { $0.year[.parentTravelling] }).map { pupil in
        let attended = school.tally(of: pupil, from: school.asAt - 364, to: school.asAt).attending
        return (pupil: pupil, attended: attended)
      }, pupil: \.pupil,
      notes: ["The 12 months go back only to the start of the registers."])
  }

  /// Returns the pupils who are often late, with the time lost. Source: rules, section 7.
  static func late(_ school: SchoolFigures) -> ActionList {
    let lateness = school.policy.lateness
    let hasTable = !lateness.table.isEmpty
    let hasLessons = hasTable || lateness.lessonMinutes != nil
    let columns: [Column<PupilFigures>] = [
      .number("late_before_close", "Late before close (L)") { $0.lateness.beforeClose },
      .number("late_after_close", "Late after close (U)") { $0.lateness.afterClose },
      .marksWithMinutes("Late marks with minutes recorded"),
      .minutes("minutes_before_close", "Minutes on L") { $0.lateness.minutesLost },
      .minutes("minutes_after_close", "Minutes on U") { $0.lateness.minutesOnU },
      .decimal("days_lost", "Days lost, \(lateness.taughtMinutes) minutes a day") { pupil in
        pupil.lateness.minutesLost.map(lateness.daysLost)?.tenths
      },
    ]
    let byTable = Column<PupilFigures>.decimal("days_lost_by_table", "Days lost by the policy's table") {
      pupil in
      pupil.lateness.minutesLost.flatMap {
        lateness.daysLostByTable(minutes: $0, daysDue: pupil.daysDue)
      }?.tenths
    }
    let lessons = Column<PupilFigures>.decimal("lessons_lost", "Lessons lost") { pupil in
      pupil.lateness.minutesLost.flatMap { lateness.lessonsLost(minutes: $0, daysDue: pupil.daysDue) }?.tenths
    }
    return ActionList(
      name: "Late", title: "Late",
      rule: "5 or more late marks this year, before (L) or after (U) the register closed, most first.",
      source: "Attendance registers of \(school.school.name)",
      columns: columns + (hasTable ? [byTable] : []) + (hasLessons ? [lessons] : []),
      pupils: most(school.pupils, in: 5..., by: \.lateness.marks),
      notes: [
        "Days lost count minutes on L only: a U already counts as an absence. Late marks without minutes add nothing, "
          + "so more may have been lost."
      ]
        + (hasTable
          ? [
            "By the policy's table: average minutes late a day, scaled from \(lateness.yearDays) days to those the "
              + "pupil was due in."
          ] : []))
  }

  /// Returns the pupils with many broken weeks, or `nil` if the policy does not act on them. Source: rules, section 6.
  static func brokenWeeks(_ school: SchoolFigures) -> ActionList? {
    let rule = school.policy.brokenWeeks
    guard let threshold = school.threshold(.brokenWeeks) else { return nil }
    let pupils = school.pupils(.reached, threshold.id)
    let columns: [Column<(pupil: PupilFigures, spells: Spells)>] = [
      Column.brokenWeeks.of(\.pupil), Column.weeksInSession.of(\.pupil),
      Column.wholeWeeksAbsent.of(\.pupil),
      .rate("broken_weeks_percent", "Share of weeks (%)") {
        Rate($0.pupil.ownWeeks.broken, of: $0.pupil.ownWeeks.inSession)
      },
      .rate("illness_percent", "Illness, share of absence (%)") {
        Rate($0.pupil.year[.illness], of: $0.pupil.year.absence)
      },
      .text("fullest_weekday", "Most often on") {
        school.weekShape(of: $0.pupil).fullest?.name ?? "No one day"
      },
      .number("spells", "Absences") { $0.spells.count },
      .number("spells_next_to_breaks", "Absences beside a weekend or holiday") { $0.spells.nextToBreaks },
    ]
    let left = CodeSet.absence.codes.filter { !rule.codes.contains($0) }.map(\.mark)
    return ActionList(
      name: "Broken_weeks", title: "Broken weeks",
      rule:
        "A broken week is a week with any absence"
        + (left.isEmpty ? "" : " except \(left.joined(separator: ", "))")
        + ". Listed: pupils with at least two broken weeks, and at least a quarter of their weeks in session broken.",
      source: threshold.citation,
      columns: columns,
      rows: pupils.enumerated().sorted { left, right in
        let (one, other) = (left.element.ownWeeks, right.element.ownWeeks)
        let (first, second) = (one.broken * other.inSession, other.broken * one.inSession)
        return first == second ? left.offset < right.offset : first > second
      }.map { (pupil: $0.element, spells: school.spells(of: $0.element)) }, pupil: \.pupil)
  }

  /// Returns the pupils who miss a weekday or a half of the day more often than chance explains.
  static func patterns(_ school: SchoolFigures) -> ActionList {
    let found = school.pupils.compactMap { pupil in
      pupil.pattern.map { (pupil: pupil, pattern: $0) }
    }.sorted {
      ($0.pattern.chance, $0.pupil.position) < ($1.pattern.chance, $1.pupil.position)
    }
    return ActionList(
      name: "Patterns", title: "Weekday or half-day missed more often than chance",
      rule: WeekPattern.rule, source: "Attendance registers of \(school.school.name)",
      columns: [
        .text("part", "Part of the week") { $0.pattern.part.label },
        .text("missed", "Missed") { $0.pattern.missedLabel },
        .decimal("expected", "Expected by chance") { $0.pattern.expectedTenths },
      ], rows: found, pupil: \.pupil)
  }
}

extension WeekPattern {
  static let rule =
    "A weekday, morning or afternoon is listed if the pupil misses it more often than chance and the school's own "
    + "absence on those days explain. Only weeks missed in part and days missed by half count; part-time timetables "
    + "(C2) do not. The test is exact and allows for seven checks of each pupil; about 1 in 20 of the patterns listed "
    + "is expected to be chance (Benjamini and Hochberg). A pattern is a question to ask, not an answer."
}

extension WeekPattern {
  /// The missed parts and all parts that are counted, such as `9 of 14 weeks missed in part`.
  var missedLabel: String { "\(missed) of \(of) \(part.unit)" }
  /// The number of missed parts that is expected by chance. In tenths.
  var expectedTenths: Int { Int((expected * 10).rounded()) }
}

extension WeekPattern.Part {
  var label: String {
    switch self {
    case .weekday(let day): "\(day.name)s"
    case .half(.morning): "Mornings"
    case .half(.afternoon): "Afternoons"
    }
  }

  /// The units that are counted.
  fileprivate var unit: String {
    switch self {
    case .weekday: "weeks missed in part"
    case .half: "days missed by half"
    }
  }
}

extension SchoolFigures {
  /// The number of school weeks after which a part-time timetable is reviewed.
  var maxTimetableWeeks: Int {
    if case .partTimeTimetable(let weeks)? = threshold(.partTimeTimetable)?.rule { weeks } else { 0 }
  }
}
