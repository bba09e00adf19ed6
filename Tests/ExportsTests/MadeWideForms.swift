import Registers

@testable import Exports

/// Forms with a row per pupil, or per pupil and week.
extension MadeRegister {
  /// The form of a session in a column's header.
  enum Caption: String, CaseIterable {
    case british = "08/09/2025 AM"
    case bracketed = "08/09/2025 (AM)"
    case withoutYear = "08/09 AM"
    case weekday = "Mon 08/09 AM"
    case weekdayWithYear = "Monday 8 September 2025 AM"
    case iso = "2025-09-08_AM"
    case halfFirst = "AM 08-Sep-2025"
    case stamp = "2025-09-08T00:00:00 PM"
    case lineBreak = "08/09/2025\nAM"

    func text(_ session: Session) -> String {
      let (day, half) = (session.day, session.half.name)
      let short = String(MadeRegister.british(day).prefix(5))
      let words = day.formatted.split(separator: " ")
      return switch self {
      case .british: "\(MadeRegister.british(day)) \(half)"
      case .bracketed: "\(MadeRegister.british(day)) (\(half))"
      case .withoutYear: "\(short) \(half)"
      case .weekday: "\(day.weekday.name.prefix(3)) \(short) \(half)"
      case .weekdayWithYear: "\(day.weekday.name) \(day.formatted) \(half)"
      case .iso: "\(day)_\(half)"
      case .halfFirst: "\(half) \(words[0])-\(words[1].prefix(3))-\(words[2])"
      case .stamp: "\(day)T00:00:00 \(half)"
      case .lineBreak: "\(MadeRegister.british(day))\n\(half)"
      }
    }
  }

  func wide(_ caption: Caption) -> String {
    let header = ["UPN", "Surname", "Forename"] + MadeRegister.sessions.map { "\"\(caption.text($0))\"" }
    return text([header] + wideRows)
  }

  /// A header of two rows, with dates above their half-days and the cells of a date merged.
  func wideInTwoRows(date: (Day) -> String, halves: (String, String)) -> String {
    let upper = ["", "", ""] + MadeRegister.days.flatMap { [date($0), ""] }
    let lower = ["UPN", "Surname", "Forename"] + MadeRegister.days.flatMap { _ in [halves.0, halves.1] }
    return text([upper, lower] + wideRows)
  }

  private var wideRows: [[String]] {
    pupils.map { pupil in
      [pupil.upn, pupil.surname, pupil.forename] + MadeRegister.sessions.indices.map(pupil.cell)
    }
  }

  private func text(_ rows: [[String]]) -> String {
    rows.map { $0.joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
  }

  /// The form of a pupil's week in Bromcom.
  var bromcomWeeks: String {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri"].flatMap { ["\($0)AM", "\($0)PM"] }
    return text(
      [["StudentId", "StartDate"] + names]
        + weeks.map { pupil, monday, places in
          ["\(pupil.pupilID)", "\(monday)T00:00:00"] + places.map(pupil.cell)
        })
  }

  enum Week: CaseIterable { case toFriday, toSunday, cutShort }

  /// Marks that a source writes as one character.
  static let punctuation: [AttendanceCode: String] = [
    .regulatedPerformance: ";", .interview: "(", .partTimeTimetable: "+", .noTransport: "=",
    .travelDisruption: "_",
    .premisesPartClosed: "!", .siteClosed: "?", .detained: "*", .publicHealth: "@", .otherUnavoidable: "~",
  ]

  /// A string of marks for each pupil and week. A week that is cut short ends after its last mark.
  func weekStrings(_ week: Week, map: [AttendanceCode: String] = [:]) -> String {
    text(
      [["School", "WeekStart", "UPN", "WeekMarks"]]
        + weeks.map { pupil, monday, places in
          var marks = pupil.run(places, map: map)
          if week == .toSunday { marks += "####" }
          if week == .cutShort { while marks.last == "-" { marks.removeLast() } }
          return ["Mill Lane", "\(monday)", pupil.upn, "\"\(marks)\""]
        })
  }

  /// Each pupil's weeks from the first day on, with their Monday and the indices of their ten sessions.
  private var weeks: [(pupil: MadePupil, monday: Day, places: Range<Int>)] {
    pupils.flatMap { pupil in
      (0..<3).map { (pupil, MadeRegister.monday + 7 * $0, ($0 * 10)..<($0 * 10 + 10)) }.filter {
        $0.1 + 4 >= pupil.admitted
      }
    }
  }
}
