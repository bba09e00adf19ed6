import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports
@testable import ReportModel

@Suite struct StageLettersTests {
  static func stages(
    _ register: Register = PupilsToWriteTo.register(), policy: String = PupilsToWriteTo.policy
  ) throws -> [StageLetters] {
    StageLetters.all(
      of: SchoolFigures(
        register, asAt: PupilsToWriteTo.asAt, policy: try Policy(name: "p", yaml: policy, file: "p")))
  }

  @Test func `there is a letter for each pupil at a stage that names one and still on roll`() throws {
    let stages = try Self.stages()
    #expect(stages.map(\.batch.stage) == ["First letter", "Meeting"])
    #expect(stages.map(\.batch.template) == ["attendance-letter", "meeting"])
    #expect(stages.map(\.batch.slug) == ["first-letter", "meeting"])
    #expect(stages.map { $0.batch.letters.map(\.fullName) } == [["Bea Bell"], ["Cal Cole"]])
    #expect(stages.map(\.batch.leavers) == [1, 0])
    #expect(stages[0].batch.rule == "attendance of 95% or below")
    #expect(
      stages[0].batch.policy == "A policy" && stages[0].batch.section == "4.2"
        && stages[1].batch.section.isEmpty)
  }

  @Test func `a letter has the sessions missed by kind and date`() throws {
    let letter = try #require(try Self.stages()[1].figures.first)
    #expect(letter.thisYear.attendance.formatted == "55.0%")
    #expect(
      letter.thisYear.kinds.map { "\($0.kind.formatted) \($0.sessions)" } == [
        "Illness 4", "Medical or dental appointments 1", "Holiday not granted 2", "No reason given yet 1",
        "Arrived after the register closed 1",
      ])
    #expect(letter.lastYear == nil)
    #expect(
      letter.missed.map(\.formatted) == [
        "Fri 19 September, morning: medical or dental appointment",
        "Fri 19 September, afternoon: arrived after the register closed",
        "Thu 18 September, afternoon: no reason given yet", "Mon 15 September: holiday not granted",
        "Mon 8 to Tue 9 September: illness",
      ])
    #expect(letter.form == "4B" && letter.year?.name == "Year 4")
  }

  @Test func `the label of days has the month once or twice`() throws {
    let register = Register([String(repeating: "U \\ ", count: 4)], from: Day("2025-09-29"))
    let figures = SchoolFigures(
      register, asAt: Day("2025-10-02"), policy: try Policy(name: "p", yaml: "title: P", file: "p"))
    #expect(
      figures.missedDays(of: figures.pupils[0]).map(\.daysLabel) == [
        "Mon 29 September to Thu 2 October, mornings"
      ])
  }

  @Test(arguments: [(1, "half a day"), (2, "1 day"), (3, "1.5 days"), (14, "7 days"), (19, "9.5 days")])
  func `a session is half a day`(sessions: Int, words: String) {
    #expect(LetterFigures.days(ofSessions: sessions) == words)
  }

  @Test func `a pupil without a name has a number`() throws {
    let letter = try #require(
      try Self.stages(PupilsToWriteTo.register(forename: "", surname: ""))[0].figures.first)
    #expect(letter.fullName == "pupil \(MadeUPN.of(1))")
  }

  @Test func `stages with similar names have separate files`() throws {
    let policy = """
      title: P
      stages:
        - {name: Letter 1!, attendance_at_most: 95, letter: meeting}
        - {name: "letter: 1", attendance_at_most: 80, letter: meeting}
        - {name: "\u{645}", attendance_at_most: 50, letter: meeting}
      """
    #expect(try Self.stages(policy: policy).map(\.batch.slug) == ["letter-1", "letter-1-stage-2", "stage-3"])
  }

  /// A figure for a few weeks must not look like one for a year.
  @Test(arguments: [
    ("2024-09-02", "2025-07-22", "2024/25"),
    ("2024-09-02", "2025-02-14", "2024/25, 2 September to 14 February"),
    ("2025-01-06", "2025-07-22", "2024/25, 6 January to 22 July"),
  ]) func `last year has its dates if it is incomplete`(first: String, last: String, words: String) throws {
    let sessions = [first, last, "2025-09-08"].map { Session(Day($0), .morning) }
    let register = Register(
      school: School(name: "A"), pupils: [.ofYear(5)], sessions: sessions,
      marks: Array(repeating: AttendanceCode.illness.rawValue, count: 3), minutes: [])
    let policy = "title: P\nstages: [{name: A, attendance_at_most: 95, letter: meeting}]"
    let letter = try #require(try Self.stages(register, policy: policy)[0].figures.first)
    #expect(letter.lastYear?.formatted == words)
    #expect(letter.thisYear.formatted == "2025/26")
  }

  @Test func `a letter does not print its pupil`() throws {
    #expect(!"\(try Self.stages())".contains("Bea"))
  }

  @Test func `a policy that names no letter has none`() throws {
    #expect(try Self.stages(policy: "title: P\nstages: [{name: A, attendance_at_most: 95}]").isEmpty)
  }

  @Test func `a mail merge has a row for each letter`() throws {
    let merge = MailMerge(try Self.stages(), school: "S", asAt: PupilsToWriteTo.asAt)
    let headers = merge.columns.map(\.header)
    #expect(Set(headers).count == headers.count && headers.allSatisfy { $0.count <= 40 })
    func value(_ header: String, _ row: Int) throws -> String {
      merge.rows[row][try #require(headers.firstIndex(of: header))].formatted
    }
    #expect(try merge.rows.indices.map { try value("Full name", $0) } == ["Bea Bell", "Cal Cole"])
    #expect(try value("Attendance per cent", 0) == "95.0" && value("Sessions missed", 1) == "9")
    #expect(try value("Date", 0) == "19 September 2025" && value("Attendance last year per cent", 0) == "")
    #expect(try value("Dates missed", 0) == "Thu 11 September, morning: illness")
    #expect(merge.columns.count == merge.rows[0].count)
  }

  @Test func `dates that would be cut are counted instead`() throws {
    let marks = (0..<40).map { $0.isMultiple(of: 2) ? "M \\" : "/ \\" }.joined(separator: " ")
    let figures = SchoolFigures(
      Register([marks], from: Day("2025-09-08")), asAt: Day("2025-12-01"),
      policy: try Policy(name: "p", yaml: "title: P", file: "p"))
    let missed = figures.missedDays(of: figures.pupils[0])
    let text = missed.formatted(longest: 255)
    #expect(text.utf16.count <= 255 && text.hasPrefix("Thu 30 October, morning: medical"))
    #expect(text.hasSuffix("; and 16 more sessions"))
    #expect(missed.formatted(longest: 20) == "20 sessions" && [MissedDays]().formatted(longest: 20) == "")
  }
}
