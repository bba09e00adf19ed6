import Measures
import Policies
import Registers
import ReportModel

/// Lists of single codes whose use is looked at. Source: rules, section 8.
extension ActionList {
  static func codes(_ school: SchoolFigures) -> [ActionList] {
    [
      ofCode(
        .exceptionalLeave, name: "Exceptional_leave", title: "Leave in exceptional circumstances (C)",
        rule: "Every pupil with code C this year. Each leave is granted by the head for a reason on file.",
        source: "School Attendance (Pupil Registration) (England) Regulations 2024", school),
      partTime(school), travelling(school),
    ]
  }

  private static func ofCode(
    _ code: AttendanceCode, name: String, title: String, rule: String, source: String, _ school: SchoolFigures
  ) -> ActionList {
    ActionList(
      name: name, title: title, rule: rule, source: source,
      columns: [Table.Column("Sessions"), Table.Column("Dates", .text)],
      members: most(school.pupils, by: { $0.year[code] }).map { pupil in
        Member(
          pupil: pupil,
          cells: [
            .number(pupil.year[code]), .text(EvidenceWords(school.marks(of: pupil, CodeSet([code]))).text),
          ])
      })
  }

  private static func partTime(_ school: SchoolFigures) -> ActionList {
    let weeks = school.maxTimetableWeeks
    return ActionList(
      name: "Part_time_timetable", title: "Part-time timetables (C2)",
      rule:
        "Every pupil with code C2 this year: a part-time timetable is short and agreed, and counts as absence. Over "
        + "\(weeks) school weeks it is looked at again; a person decides.",
      source: "DfE, Working together to improve school attendance",
      columns: [
        Table.Column("Sessions"), Table.Column("School weeks with C2"),
        Table.Column("Over \(weeks) weeks", .text),
        Table.Column("First and last", .text),
      ],
      members: most(school.pupils, by: { $0.year[.partTimeTimetable] }).map { pupil in
        let marks = school.marks(of: pupil, CodeSet([.partTimeTimetable]))
        return Member(
          pupil: pupil,
          cells: [
            .number(marks.count), .number(pupil.timetableWeeks),
            .text(pupil.timetableWeeks > weeks ? "Yes" : "No"),
            .text(EvidenceWords.span(of: marks)),
          ])
      }, saysWhoDecides: true)
  }

  /// Attendances in twelve months that are a defence in law for a parent of no fixed abode.
  private static let defence = 200

  private static func travelling(_ school: SchoolFigures) -> ActionList {
    ActionList(
      name: "Travelling", title: "Parent travelling for occupational purposes (T)",
      rule:
        "Every pupil with code T this year, with the sessions attended in the twelve months up to the as-at date. "
        + "\(defence) attendances in 12 months are a defence in law for the parent, not a condition of the code: for "
        + "information only.",
      source: "Education Act 1996, section 444(6)",
      columns: [
        Table.Column("Sessions of T"), Table.Column("Dates", .text), Table.Column("Attended in 12 months"),
        Table.Column("Short of \(defence)"),
      ],
      members: most(school.pupils, by: { $0.year[.parentTravelling] }).map { pupil in
        let attended = school.tally(of: pupil, from: school.asAt - 364, to: school.asAt).attending
        return Member(
          pupil: pupil,
          cells: [
            .number(pupil.year[.parentTravelling]),
            .text(EvidenceWords(school.marks(of: pupil, CodeSet([.parentTravelling]))).text),
            .number(attended), .number(max(0, defence - attended)),
          ])
      },
      notes: ["The twelve months reach back only as far as the registers that were read."])
  }

  /// Who is late, with what it costs. Source: rules, section 7.
  static func late(_ school: SchoolFigures) -> ActionList {
    let lateness = school.policy.lateness
    let hasTable = !lateness.table.isEmpty
    let hasLessons = hasTable || lateness.lessonMinutes != nil
    func days(_ lost: Policy.Lateness.DaysLost?) -> Cell {
      lost.map { .decimal($0.tenths, places: 1, of: 1) } ?? .shorthand(.notAvailable)
    }
    return ActionList(
      name: "Late", title: "Late",
      rule: "5 or more late marks this year, before (L) or after (U) the register closed, most first.",
      source: "Attendance registers of \(school.school.name)",
      columns: [
        Table.Column("Late before close (L)"), Table.Column("Late after close (U)"),
        Table.Column("Marks that say how late", .text), Table.Column("Minutes on L"),
        Table.Column("Minutes on U"),
        Table.Column("Days lost, \(lateness.taughtMinutes) minutes a day"),
      ] + (hasTable ? [Table.Column("Days lost by the policy's table")] : [])
        + (hasLessons ? [Table.Column("Lessons lost")] : []),
      members: most(school.pupils, in: 5..., by: \.lateness.marks).map { pupil in
        let late = pupil.lateness
        let lost = late.minutesLost
        return Member(
          pupil: pupil,
          cells: [
            .number(late.beforeClose), .number(late.afterClose),
            .text("\(late.marksWithMinutes) of \(late.marks)"),
            lost.map { .minutes($0, of: 1) } ?? .shorthand(.notAvailable),
            late.minutesOnU.map { .minutes($0, of: 1) } ?? .shorthand(.notAvailable),
            days(lost.map(lateness.daysLost)),
          ]
            + (hasTable
              ? [days(lost.flatMap { lateness.daysLostByTable(minutes: $0, daysDue: pupil.daysDue) })] : [])
            + (hasLessons
              ? [days(lost.flatMap { lateness.lessonsLost(minutes: $0, daysDue: pupil.daysDue) })] : []))
      },
      notes: [
        "Days lost count minutes on L; a U is a lost session already. Marks without minutes add none, so that where not every "
          + "mark says how late, more was lost."
      ]
        + (hasTable
          ? [
            "The policy's table: minutes a day, averaged over the days due in, scaled from \(lateness.yearDays) days."
          ] : []))
  }

