import Registers

@testable import Exports

/// Forms of JSON and XML.
extension MadeRegister {
  /// The form of a pupil's year in the Common Transfer File: two characters for each date, `##` for closed
  /// days.
  var transferFile: String {
    let records = pupils.map { pupil in
      var marks = ""
      for number in 0..<19 {
        let index = MadeRegister.days.firstIndex(of: MadeRegister.monday + number)
        marks += index.map { pupil.run(($0 * 2)..<($0 * 2 + 2)) } ?? "##"
      }
      return """
        <Pupil><UniqueRecordNo>\(pupil.pupilID)</UniqueRecordNo><UPN>\(pupil.upn)</UPN><Surname>\(pupil.surname)</Surname>
        <Forename>\(pupil.forename)</Forename><DOB>2014-01-02</DOB><Gender>F</Gender>
        <BasicDetails><Ethnicity>WBRI</Ethnicity></BasicDetails>
        <Attendance><YearData><Year>2025</Year><LEA>801</LEA><Estab>2000</Estab>
        <SchoolName>Mill Lane Primary School</SchoolName>
        <AttendanceStartDate>2025-09-08</AttendanceStartDate><AttendanceMarks>\(marks)</AttendanceMarks>
        </YearData></Attendance></Pupil>
        """
    }
    return
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><CTfile><Header><DocumentName>Common Transfer File</DocumentName>"
      + "<CTFversion>25.0</CTFversion></Header><CTFpupilData>\(records.joined(separator: "\n"))</CTFpupilData></CTfile>"
  }

  /// The form of session attendance in SIMS.
  var simsXML: String {
    let records = rows.map { pupil, index, session, code in
      """
      <SessionAttendance><PersonID>\(pupil.pupilID)</PersonID><AttendanceDate>\(session.day)</AttendanceDate>
      <SessionName>\(session.half.name)</SessionName><AttendanceMark>\(code.mark)</AttendanceMark><Comments/>
      <MinsLate>\(pupil.minutesText(index))</MinsLate></SessionAttendance>
      """
    }
    return
      "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><SessionAttendances>\(records.joined())</SessionAttendances>"
  }

  /// The form of Bromcom's answers: padded texts, a line break in the comment, lessons between the
  /// sessions.
  var bromcomJSON: String {
    let records = rows.map { pupil, _, session, code in
      let mark = code == .noMark ? "null" : "\"\(MadeRegister.escaped(code.mark))\""
      let start = "{\"studentId\":\(pupil.pupilID),\"calendarStartDate\":\"\(session.day)T00:00:00\""
      let lesson =
        "\(start),\"mark\":\"/\",\"periodDisplayName\":\"P\(session.half.rawValue * 3 + 1)      \"}"
      return "\(lesson),\(start),\"mark\":\(mark),\"periodDisplayName\":\"\(session.half.name)      \","
        + "\"attendanceComment\":\"rang,\\r\\n\\\"ill\\\"\"}"
    }
    return "{\"success\":true,\"data\":[\(records.joined(separator: ","))]}"
  }

  /// The form of Wonde's answers, with marks by the id of their code.
  func wonde(phpDates: Bool) -> String {
    let records = rows.map { pupil, index, session, code in
      let date =
        phpDates
        ? "{\"date\":\"\(session.day) 00:00:00.000000\",\"timezone_type\":3,\"timezone\":\"UTC\"}"
        : "\"\(session.day)\""
      let id = code == .noMark ? "null" : "\"A\(code.rawValue)\""
      return "{\"student_id\":\"\(pupil.pupilID)\",\"date\":\(date),\"session\":\"\(session.half.name)\","
        + "\"attendance_code_id\":\(id),\"comment\":null,\"minutes_late\":\(pupil.minutes[index].map(String.init) ?? "null")}"
    }
    return "{\"data\":[\(records.joined(separator: ","))],\"meta\":{\"pagination\":{\"more\":false}}}"
  }

  /// The codes of Wonde's ids.
  static var wondeCodes: String {
    let codes = AttendanceCode.allCases.filter { $0 != .noMark }.map {
      "{\"id\":\"A\($0.rawValue)\",\"code\":\"\(escaped($0.mark))\",\"description\":\"\($0)\"}"
    }
    return "{\"data\":[\(codes.joined(separator: ","))]}"
  }

  private static func escaped(_ mark: String) -> String { mark == "\\" ? "\\\\" : mark }
}
