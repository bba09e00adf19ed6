import Registers
import TabularTestSupport
import Testing

@testable import Exports
@testable import Tabular

/// Files that cannot be read must be refused with the reason.
@Suite struct RefusedFileTests {
  @Test(arguments: ["", "\u{FEFF}", "\n", "\r\n\r\n", "  \n"]) func `an empty file is refused as empty`(
    text: String
  )
    throws
  {
    #expect(try failure(text) == "autumn.csv: the file is empty")
  }

  @Test(
    arguments: [
      (Array("%PDF-1.7".utf8), "a PDF"), ([0x1F, 0x8B, 0x08, 0x00], "a compressed file (.gz)"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D], "a picture"), ([0xFF, 0xD8, 0xFF, 0xE0], "a picture"),
      (Array("{\\rtf1\\ansi".utf8), "a word-processor file (.rtf)"),
      (Array("SQLite format 3\0".utf8), "a database"),
      (Array("\r\n  <html><table>".utf8), "a web page, despite its name"),
      (Array("<table>".utf8), "a web page, despite its name"),
      (Array("\u{FEFF}<!DOCTYPE html>".utf8), "a web page, despite its name"),
      (
        Array("<?xml version=\"1.0\"?><html xmlns=\"x\">".utf8), "a web page, despite its name"
      ),
      (
        Array(
          "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".utf8),
        "a workbook of 2003 (XML)"
      ),
    ] as [([UInt8], String)])
  func `a file in an unsupported form is refused by name`(bytes: [UInt8], kind: String) throws {
    #expect(
      try failure(bytes) == "autumn.csv: looks like \(kind). Export it as CSV or as a workbook (.xlsx).")
  }

  @Test(
    arguments: [
      ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "the workbook ends early"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "it is an old Excel file (.xls)"),
      (
        [0xD0, 0xCF, 0x11, 0xE0] + "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), 0] },
        "the workbook is protected with a password"
      ),
      (Array("<?xml version=\"1.0\"?>".utf8), ""), (Array("<a><b/></a>".utf8), "the file has no records"),
      (Array("{\"success\":true,\"data\":[]}".utf8), "the file has no records"),
      (Array("{\"error\":\"token expired\"}".utf8), "It says: \"token expired\""),
      (Array("\n\n\n  []".utf8), "the file has no records"),
    ] as [([UInt8], String)])
  func `an unreadable workbook, JSON or XML file is refused with the reason`(bytes: [UInt8], reason: String)
    throws
  {
    let message = try failure(bytes)
    #expect(message.hasPrefix("autumn.csv: ") && message.contains(reason), "\(message)")
  }

  @Test(arguments: [
    ("UPN,Surname,Date,Mark\nA1,Bell,08/09/2025,/\n", "Session"),
    ("UPN,Date,Session\nA1,08/09/2025,AM\n", "Mark"),
    ("UPN,Session,Mark\nA1,AM,/\n", "Date"),
    ("StudentId,MonAM,MonPM,TueAM\n771,/,\\,/\n", "Week start"),
    ("School,UPN,WeekMarks\nMill Lane,A1,/\\/\\L\\II/\\####\n", "Week start"),
    ("UPN,Surname,Year\nA1,Bell,7\n", "Date"),
  ])
  func `a layout that lacks a column is refused with its name`(text: String, column: String) throws {
    let message = try failure(text)
    #expect(message.hasPrefix("autumn.csv:1: no column \"\(column)\"; found "), "\(message)")
  }

  @Test func `text with no known name is refused`() throws {
    #expect(
      try failure("one,two\nthree,four\n")
        == "autumn.csv:1: no column \"Mark\"; found 2 columns with unknown names. "
        + "The first 30 rows have no known column names.")
  }

  @Test(arguments: [
    "Quillfeather,Zebedee,A,/\nCole,Ann,B,I\n", "Quillfeather,Mark,A,/\nCole,Ann,B,I\n",
    "A801200016003,Quillfeather,Mark,/\n", "Register of 7A\nQuillfeather Zebedee,/,\\\n",
  ])
  func `a file without a header is refused without quoting its pupils`(text: String) throws {
    let message = try failure(text)
    for canary in ["Quillfeather", "Zebedee", "Cole", "Ann", "A8012"] {
      #expect(!message.contains(canary), "\(message)")
    }
  }

  @Test func `an open quote in the header puts no pupil into the message`() throws {
    let message = try failure(
      "UPN,Date,\"Session\nA801200016003,08/09/2025,Quillfeather,/\nA801200016003,09/09/2025,Bell,/\nA2,\",Zebedee,x\n"
    )
    #expect(message.contains("found UPN, Date, and 3 more"), "\(message)")
  }

  @Test func `a register of one mark a day is refused as that`() throws {
    let message = try failure("UPN,Surname,08/09/2025,09/09/2025\nA1,Bell,/,\\\n")
    #expect(message.contains("the columns are days and each cell has one mark"), "\(message)")
  }

  @Test func `a register without pupils is refused`() throws {
    #expect(
      try failure("Surname,Date,Session,Mark\nBell,08/09/2025,AM,/\n")
        == "autumn.csv:1: no column \"UPN\"; found Surname, Date, Session, Mark. "
        + "A register needs a UPN, a pupil id or an admission number.")
  }

  @Test func `a pupil file without identifiers is refused`() throws {
    #expect(throws: TableFailure.self) {
      _ = try Reading([], pupils: [InMemory.file("Surname,Year\nBell,7\n", "pupils.csv")])
    }
  }

  @Test func `a file with only a header has no marks`() throws {
    let reading = try Reading(rows: [])
    #expect(reading.findings.map(\.rule) == [.noMarks])
    #expect(reading.account == FileAccount(file: "autumn.csv"))
  }

  @Test func `a file that cannot be read is refused with the system's reason`() throws {
    let broken = ExportFile(
      SourceFile("autumn.csv") { () throws(TableFailure) -> ByteFeed.Read in
        { (_: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int in
          throw .unreadable(file: "autumn.csv", reason: "Input/output error")
        }
      })
    let failure = #expect(throws: TableFailure.self) { _ = try Reading([broken]) }
    #expect(failure?.description == "autumn.csv: cannot be read: Input/output error")
    #expect(failure?.isOfTheSystem == true)
  }

  private func failure(_ text: String) throws -> String { try failure(Array(text.utf8)) }

  private func failure(_ bytes: [UInt8]) throws -> String {
    let failure = #expect(throws: TableFailure.self) { _ = try Reading([InMemory.file(bytes)]) }
    return try #require(failure).description
  }
}
