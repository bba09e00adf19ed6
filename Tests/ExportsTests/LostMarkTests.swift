import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports

/// Cases in which a mark could be lost, or given to another pupil or day, without a finding.
@Suite struct LostMarkTests {
  private static let ann = MadeUPN.of(3)
  private static let bob = MadeUPN.of(2)
  private static let header: [MadeBook.Cell] = ["Surname", "UPN", "Year", "08/09/2025 AM", "08/09/2025 PM"]

  private func read(_ book: MadeBook, pupils: String? = nil) throws -> Reading {
    try Reading(
      [InMemory.file(book.bytes, "register.xlsx")],
      pupils: pupils.map { [InMemory.file($0, "pupils.csv")] } ?? [])
  }

  private func read(_ text: String) throws -> Reading { try Reading([InMemory.file(text)]) }

  /// Key, Rowson, Page, Latey and Code are also surnames.
  @Test(arguments: ["Key", "Rowson", "Page", "Latey", "Code", "Present", "Records", "KEY Sam", "Late Ann"])
  func `a surname that looks like a legend or a total belongs to a pupil`(surname: String) throws {
    let reading = try read(
      MadeBook(sheets: [
        (
          "7A",
          [
            Self.header, [.text(surname), .text(Self.ann), 7], ["Bell", .text(Self.bob), 7, "/", "\\"],
            ["Key"], ["/", "Present"], ["C1", "C1", "Performance"],
            ["Dean", .text(MadeUPN.of(5)), 7, "I", "I"],
          ]
        )
      ]))
    #expect(reading.result.schools[0].register.pupils.count == 3)
    #expect(reading.marks == 4 && reading.account.otherRows == 3 && reading.account.isBalanced)
  }

  @Test func `a heading or a total is not a pupil`() throws {
    let rows = [
      "\(Self.ann),Bell,08/09/2025,AM,/,7", "UPN,Surname,Date,Session,Mark,Year",
      "\(Self.ann),Bell,08/09/2025,PM,I,7",
      "Total,2,,,,", "Total: 2", "\(Self.ann),Bell,09/09/2025,AM,/,7", "Printed on 09/09/2025,,,,,",
    ]
    let text = (["UPN,Surname,Date,Session,Mark,Year"] + rows).joined(separator: "\n") + "\n"
    let pupils = "UPN,Surname,Year\n\(Self.ann),Bell,7\nTotal: 1,,\n"
    let reading = try Reading([InMemory.file(text)], pupils: [InMemory.file(pupils, "pupils.csv")])
    #expect(reading.result.schools[0].register.pupils.count == 1 && reading.marks == 3)
    #expect(reading.account.otherRows == 4 && reading.account.isBalanced)
    #expect(reading.findings == [])
    #expect(try read(text).findings == [])
    let page = "Surname,UPN,Year\nPage,\(Self.bob),\nBell,\(Self.ann),7\n"
    let listed = try Reading([InMemory.file(text)], pupils: [InMemory.file(page, "pupils.csv")])
    #expect(listed.result.schools[0].register.pupils.count == 2)
  }

  @Test func `a hidden sheet is reported`() throws {
    let rows: [[MadeBook.Cell]] = [Self.header, ["Bell", .text(Self.bob), 7, "/", "\\"]]
    var book = MadeBook(sheets: [
      ("7A", rows), ("7B", [Self.header, ["Cole", .text(Self.ann), 7, "I", "I"]]),
    ])
    book.hidden = ["7B"]
    let reading = try read(book)
    #expect(reading.marks == 2)
    #expect(reading.messages(.sheetNotRead) == ["sheet 7B is hidden"])
  }

