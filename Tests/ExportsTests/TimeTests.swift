import Registers
import TabularTestSupport
import Testing

@testable import Exports

@Suite struct TimeTests {
  @Test func `marks after the as-at date are counted and are not findings`() throws {
    let reading = try Reading(
      rows: ["A1,7,08/09/2025,PM,\\,,", "A1,7,09/09/2025,AM,/,,", "A1,7,10/09/2052,AM,/,,"],
      asAt: "2025-09-08")
    #expect(reading.findings == [])
    #expect(reading.account.afterAsAt == 2 && reading.account.marks == 1 && reading.account.isBalanced)
    #expect(reading.register == ["sessions [2025-09-08 PM]", "pupil A1 Year 7", "A1 2025-09-08 PM \\"])
  }

  @Test func `marks outside the given half-terms are findings`() throws {
    let halfTerms = try [
      HalfTerm(.autumn1, from: day("2025-09-01"), to: day("2025-10-24")),
      HalfTerm(.autumn2, from: day("2025-11-03"), to: day("2025-12-19")),
    ]
    let reading = try Reading(
      rows: [
        "A1,7,24/10/2025,PM,\\,,", "A1,7,27/10/2025,AM,/,,", "A1,7,28/10/2025,AM,#,,",
        "A1,7,29/10/2025,AM,,,",
        "A1,7,03/11/2025,AM,/,,",
      ], halfTerms: halfTerms)
    #expect(reading.locations == ["mark-outside-half-terms autumn.csv"])
    #expect(
      reading.findings.map(\.message) == [
        "1 mark of Mill Lane Primary School is outside the half-terms of the trust file: 27 October 2025"
      ])
    #expect(reading.account.refused == 0 && reading.account.marks == 4 && reading.account.withoutMark == 1)
    #expect(reading.result.schools[0].register.calendar.halfTerms == halfTerms)
    #expect(
      reading.result.schools[0].register.calendar.days.map(\.iso) == [
        "2025-10-24", "2025-10-27", "2025-11-03",
      ])
  }

  @Test func `a mistyped year is not taken for the present`() throws {
    let reading = try Reading(rows: [
      "A1,7,08/09/2025,AM,/,,", "A1,7,08/09/2052,PM,\\,,", "A1,7,09/09/2025,AM,/,,", "A1,7,09/09/2052,AM,,,",
    ])
    #expect(reading.result.schools[0].register.sessions.last?.day.iso == "2025-09-09")
    #expect(reading.account.isBalanced)
    #expect(reading.account.withoutMark == 1)
  }

  @Test func `each mark of a mistyped year is refused with its row`() throws {
    let one = Reading.register(["A1,7,08/09/2025,AM,/,,", "A1,7,09/09/2025,AM,/,,", "A1,7,10/09/2025,AM,/,,"])
    let two = Reading.register([
      "A1,7,08/09/2052,PM,\\,,", "A1,7,08/09/2052,PM,\\,,", "A1,7,11/09/2025,AM,/,,",
      "A1,7,08/09/2053,AM,I,,",
    ])
    let reading = try Reading([InMemory.file(one, "one.csv"), InMemory.file(two, "two.csv")])
    #expect(reading.marks == 4)
    #expect(reading.result.accounts.map(\.marks) == [3, 1])
    #expect(reading.result.accounts.map(\.refused) == [0, 2])
    #expect(reading.result.accounts.allSatisfy { $0.isBalanced })
    #expect(
      reading.locations.filter { $0.hasPrefix("later") } == [
        "later-school-year two.csv:2", "later-school-year two.csv:5",
      ])
    #expect(
      reading.messages(.laterSchoolYear).first
        == "a mark on 8 September 2052, but the registers end in 2025/26")
  }

  @Test func `marks of an earlier year count`() throws {
    let reading = try Reading(rows: [
      "A1,7,08/07/2025,AM,/,,", "A1,7,08/09/2025,AM,/,,", "A1,7,09/09/2025,AM,/,,",
    ])
    #expect(reading.marks == 3)
    #expect(reading.findings == [])
  }

  @Test func `a school year ends on 31 July`() throws {
    let reading = try Reading(
      rows: [
        "A1,7,31/07/2024,PM,\\,,", "A1,7,01/08/2024,AM,/,,", "A1,7,31/07/2025,PM,\\,,",
        "A1,7,01/08/2025,AM,/,,",
        "A1,7,29/02/2024,AM,/,,",
      ], asAt: "2026-01-01")
    #expect(reading.marks == 5)
    #expect(
      reading.result.schools[0].register.sessions.map(\.description) == [
        "2024-02-29 AM", "2024-07-31 PM", "2024-08-01 AM", "2025-07-31 PM", "2025-08-01 AM",
      ])
  }

  private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }
}
