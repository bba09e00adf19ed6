import TabularTestSupport
import TestSupport
import Testing

@testable import Tabular

@Suite struct XMLRecordsTests {
  @Test func `SIMS session attendance is read from Latin-1 as Windows writes it`() throws {
    let text = """
      <?xml version="1.0" encoding="iso-8859-1"?>
      <SessionAttendances>
        <SessionAttendance><PersonID>12</PersonID><AttendanceDate>2010-01-04</AttendanceDate><SessionName>AM</SessionName>
        <AttendanceMark>M</AttendanceMark><Comments>O’Brien Zoë</Comments><MinsLate/></SessionAttendance>
        <SessionAttendance><PersonID>13</PersonID><AttendanceMark>\\</AttendanceMark><SubCode/></SessionAttendance>
      </SessionAttendances>
      """
    let read = try ReadRows(records(asWindowsWrites(text)))
    #expect(
      read.rows[0] == [
        "PersonID", "AttendanceDate", "SessionName", "AttendanceMark", "Comments", "MinsLate", "SubCode",
      ])
    #expect(read.rows[1] == ["12", "2010-01-04", "AM", "M", "O’Brien Zoë"])
    #expect(read.rows[2] == ["13", "", "", "\\"])
    #expect(read.numbers == [0, 1, 2])
  }

  /// The form of the Department for Education's Common Transfer File.
  private static let transfer = """
    <CTfile><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>
    <SourceSchool><LEA>873</LEA><Estab>9999</Estab><SchoolName>Mill Lane</SchoolName></SourceSchool></Header>
    <CTFpupilData>
      <Pupil><UPN>U1</UPN><Surname>Bell</Surname><Forename>Ama</Forename><DOB>2014-01-02</DOB>
        <Contacts><Contact><Surname>Other</Surname></Contact></Contacts>
        <Attendance>
          <YearData><Year>2024</Year><LEA>873</LEA><SchoolName>Old Lane</SchoolName><SessionsPossible>380</SessionsPossible></YearData>
          <YearData><Year>2025</Year><LEA>873</LEA><SchoolName>Mill Lane</SchoolName><SessionsPossible>10</SessionsPossible>
            <AttendSessions><AttendanceStartDate>2025-09-08</AttendanceStartDate><AttendanceMarks>/\\/\\####</AttendanceMarks>
            </AttendSessions></YearData>
        </Attendance></Pupil>
      <Pupil><UPN>U2</UPN><Attendance><YearData><Year>2025</Year><AttendSessions><AttendanceMarks>//</AttendanceMarks>
        </AttendSessions></YearData></Attendance></Pupil>
    </CTFpupilData></CTfile>
    """

  @Test func `marks of a transfer file have the fields of their pupil`() throws {
    let read = try read(XMLRecordsTests.transfer)
    #expect(
      read.records == [
        [
          "UPN": "U1", "Surname": "Bell", "Forename": "Ama", "DOB": "2014-01-02", "Year": "2025",
          "LEA": "873",
          "SchoolName": "Mill Lane", "SessionsPossible": "10", "AttendanceStartDate": "2025-09-08",
          "AttendanceMarks": "/\\/\\####",
        ],
        ["UPN": "U2", "Year": "2025", "AttendanceMarks": "//"],
      ])
  }

  @Test func `totals are records only where there are no marks`() throws {
    let text = XMLRecordsTests.transfer.replacing("AttendanceMarks", with: "Withheld")
    let read = try read(text)
    #expect(
      read.records == [
        [
          "UPN": "U1", "Surname": "Bell", "Forename": "Ama", "DOB": "2014-01-02", "Year": "2024",
          "LEA": "873",
          "SchoolName": "Old Lane", "SessionsPossible": "380",
        ],
        [
          "UPN": "U1", "Surname": "Bell", "Forename": "Ama", "DOB": "2014-01-02", "Year": "2025",
          "LEA": "873",
          "SchoolName": "Mill Lane", "SessionsPossible": "10",
        ], ["UPN": "U2", "Year": "2025"],
      ])
  }

  @Test func `census totals have the identifiers of their own pupil`() throws {
    let text = """
      <Message><Header><Collection><Name>SC</Name><Term>AUT</Term></Collection></Header><Pupils>
      <Pupil><PupilIdentifiers><UPN>U1</UPN><Surname>Bell</Surname></PupilIdentifiers><Attendance><TermlyAttendance>
      <SessionsPossible>96</SessionsPossible><SessionDetails><SessionDetail><AttendanceReason>I</AttendanceReason>
      <AbsenceSessions>6</AbsenceSessions></SessionDetail></SessionDetails></TermlyAttendance></Attendance></Pupil>
      <Pupil><Attendance><TermlyAttendance><SessionsPossible>89</SessionsPossible></TermlyAttendance></Attendance></Pupil>
      </Pupils></Message>
      """
    #expect(
      try read(text).records == [
        ["UPN": "U1", "Surname": "Bell", "SessionsPossible": "96"], ["SessionsPossible": "89"],
      ])
  }

  @Test func `pupils beside their marks are not mixed up`() throws {
    let text = """
      <all><PupilIdentifiers><UPN>U1</UPN><Sex>F</Sex></PupilIdentifiers><r><Mark>/</Mark></r><r><Mark>L</Mark></r>
      <PupilIdentifiers><UPN>U2</UPN></PupilIdentifiers><r><Mark>I</Mark></r><PupilIdentifiers/><r><Mark>N</Mark></r>
      <Form>7A</Form><r><Mark>a</Mark></r><Form>7B</Form><r><Mark>b</Mark></r></all>
      """
    #expect(
      try read(text).records == [
        ["UPN": "U1", "Sex": "F", "Mark": "/"], ["UPN": "U1", "Sex": "F", "Mark": "L"],
        ["UPN": "U2", "Mark": "I"],
        ["Mark": "N"], ["Form": "7A", "Mark": "a"], ["Form": "7B", "Mark": "b"],
      ])
  }

  @Test func `lists of similar elements are records`() throws {
    let text = """
      <school name="Mill Lane"><about><a>1</a><b>2</b></about><groups><group id="7A" x:y="no" xmlns:x="z">
      <pupil sex="F"><upn>U1</upn><name kind="legal">Bell &amp; Co &lt;</name><address><l1>1</l1><l2>2</l2></address></pupil>
      <pupil><upn>U2</upn><name><![CDATA[<Kay>]]></name><address><l1>1</l1><l2>2</l2></address></pupil>
      </group></groups></school>
      """
    #expect(
      try read(text).records == [
        ["name": "Bell & Co <", "id": "7A", "sex": "F", "upn": "U1"],
        ["name": "<Kay>", "id": "7A", "upn": "U2"],
      ])
  }

  @Test func `a mark may be an attribute and names may have prefixes`() throws {
    let text = """
      <s:register xmlns:s="urn:x"><s:pupil upn="U1"><s:session date="2025-09-08" mark="/" /><s:session mark="L"></s:session>
      </s:pupil><s:pupil upn="U2"/><s:pupil><s:session mark="I"/></s:pupil></s:register>
      """
    #expect(
      try read(text).records == [
        ["upn": "U1", "date": "2025-09-08", "mark": "/"], ["upn": "U1", "mark": "L"], ["mark": "I"],
      ])
  }

  @Test func `a list of codes beside the marks is not a record`() throws {
    let codes =
      "<Codes><Code><Code>/</Code><Text>Present</Text></Code><Code><Code>L</Code><Text>Late</Text></Code></Codes>"
    let text = "<a>\(codes)<r><Mark>/</Mark><Mark>twice</Mark></r></a>"
    #expect(try read(text).rows == [["Mark"], ["twice"]])
    #expect(try read("<a>\(codes)</a>").records.count == 2)
  }

  @Test func `many records are read the same in any pieces`() throws {
    let text = "<a><day>8</day>" + (1...9000).map { "<r><mark>/</mark><n>\($0)</n></r>" }.joined() + "</a>"
    let read = try read(text)
    #expect(read.numbers == Array(0...9000))
    #expect(read.rows[9000] == ["8", "/", "9000"])
    #expect(try ReadRows(records(Array(text.utf8), atMost: 1001)) == read)
  }

  @Test func `every encoding becomes UTF-8`() throws {
    func document(_ encoding: String) -> String {
      "<?xml version='1.0' encoding='\(encoding)'?><a><r><mark>L</mark><n>Zoë</n></r></a>"
    }
    let units = Array(document("UTF-16").utf16)
    let inputs: [[UInt8]] = [
      Array(document("UTF-8").utf8), [0xEF, 0xBB, 0xBF] + Array(document("utf-8").utf8),
      asWindowsWrites(document("ISO-8859-1")), asWindowsWrites(document("windows-1252")),
      [0xFF, 0xFE] + units.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] },
      [0xFE, 0xFF] + units.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] },
    ]
    for input in inputs {
      #expect(try ReadRows(records(input)).rows == [["mark", "n"], ["L", "Zoë"]])
    }
    #expect(
      failureMessage { _ = try records(asWindowsWrites(document("x-mac-greek"))) }.contains(
        "unknown encoding"))
    #expect(
      failureMessage { _ = try records(asWindowsWrites(document("utf-8"))) }.contains("not well-formed"))
  }

  @Test(arguments: [
    ("", "the file is empty"), ("<a><b>1</b></a>", "the file has no records"),
    ("<!DOCTYPE html>\n<html>", "it is a web page"),
    ("\u{FEFF}\n <!-- x --><TABLE border=1>", "it is a web page"),
    ("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">", "it is a web page"),
    ("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>", "Excel 2003"),
    ("<!DOCTYPE a [<!ENTITY b \"c\">]><a><r><mark>&b;</mark></r></a>", "line 1: it declares a document type"),
    ("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "it declares a document type"),
    ("<a>\n<r><mark>/</r>\n</a>", "line 2: it is not well-formed XML: mismatched tag"),
    ("<a>\n<r><mark>/</mark>", "line 2: the file ends early"), ("<a><r", "the file ends early"),
    ("<a><r><mark>&x;</mark></r></a>", "undefined entity"), ("<a/><b/>", "junk after document element"),
    ("UPN,Mark", "not well-formed"),
  ])
  func `other and broken files are refused`(text: String, reason: String) {
    let message = failureMessage { _ = try ReadRows(records(Array(text.utf8))) }
    #expect(message.contains(reason), "\(message)")
    #expect(message.hasPrefix("a.xml: "))
  }

  @Test func `depth, texts and names are limited`() {
    func refusal(_ text: String) -> String { failureMessage { _ = try ReadRows(records(Array(text.utf8))) } }
    #expect(refusal(String(repeating: "<a>", count: 100)).contains("nested more than 64 deep"))
    let long = String(repeating: "x", count: 70_000)
    #expect(
      refusal("<a>\n\n<r><mark>\(long)</mark></r></a>").contains("line 3: it has a text longer than 64 KB"))
    #expect(refusal("<a><r mark=\"\(long)\"/></a>").contains("it has a text longer than 64 KB"))
    let names = (0..<20_000).map { "<n\($0)/>" }.joined()
    #expect(refusal("<a>\(names)</a>").contains("more kinds of elements"))
    #expect(refusal("<a><\(long.prefix(2000))/></a>").contains("a name longer than 1 KB"))
    let fields = (0..<5000).map { "<n\($0)/>" }.joined()
    #expect(refusal("<a><r><mark/>\(fields)</r></a>").contains("more than 4096 fields"))
  }

  @Test(arguments: 0..<600) func `an altered file never causes a crash`(seed: UInt64) throws {
    var random = Seeded(seed)
    let bytes = altered(Array(XMLRecordsTests.transfer.utf8), &random)
    let whole = failureMessage { _ = try ReadRows(records(bytes)) }
    if whole == "nothing" {
      #expect(try ReadRows(records(bytes)) == ReadRows(records(bytes, atMost: 3)))
    }
  }

  private func asWindowsWrites(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { $0 == "’" ? 0x92 : UInt8(truncatingIfNeeded: $0.value) }
  }

  private func read(_ text: String) throws -> ReadRows { try ReadRows(records(Array(text.utf8))) }

  private func records(_ bytes: [UInt8], atMost limit: Int = .max) throws -> XMLRecords {
    try XMLRecords(file: "a.xml", names: .examples) { () throws(TableFailure) -> ByteFeed.Read in
      InMemory.read(bytes, atMost: limit)
    }
  }
}