  @Test(arguments: ["31/11/2025 AM", "08/13/2025 AM", "08/09/2O25 AM", "08/09/2025 AM mark"])
  func `a column whose date cannot be read is refused`(caption: String) throws {
    let message = failureMessage {
      _ = try read("UPN,Year,05/09/2025 AM,05/09/2025 PM,\(caption)\n\(Self.ann),7,/,\\,I\n")
    }
    #expect(
      message.hasPrefix("autumn.csv: row 1, column 5: ") && message.contains("has no date that can be read"),
      "\(message)")
  }

  @Test func `a date that cannot be read above two half-days is refused`() throws {
    let message = failureMessage {
      _ = try read(",,05/09/2025,,31/11/2025,\nUPN,Year,AM,PM,AM,PM\n\(Self.ann),7,/,\\,I,I\n")
    }
    #expect(message.hasPrefix("autumn.csv: row 2, column 5: \"31/11/2025 AM\" has no date"), "\(message)")
  }

  @Test func `columns of totals by half-day are not sessions`() throws {
    let reading = try read("UPN,Year,05/09/2025 AM,05/09/2025 PM,AM,PM,AM %\n\(Self.ann),7,/,I,1,0,100\n")
    #expect(reading.marks == 2 && reading.account.places == 2)
  }

  @Test(arguments: ["2025-09-06", "2025-09-07", "2025-09-07T00:00:00"])
  func `a week that starts at the weekend is refused`(start: String) throws {
    let reading = try read("StudentId,Year,StartDate,MonAM,MonPM\n771,7,\(start),/,\\\n")
    #expect(reading.marks == 0 && reading.account.refused == 2 && reading.account.isBalanced)
    #expect(reading.locations.first == "week-not-from-monday autumn.csv:2")
  }

  /// A number in a list is not an admission number, though a header may call it one.
  @Test func `two UPNs are two pupils though their numbers are equal`() throws {
    let reading = try read(
      "Student Number,UPN,Year,Date,Session,Mark\n1,\(Self.ann),7,08/09/2025,AM,/\n1,\(Self.bob),7,08/09/2025,AM,I\n"
    )
    #expect(reading.result.schools[0].register.pupils.count == 2 && reading.marks == 2)
    #expect(reading.findings == [])
  }

  @Test func `the number of a row is not a pupil`() throws {
    let rows = [
      "1,\(Self.ann),7,08/09/2025,AM,/", "2,\(Self.ann),7,08/09/2025,PM,\\",
      "1,\(Self.bob),7,08/09/2025,AM,I",
    ]
    let reading = try read((["ID,UPN,Year,Date,Session,Mark"] + rows).joined(separator: "\n") + "\n")
    #expect(
      reading.register.filter { $0.hasPrefix("pupil") } == [
        "pupil \(Self.ann) Year 7", "pupil \(Self.bob) Year 7",
      ])
    let message = failureMessage {
      _ = try read("ID,Year,Date,Session,Mark\n1,7,08/09/2025,AM,/\n2,7,08/09/2025,PM,\\\n")
    }
    #expect(message.contains("no column \"UPN\""), "\(message)")
  }

  @Test(arguments: ["student", "pupil"]) func `a pupil may be inside the record of a mark`(name: String)
    throws
  {
    let records = [
      ("1", Self.ann, "AM", "/"), ("2", Self.ann, "PM", "\\\\"), ("3", Self.bob, "AM", "I"),
      ("4", Self.bob, "PM", "I"),
    ]
    .map {
      "{\"id\":\($0),\"date\":\"2025-09-08\",\"session\":\"\($2)\",\"mark\":\"\($3)\","
        + "\"\(name)\":{\"data\":{\"id\":\"S\($1.suffix(1))\",\"upn\":\"\($1)\",\"former_upn\":\"X\"}}}"
    }
    let reading = try read("{\"data\":[\(records.joined(separator: ","))]}")
    #expect(
      reading.register.filter { $0.hasPrefix("pupil") } == ["pupil \(Self.ann)S3 ?", "pupil \(Self.bob)S2 ?"])
    #expect(reading.marks == 4)
  }

  @Test func `the date of printing gives the year only if nothing else does`() throws {
    let text = "Printed on 03/09/2026\nUPN,Year,08/09 AM,08/09 PM\n\(Self.ann),7,/,\\\n"
    let reading = try Reading([InMemory.file(text)], asAt: "2026-07-21")
    #expect(reading.result.schools[0].register.sessions.map(\.day.iso) == ["2025-09-08", "2025-09-08"])
    #expect(try read(text).result.schools[0].register.sessions.first?.day.iso == "2026-09-08")
  }
}
