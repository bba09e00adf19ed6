import Registers
import TabularTestSupport
import Testing

@testable import Exports

/// A file from each system, with the content that is easily misread.
@Suite struct TrapTests {
  static let ama = "U873999918001"

  private func read(
    _ text: String, pupils: String? = nil, marks: [String: String] = [:], asAt: String? = nil
  ) throws -> Reading {
    var profile = SourceProfile()
    profile.marks = marks
    return try Reading(
      [InMemory.file(text, profile: profile)], pupils: pupils.map { [InMemory.file($0, "pupils.csv")] } ?? [],
      asAt: asAt)
  }

  /// The marks without the pupil's id.
  private func marks(_ reading: Reading) -> [String] {
    reading.register.filter { $0.contains("M ") && !$0.hasPrefix("sessions") }.map {
      $0.split(separator: " ").dropFirst().joined(separator: " ")
    }
  }

  @Test func `Arbor writes NULL and a prefix before its school`() throws {
    let reading = try read(
      """
      STUDENT_ID,APPLICATION_ID,RAW_MARK,MARK_CODE,MINUTES_LATE,PERIOD,DATE,IS_PRESENT,IS_POSSIBLE_ATTENDANCE
      1234,uk_swd_100001,/,PRESENT_AM,NULL,MORNING,2025-09-08,TRUE,TRUE
      1234,uk_swd_100001,NULL,NULL,NULL,AFTERNOON,2025-09-08,FALSE,FALSE
      1234,uk_swd_100001,N,NO_REASON,NULL,MORNING,2025-09-09,FALSE,TRUE
      1234,uk_swd_100002,/,PRESENT_AM,NULL,AFTERNOON,2025-09-09,TRUE,TRUE

      """)
    #expect(marks(reading) == ["2025-09-08 AM /", "2025-09-09 AM N"])
    #expect(reading.account.withoutMark == 1 && reading.account.refused == 1 && reading.account.isBalanced)
    #expect(reading.locations.contains("row-of-another-school autumn.csv:5"))
  }

  @Test func `Go4Schools writes NA for an empty value and commas in notes`() throws {
    let reading = try read(
      """
      UPN,GFSID,Surname.Forename.Reg,Surname,Forename,Year.Group,Reg,Gender,Date,Session,Session.Mark,Session.Label,Session.Late.Minutes,Session.Notes
      U873999918001,55012,BELL Ama (7A),Bell,Ama,7,7A,F,2025-09-08,AM,L,Late,12,"bus late, again"
      U873999918001,55012,BELL Ama (7A),Bell,Ama,7,7A,F,2025-09-08,PM,NA,NA,NA,"two
      lines, ""quoted\"\""
      U873999918001,55012,BELL Ama (7A),Bell,Ama,7,7A,F,2025-09-09,AM,N,No reason,NA,NA

      """)
    #expect(marks(reading) == ["2025-09-08 AM L", "2025-09-09 AM N", "2025-09-08 AM 12 minutes"])
    #expect(reading.account.withoutMark == 1 && reading.account.pupilRows == 3)
    #expect(reading.result.schools[0].register.pupils[0].registrationGroup == "7A")
  }

  /// An escape character would consume the end of the row and the next row.
  @Test(arguments: ["\\", "\"\\\""]) func `a backslash is a mark even in the last field of a row`(
    mark: String
  ) throws {
    let reading = try read(
      "UPN,Year,Date,Session,Mark\r\n\(Self.ama),7,08/09/2025,PM,\(mark)\r\n\(Self.ama),7,09/09/2025,PM,\(mark)\r\n"
    )
    #expect(marks(reading) == ["2025-09-08 PM \\", "2025-09-09 PM \\"])
    #expect(reading.findings == [])
    let short = try read("UPN,Year,Date,Session,Mark\n\(Self.ama),7,08/09/2025,PM,\(mark)")
    #expect(marks(short) == ["2025-09-08 PM \\"])
  }

