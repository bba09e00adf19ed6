extension HostileFile {
  private static let twoWeeks = (8...12).flatMap { day in
    [ann, bob].map { row($0, "2025-09-\(day < 10 ? "0" : "")\(day)") }
  }.joined()

  /// Invalid or implausible dates.
  static let dates: [HostileFile] = [
    warned(
      "days that are none", rows: 11,
      head + good
        + ["2025-02-31", "2025-13-01", "0001-01-01", "9999-12-31", "2025-02-29", "99999999999999", "-1"].map {
          row(ann, $0)
        }.joined(),
      ":6: \"2025-02-31\" is not a date", ":7: \"2025-13-01\" is not a date",
      ":8: \"0001-01-01\" is not a date",
      ":9: \"9999-12-31\" is not a date",
      ":10: \"2025-02-29\" is not a date", ":11: \"99999999999999\" is not a date",
      ":12: \"-1\" is not a date"),
    refused(
      "every date of the year 9999", head + row(ann, "9999-12-31"), ": no mark of One School was read",
      ":2: \"9999-12-31\" is not a date"),
    warned(
      "dates of two orders", rows: 3,
      head + row(ann, "08/09/2025") + row(ann, "2025-09-08", session: "PM") + row(ann, "09/25/2025"),
      ":3: \"2025-09-08\" is not a date, or is not written", ":4: \"09/25/2025\" is not a date"),
    warned(
      "month first", rows: 3, head + row(ann, "09/08/2025") + row(ann, "09/25/2025") + row(ann, "10/01/2025"),
      ": 1 mark on Saturday 9 August 2025", ":3: \"09/25/2025\" is not a date"),
    refused(
      "month first throughout", head + row(ann, "09/25/2025") + row(ann, "09/26/2025"),
      ":2: \"09/25/2025\" is not a date", ":3: \"09/26/2025\" is not a date"),
    warned(
      "a mistyped year", rows: 11, head + twoWeeks + row(ann, "2062-09-08"),
      ":12: a mark on 8 September 2062, but the registers end in 2025/26"),
    warned(
      "dates of another year", rows: 4, head + good.replacing("2025", with: "2019"),
      ": 4 marks on Sunday 8 September 2019"
    )
    .with {
      $0.asAt = "2026-02-13"
      $0.also = "100009: the last mark of One School is on 8 September 2019"
    },
    warned(
      "a date that steers the terminal", rows: 5, head + good + row(ann, "\"1\u{1B}[2J\n2\""),
      ":6: \"1\\u{1B}[2J\\u{A}2\" is not a date"),
  ]

  private static let week = "School,WeekStart,UPN,WeekMarks\n"

  /// Tables with more than one mark in a row.
  static let grids: [HostileFile] = [
    refused(
      "only a header of sessions",
      "UPN," + (8..<13).map { "\($0)/09/2025 AM,\($0)/09/2025 PM" }.joined(separator: ",") + "\n",
      ": no mark of One School was read"),
    refused(
      "dates with no year", "UPN,08/09 AM,08/09 PM\n\(ann),/,\\\n",
      ": row 1, column 2: the date \"08/09 AM\" has no year"),
    refused(
      "a weekday that does not fit", "UPN,Tue 08/09/2025 AM\n\(ann),/\n",
      ": row 1, column 2: 8 September 2025 is a Monday, but the header says Tuesday"),
    refused(
      "a session of no day", "UPN,08/09/2025 AM,31/09/2025 AM\n\(ann),/,\\\n",
      ": row 1, column 3: \"31/09/2025 AM\" has no date"),
    refused(
      "sessions of two orders", "UPN,08/09/2025 AM,09/25/2025AM\n\(ann),/,\\\n",
      ": row 1, column 3: \"09/25/2025AM\" has no date"),
    refused(
      "a merged date of no day", ",08/09/2025,,31/09/2025,\nUPN,AM,PM,AM,PM\n\(ann),/,\\,/,\\\n",
      ": row 2, column 4: \"31/09/2025 AM\" has no date"),
    refused(
      "merged dates over nothing", ",,08/09/2025,\nUPN,Name,,\n\(ann),Quillfeather,/,\\\n",
      ":2: no column \"Date\""),
    warned(
      "merged dates, one without AM", rows: 1,
      ",,08/09/2025,,09/09/2025,\nUPN,Name,AM,PM,,PM\n\(ann),Quillfeather,/,?,/,\\\n",
      ":3: cell D3: \"?\" is not an attendance code"),
    warned(
      "one session in two columns", rows: 1, "UPN,08/09/2025 AM,08/09/2025 AM\n\(ann),/,N\n",
      ":2: two marks for one session: / in row 2, and N here"),
    warned(
      "weeks of a wrong length", rows: 2,
      week
        + "One School,2025-09-08,\(ann),/\\/\\/\\/\\/\\####\nOne School,2025-09-15,\(ann),/\\/\\/\\/\\/\\/\\/\\/\\/\\\n",
      ":3: 18 characters of marks do not match the sessions"),
    warned(
      "a mark in a week that is none", rows: 1, week + "One School,2025-09-08,\(ann),/\\?\\/\\/\\/\\\n",
      ":2: "),
    refused(
      "a week from Sunday", week + "One School,2025-09-07,\(ann),/\\/\\/\\/\\/\\####\n",
      ":2: 7 September 2025 is a Sunday, but weeks start on a Monday"),
    refused(
      "columns of a week from Sunday", "UPN,StartDate,MonAM,MonPM\n\(ann),2025-09-07,/,\\\n",
      ":2: 7 September 2025 is a Sunday, but weeks start on a Monday"),
    warned(
      "both marks in the cell of one", rows: 1, "UPN,Date,AM,PM\n\(ann),2025-09-08,/\\,/\n",
      ":2: cell C2: \"/\\\" is not an attendance code"),
  ]

  /// Files of pupils.
  static let pupilFiles: [HostileFile] = [
    refused("empty pupil file", in: "pupils.csv", "", ": the file is empty"),
    refused(
      "pupils without ids", in: "pupils.csv", "Surname,Forename,DOB\nQuillfeather,Marigold,2016-05-01\n",
      ":1: no column \"UPN\"; found Surname, Forename, DOB"),
    warned("no pupil in the pupil file", in: "pupils.csv", rows: 4, pupilHead, "").with {
      $0.also = "no pupil has a date of birth or a year"
    },
    warned(
      "pupils listed twice", in: "pupils.csv", rows: 4,
      pupilHead + pupils + pupils.replacing("Quillfeather", with: "x"),
      ":4: this pupil is listed in row 2 with a different value under Surname", ":5: this pupil"),
    warned(
      "header of pupils twice", in: "pupils.csv", rows: 4,
      pupilHead + pupils + pupilHead + "Quillfeather,x,x,x,4\n", ":5: the UPN (12 characters) is not a letter"
    ),
    warned(
      "values of pupils that are none", in: "pupils.csv", rows: 4,
      "UPN,Surname,DOB,Year,SEN Status,DOA,DOL\n\(ann),Quillfeather,2016-15-41,Quillfeather,Wizard,2030-01-01,2020-01-01\n",
      ":2: the leaving date is before the admission date", ":2: the value under \"Year\" is not understood",
      ":2: the value under \"SEN Status\"", ":2: the value under \"DOB\" is not a date"),
    warned(
      "ragged rows of pupils", in: "pupils.csv", rows: 4,
      pupilHead + "\(ann),Quillfeather,Marigold\n\(bob),Quill,feather,x,x,2016-05-01,4\n",
      ":2: the row has 3 fields but the header has 5", ":3: the row has 7 fields but the header has 5"),
    warned(
      "an open quote in the pupils", in: "pupils.csv", rows: 4,
      pupilHead + "\(ann),\"Quillfeather,Marigold,2016-05-01,4\n",
      ":2: a quotation mark opens and does not close"),
  ].map { $0.with { $0.isPupils = true } }
}
