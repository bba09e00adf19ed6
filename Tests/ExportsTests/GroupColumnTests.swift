import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports

/// Groups that a school's policy defines by a column of its own.
@Suite struct GroupColumnTests {
  static let concern = GroupColumn(name: "Groups of concern", header: "Concern")
  private static let marks = "UPN,Date,Session,Mark\nA1,08/09/2025,AM,/\nB2,08/09/2025,AM,/\n"

  private func statuses(_ reading: Reading) -> [[String: Status]] {
    reading.result.schools.flatMap { $0.register.pupils.map(\.extraStatuses) }
  }

  private func read(_ details: String..., register: String = Self.marks) throws -> Reading {
    try Reading(
      [InMemory.file(register)], pupils: details.enumerated().map { InMemory.file($1, "pupils\($0).csv") },
      groupColumns: [[Self.concern]])
  }

  @Test(
    arguments: [
      ("Y", .yes), ("yes", .yes), ("TRUE", .yes), ("t", .yes), ("1", .yes), ("N", .no), ("No", .no),
      ("f", .no), ("0", .no), ("", nil), (" ", nil), ("NULL", nil), ("NA", nil),
    ] as [(String, Status?)])
  func `a group column has the words of other statuses and a blank is unknown`(
    written: String, status: Status?
  ) throws {
    let reading = try read("UPN,Year,Concern\nA1,7,\(written)\nB2,7,Y\n")
    let own = status.map { ["Groups of concern": $0] } ?? [:]
    #expect(statuses(reading) == [own, ["Groups of concern": .yes]])
    #expect(reading.findings == [])
  }

  @Test(arguments: ["CONCERN", " concern ", "Con-cern?", "con_cern"])
  func `the header is compared without case, spaces and punctuation`(header: String) throws {
    let reading = try read("UPN,Year,\(header)\nA1,7,Y\nB2,7,N\n")
    #expect(statuses(reading) == [["Groups of concern": .yes], ["Groups of concern": .no]])
    #expect(reading.findings == [])
  }

  @Test(arguments: ["maybe", "2", "-", "Quillfeather"])
  func `a value that is neither yes nor no is unknown and a finding`(written: String) throws {
    let reading = try read("UPN,Year,Concern\nA1,7,\(written)\nB2,7,N\n")
    #expect(statuses(reading) == [[:], ["Groups of concern": .no]])
    #expect(reading.locations == ["unclear-value pupils0.csv:2"])
    #expect(reading.messages(.unclearValue) == ["the value under \"Concern\" is not understood"])
  }

  @Test func `a second pupil file may have the column`() throws {
    let reading = try read("UPN,Year\nA1,7\nB2,7\n", "UPN,Concern\nB2,Y\n")
    #expect(statuses(reading) == [[:], ["Groups of concern": .yes]])
    #expect(reading.findings == [])
  }

  @Test func `a column that no pupil file has is one finding`() throws {
    let reading = try read("UPN,Year\nA1,7\nB2,7\n", "UPN,Form\nA1,7A\n")
    #expect(statuses(reading) == [[:], [:]])
    #expect(reading.locations == ["group-column-missing pupils0.csv"])
    #expect(reading.findings.map(\.rule.severity) == [.warns])
  }

  @Test func `a register may have the group if there are no pupil details`() throws {
    let register = "UPN,Year,Concern,Date,Session,Mark\nA1,7,Y,08/09/2025,AM,/\nB2,7,,08/09/2025,AM,/\n"
    let alone = try read(register: register)
    #expect(statuses(alone) == [["Groups of concern": .yes], [:]])
    #expect(alone.findings == [])
    let besideDetails = try read("UPN,Year\nA1,7\nB2,7\n", register: register)
    #expect(statuses(besideDetails) == [[:], [:]])
    #expect(besideDetails.locations == ["group-column-missing pupils0.csv"])
  }

  @Test func `each school of a shared file has its own groups`() throws {
    let harbour = GroupColumn(name: "Watched", header: "Watch list")
    let details = "UPN,URN,Year,Concern,Watch-List\nA1,100001,7,Y,N\nB2,100002,7,N,Y\n"
    let register = "UPN,URN,Date,Session,Mark\nA1,100001,08/09/2025,AM,/\nB2,100002,08/09/2025,AM,/\n"
    let reading = try Reading(
      [InMemory.file(register)], pupils: [InMemory.file(details, "pupils.csv")],
      schools: Array(SharedFileTests.schools.prefix(2)), groupColumns: [[Self.concern], [harbour]])
    #expect(statuses(reading) == [["Groups of concern": .yes], ["Watched": .yes]])
    #expect(reading.findings == [])
  }

  @Test func `JSON records may have a group`() throws {
    let details =
      "[{\"upn\":\"A1\",\"year\":\"7\",\"concern\":true},{\"upn\":\"B2\",\"year\":\"7\",\"concern\":null}]"
    let reading = try read(details)
    #expect(statuses(reading) == [["Groups of concern": .yes], [:]])
    #expect(reading.findings == [])
  }

  @Test func `a change of status by date does not change the groups`() throws {
    let reading = try read("UPN,Year,Concern,FSM Start Date\nA1,7,Y,08/09/2025\nB2,7,N,\n")
    let pupils = reading.result.schools[0].register.pupils
    #expect(pupils[0].daysOfChange.count == 1)
    for pupil in pupils {
      #expect(pupil.on(Day("2025-09-05")).extraStatuses == pupil.extraStatuses)
      #expect(pupil.on(Day("2025-09-09")).extraStatuses == pupil.extraStatuses)
    }
  }

  @Test func `a school whose policy names no group has none`() throws {
    let reading = try Reading(
      [InMemory.file(Self.marks)],
      pupils: [InMemory.file("UPN,Year,Concern\nA1,7,Y\nB2,7,maybe\n", "pupils.csv")])
    #expect(statuses(reading) == [[:], [:]])
    #expect(reading.findings == [])
  }
}
