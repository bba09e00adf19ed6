import Registers

@testable import Exports

/// Forms with a row per session or per day.
extension MadeRegister {
  /// A row per pupil and session under plain headers.
  func long(
    delimiter: String = ",", lineEnd: String = "\r\n", date: (Day) -> String = MadeRegister.british
  ) -> String {
    let header = ["UPN", "Surname", "Forename", "Date", "Session", "Mark", "Mins Late", "Comments"]
    let lines = rows.map { pupil, index, session, _ in
      [
        pupil.upn, pupil.surname, pupil.forename, date(session.day), session.half.name, pupil.cell(index),
        pupil.minutesText(index), "\"late\(delimiter) \"\"again\"\"\"",
      ].joined(separator: delimiter)
    }
    return ([header.joined(separator: delimiter)] + lines).joined(separator: lineEnd) + lineEnd
  }

  /// The form of Arbor's connector for business intelligence.
  var arbor: String {
    let header =
      "STUDENT_ID,APPLICATION_ID,RAW_MARK,MARK_CODE,MINUTES_LATE,PERIOD,DATE,IS_PRESENT,IS_AUTHORIZED_ABSENT,"
      + "IS_UNAUTHORIZED_ABSENT,IS_POSSIBLE_ATTENDANCE"
    return lines(header) { pupil, index, session, code in
      let period = session.half == .morning ? "MORNING" : "AFTERNOON"
      let mark = code == .noMark ? "NULL" : code.mark
      let minutes = pupil.minutes[index].map(String.init) ?? "NULL"
      return
        "\(pupil.pupilID),uk_swd_100001,\(mark),SOMETHING,\(minutes),\(period),\(session.day),TRUE,FALSE,FALSE,TRUE"
    }
  }

  /// The form of Go4Schools, exported through R.
  var go4Schools: String {
    let header =
      "UPN,GFSID,Surname.Forename.Reg,Surname,Forename,Year.Group,Reg,Gender,Date,Session,Session.Mark,"
      + "Session.Label,Session.Late.Minutes,Session.Notes"
    return lines(header) { pupil, index, session, code in
      let mark = code == .noMark ? "NA" : code.mark
      let minutes = pupil.minutes[index].map(String.init) ?? "NA"
      let name = "\(pupil.surname.uppercased()) \(pupil.forename) (\(pupil.form))"
      return
        "\(pupil.upn),\(pupil.pupilID),\(name),\(pupil.surname),\(pupil.forename),\(pupil.year),\(pupil.form),F,"
        + "\(session.day),\(session.half.name),\(mark),Late,\(minutes),\"bus late, again\""
    }
  }

  /// The form of a SIMS report, whose admission numbers have lost their zeros in a spreadsheet.
  var sims: String {
    lines("Adm No,Surname,Forename,Year,Reg,Date,Session,Mark,Mins Late,Comments") {
      pupil, index, session, code in
      "\(Int(pupil.admissionNumber) ?? 0),\(pupil.surname),\(pupil.forename),Year  \(pupil.year),\(pupil.form),"
        + "\(MadeRegister.british(session.day)),\(session.half.name),\(code.mark),\(pupil.minutesText(index)),"
    }
  }

  private func lines(
    _ header: String, _ line: (MadePupil, Int, Session, AttendanceCode) -> String
  ) -> String {
    ([header] + rows.map(line)).joined(separator: "\r\n") + "\r\n"
  }

  /// A row per pupil and day, with given headers for the half-days.
  func day(morning: String, afternoon: String) -> String {
    let header =
      "UPN,Surname,Forename,Year group,Registration form,Date,\(morning),\(afternoon),AM minutes late,PM minutes late"
    return dayLines(header) { pupil, day, index in
      "\(pupil.upn),\(pupil.surname),\(pupil.forename),\(pupil.year),\(pupil.form),\(MadeRegister.british(day)),"
        + "\(pupil.cell(index)),\(pupil.cell(index + 1)),\(pupil.minutesText(index)),\(pupil.minutesText(index + 1))"
    }
  }

  /// A row per pupil and day, with both marks in one cell.
  var pairs: String {
    dayLines("UPN,Name,Date,Mark") { pupil, day, index in
      "\(pupil.upn),\"\(pupil.surname), \(pupil.forename)\",\(day),\(pupil.run(index..<(index + 2)))"
    }
  }

  private func dayLines(_ header: String, _ line: (MadePupil, Day, Int) -> String) -> String {
    let lines = pupils.flatMap { pupil in
      MadeRegister.days.enumerated().filter { $0.element >= pupil.admitted }.map {
        line(pupil, $0.element, $0.offset * 2)
      }
    }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }
}
