import Registers
import TabularTestSupport
import TestSupport

@testable import Exports

extension FindingCase {
  private static func pupils(_ count: Int, _ rest: String) -> [String] {
    (1...count).map { row(MadeUPN.of($0 + 10), rest) }
  }

  private static func findings(
    texts: [String], asAt: String? = nil, _ profile: SourceProfile = SourceProfile()
  ) throws
    -> [Finding]
  {
    let names = ["autumn.csv", "spring.csv"]
    return try findings(zip(texts, names).map { InMemory.file($0, $1, profile: profile) }, asAt: asAt)
  }

  /// Cases that need many pupils.
  static var schoolCases: [FindingCase] {
    let morning = "08/09/2025,AM"
    return [
      FindingCase(
        .oneCodeForAll, "autumn.csv", "10 of 10 pupils have code I on 8 September 2025 AM", rows: [],
        more: pupils(10, "\(morning),I,")),
      FindingCase(
        .closedDayMark, "autumn.csv",
        "on 8 September 2025 AM 1 pupil has marks, but 1 pupil has # (planned whole school closure)",
        rows: ["\(morning),/,"], more: [row(bob, "\(morning),#,")]),
      FindingCase(
        .classWithoutMarks, "autumn.csv", "class 7A (3 pupils) has no mark for 8 September 2025 AM",
        rows: ["\(morning),/,"],
        more: pupils(3, "08/09/2025,PM,\\,")
          + (14...15).flatMap { number in
            ["AM,/", "PM,\\"].map { row(MadeUPN.of(number), "08/09/2025,\($0),") }
          },
        details: ["UPN,Form", "\(ann),7B"] + (11...15).map { "\(MadeUPN.of($0)),\($0 < 14 ? "7A" : "7B")" }),
      FindingCase(
        .noMarks, "autumn.csv", "no mark of Mill Lane Primary School was read", rows: ["\(morning),,"]),
      FindingCase(
        .noMarksYet, "autumn.csv", "no mark of Mill Lane Primary School up to 5 September 2025 was read",
        rows: ["\(morning),/,"], asAt: "2025-09-05"),
      FindingCase(
        .pupilInTwoSchools, "north.csv:2",
        "a pupil has marks here and at South School for 1 session, the first on 8 September 2025"
      ) {
        let text = register([row(ann, "\(morning),/,")])
        let schools = try ["North School", "South School"].map { name in
          try Reading(
            [InMemory.file(text, "\(name.prefix(5).lowercased()).csv")], schools: [School(name: name)]
          )
          .result.schools[0]
        }
        return SharedPupils.findings(in: schools)
      },
      FindingCase(
        .registerEndsEarly, "autumn.csv",
        "the last mark of Mill Lane Primary School is on 8 September 2025, 92 days before the as-at date"
      ) {
        let (last, asAt) = (Day("2025-09-08"), Day("2025-12-09"))
        return [
          Finding(
            .registerEndsEarly(millLane, last: last, asAt: asAt), school: nil, file: "autumn.csv", row: nil)
        ]
      },
      FindingCase(
        .schoolsSharePupils, "north.csv", "1 pupil of North School is in the registers of South School too"
      ) {
        let text = register([row(ann, "\(morning),/,")])
        let schools = try ["North School", "South School"].map { name in
          try Reading(
            [InMemory.file(text, "\(name.prefix(5).lowercased()).csv")], schools: [School(name: name)]
          ).result.schools[0]
        }
        return SharedPupils.findings(in: schools, namedByPath: [true, true])
      },
      FindingCase(
        .pupilsOfTwoNames, "autumn.csv", "3 pupils have different names in another file under the same number"
      ) {
        try findings(
          texts: ["One", "Two"].map { name in
            "Adm No,Surname,Forename,Year,Date,Session,Mark\n"
              + (1...3).map { "\($0),\(name),\(canary)\(name),7,\(morning),/\n" }.joined()
          })
      },
      FindingCase(
        .refusedMarks, "autumn.csv", "1 of 11 marks (9.1%) are refused: \"?\" (1)", rows: ["\(morning),?,"],
        more: pupils(10, "\(morning),/,")),
      FindingCase(
        .refusedMarksAccepted, "autumn.csv",
        "3 of 203 marks (1.5%) are refused, and they seem to be its absences: \"ABS\" (3)"
      ) {
        let present = pupils(200, "\(morning),/,")
        let absent = (300...302).map { row(MadeUPN.of($0), "\(morning),ABS,") }
        let reading = try Reading([InMemory.file(register(present + absent))], acceptsRefusedMarks: true)
        return reading.result.schools[0].findings
      },
      FindingCase(
        .rowOfAnotherSchool, "autumn.csv:3",
        "the row names school \"100009\", for which this file is not listed"
      ) {
        try findings(texts: [
          "UPN,Year,URN,Date,Session,Mark\n\(ann),7,100001,\(morning),/\n\(ann),7,100009,08/09/2025,PM,\\\n"
        ])
      },
    ]
  }