  /// Broken weeks over weeks in session, for policies that act on them. Source: rules, section 6.
  static func brokenWeeks(_ school: SchoolFigures) -> ActionList? {
    let rule = school.policy.brokenWeeks
    guard let threshold = school.threshold(.brokenWeeks) else { return nil }
    let pupils = school.pupils(.reached, threshold.id)
    let left = CodeSet.absence.codes.filter { !rule.codes.contains($0) }.map(\.mark)
    return ActionList(
      name: "Broken_weeks", title: "Broken weeks",
      rule:
        "A quarter or more of the weeks in session broken, and at least two of them: weeks with any absence"
        + (left.isEmpty ? "" : " but \(left.joined(separator: ", "))")
        + ". 2 of 4 is a concern, 2 of 20 much less.",
      source: threshold.citation,
      columns: [
        Table.Column("Broken weeks"), Table.Column("Weeks in session"), Table.Column("Whole weeks absent"),
        Table.Column("Share of weeks (%)", .percent), Table.Column("Illness, share of absence (%)", .percent),
        Table.Column("Most on", .text), Table.Column("Spells"),
        Table.Column("Spells next to a weekend or holiday"),
      ],
      members: pupils.enumerated().sorted { left, right in
        let (one, other) = (left.element.ownWeeks, right.element.ownWeeks)
        let (first, second) = (one.broken * other.inSession, other.broken * one.inSession)
        return first == second ? left.offset < right.offset : first > second
      }.map(\.element).map { pupil in
        let weeks = pupil.ownWeeks
        let spells = school.spells(of: pupil)
        return Member(
          pupil: pupil,
          cells: [
            .number(weeks.broken), .number(weeks.inSession), .number(weeks.whole),
            .rate(Rate(weeks.broken, of: weeks.inSession), of: 1),
            .rate(Rate(pupil.year[.illness], of: pupil.year.absence), of: 1),
            .text(school.weekShape(of: pupil).fullest?.name ?? "No one day"), .number(spells.count),
            .number(spells.nextToBreaks),
          ])
      })
  }

  /// Who misses a weekday or a half of the day beyond chance.
  static func patterns(_ school: SchoolFigures) -> ActionList {
    let pupils = school.pupils.filter { $0.pattern != nil }.sorted {
      ($0.pattern?.chance ?? 1, $0.position) < ($1.pattern?.chance ?? 1, $1.position)
    }
    return ActionList(
      name: "Patterns", title: "A weekday or half of the day missed beyond chance",
      rule: WeekPattern.rule, source: "Attendance registers of \(school.school.name)",
      columns: [
        Table.Column("What is missed", .text), Table.Column("Missed", .text),
        Table.Column("Expected by chance"),
      ],
      members: pupils.compactMap { pupil in
        pupil.pattern.map { pattern in
          Member(
            pupil: pupil,
            cells: [
              .text(pattern.part.words), .text("\(pattern.missed) of \(pattern.of) \(pattern.part.unit)"),
              .decimal(Int((pattern.expected * 10).rounded()), places: 1, of: 1),
            ])
        }
      })
  }
}

extension WeekPattern {
  static let rule =
    "Of each week missed in part it is asked whether the weekday is among the missed days more often than chance and the "
    + "school's own absence on those days explain; a day on which everyone was away counts for little, "
    + "and an agreed part-time timetable (C2) for nothing. The test is exact, "
    + "allows for seven looks at each pupil, and over all pupils of the school about one flag in twenty is expected to be "
    + "chance (Benjamini and Hochberg). A pattern is a question to ask, not an answer."
}

extension WeekPattern.Part {
  var words: String {
    switch self {
    case .weekday(let day): "\(day.name)s"
    case .half(.morning): "Mornings"
    case .half(.afternoon): "Afternoons"
    }
  }

  /// What is counted.
  var unit: String {
    switch self {
    case .weekday: "weeks missed in part"
    case .half: "days missed by half"
    }
  }
}

extension SchoolFigures {
  /// The school weeks that a part-time timetable may last before it is reviewed.
  var maxTimetableWeeks: Int {
    if case .partTimeTimetable(let weeks)? = threshold(.partTimeTimetable)?.rule { weeks } else { 0 }
  }
}
