import Registers
import TabularTestSupport
import Testing

@testable import Exports

@Suite struct DateReaderTests {
  static let eighth = "2025-09-08"

  @Test(arguments: [
    "08/09/2025", "8/9/2025", "08.09.2025", "8.9.2025", "08-09-2025", "08 09 2025", "8/9/25", "08/09/25",
    "08-Sep-2025", "8-sep-25", "08/SEP/2025", "8 September 2025", "08 Sep 2025", "8 Sept 2025", "2025-09-08",
    "2025/09/08", "2025.9.8", "20250908", "2025-Sep-08", "2025-09-08T00:00:00", "2025-09-08 00:00:00.000000",
    "2025-09-08T08:45:00Z", "08/09/2025 00:00", "8/9/2025 08:45:12", "20250908T084500", "2025-09-08t00:00:00",
    " 08/09/2025 ",
    " 8/09/2025", "8/09/2025 ", "45908", "45908.0", "45908.375", "08092025", "8092025", "1757289600000",
    "1757289600", "1757286000000", "Monday, 8 September 2025", "Monday 8 September 2025", "Mon 08 Sep 2025",
    "Mon, 08/09/2025", "08/09/2025 (Mon)", "8th September 2025", "Monday 8th of September 2025",
    "September 8, 2025", "Sep 08 2025", "Sep-08-2025", "8 Sep, 2025", "\u{A0}08/09/2025\u{A0}", "'08/09/2025",
    "=\"08/09/2025\"",
  ])
  func `every form is read`(written: String) {
    #expect(days([written]) == [Self.eighth])
  }

  @Test(arguments: [
    "31/11/2025", "29/02/2025", "29/02/1900", "30/02/2024", "00/09/2025", "08/00/2025", "08/13/2025",
    "32/01/2025", "2025-02-29", "2025-13-01", "20250931", "08/09", "09/2025", "2025", "8", "", "  ", "NULL",
    "NA",
    "-", "/", "//", "08//2025", "a/b/c", "Monday", "08-Foo-2025", "08/09/20255", "08/09/2025x",
    "08/09/2025/1", "29599", "60001", "45908.5x", "1e10", "08\\09\\2025", "99999999999999999999",
    "0000-00-00",
    "00/00/0000",
    "08/09/0000", "é8/09/2025", "-8/09/2025",
  ])
  func `a text that is not a date has no day`(written: String) {
    #expect(days([written]) == [nil])
  }

  @Test(arguments: ["8/9/202", "8/9/5", "1/20250908", "008/09/2025", "8/009/2025"])
  func `a number of the wrong length is not a date`(written: String) {
    #expect(days([written]) == [nil])
  }

  @Test(arguments: [
    "8 9 Sep", "Sep Sep 2025", "Tuesday, 8 September 2025", "Sun 08/09/2025", "8xx September 2025",

  ])
  func `a month in the wrong place or a weekday that does not fit is not a date`(written: String) {
    #expect(days([written]) == [nil])
  }

  @Test func `dates that are days in a row month first show the order`() {
    #expect(problem(["9/3/2025", "9/4/2025", "9/5/2025"]) == .monthFirst(example: "9/3/2025"))
    #expect(
      problem(["9/3/2025", "9/15/2025", "9/16/2025", "9/17/2025"]) == .monthFirst(example: "9/15/2025"))
    #expect(problem(["3/9/2025", "4/9/2025", "5/9/2025"]) == nil)
    #expect(problem(["3/9/2025", "4/9/2025", "15/9/2025"]) == nil)
    #expect(problem(["9/3/2025", "9/4/2025", "9/5/2025"], .dayFirst) == .againstProfile(example: "9/3/2025"))
    #expect(problem(["9/3/2025", "9/4/2025", "9/5/2025"], .monthFirst) == nil)
    #expect(
      problem(["3/9/2025", "4/9/2025", "5/9/2025"], .monthFirst) == .againstProfile(example: "3/9/2025"))
    #expect(problem(["1/9/2025"]) == nil)
  }

  @Test func `dates that a spreadsheet converted in part are a problem in any order`() {
    let mixed = ["45725", "45756", "45786", "9/15/2025", "9/16/2025", "9/17/2025"]
    #expect(problem(mixed) == .halfConverted(example: "9/15/2025"))
    #expect(problem(mixed, .monthFirst) == .halfConverted(example: "9/15/2025"))
    #expect(problem(["45908", "45909", "45915", "10/09/2025"]) == nil)
  }

  private func problem(
    _ written: [String], _ order: SourceProfile.DateOrder? = nil
  ) -> DateEvidence.Problem? {
    var reader = DateReader(order: order)
    for text in written { _ = reader.day(of: text) }
    return reader.evidence.problem(given: order)
  }

  @Test func `29 February is a day of leap years`() {
    #expect(days(["29/02/2024", "29/02/2000"]) == ["2024-02-29", "2000-02-29"])
  }

  @Test func `a year of two digits up to 49 is of this century`() {
    #expect(days(["01/02/49", "01/02/50"]) == ["2049-02-01", "1950-02-01"])
  }

  @Test func `the first date decides the order`() {
    #expect(days(["08/09/2025", "2025-09-08", "8 Sep 2025"]) == [Self.eighth, nil, Self.eighth])
    #expect(
      days(["2025-09-08", "08/09/2025", "8/9/25", "20250908"]) == [Self.eighth, nil, nil, Self.eighth])
  }

  @Test func `a text that is not a date does not set the order`() {
    #expect(days(["31/11/2025", "NULL", "2025-09-08"]) == [nil, nil, Self.eighth])
    #expect(days(["2025-13-08", "08/09/2025"]) == [nil, Self.eighth])
  }

  @Test func `a profile sets the order before any date is read`() {
    #expect(days(["2025-09-08", "08/09/2025"], .dayFirst) == [nil, Self.eighth])
    #expect(days(["08/09/2025", "2025-09-08"], .yearFirst) == [nil, Self.eighth])
    #expect(
      days(["09/08/2025", "9/8/2025", "9/8/25"], .monthFirst) == [Self.eighth, Self.eighth, Self.eighth])
    #expect(days(["13/08/2025", "2025-09-08"], .monthFirst) == [nil, nil])
  }

  @Test func `a repeated date gives the same day`() {
    #expect(
      days(["08/09/2025", "08/09/2025", "08/09/2024", "31/11/2025", "08/09/2024"])
        == [Self.eighth, Self.eighth, "2024-09-08", nil, "2024-09-08"])
  }

  @Test func `every day of four years is read in each form`() throws {
    let first = try #require(Day(iso: "2023-08-01"))
    for number in 0..<1462 {
      let day = first + number
      let (year, month, dayOfMonth) = day.date
      let written = [
        "\(dayOfMonth)/\(month)/\(year)",
        "\(dayOfMonth)-\(day.formatted.split(separator: " ")[1])-\(year)",
        day.iso, day.iso.split(separator: "-").joined(),
        day.iso.split(separator: "-").reversed().joined(separator: "/"),
      ]
      for text in written { #expect(days([text]) == [day.iso], "\(text)") }
    }
  }

  private func days(_ written: [String], _ order: SourceProfile.DateOrder? = nil) -> [String?] {
    var reader = DateReader(order: order)
    return written.map { text in withBytes(text) { reader.day($0)?.iso } }
  }
}
