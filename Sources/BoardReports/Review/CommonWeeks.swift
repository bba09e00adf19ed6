import Measures
import Registers
import ReportModel

/// Schools whose half-terms have other dates, compared over the weeks in which all of them were open.
struct CommonWeeks {
  let schools: [SchoolFigures]

  /// The weeks with a session at every school, in order.
  var common: [Day] {
    let all = schools.map { Set($0.weeks.map(\.monday)) }
    guard let first = all.first else { return [] }
    return all.dropFirst().reduce(first) { $0.intersection($1) }.sorted()
  }

  /// Whether some school was open in a week in which another was not.
  var areUnlike: Bool { Set(schools.map { $0.weeks.map(\.monday) }).count > 1 }

  /// About a half-term. Unit: weeks.
  private static let lately = 6

  /// Missing: nil where all schools were open in the same weeks.
  ///
  /// - Parameter current: The trust's half-term. Missing: nil before the first.
  func section(current: Period?) -> Section? {
    guard areUnlike else { return nil }
    let (title, common) = ("Like weeks", common)
    guard let first = common.first, let last = common.last else {
      return Section(title, sentences: ["There is no week in which every school was open."])
    }
    let latest = Array(common.suffix(CommonWeeks.lately))
    let current = current ?? .yearToDate
    return Section(
      title,
      sentences: [
        """
        Term dates differ between these schools. \(Cell.number(common.count)) weeks, from that of \(first.formatted) to that of \
        \(last.formatted), had sessions at every school.
        """
      ],
      tables: [
        Table(
          "Like_weeks", title: "Missed in the weeks in which every school was open",
          columns: [
            Table.Column("School", .text), Table.Column("\(current.name): dates", .text),
            Table.Column("Missed, \(current.name) (%)", .percent),
            Table.Column("Missed, last \(latest.count) like weeks (%)", .percent),
            Table.Column("Weeks open this year"), Table.Column("Missed, year to date (%)", .percent),
            Table.Column("Missed, all like weeks (%)", .percent),
          ],
          rows: schools.map { school in
            [
              .text(school.school.name), .text(dates(of: current, at: school)),
              school.total(in: current).rateCell(\.absenceRate), missed(at: school, in: latest),
              .number(school.weeks.count), school.total(in: .yearToDate).rateCell(\.absenceRate),
              missed(at: school, in: common),
            ]
          },
          notes: [
            "A week counts from Monday. A half-term is the school's own; weeks in which some school was closed are left out of the "
              + "like weeks of all."
          ], source: Table.ofTheTrust)
      ])
  }

  private func dates(of period: Period, at school: SchoolFigures) -> String {
    guard let halfTerm = school.halfTerms.first(where: { .halfTerm($0.name) == period }) else {
      return "not begun"
    }
    return "\(halfTerm.first.formatted) to \(halfTerm.last.formatted)"
  }

  /// Missing: `[c]` where one of the weeks may not be seen.
  private func missed(at school: SchoolFigures, in weeks: [Day]) -> Cell {
    let found = school.weeks.filter { weeks.contains($0.monday) }
    guard found.allSatisfy({ !$0.sessions.isWithheld }) else { return .shorthand(.confidential) }
    let sum = found.reduce(into: SessionFigures.zero) { $0 += $1.sessions }
    return .rate(sum.tally.absenceRate, of: found.map(\.sessions.pupils).min() ?? 0)
  }
}
