import Measures
import Policies
import Registers

/// The rows of `pupils.csv`, which names pupils and stands under `restricted/` only.
package enum PupilsData {
  package static let header = """
    school_urn,upn,pupil_id,surname,forename,nc_year,registration_group,sex,sen_provision,disadvantaged,\
    looked_after,previously_looked_after,in_scope,sess_possible,sess_present,sess_approved,sess_authorised,\
    sess_unauthorised,attendance_percent,persistent,severe,late_before_close,late_after_close,minutes_late,\
    late_marks_with_minutes,days_lost_to_lateness,weeks_in_session,broken_weeks,whole_weeks_absent,\
    unauthorised_10_weeks_max,unauthorised_10_weeks_now,illness_sessions,longest_unauthorised_days,\
    late_after_close_80_max,unresolved_n,stage

    """

  package static func rows(of school: SchoolFigures) -> [UInt8] {
    var csv = CSVText()
    for figures in school.pupils {
      identity(figures, urn: school.school.urn ?? "", to: &csv)
      sessions(figures, taughtMinutes: school.policy.taughtMinutes, to: &csv)
      csv.endLine()
    }
    return csv.bytes
  }

  private static func identity(_ figures: PupilFigures, urn: String, to csv: inout CSVText) {
    let pupil = figures.pupil
    csv.field(urn)
    csv.field(pupil.upn.unredacted)
    // A pupil with neither UPN nor id is known by the admission number.
    let hasNoOther = pupil.upn.unredacted.isEmpty && pupil.pupilID.unredacted.isEmpty
    csv.field(hasNoOther ? pupil.admissionNumber.unredacted : pupil.pupilID.unredacted)
    csv.field(pupil.surname.unredacted)
    csv.field(pupil.forename.unredacted)
    csv.field(pupil.year?.name ?? "")
    csv.field(pupil.registrationGroup)
    csv.field(pupil.sex.name)
    csv.field(pupil.senProvision.name)
    csv.field(pupil.disadvantaged)
    csv.field(pupil.lookedAfter)
    csv.field(pupil.previouslyLookedAfter)
    csv.field(figures.isInScope)
  }

  private static func sessions(_ figures: PupilFigures, taughtMinutes: Int, to csv: inout CSVText) {
    let year = figures.year
    for count in [year.possible, year.present, year.approved, year.authorised, year.unauthorised] {
      csv.field(count)
    }
    csv.field(year.attendanceRate?.data ?? "")
    csv.field(year.isPersistentlyAbsent)
    csv.field(year.isSeverelyAbsent)
    csv.field(figures.lateness.beforeClose)
    csv.field(figures.lateness.afterClose)
    csv.field(figures.lateness.minutesLate)
    csv.field(figures.lateness.marksWithMinutes)
    csv.field(figures.lateness.minutesLost.map { Rate.data($0, over: taughtMinutes) } ?? "")
    let counts = [
      figures.weeks.inSession, figures.weeks.broken, figures.weeks.whole,
      figures.windows.unauthorisedIn10WeeksMost, figures.windows.unauthorisedIn10WeeksNow,
      figures.illnessSessions, figures.windows.longestUnauthorisedDays,
      figures.windows.lateAfterCloseIn80Most, figures.unresolvedN,
    ]
    for count in counts { csv.field(count) }
    csv.field(figures.stage?.name ?? "")
  }
}