  /// Cases about marks at the wrong time, or for too long.
  static var timeCases: [FindingCase] {
    let days = (8...18).filter { $0 != 13 && $0 != 14 }.map { $0 < 10 ? "0\($0)" : "\($0)" }
    return [
      FindingCase(
        .unresolvedN, "autumn.csv:2", "code N of 8 September 2025 is still there after 8 school days",
        rows: days.enumerated().map { "\($1)/09/2025,AM,\($0 == 0 ? "N" : "/")," }),
      FindingCase(
        .longSuspension, "autumn.csv:2", "code E for 6 school days in a row from 8 September 2025",
        rows: days.prefix(6).map { "\($0)/09/2025,AM,E," }),
      FindingCase(
        .markOutsideHalfTerms, "autumn.csv",
        "1 mark of Mill Lane Primary School is outside the half-terms of the trust file: 9 September 2025",
        rows: ["08/09/2025,AM,/,", "09/09/2025,AM,/,"],
        halfTerms: [HalfTerm(.autumn1, from: Day("2025-09-01"), to: Day("2025-09-08"))]),
      FindingCase(
        .laterSchoolYear, "autumn.csv:4", "a mark on 8 September 2052, but the registers end in 2025/26",
        rows: ["08/09/2025,AM,/,", "09/09/2025,AM,/,", "08/09/2052,AM,/,"]),
      FindingCase(
        .marksAhead, "autumn.csv",
        "1 mark after 10 September 2025, the last day on which at least half of the pupils have one; not used",
        rows: ["08/12/2025,AM,/,"], more: pupils(6, "08/09/2025,AM,/,") + pupils(6, "10/09/2025,AM,/,")),
      FindingCase(
        .markOutsideSchoolTime, "autumn.csv",
        "1 mark on 9 September 2025, when few pupils have one; not used",
        rows: ["09/09/2025,AM,/,"], more: pupils(6, "08/09/2025,AM,/,") + pupils(6, "10/09/2025,AM,/,")),
      FindingCase(
        .markInAnEarlierYear, "autumn.csv:2", "a mark on 8 November 2024, in a school year with few others",
        rows: ["08/11/2024,AM,/,"], more: pupils(6, "08/09/2025,AM,/,")),
      FindingCase(
        .tooManySchoolYears, "autumn.csv:16",
        "a mark on 8 September 2025, beyond the limit of fourteen school years",
        rows: (2011...2025).map { "08/09/\($0),AM,/," }),
      FindingCase(
        .tooManyPupils, "autumn.csv:\(RegisterBuilder.maxPupils + 2)",
        "the row has more pupils than a school can have"
      ) {
        let ids = (0...RegisterBuilder.maxPupils).map { "X\($0),08/09/2025,AM,/\n" }.joined()
        return try findings(texts: ["Student ID,Date,Session,Mark\n" + ids])
      },
      FindingCase(
        .fileOfAnotherYear, "autumn.csv",
        "every mark is in 2024/25, but the school's registers go up to 2025/26"
      ) {
        try findings(texts: ["09/09/2024", "08/09/2025"].map { register([row(ann, "\($0),AM,/,")]) })
      },
    ]
  }

  /// Cases about other layouts and forms.
  static var fileCases: [FindingCase] {
    let week = "UPN,Year,WeekStart,WeekMarks\n\(ann),7,"
    return [
      FindingCase(.marksDoNotFit, "autumn.csv:2", "10 characters of marks do not match the sessions") {
        try findings(texts: [week + "08/09/2025,/\\/\\/\\/C1/\n"])
      },
      FindingCase(
        .weekNotFromMonday, "autumn.csv:2", "9 September 2025 is a Tuesday, but weeks start on a Monday"
      ) {
        try findings(texts: [week + "09/09/2025,/\\\n"])
      },
      FindingCase(
        .totalDisagrees, "autumn.csv:2", "the file says 50.0% attended, but its marks give 100.0%"
      ) {
        try findings(texts: ["UPN,Surname,08/09/2025 AM,08/09/2025 PM,% Att\n\(ann),\(canary),/,\\,50\n"])
      },
      FindingCase(.unknownCodeID, "autumn.csv:1", "mark id \"A9\" is not in any list of codes") {
        let text =
          "{\"data\":[{\"student_id\":\"1\",\"date\":\"2025-09-08\",\"session\":\"AM\",\"attendance_code_id\":\"A9\"}]}"
        return try findings(texts: [text])
      },
      FindingCase(
        .pupilsAlike, "autumn.csv:3",
        "same name and date of birth as the pupil in row 2, but a different identifier; counted as two pupils"
      ) {
        let rows = [ann, bob].map { "\($0),\(canary),Zebedee,02/03/2014,08/09/2025,AM,/\n" }
        return try findings(texts: ["UPN,Surname,Forename,DOB,Date,Session,Mark\n" + rows.joined()])
      },
      FindingCase(.sheetLacksColumn, "autumn.csv", "sheet 7B has no column \"Session\" and is left out") {
        let register: [[MadeBook.Cell]] = [
          ["UPN", "Date", "Session", "Mark"], [.text(ann), 45908, "AM", "/"],
        ]
        let lacking: [[MadeBook.Cell]] = [["UPN", "Date", "Mark"], [.text(bob), 45908, "/"]]
        return try findings([InMemory.file(MadeBook(sheets: [("7A", register), ("7B", lacking)]).bytes)])
      },
      FindingCase(.sheetNotRead, "autumn.csv", "sheet Notes has no table of pupils") {
        let register: [[MadeBook.Cell]] = [
          ["UPN", "Date", "Session", "Mark"], [.text(ann), 45908, "AM", "/"],
        ]
        let book = MadeBook(sheets: [("7A", register), ("Notes", [["Ask the office"]])])
        return try findings([InMemory.file(book.bytes)])
      },
      FindingCase(.zipNotRead, "old.zip", "a zip file that cannot be opened") {
        [Finding(.zipNotRead("a zip file that cannot be opened"), school: nil, file: "old.zip", row: nil)]
      },
      FindingCase(.fileNotRead, "letter.xls", "has neither marks nor pupil details") {
        [
          Finding(
            .fileNotRead("has neither marks nor pupil details"), school: nil, file: "letter.xls", row: nil)
        ]
      },
    ]
  }
}
