import Registers

/// The files of DfE's that are read, told apart by the names of their columns.
package enum BenchmarkLayout: String, CaseIterable, Sendable {
  case oneFigureARow, socialCare, attendance, absence

  /// What a file of the layout is, to stand after "taken for".
  package var formatted: String {
    switch self {
    case .oneFigureARow: "figures one a row"
    case .socialCare: "absence by social care group"
    case .attendance: "Pupil attendance in schools"
    case .absence: "Pupil absence in schools in England"
    }
  }

  /// The series of a layout. Missing: nil where each row says its own.
  var series: Benchmark.Series? {
    switch self {
    case .oneFigureARow: nil
    case .socialCare: .socialCare
    case .attendance: .daily
    case .absence: .accredited
    }
  }

  /// The columns that tell the layout: one of each list.
  private var signs: [[String]] {
    switch self {
    case .oneFigureARow: [["series"], ["measure"]]
    case .socialCare: [["social_care_group"]]
    case .attendance: [["attendance_perc", "overall_absence_perc", "pa_perc"]]
    case .absence: [["sess_overall_percent", "enrolments_pa_10_exact_percent"]]
    }
  }

  /// The columns a file must have: one of each list, of which the first is its name today.
  var required: [[String]] {
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

  /// The columns that give the phase; a file has one of them.
  static let phaseColumns = ["education_phase", "school_type", "phase_type_grouping"]

  static func of(_ columns: Set<String>) -> BenchmarkLayout? {
    allCases.first { layout in layout.signs.allSatisfy { $0.contains(where: columns.contains) } }
  }

  /// A percentage of a row, and the counts it is of.
  struct Percentage: Sendable {
    let column: String
    let measure: BenchmarkMeasure
    let part: String
    let whole: String

    init(_ column: String, _ measure: BenchmarkMeasure, _ part: String = "", of whole: String = "") {
      self.column = column
      self.measure = measure
      self.part = part
      self.whole = whole
    }
  }

  /// The percentages of each row. Missing: empty where a row is one figure.
  var percentages: [Percentage] {
    switch self {
    case .oneFigureARow: []
    case .socialCare: BenchmarkLayout.socialCarePercentages
    case .attendance: BenchmarkLayout.attendancePercentages
    case .absence: BenchmarkLayout.absencePercentages
    }
  }

  /// Counts are rounded to tens there and percentages are not made of them: they are left out.
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
