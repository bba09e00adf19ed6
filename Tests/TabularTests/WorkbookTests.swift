import TabularTestSupport
import TestSupport
import Testing

@testable import Tabular

@Suite struct WorkbookTests {
  @Test func `cells of every kind are read as shown`() throws {
    let rows = """
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Ama</t></is></c>\
      <c r="C1" t="str"><f>A1&amp;"x"</f><v>Bellx</v></c></row>\
      <row r="3"><c r="A3"><v>45908.0</v></c><c r="B3"><v>1E+2</v></c><c r="C3" t="b"><v>1</v></c>\
      <c r="D3" t="b"><v>0</v></c><c r="E3" t="e"><v>#N/A</v></c><c r="G3" s="1"><v>7</v></c></row>
      """
    let read = try read(WorkbookFile.zip(rows: rows, shared: "<si><t>Bell</t></si>"))
    #expect(read.numbers == [1, 3])
    #expect(read.rows == [["Bell", "Ama", "Bellx"], ["45908.0", "1E+2", "TRUE", "FALSE", "#N/A", "", "7"]])
  }

  @Test func `rich text is joined and phonetic text is left out`() throws {
    let shared = """
      <si><r><rPr><b/></rPr><t>O’</t></r><r><t xml:space="preserve">Brien </t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>\
      <si><t>a_x000D_b_x005F_x_xD83D__xDE00__x000</t></si><si/>
      """
    let rows = """
      <row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c>\
      <c t="inlineStr"><is><r><t>L</t></r><rPh><t>y</t></rPh><r><t>_x0041_</t></r></is></c></row>
      """
    let read = try read(WorkbookFile.zip(rows: rows, shared: shared))
    #expect(read.rows == [["O’Brien", "a\rb_x\u{1F600}_x000", "", "LA"]])
  }

  @Test func `rows and cells without references are numbered in order`() throws {
    let rows =
      "<row><c><v>1</v></c></row><row/><row><c><v>2</v></c><c/><c><v>3</v></c></row><row r=\"9\"/><row><c><v>4</v></c></row>"
    let read = try read(WorkbookFile.zip(rows: rows))
    #expect(read.numbers == [1, 3, 10])
    #expect(read.rows == [["1"], ["2", "", "3"], ["4"]])
  }

  @Test func `a cell far from the table is left out`() throws {
    let rows =
      "<row r=\"30\"><c r=\"B30\"><v>b</v></c></row><row r=\"31\"><c r=\"A31\"><v>a</v></c><c r=\"XFD31\"><v>far</v></c></row>"
    #expect(try read(WorkbookFile.zip(rows: rows)).rows == [["", "b"], ["a"]])
  }

  @Test func `prefixes and the strict format are read`() throws {
    let sheet = """
      <x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="1">\
      <x:c r="A1" t="inlineStr"><x:is><x:t>Bell</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>
      """
    var zip = WorkbookFile.zip(sheet: sheet)
    let rels = WorkbookFile.rels([("rId1", "worksheet", "/xl/worksheets/../worksheets/./sheet1.xml")])
    zip["xl/_rels/workbook.xml.rels"] = ZipFile.Part(
      "xl/_rels/workbook.xml.rels",
      rels.replacing(WorkbookFile.relations, with: "http://purl.oclc.org/ooxml/officeDocument/relationships"))
    #expect(try read(zip).rows == [["Bell"]])
  }

  @Test func `parts with Windows paths are found`() throws {
    var zip = WorkbookFile.zip(rows: "<row><c t=\"s\"><v>0</v></c></row>", shared: "<si><t>Bell</t></si>")
    for index in zip.parts.indices {
      zip.parts[index].name = zip.parts[index].name.replacing("/", with: "\\")
    }
    #expect(try read(zip).rows == [["Bell"]])
  }

  @Test func `a text is preferred to the value beside it`() throws {
    let cells = [
      "<c t=\"inlineStr\"><v>1</v><is><t>1.01</t></is></c>",
      "<c t=\"inlineStr\"><is><t>1.02</t></is><v>1</v></c>",
    ]
    #expect(try read(WorkbookFile.zip(rows: "<row>\(cells.joined())</row>")).rows == [["1.01", "1.02"]])
  }

