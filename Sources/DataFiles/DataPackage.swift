import Foundation
import ReportModel

/// The data dictionary beside the CSV files, so that other programs load them with their types.
///
/// Source: Frictionless Data, Tabular Data Package.
package struct DataPackage: Encodable {
  let profile = "tabular-data-package"
  let name: String
  let title: String
  let resources: [Resource]

  struct Resource: Encodable {
    let name: String
    let path: String
    let title: String
    let profile = "tabular-data-resource"
    let format = "csv"
    let mediatype = "text/csv"
    let encoding = "utf-8"
    let schema: Schema
  }

  struct Schema: Encodable {
    let fields: [Field]
    let missingValues: [String]
  }

  struct Field: Encodable {
    let name: String
    let type: String
    let description: String
    /// How true and false are written. Missing: nil for other types.
    var trueValues: [String]?
    var falseValues: [String]?
  }

  package static let fileName = "datapackage.json"
  /// What stands for a figure a board may not see.
  private static let withheld = "c"

  /// - Parameter files: Each with its first row, and what it is.
  package init(_ name: String, title: String, files: [(path: String, header: String, title: String)]) {
    self.name = name
    self.title = title
    resources = files.map { file in
      let columns = file.header.split(whereSeparator: \.isNewline).joined().split(separator: ",")
      return Resource(
        name: String(file.path.prefix { $0 != "." }), path: file.path, title: file.title,
        schema: Schema(
          fields: columns.map { DataPackage.field(String($0)) }, missingValues: ["", DataPackage.withheld]))
    }
  }

  /// The data files of `share/`, or with `restricted/` all of them.
  package static func files(restricted: Bool) -> [(path: String, header: String, title: String)] {
    let shared = [
      ("measures.csv", MeasuresData.measuresHeader, "Every figure, a row for each school, period and group"),
      ("codes.csv", MeasuresData.codesHeader, "Sessions by attendance code"),
    ]
    let others = [
      ("pupils.csv", PupilsData.header, "A row for each pupil"),
      ("intake.csv", CaseMixData.header, "What each school missed, and what is expected for its intake"),
      ("findings.csv", FindingsData.header, "What was found in the exports"),
    ]
    return restricted ? shared + others : shared
  }

  package func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [0x0A]
  }
}

extension DataPackage {
  private static func field(_ name: String) -> Field {
    let known = words[name]
    let type = known?.type ?? "string"
    let isBoolean = type == "boolean"
    return Field(
      name: name, type: type, description: known?.words ?? "", trueValues: isBoolean ? ["1"] : nil,
      falseValues: isBoolean ? ["0"] : nil)
  }

  /// Every column of the data files: its type and what it holds.
  static let words: [String: (type: String, words: String)] = {
    var words: [String: (String, String)] = [:]
    for line in dictionary.split(separator: "\n") {
      let parts = line.split(separator: "|", maxSplits: 2).map { $0.trimmingCharacters(in: .whitespaces) }
      if parts.count == 3 { words[parts[0]] = (parts[1], parts[2]) }
    }
    return words
  }()

  private static let dictionary = """
    time_period | string | School year: 202526 is 2025/26
    time_identifier | string | Year to date, or a half-term from Autumn 1 to Summer 2
    geographic_level | string | School or Trust
    school_urn | string | Unique reference number of the school; empty for the trust
    school_name | string | Name of the school or trust
    breakdown_topic | string | What pupils are broken down by, such as SEN provision
    breakdown | string | The group, such as EHC plan
    enrolments | integer | Enrolments with at least one possible session in the period
    sess_possible | integer | Sessions that could be attended
    sess_present | integer | Sessions present (/, \\\\, L)
    sess_approved | integer | Sessions at an approved activity elsewhere (B, K, P, V, W)
    sess_attending | integer | Sessions present or at an approved activity
    sess_late | integer | Sessions with a late mark (L, U)
    sess_overall | integer | Sessions missed: authorised and unauthorised absence
    sess_authorised | integer | Sessions of authorised absence
    sess_unauthorised | integer | Sessions of unauthorised absence (G, N, O, U)
    attendance_percent | number | Sessions attended as a share of possible ones, per cent
    sess_overall_percent | number | Sessions missed as a share of possible ones, per cent
    sess_authorised_percent | number | Authorised absence as a share of possible sessions, per cent
    sess_unauthorised_percent | number | Unauthorised absence as a share of possible sessions, per cent
    enrolments_pa_10_exact | integer | Enrolments that missed 10% or more of their own possible sessions
    enrolments_pa_10_exact_percent | number | The same as a share of enrolments, per cent
    enrolments_pa_50_exact | integer | Enrolments that missed 50% or more
    enrolments_pa_50_exact_percent | number | The same as a share of enrolments, per cent
    code | string | Attendance code; - for no mark
    statistical_class | string | What the code counts as
    sessions | integer | Sessions with the code
    upn | string | Unique pupil number
    pupil_id | string | The system's own id of the pupil
    surname | string | Surname
    forename | string | Forename
    nc_year | string | National curriculum year
    registration_group | string | Registration group
    sex | string | Female, Male or Unknown
    sen_provision | string | EHC plan, SEN support, No SEN or Unknown
    disadvantaged | boolean | Whether the pupil is so today; empty where it is not known
    looked_after | boolean | Whether the pupil is so today; empty where it is not known
    previously_looked_after | boolean | Whether the pupil is so today; empty where it is not known
    in_scope | boolean | Whether the pupil counts in national figures
    persistent | boolean | Missed 10% or more
    severe | boolean | Missed 50% or more
    late_before_close | integer | Marks of L
    late_after_close | integer | Marks of U
    minutes_late | integer | Minutes on L and U
    late_marks_with_minutes | integer | Marks of L or U that say how many minutes
    days_lost_to_lateness | number | Minutes on L over the minutes taught in a day
    weeks_in_session | integer | School weeks with a possible session of the pupil
    broken_weeks | integer | Of these, weeks with an absence
    whole_weeks_absent | integer | Of these, weeks missed whole
    unauthorised_10_weeks_max | integer | Most unauthorised sessions in any 10 school weeks
    unauthorised_10_weeks_now | integer | Unauthorised sessions in the last 10 school weeks
    illness_sessions | integer | Sessions of illness (I)
    longest_unauthorised_days | integer | Longest run of days wholly unauthorised
    late_after_close_80_max | integer | Most U in any 80 possible sessions
    unresolved_n | integer | N marks more than 5 school days old
    stage | string | The policy's stage the pupil stands at
    severity | string | blocks, warns or informs
    rule | string | The rule's name in Docs/Findings.md
    file | string | The export
    row | integer | The row as a spreadsheet counts it
    message | string | What was found
    remedy | string | What to do
    sess_overall_expected | number | Sessions that would be missed at the trust's rates of each kind of pupil
    sess_overall_ratio | number | Missed over expected
    sess_overall_ratio_low | number | Lower bound of that at 95%
    sess_overall_ratio_high | number | Upper bound of that at 95%
    sess_overall_adjusted_percent | number | The ratio times the trust's rate, per cent
    enrolments_pa_10_exact_expected | number | Persistently absent pupils expected at the trust's rates
    sess_shared_percent | number | Share of possible sessions of kinds of pupils other schools have too, per cent
    """
}
