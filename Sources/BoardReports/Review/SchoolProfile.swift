import Measures
import Registers
import ReportModel

/// What a trust's review says of one school: its figures over time, what is strong and to be developed, and its own words.
struct SchoolProfile {
  let school: SchoolFigures
  let trust: TrustFigures
  /// Missing: nil where the school wrote nothing.
  let commentary: Prose?

  /// The section of the page; its figures stand on the one sheet of all schools.
  var section: Section {
    let periods = school.periods.filter { $0 != .yearToDate } + [.yearToDate]
    let shown = measures.filter { !isHidden($0, in: periods) }
    let table = Table(
      "Over_time_" + school.school.slug.split(separator: "-").joined(separator: "_"),
      title: "\(school.school.name) over time",
      columns: [Table.Column("Measure", .text)] + periods.map { Table.Column($0.name) }
        + [SchoolProfile.changeColumn],
      rows: shown.map { [.text($0.name)] + periods.map($0.cell) + [change($0)] },
      notes: SchoolProfile.notes + hidden(periods), source: "Attendance registers of \(school.school.name)",
      look: .excerpt)
    return Section(
      school.school.name, sentences: strengths, tables: [table],
      prose: commentary.map { ReviewWords($0).ordered })
  }

  /// The figures of all schools over time, for the workbook.
  ///
  /// - Parameter periods: Those of the trust.
  static func table(_ schools: [SchoolFigures], trust: TrustFigures) -> Table {
    let periods = trust.periods.filter { $0 != .yearToDate } + [.yearToDate]
    return Table(
      "Schools_over_time", title: "Each school over time",
      columns: [Table.Column("School", .text), Table.Column("Measure", .text)]
        + periods.map { Table.Column($0.name) } + [changeColumn],
      rows: schools.flatMap { school in
        let story = SchoolProfile(school: school, trust: trust, commentary: nil)
        return story.measures.map { measure in
          [.text(school.school.name), .text(measure.name)] + periods.map(measure.cell) + [
            story.change(measure)
          ]
        }
      }, notes: notes, source: Table.ofTheTrust, look: .sheet)
  }

  private static let changeColumn = Table.Column("Since the half-term before")
  private static let notes = [
    "Shares are of possible sessions and, of persistent and severe absence, of pupils; those of a half-term count that "
      + "half-term alone. Since the half-term before: in points, the school's last half-term less the one before it."
  ]

  /// A line of the table: a figure in each period.
  private struct Measure {
    let name: String
    let cell: (Period) -> Cell
    /// The rate whose change is told. Missing: nil where none is.
    var rate: KeyPath<SessionTally, Rate?>?
  }

  private var measures: [Measure] {
    func rate(_ name: String, _ rate: KeyPath<SessionTally, Rate?>) -> Measure {
      Measure(name: name, cell: { school.total(in: $0).rateCell(rate) }, rate: rate)
    }
    func sessions(_ name: String, _ code: AttendanceCode) -> Measure {
      Measure(name: "\(name) (sessions of \(code.mark))") { school.sessionsCell(of: code, in: $0) }
    }
    return [
      rate("Attendance (%)", \.attendanceRate), rate("Missed (%)", \.absenceRate),
      rate("Authorised absence (%)", \.authorisedRate), rate("Unauthorised absence (%)", \.unauthorisedRate),
      Measure(name: "Persistently absent (pupils)") { school.total(in: $0).persistentCell },
      Measure(name: "Persistently absent (%)") { school.total(in: $0).persistentShareCell },
      Measure(name: "Severely absent (pupils)") { school.total(in: $0).severeCell },
      Measure(name: "Severely absent (%)") { school.total(in: $0).severeShareCell },
      sessions("Exceptional leave", .exceptionalLeave), sessions("Suspension", .suspended),
      sessions("Part-time timetable", .partTimeTimetable), sessions("No reason yet", .reasonNotEstablished),
    ]
  }

  private func change(_ measure: Measure) -> Cell {
    guard let rate = measure.rate, let current = school.currentHalfTerm,
      let previous = school.previousHalfTerm
    else { return .shorthand(.notApplicable) }
    return GroupFigures.pointsCell(rate, from: school.total(in: previous), to: school.total(in: current))
  }

  private func isHidden(_ measure: Measure, in periods: [Period]) -> Bool {
    periods.allSatisfy { measure.cell($0) == .shorthand(.confidential) }
  }

  /// What is withheld in every period is no row of the page. Missing: empty where there is none.
  private func hidden(_ periods: [Period]) -> [String] {
    let names = measures.filter { isHidden($0, in: periods) }.map(\.name)
    return names.isEmpty
      ? [] : ["Withheld throughout, so that no pupil can be recognised: \(names.joined(separator: "; "))."]
  }

  /// What the rules draw from the figures, each with its evidence.
  private var strengths: [Sentence] {
    let found = StrengthOrConcern.all(of: school, trust: trust)
    guard !found.isEmpty else {
      return ["The rules find nothing in its figures that stands out as strong or to be developed."]
    }
    return found.map { strength in
      let against: Sentence =
        strength.against == .shorthand(.notApplicable) ? "" : ", against \(strength.against)"
      return "\(strength.kind.rawValue): \(strength.words) (\(strength.figure)\(against))."
    }
  }
}