  @Test func `sheets keep their order and chart sheets are left out`() throws {
    var zip = WorkbookFile.zip(rows: "<row><c><v>1</v></c></row>")
    let sheets = """
      <workbookPr date1904="1"/><sheets><sheet name="Chart" r:id="rId3"/><sheet name="7B &amp; 7C" state="veryHidden" \
      r:id="rId2"/><sheet name="7A" r:id="rId1"/><sheet name="lost" r:id="rId9"/></sheets>
      """
    zip["xl/workbook.xml"] = ZipFile.Part("xl/workbook.xml", WorkbookFile.workbook(sheets))
    let list = [
      ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml"),
      ("rId3", "chartsheet", "chartsheets/sheet1.xml"),
    ]
    zip["xl/_rels/workbook.xml.rels"] = ZipFile.Part("xl/_rels/workbook.xml.rels", WorkbookFile.rels(list))
    let workbook = try Workbook(WholeFile(zip.bytes), file: "a.xlsx")
    #expect(workbook.sheets.map(\.name) == ["7B & 7C", "7A"])
    #expect(workbook.sheets.map(\.isHidden) == [true, false])
    #expect(workbook.usesDatesFrom1904)
    #expect(try ReadRows(workbook.rows(ofSheet: 1)).rows == [["1"]])
    #expect(
      failureMessage { _ = try workbook.rows(ofSheet: 0) }.contains("sheet 7B & 7C: the workbook is damaged"))
    #expect(failureMessage { _ = try workbook.rows(ofSheet: 2) }.contains("no sheet 3"))
  }

  @Test func `a sheet larger than a batch is read as a whole`() throws {
    let rows = (1...20_000).map {
      "<row r=\"\($0)\"><c r=\"A\($0)\"><v>\($0)</v></c><c r=\"C\($0)\" t=\"s\"><v>0</v></c></row>"
    }
    let read = try read(WorkbookFile.zip(rows: rows.joined(), shared: "<si><t>/</t></si>"))
    #expect(read.numbers == Array(1...20_000))
    #expect(read.rows.last == ["20000", "", "/"])
  }

  @Test func `two sheets can be read side by side`() throws {
    let workbook = try Workbook(
      WholeFile(WorkbookFile.zip(rows: "<row><c><v>1</v></c></row>").bytes), file: "a.xlsx")
    var first = BatchRows(try workbook.rows(ofSheet: 0))
    var second = BatchRows(try workbook.rows(ofSheet: 0))
    let found = (try first.next(), try second.next(), try first.next(), try second.next())
    #expect(found == (true, true, false, false))
  }

  private func read(_ zip: ZipFile) throws -> ReadRows {
    try ReadRows(Workbook(WholeFile(zip.bytes), file: "a.xlsx").rows(ofSheet: 0))
  }
}

@Suite struct RefusedWorkbookTests {
  private static let good = WorkbookFile.zip(rows: "<row><c><v>1</v></c></row>")

