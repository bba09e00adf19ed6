import Registers
import Testing

@testable import Exports

/// Files that this version does not read must say so, not become nonsense.
@Suite struct RefusedFileTests {
  @Test(arguments: ["", "\u{FEFF}", "\n", "\r\n\r\n", "  \n"]) func anEmptyFileIsSaidToBeEmpty(text: String)
    throws
  {
    #expect(try failure(text) == "autumn.csv: the file is empty")
  }

  @Test(
    arguments: [
      ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "a workbook (.xlsx)"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "an old workbook (.xls)"),
      ([0xFF, 0xFE, 0x55, 0x00, 0x50, 0x00], "text in UTF-16"),
      ([0xFE, 0xFF, 0x00, 0x55, 0x00, 0x50], "text in UTF-16"),
      ([0x55, 0x00, 0x50, 0x00, 0x4E, 0x00], "text in UTF-16"),
      ([0x00, 0x55, 0x00, 0x50, 0x00, 0x4E], "text in UTF-16"),
      (Array("<?xml version=\"1.0\"?>".utf8), "XML or HTML"),
      (Array("\u{FEFF}<?xml version=\"1.0\"?>".utf8), "XML or HTML"),
      (Array("\r\n  <html><table>".utf8), "XML or HTML"),
      (Array("<table>".utf8), "XML or HTML"),
      (Array("{\"success\":true,\"data\":[]}".utf8), "JSON"),
      (Array("[{\"student_id\":1}]".utf8), "JSON"),
      (Array("\u{FEFF}{\"data\":[]}".utf8), "JSON"),
      (Array("\n\n\n\n\n\n\n\n\n\n  [1]".utf8), "JSON"),
    ] as [([UInt8], String)])
  func aFileThatIsNoDelimitedTextIsNamed(bytes: [UInt8], kind: String) throws {
    #expect(
      try failure(bytes)
        == "autumn.csv: looks like \(kind); this version reads delimited text. Export it as CSV.")
  }

  @Test func aRowPerDayIsRefused() throws {
    let said = try failure("UPN,Surname,Date,AM,PM\nA1,Bell,08/09/2025,/,\\\n")
    #expect(
      said.hasPrefix(
        "autumn.csv:1: no column \"Session\"; found UPN, Surname, Date, AM, PM. This version reads"))
  }

  @Test(arguments: [
    "StudentId,StartDate,MonAM,MonPM,TueAM\n771,08/09/2025,/,\\,/\n",
    "School,WeekStart,UPN,WeekMarks\nMill Lane,08/09/2025,A1,/\\/\\L\\II/\\####\n",
    "UPN,Surname,08/09/2025 AM,08/09/2025 PM\nA1,Bell,/,\\\n",
    "UPN,Total,% Att\nA1,12,93.2\n",
  ])
  func otherLayoutsLackAColumnAndSayWhich(text: String) throws {
    let said = try failure(text)
    #expect(said.hasPrefix("autumn.csv:1: no column \"Date\"; found "))
  }

  @Test func textWithNoKnownNameIsRefused() throws {
    #expect(
      try failure("one,two\nthree,four\n")
        == "autumn.csv:1: no column \"Mark\"; found one, two. "
        + "The first 30 rows hold no column names that are known.")
  }

  @Test func aRegisterWithoutPupilsIsRefused() throws {
    #expect(
      try failure("Surname,Date,Session,Mark\nBell,08/09/2025,AM,/\n")
        == "autumn.csv:1: no column \"UPN\"; found Surname, Date, Session, Mark. "
        + "A register needs a UPN, a pupil id or an admission number.")
  }

  @Test func aPupilFileWithoutIdentifiersIsRefused() throws {
    #expect(throws: ExportFailure.self) {
      _ = try Reading([], pupils: [InMemory.file("Surname,Year\nBell,7\n", "pupils.csv")])
    }
  }

  @Test func aFileOfNothingButItsHeaderHasNoMarks() throws {
    let reading = try Reading(rows: [])
    #expect(reading.findings.map(\.rule) == [.noMarks])
    #expect(reading.account == FileAccount(file: "autumn.csv"))
  }

  @Test func aFileThatCannotBeReadSaysWhy() throws {
    let broken = ExportFile(name: "autumn.csv") { () throws(ExportFailure) -> ByteFeed.Read in
      { (_: UnsafeMutableRawBufferPointer) throws(ExportFailure) -> Int in
        throw .unreadable(file: "autumn.csv", reason: "Input/output error")
      }
    }
    let failure = #expect(throws: ExportFailure.self) { _ = try Reading([broken]) }
    #expect(failure?.description == "autumn.csv: cannot be read: Input/output error")
    #expect(failure?.isOfTheSystem == true)
  }

  private func failure(_ text: String) throws -> String { try failure(Array(text.utf8)) }

  private func failure(_ bytes: [UInt8]) throws -> String {
    let failure = #expect(throws: ExportFailure.self) { _ = try Reading([InMemory.file(bytes)]) }
    return try #require(failure).description
  }
}
