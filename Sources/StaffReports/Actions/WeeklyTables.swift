import Measures
import Policies
import Registers
import ReportModel

/// Tables of the current half-term week by week: by form, by centre, by commissioning school.
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

  /// Missing: nil where no pupil has such a name.
  private static func section(
    _ title: String, _ path: KeyPath<Pupil, String>, first: String, unnamed: String, name: String,
    _ halfTerm: HalfTerm, _ school: SchoolFigures
  ) -> Section? {
    guard school.pupils.contains(where: { !$0.pupil[keyPath: path].isEmpty }) else { return nil }
    let byName = school.weeks(by: path, in: halfTerm)
    guard byName.keys.contains(where: { !$0.isEmpty }) else { return nil }
    let weeks = Set(byName.values.flatMap(\.keys)).sorted()
    let rows = byName.sorted { isBefore($0.key, $1.key) }.map { key, figures in
      row(key.isEmpty ? unnamed : key, weeks.map { figures[$0] ?? .zero })
    }
    let all = weeks.map { week in byName.values.reduce(into: GroupFigures.zero) { $0 += $1[week] ?? .zero } }
    return Section(
      title,
      sentences: [
        "Sessions missed in \(halfTerm.name.rawValue), week by week, of all pupils on roll. The darker, the more."
      ],
      tables: [
        Table(
          name, title: "Sessions missed in \(halfTerm.name.rawValue): \(title.lowercased())",
          columns: [Table.Column(first, .text)]
            + weeks.map { Table.Column("\(EvidenceWords.short($0)) (%)", .percent) }
            + [Table.Column("Half-term (%)", .percent)],
          rows: rows + [row("The school", all)],
          notes: ["Weeks by the Monday they begin with."], look: .heat)
      ])
  }

  private static func row(_ name: String, _ weeks: [GroupFigures]) -> [Cell] {
    let whole = weeks.map(\.tally).reduce(.zero, +)
    return [.text(name)] + weeks.map { .rate($0.tally.absenceRate, of: max(1, $0.enrolments)) }
      + [.rate(whole.absenceRate, of: max(1, weeks.map(\.enrolments).max() ?? 0))]
  }

  /// By the number at the start, so that 10A comes after 9A; those without a name last.
  private static func isBefore(_ left: String, _ right: String) -> Bool {
    func number(_ name: String) -> Int {
      name.isEmpty ? .max : Int(name.prefix { $0.isASCII && $0.isNumber }) ?? 1000
    }
    return (number(left), left) < (number(right), right)
  }

  /// The pupils of each commissioning school, which is owed their attendance each week.
  private static func commissioned(_ school: SchoolFigures) -> Section? {
    guard let week = school.firstDay(ofLastWeeks: 1) else { return nil }
    let pupils = school.pupils.filter { !$0.pupil.commissioningSchool.isEmpty && !$0.hasLeft(by: week) }
    guard !pupils.isEmpty else { return nil }
    return Section(
      "For the commissioning schools",
      sentences: [
        """
        The week from \(.day(week)) pupil by pupil. Filter the workbook by the school before you send it: each is told of its \
        own pupils only.
        """
      ],
      tables: [
        Table(
          "Commissioned_pupils", title: "The last week, by commissioning school",
          columns: [Table.Column("Commissioning school", .text)] + PupilCells.nameColumns + [
            Table.Column("Marks of the week", .text), Table.Column("Attended"), Table.Column("Possible"),
            Table.Column("Attendance, half-term (%)", .percent),
            Table.Column("Attendance, year (%)", .percent),
          ],
          rows: pupils.sorted {
            ($0.pupil.commissioningSchool, $0.position) < ($1.pupil.commissioningSchool, $1.position)
          }.map { pupil in
            let tally = school.tally(of: pupil, from: week, to: school.asAt)
            let marks = school.sessions(of: pupil).filter { $0.session.day >= week }
            return [.text(pupil.pupil.commissioningSchool)] + PupilCells.name(pupil) + [
              .text(marks.map(\.code.mark).joined(separator: " ")), .number(tally.attending),
              .number(tally.possible),
              .rate(pupil.halfTermNow?.attendanceRate, of: 1), .rate(pupil.year.attendanceRate, of: 1),
            ]
          }, look: .list)
      ])
  }
}