  @Test func `a protected workbook is refused as protected`() {
    let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 600)
    let name = "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(
      refusal(old)
        == "a.xlsx: it is an old Excel file (.xls). Open it in Excel and save it as .xlsx or CSV.")
    #expect(
      refusal(old + name) == "a.xlsx: the workbook is protected with a password. Save it without a password.")
    var zip = RefusedWorkbookTests.good
    for index in zip.parts.indices { zip.parts[index].flags = 1 }
    #expect(refusal(zip.bytes).contains("protected with a password"))
  }

  @Test func `other files are refused by kind`() {
    #expect(refusal([]) == "a.xlsx: the file is empty")
    #expect(refusal(Array("<html><body><table>".utf8)).contains("it is a web page"))
    #expect(refusal(Array("<?xml version=\"1.0\"?><Workbook xmlns=\"x\">".utf8)).contains("Excel 2003"))
    #expect(refusal(Array("UPN,Mark\n".utf8)).contains("it is not a workbook, despite its name"))
    #expect(
      refusal(ZipFile(parts: [ZipFile.Part("a.csv", "UPN")]).bytes).contains("a zip file, not a workbook"))
    let sheet = [ZipFile.Part("mimetype", "application/vnd.oasis"), ZipFile.Part("content.xml", "<a/>")]
    #expect(refusal(ZipFile(parts: sheet).bytes).contains("OpenDocument"))
    var binary = RefusedWorkbookTests.good
    binary["_rels/.rels"] = ZipFile.Part(
      "_rels/.rels", WorkbookFile.rels([("rId1", "officeDocument", "xl/workbook.bin")]))
    #expect(refusal(binary.bytes).contains("a binary workbook (.xlsb)"))
    var missing = RefusedWorkbookTests.good
    missing["xl/workbook.xml"] = nil
    #expect(refusal(missing.bytes).contains("it has no workbook"))
  }

  @Test func `a truncated workbook is refused wherever it ends`() {
    let bytes = RefusedWorkbookTests.good.bytes
    for length in stride(from: 2, to: bytes.count - 1, by: 7) {
      #expect(refusal(Array(bytes.prefix(length))) != "nothing", "\(length) bytes")
    }
    #expect(refusal(Array(bytes.prefix(500))).contains("ends early"))
  }

  @Test func `a wrong checksum is refused`() {
    var zip = RefusedWorkbookTests.good
    zip["xl/worksheets/sheet1.xml"]?.sum ^= 1
    #expect(refusal(zip.bytes).contains("sheet Marks: the workbook is damaged"))
  }

  @Test func `document types are refused`() {
    let laughs = """
      <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;">\
      <!ENTITY x SYSTEM "file:///etc/passwd">]>
      """
    let sheet =
      "\(laughs)<worksheet><sheetData><row><c t=\"str\"><v>&lol2;&x;</v></c></row></sheetData></worksheet>"
    #expect(
      refusal(WorkbookFile.zip(sheet: sheet).bytes).contains("sheet Marks: it declares a document type"))
    #expect(refusal(WorkbookFile.zip(rows: "<row><c><v>&x;</v></c></row>").bytes).contains("not well-formed"))
    var zip = RefusedWorkbookTests.good
    zip["xl/workbook.xml"] = ZipFile.Part("xl/workbook.xml", laughs + "<workbook/>")
    #expect(refusal(zip.bytes).contains("it declares a document type"))
  }

  @Test func `a zip bomb is refused`() {
    var zip = RefusedWorkbookTests.good
    var bomb = ZipFile.Part(
      "xl/worksheets/sheet1.xml", DeflatedSpaces.bytes(after: "<worksheet><sheetData>", runs: 200_000))
    bomb.method = 8
    bomb.size = 1000
    zip["xl/worksheets/sheet1.xml"] = bomb
    #expect(refusal(zip.bytes).contains("sheet Marks: the workbook is too large when it is extracted"))
    bomb.size = 2 << 30
    zip["xl/worksheets/sheet1.xml"] = bomb
    #expect(refusal(zip.bytes).contains("is too large when it is extracted"))
  }

  @Test func `depth and length have limits`() {
    let deep = String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100)
    #expect(refusal(WorkbookFile.zip(rows: deep).bytes).contains("nested more than 64 deep"))
    let long = String(repeating: "x", count: 200_000)
    let cell = "<row><c t=\"str\"><v>\(long)</v></c></row>"
    #expect(
      refusal(WorkbookFile.zip(rows: cell).bytes).contains("row 1 has a text of more than 32,767 characters"))
    let tag = "<row \(String(repeating: " ", count: 3 << 20))r=\"1\"/>"
    #expect(refusal(WorkbookFile.zip(rows: tag).bytes).contains("longer than 1 MB"))
    let many = ZipFile(parts: (0...10_000).map { ZipFile.Part("\($0)", "") })
    #expect(refusal(many.bytes).contains("too many parts"))
  }

  @Test func `a reference to a missing text is refused`() {
    let cell = "<row r=\"4\"><c t=\"s\"><v>3</v></c></row>"
    #expect(
      refusal(WorkbookFile.zip(rows: cell, shared: "<si><t>a</t></si>").bytes)
        == "a.xlsx: sheet Marks: row 4 refers to a text that the workbook does not have. "
        + WorkbookParts.remedy)
    #expect(refusal(WorkbookFile.zip(rows: cell).bytes).contains("does not have"))
  }

  @Test(arguments: [
    "<row r=\"5\"/><row r=\"2\"/>", "<row r=\"5\"/><row r=\"5\"/>", "<row r=\"-7\"/>",
    "<row r=\"1048577\"/>", "<row r=\"99999999999999999999\"/>", "<row r=\"1048576\"/><row/>",
  ]) func `rows out of order are refused`(rows: String) {
    #expect(refusal(WorkbookFile.zip(rows: rows).bytes).contains("has a number that is out of order"))
  }

  @Test(arguments: [["B1", "A1"], ["A1", "A1"], ["XFE1"], ["ZZZZZZZZ1"], ["??"], [""]])
  func `cells out of order are refused`(references: [String]) {
    let cells = references.map { "<c r=\"\($0)\"><v>1</v></c>" }
    #expect(
      refusal(WorkbookFile.zip(rows: "<row>\(cells.joined())</row>").bytes)
        .contains("row 1 has a cell that is out of order, repeated or beyond the last column"))
  }

  @Test func `cells beyond the columns that are read are refused`() {
    let far = "<row r=\"30\"><c r=\"XFD30\"><v>far</v></c></row>"
    #expect(refusal(WorkbookFile.zip(rows: far).bytes).contains("row 30 has 4096 columns or more"))
  }

  @Test(arguments: 0..<400) func `an altered workbook never causes a crash`(seed: UInt64) {
    var random = Seeded(seed)
    let rows =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>b</t></is></c></row>"
    var zip = WorkbookFile.zip(rows: rows, shared: "<si><r><t>x_x0041_</t></r></si>")
    if random.chance(50) {
      // The content changes and the checksums are correct, so that the parts are read.
      let index = Int.random(in: 0..<zip.parts.count, using: &random)
      zip.parts[index] = ZipFile.Part(zip.parts[index].name, altered(zip.parts[index].bytes, &random))
      _ = refusal(zip.bytes)
    } else {
      _ = refusal(altered(zip.bytes, &random))
    }
  }

  private func refusal(_ bytes: [UInt8]) -> String {
    failureMessage {
      let workbook = try Workbook(WholeFile(bytes), file: "a.xlsx")
      for index in workbook.sheets.indices { _ = try ReadRows(workbook.rows(ofSheet: index)) }
    }
  }
}
