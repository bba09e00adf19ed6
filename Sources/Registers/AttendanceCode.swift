/// A code that a school may enter for a pupil and a session. Raw values are the bytes of a register.
///
/// `noMark` is a session without a mark, which counts as neither possible nor absent.
///
/// Source: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 10; DfE, *Working together to
/// improve school attendance*, August 2024.
package enum AttendanceCode: UInt8, CaseIterable, Hashable, Sendable {
  case noMark = 0
  case presentMorning, presentAfternoon, lateBeforeClose
  case arrangedByLocalAuthority, visitOrTrip, sportingActivity, workExperience, approvedActivity
  case dualRegistered
  case regulatedPerformance, medical, interview, studyLeave, notRequired, partTimeTimetable, exceptionalLeave
  case parentTravelling, religiousObservance, illness, suspended
  case lackOfAccess, noTransport, travelDisruption, premisesPartClosed, siteClosed, detained, publicHealth,
    otherUnavoidable
  case holidayNotGranted, reasonNotEstablished, otherUnauthorised, lateAfterClose
  case notYetOnRegister, plannedClosure
  case retiredFamilyHoliday, retiredInterview, retiredExtendedHoliday, retiredUnableToAttend
}

/// The class of a code in DfE's statistics.
///
/// Source: methodology of *Pupil attendance in schools* (Explore Education Statistics); rules section 1.
package enum StatisticalClass: String, CaseIterable, Sendable {
  case present
  case approvedEducationalActivity = "approved_educational_activity"
  case authorised
  case unauthorised
  case notPossible = "not_possible"
  case notCollected = "not_collected"
  case missing
}

extension AttendanceCode {
  package static let count = allCases.count

  package func isValid(on day: Day) -> Bool {
    if let validFrom, day < validFrom { return false }
    if let validTo, day > validTo { return false }
    return true
  }

  /// Creates the code of a mark, exactly as in the code table, or returns `nil` if it is not in the table.
  ///
  /// An empty mark and `-` are `noMark`.
  package init?(mark: String) {
    guard let code = AttendanceCode.byMark[mark] else { return nil }
    self = code
  }

  private static let byMark: [String: AttendanceCode] = {
    var byMark = Dictionary(uniqueKeysWithValues: allCases.map { ($0.mark, $0) })
    byMark[""] = .noMark
    return byMark
  }()
}
