import Measures
import Policies
import Registers
import ReportModel

/// Tables of the current half-term by week: by form, by centre, by commissioning school.
enum WeeklyTables {
  static func sections(_ school: SchoolFigures) -> [Section] {
    guard let halfTerm = school.halfTerms.last else { return [] }
    return [
      section(
        "Class by class", \.registrationGroup, first: "Form", unnamed: "No form", name: "By_form_and_week",
        halfTerm, school),
      section(
        "Centre by centre", \.centre, first: "Centre", unnamed: "No centre", name: "By_centre_and_week",
        halfTerm, school),
      section(
        "Commissioning schools", \.commissioningSchool, first: "Commissioning school", unnamed: "None",
        name: "By_commissioning_school", halfTerm, school),
    ].compactMap(\.self) + [commissioned(school)].compactMap(\.self)
  }

  /// Returns the section of the groups at a key path, or `nil` if no pupil has one.
  private static func section(
    _ title: String, _ path: KeyPath<Pupil, String>, first: String, unnamed: String, name: String,
    _ halfTerm: HalfTerm, _ school: SchoolFigures
  ) -> Section? {
    guard school.pupils.contains(where: { !$0.pupil[keyPath: path].isEmpty }) else { return nil }
    let byName = school.weeks(by: path, in: halfTerm)
    guard byName.keys.contains(where: { !$0.isEmpty }) else { return nil }
    let weeks = Set(byName.values.flatMap(\.keys)).sorted()
    let rows = byName.sorted { isBefore($0.key, $1.key) }.map { key, figures in
      Row(name: key.isEmpty ? unnamed : key, weeks: figures)
    }
    let all: [Day: GroupFigures] = byName.values.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    let ofWeeks = weeks.map { week in
      Column<Row>(week.formatted, "\(MarkDates.short(week)) (%)", .percent) { row in
        let figures = row.weeks[week] ?? .zero
        return .rate(figures.tally.absenceRate, of: max(1, figures.enrolments))
      }
    }
    let whole = Column<Row>("half_term_percent", "Half-term (%)", .percent) { row in
      let tally = row.weeks.values.map(\.tally).reduce(.zero, +)
      return .rate(tally.absenceRate, of: max(1, row.weeks.values.map(\.enrolments).max() ?? 0))
    }
    return Section(
      title,
      sentences: [
        "Sessions missed in \(halfTerm.name.rawValue) by week, for all pupils on roll. Darker means more absence."
      ],
      tables: [
        Table(
          name, title: "Sessions missed in \(halfTerm.name.rawValue): \(title.lowercased())",
          columns: [.text("group", first) { $0.name }] + ofWeeks + [whole],
          rows: rows + [Row(name: "The school", weeks: all)],
          notes: ["Each week is named by its Monday."], look: .heat)
      ])
  }

  /// The figures of a group by the Mondays of the weeks.
  private struct Row: Sendable {
    let name: String
    let weeks: [Day: GroupFigures]
  }

  /// Returns a Boolean value that indicates whether a name comes first, by the number at its start, so that 10A comes
  /// after 9A. An empty name comes last.
  private static func isBefore(_ left: String, _ right: String) -> Bool {
    func number(_ name: String) -> Int {
      name.isEmpty ? .max : Int(name.prefix { $0.isASCII && $0.isNumber }) ?? 1000
    }
    return (number(left), left) < (number(right), right)
  }

  /// Returns the pupils of each commissioning school, to which their attendance is sent each week.
  private static func commissioned(_ school: SchoolFigures) -> Section? {
    guard let week = school.firstDay(ofLastWeeks: 1) else { return nil }
    let pupils = school.pupils.filter { !$0.pupil.commissioningSchool.isEmpty && !$0.hasLeft(by: week) }
    guard !pupils.isEmpty else { return nil }
    let columns: [Column<(pupil: PupilFigures, tally: SessionTally)>] =
      [.text("commissioning_school", "Commissioning school") { $0.pupil.pupil.commissioningSchool }]
      + Column.identity(of: \.pupil) + [
        .text("marks", "Marks of the week") { row in
          school.sessions(of: row.pupil).filter { $0.session.day >= week }.map(\.code.mark)
            .joined(separator: " ")
        },
        .number("attended", "Attended") { $0.tally.attending },
        .number("sess_possible", "Possible") { $0.tally.possible },
        .rate("half_term_percent", "Attendance, half-term (%)") { $0.pupil.halfTermNow?.attendanceRate },
        .rate("attendance_percent", "Attendance, year (%)") { $0.pupil.year.attendanceRate },
      ]
    return Section(
      "For the commissioning schools",
      sentences: [
        """
        The week from \(.day(week)), pupil by pupil. Filter the workbook by school before you send it, so that each \
        school sees only its own pupils.
        """
      ],
      tables: [
        Table(
          "Commissioned_pupils", title: "The last week, by commissioning school", columns: columns,
          rows: pupils.sorted {
            ($0.pupil.commissioningSchool, $0.position) < ($1.pupil.commissioningSchool, $1.position)
          }.map { (pupil: $0, tally: school.tally(of: $0, from: week, to: school.asAt)) }, look: .list)
      ])
  }
}
