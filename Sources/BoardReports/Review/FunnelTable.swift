import Measures
import Registers
import ReportModel

/// Which schools lie outside what chance allows, given their pupils and how far apart the trust's schools lie anyway.
struct FunnelTable {
  private let rows: [(school: SchoolFigures, intake: CaseMixAdjustment)]
  private let hidden: [SchoolFigures]
  private let funnel: Funnel?

  init(_ trust: TrustFigures, _ schools: [SchoolFigures]) {
    let year = trust.total(in: .yearToDate)
    let shown = year.isWithheld ? [] : schools.filter { !$0.total(in: .yearToDate).isWithheld }
    rows = shown.map { ($0, CaseMixAdjustment($0.intake, trust: trust.intake)) }
      .enumerated().sorted {
        ($0.element.1.pupils, $0.offset) < ($1.element.1.pupils, $1.offset)
      }.map { (school: $0.element.0, intake: $0.element.1) }
    hidden = schools.filter { school in !shown.contains { $0.school == school.school } }
    funnel = year.isWithheld ? nil : Funnel(rows.map(\.intake), trust: year)
  }

  /// The schools that miss more, or less, than other schools do whatever their size. Missing: empty where there are none.
  func names(_ place: Funnel.Place) -> [String] {
    rows.filter { funnel?.place(of: $0.intake) == place }.map(\.school.school.name)
  }

  static let title = "Unlike the other schools"

  /// Missing: nil where no school can be shown.
  var section: Section? {
    guard let funnel, !rows.isEmpty else { return nil }
    return Section(
      FunnelTable.title, sentences: [sentence(funnel)], tables: [table(funnel)],
      charts: [
        Chart(
          .funnel, title: "Missed over expected, by number of pupils",
          caption:
            "A dot for each school: 1 is as expected for its intake. Between the inner lines lie 95 of 100 schools, between the "
            + "outer ones 99.8, were all alike but for chance.",
          description: "Dots between two pairs of lines that draw together as schools have more pupils.",
          table: "Funnel", categories: 1, series: [2, 3, 4, 5, 6])
      ])
  }

  private func sentence(_ funnel: Funnel) -> Sentence {
    let (high, low) = (names(.high), names(.low))
    let found: [Sentence] = [
      high.isEmpty
        ? nil : "\(high.joined(separator: ", ")) missed more than chance allows other schools of the size",
      low.isEmpty ? nil : "\(low.joined(separator: ", ")) missed less",
    ].compactMap(\.self)
    guard let first = found.first else {
      return
        "No school lies outside the outer lines: none is unlike the others beyond what their sizes allow."
    }
    return found.count == 1 ? "\(first)." : "\(first); \(found[1])."
  }

  private func table(_ funnel: Funnel) -> Table {
    func number(_ value: Double, of pupils: Int) -> Cell {
      .decimal(Int((value * 100).rounded()), places: 2, of: pupils)
    }
    return Table(
      "Funnel", title: "Missed over expected for the intake, and what chance allows",
      columns: [
        Table.Column("School", .text), Table.Column("Pupils"), Table.Column("Missed over expected"),
        Table.Column("95% limits from"), Table.Column("95% limits to"), Table.Column("99.8% limits from"),
        Table.Column("99.8% limits to"), Table.Column("Where it lies", .text),
      ],
      rows: rows.map { school, intake in
        let pupils = intake.pupils
        let limits = Funnel.Limit.allCases.map { funnel.limits(pupils: pupils, $0) }
        return [
          .text(school.school.name), .pupils(pupils),
          intake.ratio.map { number($0, of: pupils) } ?? .shorthand(.notApplicable),
        ] + limits.flatMap { [number($0.lowerBound, of: pupils), number($0.upperBound, of: pupils)] }
          + [funnel.place(of: intake).map { .text($0.rawValue) } ?? .shorthand(.notApplicable)]
      }
        + hidden.map { [.text($0.school.name)] + Array(repeating: .shorthand(.confidential), count: 7) },
      notes: [
        "Schools stand in the order of their number of pupils; it is no order of merit. The limits are those of a school of so "
          + "many pupils, whose spread over pupils is the trust's, on the scale of the logarithm (Spiegelhalter, 2005). "
          + "The intervals of what is expected use each school's own spread, so that the two can differ.",
        dispersionNote(funnel),
      ], source: Table.ofTheTrust)
  }

  private func dispersionNote(_ funnel: Funnel) -> String {
    if rows.count < Funnel.leastSchools {
      return
        "Of fewer than \(Funnel.leastSchools) schools it cannot be told how far apart schools lie anyway: the limits are those of "
        + "their pupils alone, and a school outside them is a question, no finding."
    }
    let times = Rate.decimal(Int((funnel.dispersion.squareRoot() * 100).rounded()), places: 2)
    return
      "Schools lie further apart than their pupils alone explain, for reasons not in the registers; the limits are \(times) "
      + "times as wide for it (over-dispersion of winsorised z scores)."
  }
}
