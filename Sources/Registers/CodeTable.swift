extension AttendanceCode {
  /// The mark as written in a register, such as `/`, `I` or `C2`; `-` for no mark.
  package var mark: String {
    switch self {
    case .noMark: "-"
    case .presentMorning: "/"
    case .presentAfternoon: "\\"
    case .lateBeforeClose: "L"
    case .arrangedByLocalAuthority: "K"
    case .visitOrTrip: "V"
    case .sportingActivity: "P"
    case .workExperience: "W"
    case .approvedActivity: "B"
    case .dualRegistered: "D"
    case .regulatedPerformance: "C1"
    case .medical: "M"
    case .interview: "J1"
    case .studyLeave: "S"
    case .notRequired: "X"
    case .partTimeTimetable: "C2"
    case .exceptionalLeave: "C"
    case .parentTravelling: "T"
    case .religiousObservance: "R"
    case .illness: "I"
    case .suspended: "E"
    case .lackOfAccess: "Q"
    case .noTransport: "Y1"
    case .travelDisruption: "Y2"
    case .premisesPartClosed: "Y3"
    case .siteClosed: "Y4"
    case .detained: "Y5"
    case .publicHealth: "Y6"
    case .otherUnavoidable: "Y7"
    case .holidayNotGranted: "G"
    case .reasonNotEstablished: "N"
    case .otherUnauthorised: "O"
    case .lateAfterClose: "U"
    case .notYetOnRegister: "Z"
    case .plannedClosure: "#"
    case .retiredFamilyHoliday: "H"
    case .retiredInterview: "J"
    case .retiredExtendedHoliday: "F"
    case .retiredUnableToAttend: "Y"
    }
  }

  /// The meaning of the code, in the shortened words of the regulations.
  package var meaning: String {
    switch self {
    case .noMark: "No mark recorded"
    case .presentMorning: "Present in the morning session"
    case .presentAfternoon: "Present in the afternoon session"
    case .lateBeforeClose: "Late: arrived before the register closed"
    case .arrangedByLocalAuthority: "Education provision arranged by the local authority"
    case .visitOrTrip: "Educational visit or trip"
    case .sportingActivity: "Approved sporting activity"
    case .workExperience: "Work experience"
    case .approvedActivity: "Any other approved educational activity"
    case .dualRegistered: "Dual registered: due at the other school"
    case .regulatedPerformance: "Regulated performance or regulated employment abroad"
    case .medical: "Medical or dental appointment"
    case .interview: "Interview for employment or for another educational institution"
    case .studyLeave: "Study leave for a public examination"
    case .notRequired: "Pupil below or above compulsory school age not required to attend"
    case .partTimeTimetable: "Compulsory school age pupil on a part-time timetable"
    case .exceptionalLeave: "Leave of absence for other exceptional circumstances"
    case .parentTravelling: "Parent travelling for occupational purposes"
    case .religiousObservance: "Religious observance"
    case .illness: "Illness (not a medical or dental appointment)"
    case .suspended: "Suspended or permanently excluded with no alternative provision"
    case .lackOfAccess: "Lack of access arrangements"
    case .noTransport: "Transport normally provided not available"
    case .travelDisruption: "Widespread disruption to travel"
    case .premisesPartClosed: "Part of the school premises closed"
    case .siteClosed: "Whole school site unexpectedly closed"
    case .detained: "Criminal justice detention"
    case .publicHealth: "Public health guidance or law"
    case .otherUnavoidable: "Any other unavoidable cause"
    case .holidayNotGranted: "Holiday not granted by the school"
    case .reasonNotEstablished: "Reason for absence not yet established"
    case .otherUnauthorised: "Absent in other or unknown circumstances"
    case .lateAfterClose: "Arrived after the register closed"
    case .notYetOnRegister: "Prospective pupil not yet on the admission register"
    case .plannedClosure: "Planned whole school closure"
    case .retiredFamilyHoliday: "Family holiday agreed (retired)"
    case .retiredInterview: "Interview (retired)"
    case .retiredExtendedHoliday: "Extended family holiday agreed (retired)"
    case .retiredUnableToAttend: "Unable to attend: exceptional circumstances (retired)"
    }
  }

  /// The class of the code in DfE's statistics.
  ///
  /// Source: methodology of *Pupil attendance in schools* (Explore Education Statistics); rules, section 1.
  package var statisticalClass: StatisticalClass {
    switch self {
    case .presentMorning, .presentAfternoon, .lateBeforeClose:
      .present
    case .arrangedByLocalAuthority, .visitOrTrip, .sportingActivity, .workExperience, .approvedActivity,
      .retiredInterview:
      .approvedEducationalActivity
    case .regulatedPerformance, .medical, .interview, .studyLeave, .partTimeTimetable,
      .exceptionalLeave, .parentTravelling, .religiousObservance, .illness, .suspended,
      .retiredFamilyHoliday, .retiredExtendedHoliday:
      .authorised
    case .holidayNotGranted, .reasonNotEstablished, .otherUnauthorised, .lateAfterClose:
      .unauthorised
    case .dualRegistered, .notRequired, .lackOfAccess, .noTransport, .travelDisruption,
      .premisesPartClosed, .siteClosed, .detained, .publicHealth, .otherUnavoidable,
      .retiredUnableToAttend:
      .notPossible
    case .notYetOnRegister, .plannedClosure:
      .notCollected
    case .noMark:
      .missing
    }
  }

  /// The first day on which the code could be used, or `nil` if it has always been valid.
  package var validFrom: Day? {
    switch self {
    case .arrangedByLocalAuthority, .regulatedPerformance, .interview, .partTimeTimetable,
      .lackOfAccess, .noTransport, .travelDisruption, .premisesPartClosed, .siteClosed, .detained,
      .publicHealth, .otherUnavoidable:
      Day(year: 2024, month: 8, day: 19)
    case .noMark, .presentMorning, .presentAfternoon, .lateBeforeClose, .visitOrTrip, .sportingActivity,
      .workExperience, .approvedActivity, .dualRegistered, .medical, .studyLeave, .notRequired,
      .exceptionalLeave, .parentTravelling, .religiousObservance, .illness, .suspended,
      .holidayNotGranted, .reasonNotEstablished, .otherUnauthorised, .lateAfterClose,
      .notYetOnRegister, .plannedClosure, .retiredFamilyHoliday, .retiredInterview,
      .retiredExtendedHoliday, .retiredUnableToAttend:
      nil
    }
  }

  /// The last day on which the code could be used, or `nil` if it is current.
  package var validTo: Day? {
    switch self {
    case .retiredFamilyHoliday, .retiredInterview, .retiredUnableToAttend:
      Day(year: 2024, month: 8, day: 18)
    case .retiredExtendedHoliday:
      Day(year: 2013, month: 8, day: 31)
    case .noMark, .presentMorning, .presentAfternoon, .lateBeforeClose, .arrangedByLocalAuthority,
      .visitOrTrip, .sportingActivity, .workExperience, .approvedActivity, .dualRegistered,
      .regulatedPerformance, .medical, .interview, .studyLeave, .notRequired, .partTimeTimetable,
      .exceptionalLeave, .parentTravelling, .religiousObservance, .illness, .suspended,
      .lackOfAccess, .noTransport, .travelDisruption, .premisesPartClosed, .siteClosed, .detained,
      .publicHealth, .otherUnavoidable, .holidayNotGranted, .reasonNotEstablished,
      .otherUnauthorised, .lateAfterClose, .notYetOnRegister, .plannedClosure:
      nil
    }
  }
}

extension AttendanceCode {
  /// The codes in the order of the code table, no mark last.
  package static let inTableOrder = allCases.filter { $0 != .noMark } + [.noMark]
}
