import Measures
import Registers
import ReportModel

extension PupilCard {
  init(_ pupil: PupilFigures, details: String, strip: YearStrip, _ school: SchoolFigures) {
    self.init(
      name: pupil.nameLabel,
      details: [pupil.pupil.year?.name ?? "", pupil.pupil.registrationGroup, details].filter { !$0.isEmpty }
        .joined(separator: ", "),
      attendance: .rate(pupil.year.attendanceRate, of: 1), change: PupilCard.change(of: pupil, school),
      strip: strip,
      lines: [
        PupilCard.reasons(pupil), PupilCard.weeks(pupil, school), PupilCard.pattern(pupil),
        PupilCard.lateness(pupil), PupilCard.offSite(pupil),
      ].compactMap(\.self),
      flags: LeadFlag.all(of: pupil, school).map { "\($0.concern). \($0.action)." })
  }

  private static func change(of pupil: PupilFigures, _ school: SchoolFigures) -> String {
    guard let change = pupil.change, let before = school.previousHalfTerm else { return "" }
    guard change != 0 else { return "same as \(before.name)" }
    return "\(change < 0 ? "down" : "up") \(Rate.decimal(abs(change), places: 1)) points since \(before.name)"
  }

  private static func reasons(_ pupil: PupilFigures) -> String? {
    let kinds = AbsenceKind.allCases.map { (name: $0.shortLabel, sessions: pupil.year[$0.codes]) }
      .filter { $0.sessions > 0 }.sorted { $0.sessions > $1.sessions }
    guard !kinds.isEmpty else { return nil }
    let c2 = pupil.year[.partTimeTimetable]
    return "Absent for \(pupil.year.absence) of \(pupil.year.possible) sessions: "
      + kinds.map { "\($0.name) \($0.sessions)" }.joined(separator: ", ")
      + (c2 > 0 ? "; \(c2) of these for a part-time timetable (C2)" : "")
  }

  private static func weeks(_ pupil: PupilFigures, _ school: SchoolFigures) -> String? {
    let weeks = pupil.ownWeeks
    guard weeks.broken > 0 else { return nil }
    let spells = school.spells(of: pupil)
    let next = spells.nextToBreaks > 0 ? ", \(spells.nextToBreaks) beside a weekend or holiday" : ""
    return "\(spells.count) \(spells.count == 1 ? "absence" : "absences")\(next), in \(weeks.broken) of "
      + "\(weeks.inSession) weeks"
  }

  private static func pattern(_ pupil: PupilFigures) -> String? {
    pupil.pattern.map { pattern in
      "\(pattern.part.label): missed in \(pattern.missedLabel) (\(Rate.decimal(pattern.expectedTenths, places: 1)) "
        + "expected by chance)"
    }
  }

  private static func lateness(_ pupil: PupilFigures) -> String? {
    let late = pupil.lateness
    guard late.marks >= 3 else { return nil }
    let minutes =
      late.marksWithMinutes > 0 ? " (\(late.minutes) minutes recorded for \(late.marksWithMinutes))" : ""
    return "Late \(late.marks) times\(minutes)"
  }

  private static func offSite(_ pupil: PupilFigures) -> String? {
    guard pupil.year.offSite > 0 else { return nil }
    return "Off site or dual registered (B, K, D): \(pupil.year.offSite) sessions"
  }
}

/// Makes the strips of a school's pupils, with the same weeks for each.
struct YearStrips {
  private let school: SchoolFigures
  private let weeks: [(monday: Day, startsHalfTerm: Bool)]

  init(_ school: SchoolFigures) {
    self.school = school
    let starts = Set(school.halfTerms.map(\.first.monday))
    weeks = school.schoolWeeks.map { ($0, starts.contains($0)) }
  }

  /// Returns the strip of a pupil.
  ///
  /// - Parameter isDrawn: A Boolean value that indicates whether the strip has weeks and not only text.
  func strip(of pupil: PupilFigures, isDrawn: Bool = true) -> YearStrip {
    let sessions = school.sessions(of: pupil)
    let absences = sessions.filter { CodeSet.absence.contains($0.code) }
    let days = Set(absences.map(\.session.day)).count
    var index = sessions.startIndex
    return YearStrip(
      weeks: (isDrawn ? weeks : []).map { monday, startsHalfTerm in
        var marks = [YearStrip.Mark?](repeating: nil, count: 14)
        while index < sessions.endIndex, sessions[index].session.day < monday + 7 {
          let (session, code) = (sessions[index].session, sessions[index].code)
          if session.day >= monday {
            marks[session.day.weekday.rawValue * 2 + session.half.rawValue] = YearStrip.Mark(code)
          }
          index += 1
        }
        return YearStrip.Week(monday: monday, startsHalfTerm: startsHalfTerm, marks: marks)
      },
      formatted: absences.isEmpty
        ? "No absence." : "Absent on \(days) \(days == 1 ? "day" : "days"): \(MarkDates(absences).text).")
  }
}

extension YearStrip.Mark {
  init(_ code: AttendanceCode) {
    switch code.statisticalClass {
    case .present: self = code == .lateBeforeClose ? .late : .attended
    case .approvedEducationalActivity: self = .attended
    case .authorised: self = .authorised
    case .unauthorised: self = .unauthorised
    case .notPossible, .notCollected, .missing: self = .notPossible
    }
  }
}

extension AbsenceKind {
  /// The kind in staff's words.
  var shortLabel: String {
    switch self {
    case .illness: "illness"
    case .medical: "medical"
    case .otherAuthorised: "other authorised"
    case .holiday: "holiday not granted"
    case .reasonNotEstablished: "no reason yet"
    case .otherUnauthorised: "other unauthorised"
    case .lateAfterClose: "late after close"
    }
  }
}
