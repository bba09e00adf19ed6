import Registers

/// What a school office notes beside a mark.
enum Comments {
  /// A comment for a few of the marks. Missing: empty for most.
  static func comment(on code: AttendanceCode, style: ExportStyle, from stream: inout SplitMix64) -> String {
    switch style {
    case .sims: stream.percent(4) ? stream.pick(all(for: code)) : ""
    case .wonde: stream.percent(2) ? stream.pick(all(for: code)) : ""
    case .weekStrings, .registerBook, .plain: ""
    }
  }

  /// Comments for the plain export, as CSV fields with the comma before them: only `I`, `M` and `L` have any.
  static let plainFields: [[UInt8]] = ["sickness bug", "\"phoned, back tomorrow\"", "overslept"].map {
    Array($0.utf8)
  }

  private static func all(for code: AttendanceCode) -> [String] {
    switch code {
    case .illness:
      [
        "sickness bug", "temperature, kept at home", "Mum rang: \"sick in the night\"", "chesty cough",
        "Left message 9.10\nrang back 9.40, still poorly", "headache, sent home at 12",
        "Père phoned – unwell",
      ]
    case .medical: ["dentist", "hospital appointment, card seen", "orthodontist 10.15", "optician"]
    case .lateBeforeClose: ["bus late, again", "overslept", "traffic", "brother's school first"]
    case .lateAfterClose: ["arrived after 9.30", "\"overslept\", no note"]
    case .otherUnauthorised: ["no reply to calls", "reason given not accepted", "no contact, text sent"]
    case .reasonNotEstablished: ["text sent, no reply", "left message"]
    case .holidayNotGranted: ["leave request refused, letter sent"]
    case .exceptionalLeave: ["funeral", "family wedding, one day granted"]
    case .noMark, .presentMorning, .presentAfternoon, .arrangedByLocalAuthority, .visitOrTrip,
      .sportingActivity,
      .workExperience, .approvedActivity, .dualRegistered, .regulatedPerformance, .interview, .studyLeave,
      .notRequired, .partTimeTimetable, .parentTravelling, .religiousObservance, .suspended, .lackOfAccess,
      .noTransport, .travelDisruption, .premisesPartClosed, .siteClosed, .detained, .publicHealth,
      .otherUnavoidable, .notYetOnRegister, .plannedClosure, .retiredFamilyHoliday, .retiredInterview,
      .retiredExtendedHoliday, .retiredUnableToAttend:
      [""]
    }
  }
}
