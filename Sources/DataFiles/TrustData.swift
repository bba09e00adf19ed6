import Measures
import Registers
import ReportModel

/// `intake.csv`: what each school missed, and what is expected for its intake.
package enum CaseMixData {
  package struct Row: Sendable {
    let school: SchoolFigures
    let caseMix: CaseMixAdjustment
  }

  package static let file = DataFile(
    "intake.csv", title: "Sessions missed by each school, and expected for its pupils", columns: columns)

  /// - Parameter schools: The schools in the order of the trust file.
  package static func lines(of schools: [SchoolFigures], in trust: TrustFigures) -> [UInt8] {
    file.lines(
      schools.map { Row(school: $0, caseMix: CaseMixAdjustment($0.caseMix, trust: trust.caseMix)) })
  }

  private static let columns: [Column<Row>] = [
    .label("time_period", "School year: 202526 is 2025/26") { $0.school.schoolYear.timePeriod },
    .label("time_identifier", "Year to date, or a half-term from Autumn 1 to Summer 2") { _ in
      Period.yearToDate.name
    },
    .label("school_urn", "Unique reference number of the school; empty for the trust") {
      $0.school.school.urn ?? ""
    },
    .label("school_name", "Name of the school or trust") { $0.school.school.name },
    .count("sess_possible", "Sessions that could be attended") {
      $0.school.total(in: .yearToDate).tally.possible
    },
    .count("sess_overall", "Sessions missed: authorised and unauthorised absence") { $0.caseMix.observed },
    .decimal(
      "sess_overall_expected", "Sessions missed if each kind of pupil had the trust's rate"
    ) { $0.caseMix.expected },
    .decimal("sess_overall_ratio", "Missed over expected") { $0.caseMix.ratio },
    .decimal("sess_overall_ratio_low", "Lower bound of the ratio, 95% interval") {
      $0.caseMix.ratioInterval?.lowerBound
    },
    .decimal("sess_overall_ratio_high", "Upper bound of the ratio, 95% interval") {
      $0.caseMix.ratioInterval?.upperBound
    },
    .decimal("sess_overall_adjusted_percent", "The ratio times the trust's rate, per cent") {
      $0.caseMix.adjustedPercent
    },
    .count("enrolments_pa_10_exact", "Enrolments that missed 10% or more of their own possible sessions") {
      $0.caseMix.observedPersistent
    },
    .decimal(
      "enrolments_pa_10_exact_expected", "Persistently absent pupils expected at the trust's rates"
    ) { $0.caseMix.expectedPersistent },
    .decimal(
      "sess_shared_percent",
      "Share of possible sessions of pupil types that other schools have too, per cent"
    ) { 100 * $0.caseMix.shared },
  ]
}

/// `findings.csv`: what was found in the exports.
package enum FindingsData {
  package static let file = DataFile(
    "findings.csv", title: "Findings in the exports",
    columns: [
      Column<Finding>.label("severity", "blocks, warns or informs") { $0.rule.severity.rawValue },
      .label("rule", "The rule's name in Docs/Findings.md") { $0.rule.id },
      .label("school_urn", "Unique reference number of the school; empty for the trust") { $0.school ?? "" },
      .label("file", "The export") { $0.file },
      .count("row", "The row as a spreadsheet counts it") { $0.row },
      .label("message", "The finding") { $0.message },
      .label("remedy", "What to do") { $0.rule.remedy },
    ])
}
