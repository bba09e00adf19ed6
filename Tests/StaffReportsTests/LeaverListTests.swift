import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports
@testable import ReportModel

/// Pupils who left, and texts that depend on one figure. Source: rules, sections 3 and 8; `ActionList`.
@Suite struct LeaverListTests {
  private static let days = [Day].weekdays(40, from: "2025-09-08")
  private static let halfTerms = [
    HalfTerm(.autumn1, from: days[0], to: days[19]), HalfTerm(.autumn2, from: days[20], to: days[39]),
  ]

  private static func listed(_ lines: [String], _ pupils: [Pupil]? = nil, by policy: String) throws -> Listed
  {
    try Listed(Register(lines, on: days, pupils: pupils, halfTerms: halfTerms), by: policy)
  }

  /// A pupil with a plan who left on the day before the last, and one who leaves on the last.
  private static func leavers(_ line: String, by policy: String) throws -> Listed {
    let pupils = [38, 39].map { day in
      Pupil.made { ($0.left, $0.senProvision) = (Self.days[day], .ehcPlan) }
    }
    return try listed([line, line], pupils, by: policy)
  }

  /// Lists of thresholds and tasks name pupils on roll, like counts; reference lists name all.
  @Test(arguments: [
    (MadeMarks.of(("/", 40), ("O", 20), ("/", 20)), Titles.plan, false),
    (MadeMarks.of(("/", 40), ("O", 20), ("/", 20)), "Attendance fell most", false),
    (MadeMarks.of(("O", 20), ("/", 60)), "Most improved", false),
    (MadeMarks.of(("/", 73), ("O", 7)), Titles.nearPersistent, false),
    (MadeMarks.of(("/", 80)), "Reward: Certificate", false),
    (MadeMarks.of(("/", 60), ("O", 20)), Titles.ten, false),
    (MadeMarks.of(("/", 60), ("O", 20)), "Persistently absent", false),
    (MadeMarks.of(("/", 60), ("O", 20)), "Stage: Referral and contract", false),
    (MadeMarks.of(("I", 40), ("/", 40)), Titles.sickness, false),
    (MadeMarks.of(("/", 60), ("C", 20)), "Leave in exceptional circumstances (C)", true),
    (MadeMarks.of(("/", 60), ("L", 20)), "Late", true),
    (MadeMarks.of(("N", 20), ("/", 60)), Titles.toResolve, true),
  ])
  func `a leaver is on reference lists but not on lists of thresholds`(
    line: String, title: String, isListed: Bool
  ) throws {
    let listed = try Self.leavers(line, by: "mason-moor-primary")
    #expect(Set(listed[title]) == (isListed ? [0, 1] : [1]))
    let table = try #require(listed.list(title).section(asAt: listed.school.asAt).tables.first)
    let onRoll = table.columns.firstIndex { $0.header == "On roll" }.map { place in
      table.rows.map { $0[place].formatted }
    }
    #expect(onRoll?.sorted() == (isListed ? ["Left 30 October 2025", "Yes"] : nil))
  }

  @Test func `a leaver is not on the list of broken weeks or at a stage`() throws {
    let line = MadeMarks.days(40, but: [1: "I", 11: "I", 37: "I \\"])
    #expect(try Self.leavers(line, by: "bramhall-high")["Broken weeks"] == [1])
    let listed = try Self.leavers(MadeMarks.of(("/", 70), ("O", 10)), by: "mason-moor-primary")
    #expect(listed["Stage: Referral and contract"] == [1])
    #expect(try listed.cell("Stage: Referral and contract", "New this week", of: 1) == "Yes")
  }

