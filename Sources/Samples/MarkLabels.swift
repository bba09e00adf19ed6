import Registers

/// The words two systems print beside a mark.
enum MarkLabels {
  static func arbor(_ mark: String) -> String {
    guard !mark.isEmpty, let code = AttendanceCode(mark: mark) else { return "NULL" }
    switch code {
    case .presentMorning: return "PRESENT_AM"
    case .presentAfternoon: return "PRESENT_PM"
    case .lateBeforeClose: return "LATE"
    case .lateAfterClose: return "LATE_AFTER_CLOSE"
    case .illness: return "ILLNESS"
    case .medical: return "MEDICAL"
    case .plannedClosure: return "CLOSED"
    case .otherUnauthorised: return "UNAUTHORISED"
    case .noMark, .arrangedByLocalAuthority, .visitOrTrip, .sportingActivity, .workExperience,
      .approvedActivity,
      .dualRegistered, .regulatedPerformance, .interview, .studyLeave, .notRequired, .partTimeTimetable,
      .exceptionalLeave, .parentTravelling, .religiousObservance, .suspended, .lackOfAccess, .noTransport,
      .travelDisruption, .premisesPartClosed, .siteClosed, .detained, .publicHealth, .otherUnavoidable,
      .holidayNotGranted, .reasonNotEstablished, .notYetOnRegister, .retiredFamilyHoliday, .retiredInterview,
      .retiredExtendedHoliday, .retiredUnableToAttend:
      return "CODE_\(mark)"
    }
  }

  static func go4schools(_ mark: String) -> String {
    guard !mark.isEmpty, let code = AttendanceCode(mark: mark) else { return "NA" }
    switch code.statisticalClass {
    case .present: return code == .lateBeforeClose ? "Late" : "Present"
    case .approvedEducationalActivity: return "Educated off site"
    case .authorised: return "Authorised"
    case .unauthorised: return code == .lateAfterClose ? "Late after close" : "Unauthorised"
    case .notPossible: return code == .dualRegistered ? "Dual registered" : "Not required"
    case .notCollected: return "Not on roll"
    case .missing: return "NA"
    }
  }
}
