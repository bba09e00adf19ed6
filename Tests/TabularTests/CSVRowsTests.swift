import TabularTestSupport
import Testing

@testable import Tabular

/// Source: RFC 4180, and errors found in schools' exports.
@Suite struct CSVRowsTests {
  static let cases: [(String, [[String]])] = [
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
    ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
    ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
    ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
    ("a,b\r\nc,d\r", [["a", "b"], ["c", "d"]]),
    ("a,\"\\\"\r\nb,\"\\\"\r\n", [["a", "\\"], ["b", "\\"]]),
    ("a,\"\\\"", [["a", "\\"]]),
    ("\"\\\",a\n", [["\\", "a"]]),
    ("a,\\\nb,\\", [["a", "\\"], ["b", "\\"]]),
    ("a,\"bus late, again\",b\n", [["a", "bus late, again", "b"]]),
    ("a,\"said \"\"no\"\"\",b\n", [["a", "said \"no\"", "b"]]),
    ("\"\"\"\",\"\"\n", [["\"", ""]]),
    ("\"\"\"\"\"\"\n", [["\"\""]]),
    (
      "a,\"one\r\ntwo\nthree\rfour\",b\r\nc,d,e\r\n",
      [["a", "one\r\ntwo\nthree\rfour", "b"], ["c", "d", "e"]]
    ),
    ("a,5\" nail,b\n", [["a", "5\" nail", "b"]]),
    ("a,5\"\" nail,b\n", [["a", "5\"\" nail", "b"]]),
    ("a,,\n,,\n", [["a", "", ""], ["", "", ""]]),
    ("a,b,", [["a", "b", ""]]),
    ("a\n\n\nb\n", [["a"], [""], [""], ["b"]]),
    ("a\r\n\r\nb\r\n", [["a"], [""], ["b"]]),
    ("a\r\rb", [["a"], [""], ["b"]]),
    ("\n", [[""]]),
    (" a ,\tb\n", [["a", "b"]]),
    ("a,\" b \",c\n", [["a", "b", "c"]]),
    ("=,+,-,#,N,NA,E\n", [["=", "+", "-", "#", "N", "NA", "E"]]),
    ("\u{FEFF}a,b\n", [["a", "b"]]),
    ("\u{FEFF}\"a\",b\n", [["a", "b"]]),
    ("\u{FEFF}", []),
    ("", []),
  ]

  @Test(arguments: cases, [1, 2, 3, 7, Int.max])
  func `a file is read as RFC 4180 defines`(_ file: (text: String, rows: [[String]]), piece: Int) throws {
    let scanned = try Scanned(file.text, atMost: piece)
    #expect(scanned.rows == file.rows)
    #expect(scanned.openQuotes == [])
  }

  @Test func `a line end split between pieces is one line end`() throws {
    let line = String(repeating: "x", count: 60)
    // The carriage return is the last byte of the first piece, the newline the first of the second.
    for length in 58...70 {
      let text = "\(line.prefix(58))\(String(repeating: "y", count: length - 58)),z\r\nb,c\r\n"
      #expect(try Scanned(text).rows.count == 2, "length \(length)")
    }
  }

  @Test func `a field of many pieces is read as a whole`() throws {
    let long = String(repeating: "long, \"\"quoted\"\"\r\n", count: 3000)
    let scanned = try Scanned("a,\"\(long)z\",b\nc,d,e\n")
    #expect(scanned.rows.count == 2)
    #expect(scanned.rows[0][1].utf8.count == long.utf8.count - 2 * 3000 + 1)
    #expect(scanned.rows[1] == ["c", "d", "e"])
    #expect(scanned.openQuotes == [])
  }

  @Test func `a plain field may be longer than any buffer`() throws {
    let long = String(repeating: "x", count: 300_000)
    #expect(try Scanned("a,\(long),b\nc\n").rows == [["a", long, "b"], ["c"]])
  }

  @Test(arguments: [1, 3, 64, Int.max])
  func `a quote that never closes is a character and is reported with its row`(piece: Int) throws {
    let scanned = try Scanned("a,b\n\"c,d\ne,f\n", atMost: piece)
    #expect(scanned.rows == [["a", "b"], ["\"c", "d"], ["e", "f"]])
    #expect(scanned.openQuotes == [2])
  }

  @Test func `a quote that closes far too late is a character and is reported once`() throws {
    let filler = String(repeating: "1,2\n", count: 20_000)
    let scanned = try Scanned("a,b\n\"c,\(String(repeating: "d", count: 200))\n\(filler)x,\"y\"\n")
    #expect(scanned.rows.count == 20_003)
    #expect(scanned.rows[1][0] == "\"c")
    #expect(scanned.openQuotes == [2])
  }

  @Test func `a late quote in a long row is reported once`() throws {
    // The row continues beyond the buffer after the quote has been given up.
    let row = "\"c" + String(repeating: ",d", count: 100_000)
    let scanned = try Scanned("a,b\n\(row)\ne,f\n")
    #expect(scanned.rows.count == 3)
    #expect(scanned.openQuotes == [2])
  }

  @Test func `text between a closing quote and the delimiter belongs to no field`() throws {
    #expect(try Scanned("\"a\" ,\"b\"x,c\n").rows == [["a", "b", "c"]])
  }

  @Test(arguments: [4_000, 4_096, 4_097, 9_000]) func `thousands of columns are counted`(columns: Int) throws
  {
    let row = (0..<columns).map(String.init).joined(separator: ",")
    let scanned = try Scanned("\(row)\n\(row)\n")
    #expect(scanned.rows.map(\.count) == [columns, columns])
    #expect(scanned.rows[1][4_000 - 1] == "3999")
  }

  @Test(arguments: [UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")])
  func `any delimiter separates fields`(delimiter: UInt8) throws {
    let mark = Character(Unicode.Scalar(delimiter))
    #expect(
      try Scanned("a\(mark)b,c\(mark)\"d\(mark)e\"\n", delimiter: delimiter).rows == [
        ["a", "b,c", "d\(mark)e"]
      ])
  }

  @Test func `rows that repeat their first fields are read the same`() throws {
    let text =
      "1,\"A, \"\"x\"\"\",am,/\n1,\"A, \"\"x\"\"\",pm,\\\n1,\"A, \"\"x\"\"\"\n\n1,B,am,/\n1,B,pm,\n1,B"
    let plain = try Scanned(text)
    for stable in 1...5 { #expect(try Scanned(text, stableFields: stable) == plain, "stable \(stable)") }
  }
}
