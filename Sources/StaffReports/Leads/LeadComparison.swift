import Measures
import Registers
import ReportModel

/// The comparison of the groups of a lead's report with each other and the school.
struct LeadComparison {
  private let group: LeadGroup
  private let school: SchoolFigures
  private let rows: PupilGroupRows
  private var scoped: [PupilFigures] { rows.pupils }

  init(_ group: LeadGroup, _ school: SchoolFigures) {
    self.group = group
    self.school = school
    rows = PupilGroupRows(school)
  }

  func figures(of part: LeadGroup.Part, in period: Period) -> GroupFigures {
    part.group.map { school.figures(of: $0, in: period) ?? .zero }
      ?? school.figures(in: period, where: part.includes)
  }

  /// The section for page one: the parts compared with each other, with their change by half-term.
  var section: Section {
    let parts = group.parts.map { part in
      part.group.map { rows.row(part.name, $0) }
        ?? rows.row(part.name, where: part.includes)
    }
    let listed = (parts + [rows.row("Not known") { !group.isKnown($0) }]).filter { !$0.isEmpty }
    let table = Table(
      "Against_each_other", title: "Groups compared",
      columns: Column.all("Group", school), rows: listed + [rows.row("All aged 5 to 15", .total)],
      notes: [
        "Sessions missed, per cent of possible sessions. Part-time timetables (C2) count as absence, except in the "
          + "column that "
          + "excludes them.", Report.persistentNote,
      ], total: listed.count)
    let ofParts = group.parts.map { part in
      Column<Period>(part.name, "\(part.name) (%)", .percent) { period in
        let figures = figures(of: part, in: period)
        return .rate(figures.tally.absenceRate, of: figures.enrolments)
      }
    }
    let change = Table(
      "Parts_by_half_term", title: "Sessions missed by half-term",
      columns: [.text("half_term", "Half-term") { $0.name }] + ofParts,
      rows: school.periods.filter { $0 != .yearToDate })
    return Section(
      "Groups compared", tables: [change, table],
      charts: [
        Chart(
          .line, title: "Sessions missed, half-term by half-term",
          caption: "Sessions missed, per cent of possible sessions.",
          description: "A line for each group, as in the table.", table: "Parts_by_half_term",
          series: Array(1...group.parts.count))
      ], isFirst: true)
  }

  /// The section by primary need, or `nil` if no pupil with SEN has one.
  var byNeed: Section? {
    let pupils = scoped.filter { group.includes($0.pupil) }
    let needs = Set(pupils.map(\.pupil.senNeed)).sorted { ($0.isEmpty ? "~" : $0) < ($1.isEmpty ? "~" : $1) }
    guard needs.contains(where: { !$0.isEmpty }) else { return nil }
    return Section(
      "By need",
      tables: [
        Table(
          "By_need", title: "By primary need",
          columns: Column.all("Need", school),
          rows: needs.map { need in
            rows.row(SENNeed.label(of: need)) { group.includes($0) && $0.senNeed == need }
          } + [rows.row("All with SEN", where: group.includes)],
          notes: ["Most of these groups are small: one long illness can change a figure."])
      ])
  }

  /// The section on the group with and without each other status, or `nil` if no pupil has one.
  var overlaps: Section? {
    let sides = [(group.sides.inside, true), (group.sides.outside, false)]
    let crossed = group.overlaps.flatMap { overlap -> [PupilGroupRow] in
      guard scoped.contains(where: { overlap.status($0.pupil) == .yes }) else { return [] }
      return sides.flatMap { side, isInside in
        [Status.yes, .no].map { status in
          rows.row("\(side), \(status == .yes ? "" : "not ")\(overlap.name)") {
            group.isKnown($0) && group.includes($0) == isInside && overlap.status($0) == status
          }
        }
      }.filter { !$0.isEmpty }
    }
    guard !crossed.isEmpty else { return nil }
    return Section(
      "Pupils in more than one group",
      sentences: ["Pupils with an unknown status are left out."],
      tables: [
        Table(
          "Overlaps", title: "Pupils in more than one group",
          columns: Column.all("Pupils who are", school), rows: crossed)
      ])
  }
}

extension SessionTally {
  /// The share missed if sessions of C2 were not possible sessions, or `nil` if no session is left.
  var absenceRateWithoutC2: Rate? {
    Rate(absence - self[.partTimeTimetable], of: possible - self[.partTimeTimetable])
  }
}

/// The primary needs of the school census, by code.
enum SENNeed {
  private static let names = [
    "SPLD": "Specific learning difficulty", "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty", "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health", "SLCN": "Speech, language and communication",
    "HI": "Hearing impairment", "VI": "Vision impairment", "MSI": "Multi-sensory impairment",
    "PD": "Physical disability", "ASD": "Autistic spectrum disorder", "DS": "Down syndrome",
    "OTH": "Other difficulty or disability", "NSA": "SEN support, no specialist assessment",
  ]

  static func label(of need: String) -> String {
    if need.isEmpty { return "Not known" }
    return names[need].map { "\($0) (\(need))" } ?? need
  }
}
