import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports

/// Registers in printed form, with titles, merged headers, totals and legends.
@Suite struct PrintedRegisterTests {
  private static let ann = MadeUPN.of(3)
  private static let bob = MadeUPN.of(2)

  private func read(_ rows: [[MadeBook.Cell]], asAt: String? = nil) throws -> Reading {
    let book = MadeBook(sheets: [("Register", rows)])
    return try Reading([InMemory.file(book.bytes, "register.xlsx")], asAt: asAt)
  }

  private func marks(_ reading: Reading) -> [String] {
    reading.register.filter { $0.contains("M ") && !$0.hasPrefix("sessions") }
  }

  private static let printed: [[MadeBook.Cell]] = [
    ["Mill Lane Primary School"], ["Class 7A, week of 8 September 2025", "", "", "Printed on 14/09/2025"], [],
    ["Pupil", "", "", "Mon 08/09", "", "Tue 09/09", "", "% Att"],
    ["Name", "UPN", "Year", "AM", "PM", "AM", "PM"],
    ["Bell, Ama", .text(ann), 7, "/", "\\", "I", "I", "50.0"],
    ["Cole, Bob", .text(bob), 7, "L", "\\", "", "N", .number("0.6666666666666666")],
    ["Totals", "", "", 2, 2, 0, 0], [],
    ["Mill Lane Primary School"], ["Pupil", "", "", "Mon 08/09", "", "Tue 09/09", "", "% Att"],
    ["Name", "UPN", "Year", "AM", "PM", "AM", "PM"],
    ["Dean, Cy", .text(MadeUPN.of(5)), 7, "/", "\\", "/", "\\", "100%"],
    ["Ash, Di", .text(MadeUPN.of(6)), 7, "/", "\\", "/", "\\", "100%"],
    ["Key"], ["/", "Present (AM)", "", "\\", "Present (PM)"], ["N", "No reason yet", "I", "Illness"],
  ]

  @Test func `titles, totals, further pages and legends are not pupils`() throws {
    let reading = try read(Self.printed)
    #expect(reading.result.schools[0].register.pupils.count == 4)
    #expect(
      marks(reading).filter { $0.hasPrefix(Self.ann) } == [
        "\(Self.ann) 2025-09-08 AM /", "\(Self.ann) 2025-09-08 PM \\", "\(Self.ann) 2025-09-09 AM I",
        "\(Self.ann) 2025-09-09 PM I",
      ])
    #expect(reading.marks == 15 && reading.account.withoutMark == 1)
    #expect(reading.account.pupilRows == 4 && reading.account.otherRows == 7 && reading.account.isBalanced)
    #expect(reading.findings.filter { $0.rule.severity == .warns } == [])
    #expect(
      reading.result.decisions.map(\.words) == [
        "workbook; header in rows 4 and 5; a column per session; joined on UPN"
      ])
  }

  @Test func `an unknown mark is reported with its cell`() throws {
    var rows = Self.printed
    rows[5][5] = "Quillfeather"
    rows[6][4] = "?"
    let reading = try read(rows)
    #expect(
      reading.messages(.unknownCode) == [
        "cell F6: a text of 12 characters is not an attendance code",
        "cell E7: \"?\" is not an attendance code",
      ])
    #expect(reading.locations.filter { $0.hasPrefix("unknown") }.last == "unknown-code register.xlsx:7")
  }

  @Test func `a weekday that does not match its date is refused`() throws {
    var rows = Self.printed
    rows[3][5] = "Wed 09/09"
    let message = failureMessage { _ = try read(rows) }
    #expect(
      message.hasPrefix(
        "register.xlsx: row 5, column 6: 9 September 2025 is a Tuesday, but the header says Wednesday"),
      "\(message)")
  }

  /// The first date of the titles gives the year; without one, the as-at date does.
  @Test(arguments: [
    ("Autumn term 2025, from 08/09/2025", nil, "2025-09-08"), ("08/01/2025 to 09/01/2025", nil, "2024-09-08"),
    ("no date", "2026-02-13", "2025-09-08"), ("no date", "2024-10-01", "2024-09-08"),
  ])
  func `a date without a year gets the school year`(title: String, asAt: String?, day: String) throws {
    let rows: [[MadeBook.Cell]] = [
      [.text(title)], [], ["UPN", "Year", "08/09 AM", "08/09 PM"], [.text(Self.ann), 7, "/", "\\"],
    ]
    let reading = try read(rows, asAt: asAt)
    #expect(reading.result.schools[0].register.sessions.map(\.day.iso) == [day, day])
  }

  @Test func `a date without a year is refused if nothing gives the year`() throws {
    let message = failureMessage {
      _ = try read([["UPN", "Year", "08/09 AM", "08/09 PM"], [.text(Self.ann), 7, "/", "\\"]])
    }
    #expect(message.contains("has no year. Set as_at in the trust file"), "\(message)")
  }

  @Test func `a legend beside the first pupils hides no pupil`() throws {
    var rows = Self.printed
    rows[5] += ["", "Key", "/", "Present"]
    let reading = try read(rows)
    #expect(reading.marks == 15)
  }

  @Test func `a pupil with no mark yet is a pupil`() throws {
    var rows = Self.printed
    rows[6] = ["Cole, Bob", .text(Self.bob), 7]
    let reading = try read(rows)
    #expect(reading.result.schools[0].register.pupils.count == 4)
    #expect(reading.account.withoutMark == 4 && reading.account.isBalanced)
  }
}
