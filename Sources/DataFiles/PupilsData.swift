import Measures
import Policies
import Registers
import ReportModel

/// `pupils.csv`: a row for each pupil with every measure. It names pupils and belongs under `restricted/`.
package enum PupilsData {
  package struct Row: Sendable {
    let figures: PupilFigures
    let urn: String
    let taughtMinutes: Int

    var pupil: Pupil { figures.pupil }
    var year: SessionTally { figures.year }
  }

  package static let file = DataFile(
    "pupils.csv", title: "A row for each pupil", columns: identity + sessions + lateness + weeks)

  package static func lines(of school: SchoolFigures) -> [UInt8] {
    file.lines(
      school.pupils.map {
        Row(figures: $0, urn: school.school.urn ?? "", taughtMinutes: school.policy.taughtMinutes)
      })
  }

  private static let isSoToday = "The pupil's status today; empty if it is not known"

  private static let identity: [Column<Row>] = [
    .label("school_urn", "Unique reference number of the school; empty for the trust") { $0.urn },
    .label("upn", "Unique pupil number") { $0.pupil.upn.unredacted },
    .label("pupil_id", "The system's own id of the pupil") { row in
      // A pupil with neither UPN nor id is known by the admission number.
      let hasNoOther = row.pupil.upn.unredacted.isEmpty && row.pupil.pupilID.unredacted.isEmpty
      return hasNoOther ? row.pupil.admissionNumber.unredacted : row.pupil.pupilID.unredacted
    },
    .label("surname", "Surname") { $0.pupil.surname.unredacted },
    .label("forename", "Forename") { $0.pupil.forename.unredacted },
    .label("nc_year", "National curriculum year") { $0.pupil.year?.name ?? "" },
    .label("registration_group", "Registration group") { $0.pupil.registrationGroup },
    .label("sex", "Female, Male or Unknown") { $0.pupil.sex.name },
    .label("sen_provision", "EHC plan, SEN support, No SEN or Unknown") { $0.pupil.senProvision.name },
    .status("disadvantaged", isSoToday) { $0.pupil.disadvantaged },
    .status("looked_after", isSoToday) { $0.pupil.lookedAfter },
    .status("previously_looked_after", isSoToday) { $0.pupil.previouslyLookedAfter },
    .flag("in_scope", "1 if the pupil counts in national figures, else 0") { $0.figures.isInScope },
  ]

  private static let sessions: [Column<Row>] = [
    .count("sess_possible", "Sessions that could be attended") { $0.year.possible },
    .count("sess_present", #"Sessions present (/, \\, L)"#) { $0.year.present },
    .count("sess_approved", "Sessions at an approved activity elsewhere (B, K, P, V, W)") {
      $0.year.approved
    },
    .count("sess_authorised", "Sessions of authorised absence") { $0.year.authorised },
    .count("sess_unauthorised", "Sessions of unauthorised absence (G, N, O, U)") { $0.year.unauthorised },
    Column(
      "attendance_percent", "attendance_percent", .percent,
      meaning: "Sessions attended as a share of possible ones, per cent"
    ) { .rate($0.year.attendanceRate, of: 1) },
    .flag("persistent", "Missed 10% or more") { $0.year.isPersistentlyAbsent },
    .flag("severe", "Missed 50% or more") { $0.year.isSeverelyAbsent },
  ]

  private static let lateness: [Column<Row>] = [
    .count("late_before_close", "Marks of L") { $0.figures.lateness.beforeClose },
    .count("late_after_close", "Marks of U") { $0.figures.lateness.afterClose },
    .count("minutes_late", "Minutes on L and U") { $0.figures.lateness.minutesLate },
    .count("late_marks_with_minutes", "Marks of L or U with minutes recorded") {
      $0.figures.lateness.marksWithMinutes
    },
    Column(
      "days_lost_to_lateness", "days_lost_to_lateness", .decimal,
      meaning: "Minutes on L over the minutes taught in a day"
    ) { row in
      row.figures.lateness.minutesLost.map {
        .decimal(Rate.divide($0 * 1_000_000, by: row.taughtMinutes), places: 6, of: 1)
      } ?? .shorthand(.notAvailable)
    },
  ]

  private static let weeks: [Column<Row>] = [
    .count("weeks_in_session", "School weeks with a possible session of the pupil") {
      $0.figures.weeks.inSession
    },
    .count("broken_weeks", "Of these, weeks with an absence") { $0.figures.weeks.broken },
    .count("whole_weeks_absent", "Of these, weeks missed completely") { $0.figures.weeks.whole },
    .count("unauthorised_10_weeks_max", "Most unauthorised sessions in any 10 school weeks") {
      $0.figures.windows.maxUnauthorisedIn10Weeks
    },
    .count("unauthorised_10_weeks_now", "Unauthorised sessions in the last 10 school weeks") {
      $0.figures.windows.unauthorisedIn10WeeksNow
    },
    .count("illness_sessions", "Sessions of illness (I)") { $0.figures.illnessSessions },
    .count("longest_unauthorised_days", "Longest run of days wholly unauthorised") {
      $0.figures.windows.longestUnauthorisedDays
    },
    .count("late_after_close_80_max", "Most U in any 80 possible sessions") {
      $0.figures.windows.maxLateAfterCloseIn80
    },
    .count("unresolved_n", "N marks more than 5 school days old") { $0.figures.unresolvedN },
    .label("stage", "The pupil's stage in the policy") { $0.figures.stage?.name ?? "" },
  ]
}