  @Test func `formulas and empty words are data`() throws {
    let marks = ["=": "I01", "+": "X01"]
    let header = "Name,UPN,Year,Date,Session,Mark\n"
    let rows = ["=", "+", "-", "#", "N", "NA", "E"].enumerated().map {
      "\"=HYPERLINK(1)\",\(Self.ama),7,\($0.offset + 8)/09/2025,AM,\($0.element)"
    }
    let reading = try read(header + rows.joined(separator: "\n") + "\n", marks: marks)
    #expect(
      self.marks(reading) == [
        "2025-09-08 AM I", "2025-09-09 AM X", "2025-09-11 AM #", "2025-09-12 AM N", "2025-09-14 AM E",
      ])
    #expect(reading.account.withoutMark == 2 && reading.account.isBalanced)
    let unmapped = try read(header + rows.joined(separator: "\n") + "\n")
    #expect(
      unmapped.locations.filter { $0.hasPrefix("unknown") } == [
        "unknown-code autumn.csv:2", "unknown-code autumn.csv:3",
      ])
  }

  @Test func `a week is read by the length that fits`() throws {
    func read(_ marks: String) throws -> Reading {
      try self.read("UPN,Year,WeekStart,WeekMarks\n\(Self.ama),7,2025-09-08,\"\(marks)\"\n")
    }
    // The closed weekend is after the last day with marks.
    #expect(marks(try read("/\\/\\L\\II/\\####")).count == 10)
    #expect(marks(try read("/\\/\\L\\II/\\")).last == "2025-09-12 PM \\")
    #expect(marks(try read("/\\L")) == ["2025-09-08 AM /", "2025-09-08 PM \\", "2025-09-09 AM L"])
    // Of eleven characters, ten marks can be made only if C1 is one mark.
    #expect(marks(try read("/\\C1C/\\/\\/\\")).prefix(4).last == "2025-09-09 PM C")
    #expect(marks(try read("C1C1C1C1C1C1C1C1C1C1")).count == 10)
    for unfit in ["/\\/\\/\\/C1/", "C1", "/\\C1", "/\\/\\/\\/\\/\\/\\/\\/"] {
      let reading = try read(unfit)
      #expect(reading.marks == 0 && reading.account.isBalanced, "\(unfit)")
    }
    #expect(try read("/\\/\\/\\/C1/").locations.first == "marks-do-not-fit autumn.csv:2")
  }

  @Test func `the punctuation of a source has only its own codes`() throws {
    let text = "School,WeekStart,UPN,WeekMarks\nMill Lane,2025-09-08,\(Self.ama),\"/\\;(+=/\\/\\\"\n"
    let mapped = try read(text, marks: [";": "I02", "(": "X02", "+": "X01", "=": "I01"])
    #expect(
      marks(mapped).dropFirst(2).prefix(4) == [
        "2025-09-09 AM I", "2025-09-09 PM X", "2025-09-10 AM X", "2025-09-10 PM I",
      ])
    let other = try read(text, marks: [";": "C2", "(": "J1", "+": "/", "=": "\\"])
    #expect(marks(other).dropFirst(2).prefix(2) == ["2025-09-09 AM C2", "2025-09-09 PM J1"])
    let unmapped = try read(text)
    #expect(unmapped.marks == 6 && unmapped.account.refused == 4 && unmapped.account.isBalanced)
    #expect(
      unmapped.messages(.unknownCode).first
        == "\";\", the mark of 9 September 2025 AM, is not an attendance code"
    )
  }

  @Test func `Bromcom pads its texts and mixes in lessons`() throws {
    let reading = try read(
      """
      {"success":true,"data":[
       {"studentId":771,"calendarStartDate":"2025-09-08T00:00:00","mark":"/","periodDisplayName":"AM      ","attendanceComment":"rang in,\\r\\nlate"},
       {"studentId":771,"calendarStartDate":"2025-09-08T00:00:00","mark":"I","periodDisplayName":"P1      ","attendanceComment":null},
       {"studentId":771,"calendarStartDate":"2025-09-08T00:00:00","mark":"I","periodDisplayName":"1       "},
       {"studentId":771,"calendarStartDate":"2025-09-08T00:00:00","mark":"\\\\","periodDisplayName":"PM      ","attendanceComment":""}
      ]}
      """)
    #expect(marks(reading) == ["2025-09-08 AM /", "2025-09-08 PM \\"])
    #expect(reading.account.lessons == 2 && reading.account.isBalanced)
    #expect(reading.messages(.lessonPeriods) == ["2 marks of lessons left out"])
  }

  @Test(arguments: [
    ("STUDENTID", "MARK", "DATE", "SESSION"), ("studentid", "mark", "date", "session"),
    ("StudentID", "Mark", "Date", "Session"), ("student_id", "MARK", "Date", "session"),
  ]) func `JSON keys may have any case`(names: (String, String, String, String)) throws {
    let (id, mark, date, session) = names
    let reading = try read(
      "[{\"\(id)\":\"A1\",\"\(mark)\":\"L\",\"\(date)\":\"2025-09-08\",\"\(session)\":\"AM\"}]")
    #expect(marks(reading) == ["2025-09-08 AM L"])
  }

  @Test func `Wonde's marks are the codes of their ids`() throws {
    let register = """
      {"data":[{"student_id":"A1039521228","date":"2025-09-08","session":"AM","attendance_code_id":"A29","comment":null,"minutes_late":10},
      {"student_id":"A1039521228","date":"2025-09-08","session":"PM","attendance_code_id":"A30","comment":null,"minutes_late":null},
      {"student_id":"A1039521228","date":{"date":"2025-09-09 00:00:00.000000","timezone_type":3,"timezone":"UTC"},"session":"AM","attendance_code_id":"A31"}]}
      """
    let codes = "{\"data\":[{\"id\":\"A29\",\"code\":\"L\"},{\"id\":\"A31\",\"code\":\"C2\"}]}"
    for order in [[register, codes], [codes, register]] {
      let reading = try Reading(order.enumerated().map { InMemory.file($1, "\($0).json") })
      #expect(marks(reading) == ["2025-09-08 AM L", "2025-09-09 AM C2", "2025-09-08 AM 10 minutes"])
      #expect(reading.messages(.unknownCodeID) == ["mark id \"A30\" is not in any list of codes"])
      #expect(reading.result.accounts.allSatisfy { $0.isBalanced })
    }
  }

  @Test func `the list of codes may be a sheet after the marks`() throws {
    let book = MadeBook(sheets: [
      (
        "Marks",
        [
          ["Student ID", "Date", "Session", "Mark ID"], ["S1", 45908, "AM", "A29"],
          ["S1", 45908, "PM", "A30"],
        ]
      ),
      ("Codes", [["ID", "Code"], ["A29", "L"], ["A30", "I"]]),
    ])
    let reading = try Reading([InMemory.file(book.bytes)])
    #expect(marks(reading) == ["2025-09-08 AM L", "2025-09-08 PM I"])
    #expect(reading.account.rows == 4 && reading.account.duplicates == 0 && reading.account.isBalanced)
  }

  @Test func `admission numbers without their zeros are matched`() throws {
    let pupils = "Adm No,UPN,Surname,Forename,Year\n004512,\(Self.ama),Bell,Ama,7\n"
    for written in ["4512", "004512", "04512"] {
      let reading = try read("Adm No,Date,Session,Mark\n\(written),08/09/2025,AM,/\n", pupils: pupils)
      #expect(
        reading.findings == [] && reading.register.contains("\(Self.ama) 2025-09-08 AM /"), "\(written)")
    }
    let book = MadeBook(sheets: [
      ("Register", [["Adm No", "Date", "Session", "Mark"], [4512, 45908, "AM", "/"]])
    ])
    let reading = try Reading([InMemory.file(book.bytes)], pupils: [InMemory.file(pupils, "pupils.csv")])
    #expect(reading.findings == [] && reading.marks == 1)
  }

  @Test(arguments: [
    ("2025-09-07T23:00:00Z", "2025-09-08"), ("2025-09-08T00:00:00Z", "2025-09-08"),
    ("2026-01-12T00:00:00Z", "2026-01-12"), ("2026-01-12T23:00:00Z", "2026-01-12"),
    ("2025-10-26T23:00:00Z", "2025-10-26"), ("2025-10-25T23:00:00Z", "2025-10-26"),
    ("2026-03-28T23:00:00Z", "2026-03-28"), ("2026-03-29T23:00:00Z", "2026-03-30"),
    ("2025-09-08T08:45:00Z", "2025-09-08"),
  ])
  func `time stamps under summer time are read as the intended day`(stamp: String, day: String) throws {
    let reading = try read("UPN,Year,Date,Session,Mark\n\(Self.ama),7,\(stamp),AM,/\n")
    #expect(marks(reading) == ["\(day) AM /"])
  }

  @Test func `a transfer file has two marks for each date of the calendar`() throws {
    let reading = try read(
      """
      <?xml version="1.0" encoding="UTF-8"?><CTfile><Header><DocumentName>Common Transfer File</DocumentName></Header>
      <CTFpupilData><Pupil><UPN>\(Self.ama)</UPN><Surname>Bell</Surname><Forename>Ama</Forename><DOB>2014-01-02</DOB>
      <Attendance><YearData><Year>2025</Year><LEA>873</LEA><Estab>9999</Estab><SchoolName>Mill Lane</SchoolName>
      <AttendanceStartDate>2025-09-05</AttendanceStartDate><AttendanceMarks>/\\####/IC1\\</AttendanceMarks></YearData>
      </Attendance></Pupil></CTFpupilData></CTfile>
      """)
    #expect(
      marks(reading).filter { !$0.hasSuffix("#") } == [
        "2025-09-05 AM /", "2025-09-05 PM \\", "2025-09-08 AM /", "2025-09-08 PM I", "2025-09-09 AM C1",
        "2025-09-09 PM \\",
      ])
    #expect(reading.findings == [])
  }
}
