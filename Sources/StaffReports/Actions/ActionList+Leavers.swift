import Measures
import Registers
import ReportModel

extension ActionList {
  /// Returns the pupils who left since the first day of the school year, the latest first.
  static func leavers(_ school: SchoolFigures) -> ActionList {
    let first = school.halfTerms.first?.first
    let left = school.pupils.compactMap { pupil -> (pupil: PupilFigures, day: Day, reason: LeavingReason)? in
      guard let first, let day = pupil.pupil.left, let reason = pupil.leavingReason, first <= day,
        day < school.asAt
      else { return nil }
      return (pupil, day, reason)
    }
    return ActionList(
      name: "Left_this_year", title: "Left this school year",
      rule:
        "Pupils whose leaving date is between the first day of the school year and the as-at date. Tell the local "
        + "authority about every pupil taken off the roll at a time other than the usual one.",
      source:
        "School Attendance (Pupil Registration) (England) Regulations 2024, regulation 9; Working together to improve school attendance",
      columns: [
        Column("left", "Left on", .day) { .day($0.day) },
        .text("reason", "Reason") { $0.reason.rawValue },
        .known("reason_given", "Reason in the pupil file") { $0.pupil.pupil.leavingReason },
      ], rows: left.sorted { $0.day > $1.day }, pupil: \.pupil)
  }
}
