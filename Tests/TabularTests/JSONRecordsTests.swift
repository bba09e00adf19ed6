import TabularTestSupport
import TestSupport
import Testing

@testable import Tabular

@Suite struct JSONRecordsTests {
  @Test func `Bromcom's records are read from the array named data`() throws {
    let read = try read(
      #"{"success":true,"data":[{"studentId":771,"calendarStartDate":"2025-09-08T00:00:00","mark":"\\","#
        + #""periodDisplayName":"AM      ","attendanceComment":null},"#
        + #"{"studentId":772,"mark":"/","attendanceComment":"bus\r\nlate","late":true,"rate":-1.50e+2}]}"#)
    #expect(
      read.rows[0] == [
        "studentId", "calendarStartDate", "mark", "periodDisplayName", "attendanceComment", "late", "rate",
      ])
    #expect(read.rows[1] == ["771", "2025-09-08T00:00:00", "\\", "AM"])
    #expect(read.rows[2] == ["772", "", "/", "", "bus\r\nlate", "true", "-1.50e+2"])
    #expect(read.numbers == [0, 1, 2])
  }

  @Test func `padding stays in the bytes`() throws {
    var rows = BatchRows(try records(#"[{"p":"AM  "}]"#))
    #expect(try rows.next() && rows.next())
    #expect(Array(rows.bytes(0)) == Array("AM  ".utf8))
  }

  @Test func `dates of PHP and nested objects are flattened`() throws {
    let read = try read(
      #"{"data":[{"id":"A1","date":{"date":"2025-09-08 00:00:00.000000","timezone_type":3,"timezone":"UTC"},"#
        + #""student":{"data":{"upn":"U8","tags":["a","b"],"more":{"a":{"b":1,"c":{"deep":2}}}}},"codes":[{"x":1}]},"#
        + #"{"date":"2025-09-09","student":null}],"meta":{"pagination":{"more":false}}}"#)
    #expect(read.rows[0] == ["id", "date", "student.data.upn"])
    #expect(read.records[0]["date"] == "2025-09-08 00:00:00.000000")
    #expect(read.records[0]["student.data.upn"] == "U8")
    #expect(read.records[1] == ["date": "2025-09-09"])
    #expect(read.rows.count == 3)
  }

  @Test(arguments: [
    #"[{"a":1},{"a":2}]"#, #"{"data":[{"a":1},{"a":2}]}"#,
    #"{"links":[{"rel":"next"}],"Data":[{"a":1},{"a":2}]}"#,
    "{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}\r\n\r\n{\"a\":2}", #"{"response":{"body":{"x":[{"a":1},{"a":2}]}}}"#,
    "{\"data\":[{\"a\":1}],\"n\":5}\n{\"data\":[{\"a\":2}],\"n\":6}",
    " [ 7, {\"a\" : 1 } , null, [{\"z\":3}], {\"a\":2}\t]\n",
    "{\"a\":1,\"contacts\":[{\"b\":1}]}\n{\"a\":2}",
  ])
  func `records are found in any structure`(text: String) throws {
    let read = try read(text)
    #expect(read.rows == [["a"], ["1"], ["2"]])
    #expect(read.numbers == [0, 1, 2])
  }

  @Test func `escaped texts are unescaped`() throws {
    let read = try read(
      #"[{"t":"\"\\\/\b\f\n\r\t\u0041\u00e9\uD83D\uDE00\uD83D \uDE00\uD83D\n\uD83D\u0041é"}]"#)
    #expect(read.rows[1] == ["\"\\/\u{8}\u{C}\n\r\tAé\u{1F600}\u{FFFD} \u{FFFD}\u{FFFD}\n\u{FFFD}Aé"])
  }

  @Test(arguments: [true, false]) func `fields in any order and number are put into their columns`(
    atOnce: Bool
  ) throws {
    let text = (0..<5000).map { index in
      index % 2 == 0 ? #"{"b":\#(index),"a":"x","a":"y"}"# : #"{"a":"z","c":{"d":false}}"#
    }.joined(separator: ",")
    let read = try read("[\(text)]", atMost: atOnce ? .max : 7)
    #expect(read.rows[0] == ["b", "a", "c.d"])
    #expect(read.rows[5000] == ["", "z", "false"])
    #expect(read.rows[4999] == ["4998", "y"])
    #expect(read.rows.count == 5001)
  }

  @Test func `UTF-16 and byte order marks are read`() throws {
    let text = #"[{"n":"Zoë 😀"}]"#
    let units = Array(text.utf16)
    let low = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let high = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [
      [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + low, [0xFE, 0xFF] + high, low, high,
    ] {
      for limit in [1, 3, 1000] {
        #expect(try ReadRows(records(bytes, atMost: limit)).rows == [["n"], ["Zoë 😀"]])
      }
    }
  }

  @Test(arguments: [
    ("", "the file is empty"), (" \n", "the file is empty"),
    (
      "{\"success\":false,\"message\":\"Access denied\\n for\",\"data\":[]}",
      "no records. It says: \"Access denied for\"."
    ),
    ("{\"error\":{\"message\":\"No such school\"}}", "It says: \"No such school\""),
    ("[]", "the file has no records."),
    ("{\"data\":[1,2]}", "no records"), ("5", "no records"), ("[{\"a\":1}", "line 1: the file ends early"),
    ("[{\"a\":\n\"b", "line 2: the file ends early, inside quotation marks"), ("[{\"a\":\"\\", "ends early"),
    ("[{\"a\":\"\\u12", "expected four hexadecimal digits"),
    ("[{\"a\":1}\n\n{\"a\":2}]", "line 3: expected a comma or ]"),
    ("[{\"a\":1}] x", "expected nothing after the end"), ("{\"a\":1} {\"a\":2}", "expected nothing after"),
    ("[{\"a\":1}]\n[{\"a\":1}]", "expected nothing after"), ("{\"a\":1}\n[", "expected nothing after"),
    ("[{\"a\":1},]", "expected a value"), ("[{\"a\":1,}]", "expected a field name"),
    ("[{a:1}]", "expected a field name"),
    ("[{\"a\" 1}]", "expected a colon"), ("[{\"a\":01}]", "expected a comma or }"),
    ("[{\"a\":1.}]", "expected a digit"),
    ("[{\"a\":+1}]", "expected a value"), ("[{\"a\":-}]", "expected a digit"),
    ("[{\"a\":.5}]", "expected a value"),
    ("[{\"a\":1e}]", "expected a digit"), ("[{\"a\":tru}]", "expected the value true"),
    ("[{\"a\":NaN}]", "expected a value"),
    ("[{\"a\":\"\t\"}]", "expected no line break"), ("[{\"a\":\"\\x\"}]", "expected one of"),
    ("[{\"a\":'b'}]", "expected a value"),
    ("{\"a\":1]", "expected a comma or }"), ("[1}", "expected a comma or ]"), ("]", "expected a value"),
    ("<html>", "expected a value"),
  ])
  func `a malformed file is refused with its line`(text: String, reason: String) {
    let message = failureMessage { _ = try ReadRows(records(Array(text.utf8))) }
    #expect(message.contains(reason), "\(message)")
    #expect(message.hasPrefix("a.json: "))
  }

  @Test func `depth, texts and fields are limited`() {
    func refusal(_ text: String) -> String { failureMessage { _ = try ReadRows(records(Array(text.utf8))) } }
    #expect(refusal(String(repeating: "[", count: 100)).contains("nested more than 64 deep"))
    #expect(refusal(String(repeating: "{\"a\":", count: 100)).contains("nested more than 64 deep"))
    let long = String(repeating: "x", count: 70_000)
    #expect(refusal("[{\"a\":\"\(long)\"}]").contains("a text longer than 64 KB"))
    #expect(refusal("[{\"a\":1\(long.replacing("x", with: "0"))}]").contains("a text longer than 64 KB"))
    let fields = (0..<5000).map { "\"f\($0)\":\($0)" }.joined(separator: ",")
    #expect(refusal("[{\(fields)}]").contains("more than 4096 fields"))
    let objects = (0..<200).map { object in
      "{" + (0..<100).map { "\"\(object)-\($0)\":1" }.joined(separator: ",") + "}"
    }
    #expect(refusal("[\(objects.joined(separator: ","))]").contains("more field names than a table can have"))
  }

  @Test(arguments: 0..<600) func `an altered file never causes a crash`(seed: UInt64) throws {
    var random = Seeded(seed)
    let text =
      #"{"ok":true,"data":[{"a":{"date":"x","timezone":"UTC"},"b":[1,{"c":2}],"d":"\uD83D\uDE00é\\"},{"a":null,"e":-1.5e3}]}"#
    let bytes = altered(Array(text.utf8), &random)
    let whole = failureMessage { _ = try ReadRows(records(bytes)) }
    let inPieces = failureMessage { _ = try ReadRows(records(bytes, atMost: 1)) }
    #expect(whole == inPieces)
    if whole == "nothing" { #expect(try ReadRows(records(bytes)) == ReadRows(records(bytes, atMost: 3))) }
  }

  private func read(_ text: String, atMost limit: Int = .max) throws -> ReadRows {
    try ReadRows(records(Array(text.utf8), atMost: limit))
  }

  private func records(_ text: String) throws -> JSONRecords { try records(Array(text.utf8)) }

  private func records(_ bytes: [UInt8], atMost limit: Int = .max) throws -> JSONRecords {
    try JSONRecords(file: "a.json", names: .examples) { () throws(TableFailure) -> ByteFeed.Read in
      InMemory.read(bytes, atMost: limit)
    }
  }
}
