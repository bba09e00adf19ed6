import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports

/// A pupil cannot be at two schools at once, unless a mark explains it.
@Suite struct SharedPupilsTests {
  private static let ann = MadeUPN.of(3)

  private func findings(_ here: String, _ there: String, upn: String = ann, other: String = ann) throws
    -> [Finding]
  {
    let schools = try [("North School", upn, here), ("South School", other, there)].map { name, upn, marks in
      let rows = marks.split(separator: " ").enumerated().map { number, mark in
        "\(upn),7,\(number / 2 + 8)/09/2025,\(number % 2 == 0 ? "AM" : "PM"),\(mark)"
      }
      let text = (["UPN,Year,Date,Session,Mark"] + rows).joined(separator: "\n") + "\n"
      return try Reading([InMemory.file(text, "\(name).csv")], schools: [School(name: name)]).result.schools[
        0]
    }
    return SharedPupils.findings(in: schools)
  }

  @Test func `marks at two schools for one session are reported to both`() throws {
    let found = try findings("/ \\ I - D", "/ - O L /")
    #expect(
      found.map { "\($0.school ?? "") \($0.file):\($0.row ?? 0): \($0.message)" } == [
        "North School North School.csv:2: a pupil has marks here and at South School for 2 sessions, the first on 8 "
          + "September 2025",
        "South School South School.csv:2: a pupil has marks here and at North School for 2 sessions, the first on 8 "
          + "September 2025",
      ])
    #expect(found.allSatisfy { $0.rule == .pupilInTwoSchools && !$0.message.contains(Self.ann) })
  }

  @Test(arguments: [
    ("D D", "/ \\"), ("/ \\", "D D"), ("D /", "/ D"), ("- -", "/ \\"), ("# #", "/ \\"), ("Z Z", "/ \\"),
    ("X X", "/ I"),
    ("B B", "/ \\"), ("/ \\", "V P"),
  ]) func `a pupil due at only one school is not a finding`(here: String, there: String) throws {
    #expect(try findings(here, there) == [])
  }

  @Test(arguments: ["/", "I", "O", "N", "L", "U", "E", "C2", "G"])
  func `any mark of a pupil who is due counts`(mark: String)
    throws
  {
    #expect(try findings(mark, "/").count == 2)
  }

  @Test func `a pupil who moved is not a finding`() throws {
    #expect(try findings("/ \\ - -", "- - / \\") == [])
  }

  @Test func `pupils without a UPN or with different UPNs are not compared`() throws {
    #expect(try findings("/", "/", other: MadeUPN.of(2)) == [])
    let text = "Student ID,Year,Date,Session,Mark\n7,7,08/09/2025,AM,/\n"
    let schools = try ["North School", "South School"].map {
      try Reading([InMemory.file(text)], schools: [School(name: $0)]).result.schools[0]
    }
    #expect(SharedPupils.findings(in: schools) == [])
  }
}
