import Registers
import TabularTestSupport
import Testing

@testable import Exports

@Suite struct RegisterReaderTests {
  @Test func `every mark is in the register`() throws {
    let reading = try Reading(rows: [
      "A1,7,08/09/2025,AM,/,,", "A1,7,08/09/2025,PM,\\,,", "A2,8,08/09/2025,AM,L,12,\"bus late, again\"",
      "A2,8,08/09/2025,PM,C1,,\"two\r\nlines \"\"here\"\"\"",
    ])
    #expect(
      reading.register == [
        "sessions [2025-09-08 AM, 2025-09-08 PM]", "pupil A1 Year 7", "A1 2025-09-08 AM /",
        "A1 2025-09-08 PM \\",
        "pupil A2 Year 8", "A2 2025-09-08 AM L", "A2 2025-09-08 PM C1", "A2 2025-09-08 AM 12 minutes",
      ])
    #expect(reading.findings == [])
    #expect(reading.account.rows == 4 && reading.account.marks == 4 && reading.account.isBalanced)
  }

  @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
  func `line ends and byte order marks do not matter`(lineEnd: String, mark: String) throws {
    let rows = ["UPN;Date;Session;Mark", "A1;2025-09-08;Morning;/", "A1;2025-09-08;AFTERNOON;\"\\\""]
    let reading = try Reading([InMemory.file(mark + rows.joined(separator: lineEnd))])
    #expect(reading.marks == 2)
    #expect(reading.account.rows == 2)
  }

  @Test(arguments: [
    ("A1,7,08/09/2025,AM,?,,", "unknown-code", "\"?\" is not an attendance code"),
    ("A1,7,08/09/2025,AM,ABS,,", "unknown-code", "\"ABS\" is not an attendance code"),
    ("A1,7,08/09/2025,AM,Absent - ill,,", "unknown-code", "\"Absent - ill\" is not an attendance code"),
    (
      "A1,7,31/11/2025,AM,/,,", "impossible-date",
      "\"31/11/2025\" is not a date, or is not written like the dates above it"
    ),
    ("A1,7,,AM,/,,", "impossible-date", "\"\" is not a date, or is not written like the dates above it"),
    (
      "A1,7,2025-09-08,AM,/,,", "impossible-date",
      "\"2025-09-08\" is not a date, or is not written like the dates above it"
    ),
    ("A1,7,08/09/2025,x,/,,", "unknown-session", "\"x\" is neither the morning nor the afternoon session"),
    (",7,08/09/2025,AM,/,,", "no-pupil-identifier", "the row has no UPN, pupil id or admission number"),
    ("NULL,7,08/09/2025,AM,/,,", "no-pupil-identifier", "the row has no UPN, pupil id or admission number"),
    ("A1,7,08/09/2025,AM", "ragged-row", "the row has 4 fields but the header has 7"),
    ("A1,7,08/09/2025,AM,/,,late, again", "ragged-row", "the row has 8 fields but the header has 7"),
  ])
  func `a row that cannot count is a finding with its row`(row: String, rule: String, message: String) throws
  {
    let reading = try Reading(rows: ["A1,7,09/09/2025,AM,/,,", row, "A1,7,09/09/2025,PM,\\,,"])
    let found = reading.findings.filter { $0.rule.severity != .blocks }
    #expect(found.map { "\($0.rule.id) \($0.file):\($0.row ?? 0)" } == ["\(rule) autumn.csv:3"])
    #expect(found.map(\.message) == [message])
    #expect(reading.account.refused == 1 && reading.account.marks == 2 && reading.account.isBalanced)
    #expect(reading.register.count == 4)
  }

  @Test func `rows of a pupil after a refused row still belong to that pupil`() throws {
    let reading = try Reading(rows: [
      "A1,7,08/09/2025,AM,/,,", "A1,7,08", "A1,7,08/09/2025,PM,\\,,", "", ",,,,,,", "A1,7,09/09/2025,AM,/,,",
    ])
    #expect(reading.marks == 3)
    #expect(reading.result.schools[0].register.pupils.count == 1)
    #expect(reading.account.rows == 5 && reading.account.refused == 2 && reading.account.isBalanced)
  }

  @Test func `a comma at the end of every row is not a field`() throws {
    let text = Reading.register(["A1,7,08/09/2025,AM,/,,,", "A1,7,08/09/2025,PM,\\,,,"])
    let pupils = "UPN,Year\nA1,7,\nA2,8,\n"
    let reading = try Reading([InMemory.file(text)], pupils: [InMemory.file(pupils, "pupils.csv")])
    #expect(reading.marks == 2)
    #expect(reading.locations == ["pupil-without-marks pupils.csv:3"])
  }

  @Test func `a quote that closes in another row does not give one pupil the mark of another`() throws {
    let text = """
      UPN,Name,Date,Session,Mark
      A1,"Bell,08/09/2025,AM,/
      A2,"Cole,08/09/2025,AM,I
      A3,Dean,08/09/2025,AM,/

      """
    let reading = try Reading([InMemory.file(text)])
    #expect(reading.register.filter { $0.hasPrefix("A") } == ["A3 2025-09-08 AM /"])
    #expect(reading.locations.contains("open-quote autumn.csv:2"))
    #expect(reading.account.isBalanced && reading.account.refused == 1)
  }

  @Test func `a quote that never closes is a finding`() throws {
    let reading = try Reading(rows: [
      "A1,7,08/09/2025,AM,/,,", "A1,7,08/09/2025,PM,\\,,\"late", "A1,7,09/09/2025,AM,/,,",
    ])
    #expect(reading.marks == 3)
    #expect(reading.locations == ["open-quote autumn.csv:3"])
  }

  @Test func `retired codes and subcodes count and are findings`() throws {
    let reading = try Reading(
      rows: [
        "A1,7,08/09/2025,AM,H,,", "A1,7,08/09/2025,PM,Y01,,", "A1,7,09/09/2025,AM,I02,,",
        "A1,7,16/08/2024,AM,K,,", "A1,7,19/08/2024,AM,K,,", "A1,7,16/08/2024,PM,J,,",
      ], asAt: "2025-12-19")
    #expect(reading.account.marks == 6)
    #expect(
      reading.locations == [
        "retired-code autumn.csv:2", "subcode autumn.csv:3", "retired-code autumn.csv:3",
        "subcode autumn.csv:4",
        "code-before-its-date autumn.csv:5",
      ])
    #expect(
      reading.messages(.retiredCode) == [
        "code H was retired after 18 August 2024", "code Y was retired after 18 August 2024",
      ])
    #expect(reading.messages(.codeBeforeItsDate) == ["code K came into use on 19 August 2024"])
  }

  @Test func `the same mark twice counts once`() throws {
    let reading = try Reading(rows: [
      "A1,7,08/09/2025,AM,/,,", "A1,7,08/09/2025,AM,/,,", "A1,7,8/9/2025,am,/,,x",
    ])
    #expect(reading.marks == 1)
    #expect(reading.account.duplicates == 2 && reading.account.isBalanced)
    #expect(reading.locations == ["duplicate-mark autumn.csv:3"])
    #expect(reading.findings.map(\.message) == ["2 repeated marks, the first here"])
  }

  @Test func `two marks for one session are reported with both rows and the later counts`() throws {
    let reading = try Reading(rows: [
      "A1,7,08/09/2025,AM,/,,", "A2,7,08/09/2025,AM,/,,", "A1,7,08/09/2025,AM,I,,",
    ])
    #expect(reading.register.contains("A1 2025-09-08 AM I"))
    #expect(
      reading.messages(.conflictingMarks) == [
        "two marks for one session: / in row 2, and I here, which is used"
      ])
    #expect(reading.locations.contains("conflicting-marks autumn.csv:4"))
    #expect(reading.account.duplicates == 1 && reading.account.isBalanced)
  }

  @Test func `two marks in two files are reported with both files`() throws {
    let reading = try Reading([
      InMemory.file(Reading.register(["A1,7,08/09/2025,AM,/,,"]), "one.csv"),
      InMemory.file(Reading.register(["A2,7,08/09/2025,AM,/,,", "A1,7,08/09/2025,AM,U,30,"]), "two.csv"),
    ])
    #expect(
      reading.messages(.conflictingMarks) == [
        "two marks for one session: / in one.csv row 2, and U here, which is used"
      ])
    #expect(reading.locations.contains("conflicting-marks two.csv:3"))
    #expect(reading.result.accounts.map(\.marks) == [1, 1])
    #expect(reading.result.accounts.map(\.duplicates) == [0, 1])
  }

  @Test func `a mark that comes back is still a conflict`() throws {
    let reading = try Reading(rows: [
      "A1,7,08/09/2025,AM,/,,", "A1,7,08/09/2025,AM,I,,", "A1,7,08/09/2025,AM,/,,",
    ])
    #expect(
      reading.messages(.conflictingMarks) == [
        "two marks for one session: I in row 3, and / here, which is used"
      ])
  }

  @Test(arguments: ["", "-", "NULL", "NA", " "]) func `a blank never overrides a mark`(blank: String) throws {
    for rows in [["I", blank], [blank, "I"], [blank, "I", blank]] {
      let reading = try Reading(rows: rows.map { "A1,7,08/09/2025,AM,\($0),," })
      #expect(reading.register.contains("A1 2025-09-08 AM I"))
      #expect(reading.account.withoutMark == rows.count - 1 && reading.account.marks == 1)
      #expect(reading.account.isBalanced)
      #expect(reading.findings == [])
    }
  }

  @Test func `a row without a mark still creates its session`() throws {
    let reading = try Reading(rows: ["A1,7,08/09/2025,AM,/,,", "A1,7,08/09/2025,PM,,,"])
    #expect(reading.result.schools[0].register.sessions.count == 2)
  }

  @Test(arguments: [["1", "2"], ["2", "1"]]) func `1 and 2 are sessions if the column has nothing else`(
    order: [String]
  )
    throws
  {
    let reading = try Reading(rows: order.map { "A1,7,08/09/2025,\($0),L,," })
    #expect(reading.register.contains("A1 2025-09-08 AM L") && reading.marks == 2)
  }

  @Test(arguments: ["AM", "PM", "3", "Lesson 3", "P1"]) func `1 and 2 are lessons beside other names`(
    other: String
  )
    throws
  {
    let reading = try Reading(rows: ["1", "2", other, "AM"].map { "A1,7,08/09/2025,\($0),/,," })
    #expect(reading.account.lessons >= 2 && reading.account.isBalanced)
    #expect(reading.register.filter { $0.contains(" AM /") }.count == 1)
  }

  /// An export sorted by period opens with many rows of period 1, which are not mornings.
  @Test(arguments: ["3", "AM", "P3"]) func `1 and 2 that turn out to be lessons are refused as sessions`(
    later: String
  ) throws {
    let pupils = (1...40).map { "A\($0)" }
    let rows = ["1", later].flatMap { period in pupils.map { "\($0),7,08/09/2025,\(period),/,," } }
    let message = failureMessage { _ = try Reading(rows: rows) }
    #expect(
      message.hasPrefix("autumn.csv: row 42: the session is 1 or 2 in the rows above"), "\(message)")
  }
}
