import Measures
import Registers
import ReportModel

/// The groups of a lead's report against each other and the school.
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

  /// The figures of some of the group's parts together.
  func figures(of parts: [String], in period: Period) -> GroupFigures {
    group.parts.filter { parts.contains($0.name) }.reduce(into: .zero) { sum, part in
      sum +=
        part.group.map { school.figures(of: $0, in: period) ?? .zero }
        ?? rows.sum(of: scoped.filter { part.includes($0.pupil) }, in: period)
    }
  }

  private var halfTerms: [Period] { school.periods.filter { $0 != .yearToDate } }

  /// Page one: the parts against each other, with the way they went.
  var section: Section {
    let parts = group.parts.map { part in
      part.group.map { rows.row(part.name, $0) }
        ?? rows.row(part.name, scoped.filter { part.includes($0.pupil) })
    }
    let untold = scoped.filter { pupil in !group.isTold(pupil.pupil) }
    let listed =
      parts.filter { $0[1] != .pupils(0) } + (untold.isEmpty ? [] : [rows.row("Not known", untold)])
    let table = Table(
      "Against_each_other", title: "Against each other and the school",
      columns: [Table.Column("Group", .text)] + PupilGroupRows.columns(school),
      rows: listed + [rows.row("All aged 5 to 15", .total)],
      notes: [
        "Missed sessions, per cent of possible sessions. Part-time timetables (C2) count as absence; the column beside leaves "
          + "them out of both.", Report.persistentNote,
      ], total: listed.count)
    let change = Table(
      "Parts_by_half_term", title: "Sessions missed by half-term",
      columns: [Table.Column("Half-term", .text)]
        + group.parts.map { Table.Column("\($0.name) (%)", .percent) },
      rows: halfTerms.map { period in
        [.text(period.name)]
          + group.parts.map { part in
            let figures = figures(of: [part.name], in: period)
            return .rate(figures.tally.absenceRate, of: figures.enrolments)
          }
      })
    return Section(
      "Against each other and the school", tables: [change, table],
      charts: [
        Chart(
          .line, title: "Sessions missed, half-term by half-term",
          caption: "Sessions missed, per cent of possible sessions.",
          description: "A line for each group, as in the table.", table: "Parts_by_half_term",
          series: Array(1...group.parts.count))
      ], isFirst: true)
  }

  /// By primary need. Missing: nil where no pupil with SEN has one.
  var byNeed: Section? {
    let pupils = scoped.filter { group.includes($0.pupil) }
    let needs = Set(pupils.map(\.pupil.senNeed)).sorted { ($0.isEmpty ? "~" : $0) < ($1.isEmpty ? "~" : $1) }
    guard needs.contains(where: { !$0.isEmpty }) else { return nil }
    return Section(
      "By need",
      tables: [
        Table(
          "By_need", title: "By primary need",
          columns: [Table.Column("Need", .text)] + PupilGroupRows.columns(school),
          rows: needs.map { need in
            rows.row(SENNeed.words(of: need), pupils.filter { $0.pupil.senNeed == need })
          } + [rows.row("All with SEN", pupils)],
          notes: ["Few pupils stand behind most of these figures: one long illness moves them."])
      ])
  }

  /// The group with and without each other status.
  var overlaps: Section? {
    let told = scoped.filter { group.isTold($0.pupil) }
    let sides = [
      (name: group.sides.inside, pupils: told.filter { group.includes($0.pupil) }),
      (name: group.sides.outside, pupils: told.filter { !group.includes($0.pupil) }),
    ]
    let crossed = group.overlaps.flatMap { overlap -> [[Cell]] in
      guard scoped.contains(where: { overlap.status($0.pupil) == .yes }) else { return [] }
      return sides.flatMap { side in
        [Status.yes, .no].map { status in
          let name = "\(side.name), \(status == .yes ? "" : "not ")\(overlap.name)"
          return rows.row(name, side.pupils.filter { overlap.status($0.pupil) == status })
        }
      }.filter { $0[1] != .pupils(0) }
    }
    guard !crossed.isEmpty else { return nil }
    return Section(
      "Overlaps",
      sentences: ["Pupils of whom either status is not known are left out."],
      tables: [
        Table(
          "Overlaps", title: "Overlaps with other groups",
          columns: [Table.Column("Pupils who are", .text)] + PupilGroupRows.columns(school),
          rows: crossed)
      ])
  }
}

extension SessionTally {
  /// The share missed if sessions of C2 were not possible sessions. Missing: nil when no session is left.
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

  static func words(of need: String) -> String {
    if need.isEmpty { return "Not known" }
    return names[need].map { "\($0) (\(need))" } ?? need
  }
}
