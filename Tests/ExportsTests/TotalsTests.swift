import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports

/// Totals are compared with the marks and never counted.
@Suite struct TotalsTests {
  private static let ann = MadeUPN.of(3)
  private static let bob = MadeUPN.of(2)

  private func totals(_ files: [String], asAt: String? = nil) throws -> (reading: Reading, messages: [String])
  {
    let files = zip(files, ["register.csv", "totals.csv"]).map { InMemory.file($0, $1) }
    let reading = try Reading(files, asAt: asAt)
    return (reading, reading.messages(.totalDisagrees))
  }

  /// There are three possible sessions, two of them attended: 66.7%. D and a missing mark are not possible
  /// sessions.
  private func wide(_ percent: String, header: String = "% Att") throws -> [String] {
    let captions = (8...12).map { "\($0 < 10 ? "0" : "")\($0)/09/2025 AM" }.joined(separator: ",")
    return try totals(["UPN,Year,\(captions),\(header)\n\(Self.ann),7,/,L,I,D,,\(percent)\n"]).messages
  }

  @Test(arguments: [
    "66.7", "66.7%", "66.67 %", "66.6", "67", "67%", "0.6666666666666666", "", "NULL", "-", "n/a",
  ])
  func `a percentage that agrees is not a finding`(written: String) throws {
    #expect(try wide(written) == [])
  }

  @Test(arguments: [
    ("50", "50.0"), ("66", "66.0"), ("75%", "75.0"), ("0.5", "50.0"), ("100", "100.0"), ("0", "0.0"),
  ])
  func `a percentage that does not agree is a finding`(written: String, message: String) throws {
    #expect(try wide(written) == ["the file says \(message)% attended, but its marks give 66.7%"])
  }

  @Test(
    arguments: [
      ("Possible sessions", "3", []),
      ("Possible", "5", ["the file says 5 possible sessions, but its marks give 3"]),
      ("Sessions attended", "3", ["the file says 3 sessions attended, but its marks give 2"]),
      ("Auth Abs", "0", ["the file says 0 sessions of authorised absence, but its marks give 1"]),
      ("Unauthorised", "1", ["the file says 1 sessions of unauthorised absence, but its marks give 0"]),
    ] as [(String, String, [String])])
  func `the counts of a row are compared with its marks`(header: String, written: String, messages: [String])
    throws
  {
    #expect(try wide(written, header: header) == messages)
  }

  @Test func `the totals of a transfer file are compared with its marks`() throws {
    func read(_ possible: Int) throws -> [String] {
      let text = """
        <CTfile><CTFpupilData><Pupil><UPN>\(Self.ann)</UPN><Attendance><YearData><Year>2025</Year>
        <SessionsPossible>\(possible)</SessionsPossible><SessionsAuthorised>1</SessionsAuthorised>
        <SessionsAttended>2</SessionsAttended><SessionsUnauthorised>1</SessionsUnauthorised>
        <AttendanceStartDate>2025-09-08</AttendanceStartDate><AttendanceMarks>/LIO</AttendanceMarks></YearData>
        </Attendance></Pupil></CTFpupilData></CTfile>
        """
      let (reading, messages) = try totals([text])
      #expect(reading.marks == 4)
      return messages
    }
    #expect(try read(4) == [])
    #expect(try read(6) == ["the file says 6 possible sessions, but its marks give 4"])
  }

  private static let long = """
    UPN,Year,Date,Session,Mark
    \(ann),7,08/09/2025,AM,/
    \(ann),7,08/09/2025,PM,I
    \(ann),7,09/09/2025,AM,U
    \(ann),7,09/09/2025,PM,D
    \(bob),7,08/09/2025,AM,/
    \(bob),7,08/09/2025,PM,D
    \(bob),7,09/09/2025,AM,D
    \(bob),7,09/09/2025,PM,D

    """

  @Test func `a file with only totals is compared and adds no mark`() throws {
    let totals = """
      UPN,Surname,Possible sessions,Sessions attended,Authorised absence,Unauthorised absence,% attendance
      \(Self.ann),Bell,3,1,1,1,33.3
      \(Self.bob),Cole,2,1,0,0,100
      \(MadeUPN.of(9)),Gone,9,9,0,0,100
      Total,,14,11,1,1,

      """
    let (reading, messages) = try self.totals([Self.long, totals])
    #expect(reading.marks == 8 && reading.result.schools[0].register.pupils.count == 2)
    #expect(messages == ["the file says 2 possible sessions, but its marks give 1"])
    #expect(reading.locations.contains("total-disagrees totals.csv:3"))
    let account = try #require(reading.result.accounts.last)
    #expect(account.places == 0 && account.marks == 0 && account.rows == 4 && account.otherRows == 4)
    #expect(account.isBalanced)
    #expect(try self.totals([totals, Self.long]).messages == messages)
  }

  @Test(arguments: ["1e300", "inf", "nan", "-3", "99999999999999999999", "0x10", "10000"])
  func `a text that is not a count is not a total`(written: String) throws {
    let totals = "UPN,Possible sessions\n\(Self.ann),\(written)\n"
    let messages = try self.totals([Self.long, totals]).messages
    #expect(messages.isEmpty || messages == ["the file says 16 possible sessions, but its marks give 3"])
    #expect(try wide(written, header: "Possible").isEmpty || written == "0x10")
  }

  @Test func `the totals of a census are compared with the marks`() throws {
    let text = """
      <Message><Pupils><Pupil><PupilIdentifiers><UPN>\(Self.ann)</UPN></PupilIdentifiers><Attendance><TermlyAttendance>
      <SessionsPossible>4</SessionsPossible></TermlyAttendance></Attendance></Pupil></Pupils></Message>
      """
    #expect(
      try totals([Self.long, text]).messages == ["the file says 4 possible sessions, but its marks give 3"])
  }
}
