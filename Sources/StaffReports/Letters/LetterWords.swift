import Measures
import Registers
import ReportModel

extension AbsenceKind {
  /// The kind in parents' words.
  var formatted: String {
    switch self {
    case .illness: "Illness"
    case .medical: "Medical or dental appointments"
    case .otherAuthorised: "Other reasons, authorised"
    case .holiday: "Holiday not granted"
    case .reasonNotEstablished: "No reason given yet"
    case .otherUnauthorised: "Other reasons, not authorised"
    case .lateAfterClose: "Arrived after the register closed"
    }
  }
}

extension MissedDays {
  /// The days: `Mon 8 to Wed 10 September`, `Thu 11 September, morning`.
  var daysLabel: String {
    let (one, other) = (first.date, last.date)
    let start = first == last ? "" : "\(first.shortWeekday) \(one.day)"
    let month = one.month == other.month || first == last ? "" : " \(first.monthName)"
    let end = "\(last.shortWeekday) \(other.day) \(last.monthName)"
    let days = start.isEmpty ? end : "\(start)\(month) to \(end)"
    return half.map { "\(days), \($0 == .morning ? "morning" : "afternoon")\(first == last ? "" : "s")" }
      ?? days
  }

  /// The days with the reason: `Mon 8 to Wed 10 September: illness`.
  var formatted: String { "\(daysLabel): \(code.reasonLabel)" }
}

extension [MissedDays] {
  /// Returns the latest absences that fit a length, and the number of other sessions, or an empty text for none.
  ///
  /// For example: `Mon 8 September: illness; and 12 more sessions`.
  func formatted(longest: Int) -> String {
    let sessions = reduce(0) { $0 + $1.sessions }
    for shown in stride(from: count, through: 0, by: -1) {
      let rest = sessions - prefix(shown).reduce(0) { $0 + $1.sessions }
      let more =
        rest == 0 ? [] : ["\(shown == 0 ? "" : "and ")\(LetterFigures.sessions(rest, more: shown > 0))"]
      let text = (prefix(shown).map(\.formatted) + more).joined(separator: "; ")
      if text.utf16.count <= longest { return text }
    }
    return ""
  }
}

extension LetterFigures {
  /// Returns a number of sessions: `1 session`, `12 more sessions`.
  static func sessions(_ count: Int, more: Bool = false) -> String {
    "\(Cell.grouped(count)) \(more ? "more " : "")\(count == 1 ? "session" : "sessions")"
  }

  /// Returns sessions in days, each with two sessions: `half a day`, `1 day`, `4.5 days`.
  static func days(ofSessions sessions: Int) -> String {
    switch sessions {
    case 1: "half a day"
    case 2: "1 day"
    default:
      sessions.isMultiple(of: 2)
        ? "\(Cell.grouped(sessions / 2)) days" : "\(Rate.decimal(sessions * 5, places: 1)) days"
    }
  }
}

extension Day {
  /// The first three letters of the weekday: `Mon`.
  fileprivate var shortWeekday: Substring { weekday.name.prefix(3) }
  /// The name of the month: `September`.
  fileprivate var monthName: Substring { formatted.split(separator: " ")[1] }
  /// The day without its year: `8 September`.
  var dayAndMonth: String { "\(date.day) \(monthName)" }
}

extension AttendanceCode {
  /// The reason for an absence in parents' words, or the meaning of a code that is not an absence.
  var reasonLabel: String {
    switch self {
    case .illness: "illness"
    case .medical: "medical or dental appointment"
    case .interview, .retiredInterview: "interview"
    case .studyLeave: "study leave"
    case .suspended: "suspension"
    case .partTimeTimetable: "part-time timetable"
    case .exceptionalLeave: "leave granted"
    case .parentTravelling: "parent travelling for work"
    case .religiousObservance: "religious observance"
    case .regulatedPerformance: "licensed performance or work"
    case .retiredFamilyHoliday, .retiredExtendedHoliday: "holiday agreed"
    case .holidayNotGranted: "holiday not granted"
    case .reasonNotEstablished: "no reason given yet"
    case .otherUnauthorised: "not authorised"
    case .lateAfterClose: "arrived after the register closed"
    case .noMark, .presentMorning, .presentAfternoon, .lateBeforeClose, .arrangedByLocalAuthority,
      .visitOrTrip, .sportingActivity, .workExperience, .approvedActivity, .dualRegistered, .notRequired,
      .lackOfAccess, .noTransport, .travelDisruption, .premisesPartClosed, .siteClosed, .detained,
      .publicHealth, .otherUnavoidable, .notYetOnRegister, .plannedClosure, .retiredUnableToAttend:
      meaning
    }
  }
}
