import Measures
import Registers
import ReportModel

extension AbsenceKind {
  /// The kind as a parent would say it.
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
  /// `Mon 8 to Wed 10 September`, `Thu 11 September, morning`.
  var daysLabel: String {
    let (one, other) = (first.date, last.date)
    let start = first == last ? "" : "\(first.shortWeekday) \(one.day)"
    let month = one.month == other.month || first == last ? "" : " \(first.monthName)"
    let end = "\(last.shortWeekday) \(other.day) \(last.monthName)"
    let days = start.isEmpty ? end : "\(start)\(month) to \(end)"
    return half.map { "\(days), \($0 == .morning ? "morning" : "afternoon")\(first == last ? "" : "s")" }
      ?? days
  }

  /// `Mon 8 to Wed 10 September: illness`.
  var formatted: String { "\(daysLabel): \(code.reasonLabel)" }
}

extension [MissedDays] {
  /// As many as fit, the latest first, and how many sessions are left: `Mon 8 September: illness; and 12 more sessions`.
  ///
  /// Missing: empty for none.
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
  /// `1 session`, `12 more sessions`.
  static func sessions(_ count: Int, more: Bool = false) -> String {
    "\(Cell.grouped(count)) \(more ? "more " : "")\(count == 1 ? "session" : "sessions")"
  }

  /// A session is half a day: `half a day`, `1 day`, `4.5 days`.
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
  /// `Mon`.
  fileprivate var shortWeekday: Substring { weekday.name.prefix(3) }
  /// `September`.
  fileprivate var monthName: Substring { formatted.split(separator: " ")[1] }
  /// `8 September`, of a year that is known.
  var dayAndMonth: String { "\(date.day) \(monthName)" }
}

extension AttendanceCode {
  /// Why a session was missed, as a parent would say it; for a code that is no absence, its meaning.
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
