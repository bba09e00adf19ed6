import Measures
import Registers

/// The rows of `intake.csv`: what each school missed, and what is expected for its intake.
package enum CaseMixData {
  package static let header = """
    time_period,time_identifier,school_urn,school_name,sess_possible,sess_overall,sess_overall_expected,\
    sess_overall_ratio,sess_overall_ratio_low,sess_overall_ratio_high,sess_overall_adjusted_percent,\
    enrolments_pa_10_exact,enrolments_pa_10_exact_expected,sess_shared_percent

    """

  /// - Parameter schools: In the order of the trust file.
  package static func rows(of schools: [SchoolFigures], in trust: TrustFigures) -> [UInt8] {
    var csv = CSVText()
    for school in schools {
      let intake = CaseMixAdjustment(school.intake, trust: trust.intake)
      csv.field(school.schoolYear.timePeriod)
      csv.field(Period.yearToDate.name)
      csv.field(school.school.urn ?? "")
      csv.field(school.school.name)
      csv.field(school.total(in: .yearToDate).tally.possible)
      csv.field(intake.observed)
      for value in [
        intake.expected, intake.ratio, intake.ratioInterval?.lowerBound, intake.ratioInterval?.upperBound,
        intake.adjustedPercent,
      ] {
        csv.field(millionths(value))
      }
      csv.field(intake.observedPersistent)
      csv.field(millionths(intake.expectedPersistent))
      csv.field(millionths(100 * intake.shared))
      csv.endLine()
    }
    return csv.bytes
  }

  /// With up to six decimals. Missing: empty.
  private static func millionths(_ value: Double?) -> String {
    value.map { Rate.data(Int(($0 * 1_000_000).rounded()), over: 1_000_000) } ?? ""
  }
}
