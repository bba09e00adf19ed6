import Registers
import Tabular

/// The layout of a file of DfE's figures, detected by the names of its columns.
package enum BenchmarkLayout: String, CaseIterable, Sendable {
  case oneFigureARow, socialCare, attendance, absence

  /// The name, which follows the words "taken for".
  package var label: String {
    switch self {
    case .oneFigureARow: "figures one a row"
    case .socialCare: "absence by social care group"
    case .attendance: "Pupil attendance in schools"
    case .absence: "Pupil absence in schools in England"
    }
  }

  /// The series of all figures in the file, or `nil` if each row has its own.
  var series: Benchmark.Series? {
    switch self {
    case .oneFigureARow: nil
    case .socialCare: .socialCare
    case .attendance: .daily
    case .absence: .accredited
    }
  }

  /// The columns that identify the layout. A file has at least one of each list.
  private var identifyingColumns: [[String]] {
    switch self {
    case .oneFigureARow: [["series"], ["measure"]]
    case .socialCare: [["social_care_group"]]
    case .attendance: [["attendance_perc", "overall_absence_perc", "pa_perc"]]
    case .absence: [["sess_overall_percent", "enrolments_pa_10_exact_percent"]]
    }
  }

  /// The columns that a file must have, one of each list. The first name of a list is the current one.
  var requiredColumns: [[String]] {
    switch self {
    case .oneFigureARow:
      [
        ["series"], ["time_period"], ["period"], ["education_phase"], ["breakdown_topic"], ["breakdown"],
        ["measure"], ["value"], ["status"], ["source"],
      ]
    case .socialCare:
      [
        ["time_period"], ["geographic_level"], ["region_name"], ["la_name"], ["social_care_group"],
        ["phase_type_grouping", "school_type"], ["pt_overall"],
      ]
    case .attendance:
      [
        ["time_period"], ["geographic_level"], ["region_name"], ["la_name"],
        ["education_phase", "school_type"],
        ["overall_absence_perc"],
      ]
    case .absence:
      [
        ["time_period"], ["time_identifier"], ["geographic_level"], ["education_phase", "school_type"],
        ["sess_overall_percent"],
      ]
    }
  }

  /// The columns with the phase. A file has one of them.
  static let phaseColumns = ["education_phase", "school_type", "phase_type_grouping"]

  /// Returns the layout of a file with these columns, in lower case, or `nil` if it is not known.
  static func detect(in columns: Set<String>) -> BenchmarkLayout? {
    allCases.first { layout in layout.identifyingColumns.allSatisfy { $0.contains(where: columns.contains) } }
  }

  /// The columns of a percentage and of the counts behind it.
  struct Percentage: Sendable {
    let column: String
    let measure: BenchmarkMeasure
    let numerator: String
    let denominator: String

    init(_ column: String, _ measure: BenchmarkMeasure, _ numerator: String = "", of denominator: String = "")
    {
      self.column = column
      self.measure = measure
      self.numerator = numerator
      self.denominator = denominator
    }
  }

  /// The percentages in each row, or an empty array if a row is one figure.
  var percentages: [Percentage] {
    switch self {
    case .oneFigureARow: []
    case .socialCare: BenchmarkLayout.socialCarePercentages
    case .attendance: BenchmarkLayout.attendancePercentages
    case .absence: BenchmarkLayout.absencePercentages
    }
  }

  /// The counts are left out, because they are rounded to tens and the percentages are not computed from them.
  private static let socialCarePercentages = [
    Percentage("pt_overall", .overallAbsence),
    Percentage("pt_sess_authorised", .authorisedAbsence),
    Percentage("pt_sess_unauthorised", .unauthorisedAbsence),
    Percentage("pt_pupils_pa_10_exact", .persistentAbsence),
    Percentage("pt_pupils_pa_50_exact", .severeAbsence),
  ]

  private static let attendancePercentages =
    [
      Percentage("attendance_perc", .attendance, "overall_attendance", of: "possible_sessions"),
      Percentage("overall_absence_perc", .overallAbsence, "overall_absence", of: "possible_sessions"),
      Percentage(
        "authorised_absence_perc", .authorisedAbsence, "authorised_absence", of: "possible_sessions"),
      Percentage(
        "unauthorised_absence_perc", .unauthorisedAbsence, "unauthorised_absence", of: "possible_sessions"),
      Percentage("pa_perc", .persistentAbsence),
    ]
    + attendanceReasons.map { Percentage($0, .code($1), $2, of: "possible_sessions") }

  private static let attendanceReasons: [(String, AttendanceCode, String)] = [
    ("illness_perc", .illness, "reason_i_authorised_illness"),
    ("appointments_perc", .medical, "reason_m_authorised_medical_dental"),
    ("auth_religious_perc", .religiousObservance, "reason_r_authorised_religious_observance"),
    ("auth_study_perc", .studyLeave, "reason_s_authorised_study_leave"),
    ("auth_mob_perc", .parentTravelling, "reason_t_authorised_mobile_child"),
    ("auth_excluded_perc", .suspended, "reason_e_authorised_excluded"),
    ("auth_other_perc", .exceptionalLeave, "reason_c_authorised_other"),
    ("auth_performance_perc", .regulatedPerformance, "reason_c1_authorised_regulated_performance"),
    ("auth_interview_perc", .interview, "reason_j1_authorised_interview"),
    ("auth_part_time_perc", .partTimeTimetable, "reason_c2_authorised_temp_reduced_timetable"),
    ("unauth_hol_perc", .holidayNotGranted, "reason_g_unauthorised_holiday"),
    (
      "unauth_late_registers_closed_perc", .lateAfterClose,
      "reason_u_unauthorised_late_after_registers_closed"
    ),
    ("unauth_oth_perc", .otherUnauthorised, "reason_o_other_unauthorised"),
    ("unauth_not_yet_perc", .reasonNotEstablished, "reason_n_no_reason_yet"),
  ]

  private static let absencePercentages =
    [
      Percentage("sess_overall_percent", .overallAbsence, "sess_overall", of: "sess_possible"),
      Percentage("sess_authorised_percent", .authorisedAbsence, "sess_authorised", of: "sess_possible"),
      Percentage("sess_unauthorised_percent", .unauthorisedAbsence, "sess_unauthorised", of: "sess_possible"),
      Percentage(
        "enrolments_pa_10_exact_percent", .persistentAbsence, "enrolments_pa_10_exact", of: "enrolments"),
      Percentage(
        "enrolments_pa_50_exact_percent", .severeAbsence, "enrolments_pa_50_exact", of: "enrolments"),
    ]
    + absenceReasons.map { Percentage("\($0)_rate", .code($1), $0, of: "sess_possible") }

  private static let absenceReasons: [(String, AttendanceCode)] = [
    ("sess_auth_illness", .illness), ("sess_auth_appointments", .medical),
    ("sess_auth_religious", .religiousObservance), ("sess_auth_study", .studyLeave),
    ("sess_auth_traveller", .parentTravelling), ("sess_auth_excluded", .suspended),
    ("sess_auth_interview", .interview), ("sess_auth_reg_performance", .regulatedPerformance),
    ("sess_auth_temp_reduced_timetable", .partTimeTimetable), ("sess_auth_other", .exceptionalLeave),
    ("sess_unauth_holiday", .holidayNotGranted), ("sess_unauth_late", .lateAfterClose),
    ("sess_unauth_other", .otherUnauthorised), ("sess_unauth_noyet", .reasonNotEstablished),
  ]
}

