import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports

@Suite struct SharedFileTests {
  static let schools = [
    millLane, School(name: "Harbour Academy", urn: "100002"), School(name: "No Number School"),
  ]

  @Test func `rows go to the school they name`() throws {
    let reading = try read([
      "1,100001,7,08/09/2025,AM,/", "1,uk_swd_100002,7,08/09/2025,AM,I",
      "2,harbour academy,7,08/09/2025,AM,L",
      "3,No Number School,7,08/09/2025,AM,O", "4,100003,7,08/09/2025,AM,/", "5,,7,08/09/2025,AM,/",
    ])
    #expect(
      reading.result.schools.map { Reading.lines(of: $0.register).filter { !$0.hasPrefix("sessions") } } == [
        ["pupil 1 Year 7", "1 2025-09-08 AM /"],
        ["pupil 1 Year 7", "1 2025-09-08 AM I", "pupil 2 Year 7", "2 2025-09-08 AM L"],
        ["pupil 3 Year 7", "3 2025-09-08 AM O"],
      ])
    #expect(reading.locations == ["row-of-another-school trust.csv:6", "row-of-another-school trust.csv:7"])
    #expect(reading.account.refused == 2 && reading.account.isBalanced)
  }

  @Test func `findings belong to the school of their row`() throws {
    let reading = try read([
      "1,100001,7,08/09/2025,AM,/", "3,No Number School,7,08/09/2025,AM,/", "2,100002,7,08/09/2025,AM,?",
      "2,100002,7,31/11/2025,AM,/", "2,100002,7,08/09/2025,P1,/", ",100002,7,08/09/2025,AM,/",
      "2,100002,7,08/09/2025,AM,/", "2,100002,7,08/09/2025,AM,/", "2,100002,7,08/09/2025,AM,I",
    ])
    #expect(reading.result.schools[0].findings.filter { $0.rule != .notAUPN } == [])
    #expect(reading.result.schools[2].findings == [])
    #expect(
      reading.locations == [
        "unknown-code trust.csv:4", "impossible-date trust.csv:5", "no-pupil-identifier trust.csv:7",
        "duplicate-mark trust.csv:9", "lesson-periods trust.csv", "conflicting-marks trust.csv:10",
        "refused-marks trust.csv",
      ])
    #expect(Set(reading.findings.map(\.school)) == ["100002"])
    #expect(reading.messages(.duplicateMark) == ["1 repeated mark, the first here"])
  }

  @Test func `a file of one school may use any name for it`() throws {
    let text = "UPN,School,Year,Date,Session,Mark\nA1,Our place,7,08/09/2025,AM,/\n"
    let reading = try Reading([InMemory.file(text)])
    #expect(reading.marks == 1)
    #expect(reading.findings == [])
  }

  @Test func `a file of several schools must name them`() throws {
    let text = "UPN,Year,Date,Session,Mark\nA1,7,08/09/2025,AM,/\n"
    let reading = try Reading([InMemory.file(text)], schools: Self.schools)
    #expect(reading.account.refused == 1 && reading.marks == 0)
    #expect(reading.locations.contains("row-of-another-school autumn.csv:2"))
  }

  @Test func `pupil files are shared too`() throws {
    let pupils = "Student ID,URN,NC Year\n1,100001,3\n1,100002,9\n9,999999,1\n"
    let reading = try read(
      ["1,100001,7,08/09/2025,AM,/", "1,100002,7,08/09/2025,AM,I", "3,No Number School,7,08/09/2025,AM,/"],
      pupils: [InMemory.file(pupils, "pupils.csv")])
    #expect(reading.result.schools.map { $0.register.pupils.map { $0.year?.number } } == [[7], [7], [7]])
    // The register's year is used if the pupil file has a different one.
    #expect(
      reading.locations == [
        "row-of-another-school pupils.csv:4", "year-against-register pupils.csv:2",
        "year-against-register pupils.csv:3",
      ])
  }

  @Test func `the commissioning school is not the school of the row`() throws {
    let pupils = "Student ID,Main School,URN\n1,Harbour Academy,100001\n2,,100001\n2,,100002\n"
    let more = "Student ID,School of Origin,URN\n1,Quayside Academy,100001\n2,Quayside Academy,100001\n"
    let reading = try read(
      ["1,100001,7,08/09/2025,AM,/", "2,100001,7,08/09/2025,AM,/", "2,100002,7,08/09/2025,PM,/"],
      pupils: [InMemory.file(pupils, "pupils.csv"), InMemory.file(more, "more.csv")])
    let placing = reading.result.schools.map { $0.register.pupils.map(\.commissioningSchool) }
    #expect(placing == [["Harbour Academy", "Quayside Academy"], [""], []])
    #expect(reading.locations.filter { $0.hasPrefix("row-of") } == [])
  }

  @Test(arguments: ["home_school,school", "school,home_school"])
  func `a register may name the commissioning school`(schools: String) throws {
    let names = ["home_school": "No Number School", "school": "Mill Lane Primary School"]
    let row = schools.split(separator: ",").compactMap { names[String($0)] }.joined(separator: ",")
    let text = "UPN,\(schools),Year,Date,Session,Mark\nA1,\(row),7,08/09/2025,AM,/\n"
    let reading = try Reading([InMemory.file(text)], schools: Self.schools)
    #expect(reading.result.schools.map(\.register.pupils.count) == [1, 0, 0])
    #expect(reading.result.schools[0].register.pupils[0].commissioningSchool == "No Number School")
  }

  private func read(_ rows: [String], pupils: [ExportFile] = []) throws -> Reading {
    let text = (["Student ID,APPLICATION_ID,Year,Date,Session,Mark"] + rows).joined(separator: "\n") + "\n"
    return try Reading([InMemory.file(text, "trust.csv")], pupils: pupils, schools: Self.schools)
  }

  @Test func `a pupil file of two schools that names neither is joined by UPN`() throws {
    let registers = ["north.csv": MadeUPN.of(2), "south.csv": MadeUPN.of(3)].map { name, upn in
      (name, InMemory.file("UPN,Year,Date,Session,Mark\n\(upn),,08/09/2025,AM,/\n", name))
    }.sorted { $0.0 < $1.0 }.map(\.1)
    var reader = RegisterReader(
      schools: ["North School", "South School"].map { SchoolSettings(School(name: $0)) }, asAt: nil)
    let rows = [2, 3, 4].map { "\(MadeUPN.of($0)),12,\($0)\n" }.joined()
    try reader.readPupils(InMemory.file("UPN,Adm No,Year\n" + rows, "pupils.csv"), schools: [0, 1])
    for (index, register) in registers.enumerated() { try reader.readRegister(register, schools: [index]) }
    let result = try reader.finish()
    #expect(result.schools.map { $0.register.pupils.map { $0.year?.number } } == [[2], [3]])
    #expect(
      result.schools.flatMap(\.findings).map { "\($0.rule.id) \($0.row ?? 0)" } == ["pupil-without-marks 4"])
  }
}
