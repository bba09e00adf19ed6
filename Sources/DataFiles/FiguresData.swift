import Registers
import Release
import ReportModel

/// `figures.csv`: every figure of `share/` as a reader sees it.
package enum FiguresData {
  /// A figure and the school, set or trust it is of.
  package struct Row: Sendable {
    let owner: PublishedFigures
    let figure: Figure
  }

  package static let file = DataFile(
    "figures.csv", title: "Every figure of the reports for the board, as it is shown", columns: columns)

  package static func lines(of owner: PublishedFigures) -> [UInt8] {
    file.lines(owner.sorted.map { Row(owner: owner, figure: $0) })
  }

  private static let columns: [Column<Row>] = [
    .label("time_period", "School year: 202526 is 2025/26") { $0.owner.schoolYear.timePeriod },
    .label("time_identifier", "Year to date, or a half-term from Autumn 1 to Summer 2") {
      $0.figure.key.period.name
    },
    .label("geographic_level", "School, Set (a group of schools) or Trust") { $0.owner.level.rawValue },
    .label("school_urn", "Unique reference number of the school; empty for a set and the trust") {
      $0.owner.school?.urn ?? ""
    },
    .label("school_name", "Name of the school, set or trust") { $0.owner.name },
    .label("table", "The table of the report") { $0.figure.key.table.rawValue },
    .label("topic", "The breakdown of the pupils; empty for all pupils") {
      $0.figure.key.topic?.rawValue ?? ""
    },
    .label("row", "The row of the table, such as a group, a week or a reason") { $0.figure.key.row },
    .label("measure", "The measure") { $0.figure.key.measure.rawValue },
    .label("value", "The value as shown; c hidden to protect pupils, x not available, z does not apply") {
      $0.figure.value.formatted
    },
    .label("unit", "The unit of the value") { $0.figure.unit.rawValue },
    .label("rule", "The rule of Docs/Release.md by which it is shown, or published") {
      $0.figure.rule.rawValue
    },
  ]
}