/// The columns of a file by their names in lower case.
struct BenchmarkColumns {
  let layout: BenchmarkLayout
  let file: String
  let percentages: [Percentage]
  private let indices: [String: Int]
  private let keyColumns: [(name: String, index: Int)]

  /// A percentage with the indices of its columns.
  struct Percentage {
    let columns: BenchmarkLayout.Percentage
    let index: Int
    /// The indices of the counts, or `nil` if the file does not have both.
    let counts: (numerator: Int, denominator: Int)?
  }

  init(_ columns: [String], file: String) throws(ComparatorFailure) {
    var indices: [String: Int] = [:]
    var repeated: Set<String> = []
    for (index, column) in columns.enumerated() {
      if indices.updateValue(index, forKey: column.lowercased()) != nil {
        repeated.insert(column.lowercased())
      }
    }
    guard let layout = BenchmarkLayout.detect(in: Set(indices.keys)) else {
      throw .unknownLayout(file: file, found: columns)
    }
    let missing = layout.requiredColumns.filter { names in !names.contains { indices[$0] != nil } }.map {
      $0[0]
    }
    guard missing.isEmpty else {
      throw .missingColumns(file: file, layout: layout, columns: missing, found: columns)
    }
    // Columns that are not read may have the same name.
    let used = Set(
      layout.requiredColumns.joined()
        + layout.percentages.flatMap { [$0.column, $0.numerator, $0.denominator] } + RowKey.optionalColumns)
    if let column = repeated.sorted().first(where: used.contains) {
      throw .columnTwice(file: file, column: column)
    }
    self.layout = layout
    self.file = file
    self.indices = indices
    keyColumns = Set(layout.requiredColumns.joined() + RowKey.optionalColumns).sorted().compactMap { name in
      indices[name].map { (name, $0) }
    }
    percentages = layout.percentages.compactMap { columns in
      indices[columns.column].map { index in
        let counts = indices[columns.numerator].flatMap { numerator in
          indices[columns.denominator].map { (numerator: numerator, denominator: $0) }
        }
        return Percentage(columns: columns, index: index, counts: counts)
      }
    }
  }

  func contains(_ name: String) -> Bool { indices[name] != nil }

  /// Returns the texts of a row that identify its figures, by column.
  func keyTexts(_ table: borrowing TextTable) -> [String: String] {
    var texts: [String: String] = [:]
    for (name, index) in keyColumns { texts[name] = table.text(index) }
    return texts
  }
}