  /// A fall from 97% or more is marked; from 96.9% it is not.
  @Test(arguments: [(1, 34, "Yes"), (1, 33, "No"), (0, 40, "Yes"), (2, 40, "No")])
  func `a fall from high attendance is marked`(missed: Int, possible: Int, isHigh: String) throws {
    let before = MadeMarks.missed(missed, of: possible, in: 40)
    let listed = try Self.listed(
      [before + " " + MadeMarks.of(("O", 20), ("/", 20)), MadeMarks.of(("/", 80))], by: "dfe-2024")
    #expect(try listed.cell("Attendance fell most", "From 97% or more") == isHigh)
  }

  /// At most 25 are listed, with a note of the total.
  @Test(arguments: [(25, 25), (26, 25)]) func `at most 25 pupils are listed`(pupils: Int, named: Int) throws {
    let lines = (0..<pupils).map { MadeMarks.of(("/", 40), ("O", 5 + $0), ("/", 35 - $0)) }
    let list = try Self.listed(lines, by: "dfe-2024").list("Attendance fell most")
    #expect(list.members.map(\.pupil.position) == Array((0..<pupils).reversed().prefix(named)))
    #expect(list.notes.isEmpty == (pupils == named))
  }

  /// The task is about the continuing run, although an earlier one was longer.
  @Test func `a task has the days of the continuing run`() throws {
    let line = MadeMarks.days(40, "O", on: Array(0..<25) + Array(30..<40))
    let listed = try Self.listed([line], by: "dfe-2024")
    let task = try #require(try listed.list(Titles.attendanceReturn).members[0].task)
    #expect(task.reason == "10 school days of unauthorised absence in a row, since 20 Oct")
    #expect(task.urgency == .attendanceReturn)
    #expect(try listed.cell(Titles.attendanceReturn, "Days in a row") == "10")
    #expect(try listed.cell(Titles.attendanceReturn, "Runs this year") == "2")
  }

  /// Exactly 10% before is persistent absence before (rules, section 2).
  @Test(arguments: [(3, "New"), (4, "Not new"), (0, "New")])
  func `a persistently absent pupil is new or not new`(before: Int, words: String) throws {
    let line = MadeMarks.of(("I", before), ("/", 40 - before), ("I", 20), ("/", 20))
    let listed = try Self.listed([line], by: "dfe-2024")
    #expect(try listed.cell("Persistently absent", "Since the last half-term") == words)
    // Nine sessions of ten attended for each one missed, and one more.
    let needed = 10 * (20 + before) - 80 + 1
    let cell = try listed.cell("Persistently absent", "Sessions to attend in a row to get above 90%")
    #expect(cell == (needed <= 300 ? "\(needed)" : "Not this year"))
  }

  @Test(arguments: [12, 13]) func `every day when many pupils were absent is shown`(days: Int) throws {
    let lines = (0..<10).map { _ in MadeMarks.days(40, "I", on: 0..<days) }
    let tables = Report.attendanceActions(try Self.listed(lines, by: "dfe-2024").school).tables
    let table = try #require(tables.first { $0.name == "Days_when_many_were_away" })
    #expect(table.rows.map { $0[0] } == Self.days.prefix(days).map(Cell.day))
  }

  /// A child in need and a child with a protection plan have a social worker.
  @Test func `any of three statuses means a social worker`() throws {
    let changes: [(inout Pupil) -> Void] = [
      { $0.socialWorker = .yes }, { $0.childInNeed = .yes },
      { ($0.childProtectionPlan, $0.socialWorker) = (.yes, .no) }, { $0.childInNeed = .no }, { _ in },
    ]
    let pupils = changes.map { change in
      Pupil.made {
        $0.disadvantaged = .yes
        change(&$0)
      }
    }
    let school = try Self.listed(pupils.map { _ in MadeMarks.of(("/", 80)) }, pupils, by: "dfe-2024").school
    let rows = LeadReportTests.rows(.disadvantagedReport(school), "Overlaps")
    #expect(
      rows.map { "\($0[0].formatted): \($0[1].formatted)" } == [
        "Disadvantaged, with a social worker: 3", "Disadvantaged, not with a social worker: 1",
      ])
  }
}
