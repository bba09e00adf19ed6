import Registers
import Testing

@testable import Exports

@Suite struct MinutesTests {
  @Test(arguments: [
    ("L", "12", "12"), ("U", "45", "45"), ("L", "0", "0"), ("L", " 5 ", "5"), ("L", "300", "300"),
    ("L", "007", "7"),
  ])
  func `minutes are kept on late marks`(mark: String, written: String, minutes: String) throws {
    let reading = try self.reading([(mark, written)])
    #expect(reading.findings == [])
    #expect(reading.register.last == "A1 2025-09-08 AM \(minutes) minutes")
  }

  @Test(arguments: ["", "NULL", "NA", " "]) func `blank minutes are not zero`(written: String) throws {
    let reading = try self.reading([("L", written)])
    #expect(reading.findings == [])
    #expect(reading.register.last == "A1 2025-09-08 AM L")
  }

  @Test(arguments: ["Ann", "Li", "Mary 1", "8 Quill St", "80120000000", "801200000001", "\u{738B}"])
  func `a message does not quote a possible name or pupil number`(written: String) throws {
    let message = try self.reading([("L", written)]).messages(.impossibleMinutes).joined()
    let characters = "\(written.count) character\(written.count == 1 ? "" : "s")"
    #expect(message == "a text of \(characters) is not a number of minutes late from 0 to 300")
  }

  @Test(arguments: ["a", "999", "301", "-5", "12.5", "12 min", "99999999999999999999", "１２"])
  func `impossible minutes are a finding and the mark counts`(written: String) throws {
    let reading = try self.reading([("L", written)])
    #expect(reading.locations == ["impossible-minutes autumn.csv:2"])
    #expect(
      reading.messages(.impossibleMinutes) == ["\"\(written)\" is not a number of minutes late from 0 to 300"]
    )
    #expect(reading.register.last == "A1 2025-09-08 AM L")
    #expect(reading.account.marks == 1 && reading.account.isBalanced)
  }

  @Test func `minutes on another code are a finding`() throws {
    let reading = try self.reading([("/", "5")])
    #expect(reading.locations == ["minutes-on-other-code autumn.csv:2"])
    #expect(reading.register.last == "A1 2025-09-08 AM /")
    #expect(try self.reading([("/", "0")]).findings == [])
  }

  @Test func `the minutes of a replaced mark are dropped`() throws {
    #expect(try reading([("L", "12"), ("I", "")]).register.last == "A1 2025-09-08 AM I")
    #expect(try reading([("L", "12"), ("U", "")]).register.last == "A1 2025-09-08 AM U")
    #expect(try reading([("L", "12"), ("U", "40")]).register.last == "A1 2025-09-08 AM 40 minutes")
    #expect(try reading([("L", "12"), ("L", "")]).register.last == "A1 2025-09-08 AM 12 minutes")
    #expect(try reading([("L", ""), ("L", "12")]).register.last == "A1 2025-09-08 AM 12 minutes")
  }

  private func reading(_ marks: [(mark: String, minutes: String)]) throws -> Reading {
    try Reading(rows: marks.map { "A1,7,08/09/2025,AM,\($0.mark),\($0.minutes)," })
  }
}
