extension HostileFile {
  private static let record = "{\"upn\":\"\(ann)\",\"date\":\"2025-09-08\",\"session\":\"AM\",\"mark\":\"/\"}"
  private static func record(_ more: String) -> String { record.dropLast() + ",\(more)}" }
  private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
  private static func refusedJSON(
    _ name: String, _ text: @autoclosure @escaping @Sendable () -> String, _ says: String
  ) -> HostileFile {
    HostileFile(name, "register.json", 2, [says]) { Array(text().utf8) }
  }

  static let json: [HostileFile] = [
    refusedJSON("an empty object", "{}", ": the file has no records"),
    refusedJSON("an array of numbers", "[1,2,3]", ":1: no column \"Mark\""),
    refusedJSON("data of no records", "{\"data\":[\"Quillfeather\",1,null]}", ": the file has no records"),
    refusedJSON(
      "the message of an error", "{\"error\":\"token \\u001b[2J\\nhalfterm: fine\",\"code\":401}",
      ": the file has no records. It says: \"token \\u{1B}[2J"),
    refusedJSON(
      "cut short in a record", "[\(record),\n" + record.prefix(30), ": line 2: the file ends early"),
    refusedJSON(
      "cut short in a text", "[\(record),\n{\"upn\":\"Quillf",
      ": line 2: the file ends early, inside quotation marks"),
    refusedJSON("100,000 arrays", times(100_000, "["), ":1: no column \"Mark\""),
    refusedJSON(
      "100,000 objects", times(100_000, "{\"a\":"), ": line 1: its values are nested more than 64 deep"),
    refusedJSON(
      "100,000 arrays in a record", "[\n" + record.dropLast() + ",\"x\":" + times(100_000, "["),
      ": line 2: its values are nested more than 64 deep"),
    refusedJSON(
      "a text of 1 MB", "[\n" + record("\"comment\":\"" + times(1 << 20, "x") + "\"") + "]",
      ": line 2: it has a text longer than 64 KB"),
    refusedJSON(
      "a number of 1 MB", "[\n" + record("\"mins\":" + times(1 << 20, "1")) + "]",
      ": line 2: it has a text longer than 64 KB"),
    refusedJSON(
      "20,000 fields", "[{" + (0..<20_000).map { "\"f\($0)\":1" }.joined(separator: ",") + "}]",
      ": line 1: it has more field names than a table can have"),
    refusedJSON("not a number", "[\(record),\n{\"mins\":NaN}]", ": line 2: expected a value"),
    refusedJSON("a comma too many", "[\(record),\n]", ": line 2: expected a value"),
    refusedJSON(
      "text behind the end", "[\(record)]\nQuillfeather",
      ": line 2: expected nothing after the end of the data"),
    refusedJSON(
      "a line break in a text", "[{\"upn\":\"Quill\nfeather\"}]", ": line 1: expected no line break"),
    refusedJSON("a broken line of records", "\(record)\n\(record)\n{", ": line 3: the file ends early"),
    refusedJSON(
      "two arrays, the usual one without marks", "{\"data\":[{\"upn\":\"\(ann)\"}],\"marks\":[\(record)]}",
      ": no column \"Date\"; found 1 column with unknown names"),
    refusedJSON(
      "no field of the session", "[{\"upn\":\"\(ann)\",\"date\":\"2025-09-08\",\"mark\":\"/\"}]",
      ": no column \"Session\"; found upn, date, mark"),
    refusedJSON(
      "a field that steers the terminal", "[{\"upn\":\"\(ann)\",\"mark\\u001b[2J\":1,\"date\":\"x\"}]",
      ": no column \"Session\"; found upn, mark\\u{1B}[2J"),
    refusedJSON(
      "records of nothing", "[{\"upn\":null,\"date\":null,\"session\":null,\"mark\":null}]",
      ": no mark of One School was read"),
    refusedJSON(
      "half a pair of a character", "[\(record.replacing("\"/\"", with: "\"\\ud800\""))]",
      ":1: \"\u{FFFD}\" is not an attendance code"),
    refusedJSON(
      "ids of codes without their list",
      "[{\"upn\":\"\(ann)\",\"date\":\"2025-09-08\",\"session\":\"AM\",\"attendance_code_id\":\"A29\"}]",
      ":1: "),
    refusedJSON(
      "ids of codes that the list lacks",
      "[{\"upn\":\"\(ann)\",\"date\":\"2025-09-08\",\"session\":\"AM\",\"attendance_code_id\":\"A29\"}]",
      ":1: "
    )
    .with { $0.others = ["codes.json": "[{\"id\":\"A30\",\"code\":\"L\"}]"] },
    warned(
      "a field twice", in: "register.json", rows: 2, "[\(record),\(record("\"mark\":\"?\""))]",
      ":2: \"?\" is not an attendance code"),
    warned(
      "UTF-16 records", in: "register.json", rows: 2,
      bytes: { [0xFF, 0xFE] + wide("[\(record),\(record("\"mark\":\"?\""))]") },
      ":2: \"?\" is not an attendance code"),
    warned(
      "numbers for ids and dates", in: "register.json", rows: 3,
      "[{\"studentId\":771,\"date\":\"2025-09-08\",\"session\":\"AM\",\"mark\":\"/\"},{\"studentId\":1e400,\"date\":20250908,\"session\":\"AM\",\"mark\":5},"
        + "{\"studentId\":-0.0,\"date\":1e308,\"session\":\"AM\",\"mark\":\"/\"}]",
      ":2: \"5\" is not an attendance code", ":3: \"1e308\" is not a date"),
    warned(
      "arrays in records", in: "register.json", rows: 1,
      "[\(record("\"x\":[[1,[2]],{\"mark\":\"N\",\"upn\":\"\(bob)\"}]"))]", ""
    ).with { $0.also = "exports/pupils.csv:3: a pupil with no mark" },
  ]

  private static func session(_ mark: String = "/", upn: String = "<UPN>\(ann)</UPN>") -> String {
    "<SessionAttendance>\(upn)<AttendanceDate>2025-09-08</AttendanceDate><SessionName>AM</SessionName>"
      + "<AttendanceMark>\(mark)</AttendanceMark></SessionAttendance>\n"
  }
  private static func sims(_ sessions: String) -> String {
    "<SessionAttendances>\n\(sessions)</SessionAttendances>"
  }
  private static func transfer(_ year: String) -> String {
    "<CTfile><CTFpupilData><Pupil><UPN>\(ann)</UPN><Surname>Quillfeather</Surname><Attendance><AttendanceYear>\(year)</AttendanceYear>"
      + "</Attendance></Pupil></CTFpupilData></CTfile>"
  }
  private static let laughs =
    "<!DOCTYPE l [<!ENTITY a '\(times(100, "ha"))'>"
    + zip("bcdefghij", "abcdefghi").map { "<!ENTITY \($0) '\(times(10, "&\($1);"))'>" }.joined() + "]>"
  private static func refusedXML(
    _ name: String, _ text: @autoclosure @escaping @Sendable () -> String, _ says: String...
  ) -> HostileFile {
    HostileFile(name, "register.xml", 2, says) { Array(text().utf8) }
  }

  static let xml: [HostileFile] = [
    refusedXML(
      "malformed XML", sims(session() + "</x>"), ": line 3: it is not well-formed XML: mismatched tag"),
    refusedXML("XML cut short", String(sims(session()).dropLast(25)), ": line 2: the file ends early"),
    refusedXML(
      "a document type", "<!DOCTYPE x [<!ENTITY a 'b'>]>" + sims(session()),
      ": line 1: it declares a document type"),
    refusedXML(
      "an entity from outside",
      "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + sims(session("&a;")),
      ": line 1: it declares a document type"),
    refusedXML("a billion laughs", laughs + sims(session("&j;")), ": line 1: it declares a document type"),
    refusedXML(
      "an entity that is none", sims(session("&j;")), ": line 2: it is not well-formed XML: undefined entity"),
    refusedXML(
      "100,000 elements deep", times(100_000, "<a>"), ": line 1: its elements are nested more than 64 deep"),
    refusedXML(
      "50,000 names of elements", "<a>" + (0..<50_000).map { "<n\($0)/>" }.joined() + "</a>",
      ": line 1: it has more kinds of elements"),
    refusedXML(
      "an attribute of 3 MB", "<a b='" + times(3 << 20, "x") + "'/>",
      ": line 1: one of its tags is longer than 1 MB"),
    refusedXML(
      "a comment of 3 MB", "<a><!--" + times(3 << 20, "x") + "--></a>",
      ": line 1: one of its tags is longer than 1 MB"),
    HostileFile(
      "XML in another encoding than it says", "register.xml", 2, [": line 2: it is not well-formed XML"]
    ) {
      Array("<?xml version='1.0' encoding='UTF-8'?>".utf8) + Array(sims("")[...].utf8.prefix(21)) + [0xE9]
        + Array(session().utf8)
    },
    refusedXML(
      "an encoding that is none", "<?xml version='1.0' encoding='EBCDIC'?>" + sims(session()),
      ": line 1: it is not well-formed XML: unknown encoding"),
    refusedXML(
      "UTF-16 in word only", "<?xml version='1.0' encoding='UTF-16'?>" + sims(session()),
      ": line 1: it is not well-formed XML"),
    refusedXML("a zero in XML", sims("\0" + session()), ": line 2: it is not well-formed XML"),
    refusedXML("sessions of no pupil", sims(session(upn: "<UPN/>")), ":1: the row has no UPN"),
    refusedXML(
      "no element for the pupil", sims(session(upn: "")), ": no column \"UPN\"; found AttendanceDate"),
    refusedXML("a page as XML", "<?xml version='1.0'?><html><body/></html>", ": looks like a web page"),
    refusedXML("an empty root", "<SessionAttendances/>", ": the file has no records"),
    refusedXML("only a declaration", "<?xml version='1.0'?>", ": line 1: the file ends early"),
    refusedXML(
      "a spreadsheet of 2003",
      "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
      ": looks like a workbook of 2003 (XML)"),
    refusedXML(
      "transfer marks of odd length",
      transfer(
        "<AttendanceStartDate>2025-09-08</AttendanceStartDate><AttendanceMarks>/\\/\\/</AttendanceMarks>"),
      ":1: 5 characters of marks do not match the sessions"),
    refusedXML(
      "transfer marks of ten years",
      transfer(
        "<AttendanceStartDate>2025-09-08</AttendanceStartDate><AttendanceMarks>\(times(5000, "/\\"))</AttendanceMarks>"
      ), ":1: 10000 characters of marks do not match the sessions"),
    refusedXML(
      "transfer marks without a start", transfer("<AttendanceMarks>/\\/\\</AttendanceMarks>"),
      ": no column \"Week start\""),
    refusedXML(
      "transfer marks with an empty start",
      transfer("<AttendanceStartDate/><AttendanceMarks>/\\/\\</AttendanceMarks>"), ":1: \"\" is not a date"),
    refusedXML(
      "transfer marks from no day",
      transfer("<AttendanceStartDate>2025-02-30</AttendanceStartDate><AttendanceMarks>/\\</AttendanceMarks>"),
      ":1: \"2025-02-30\" is not a date"),
  ]
}
