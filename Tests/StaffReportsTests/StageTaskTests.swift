import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports
@testable import ReportModel

/// The tasks of stages, and schools with little data. Source: rules, section 8.
@Suite struct StageTaskTests {
  /// A pupil who reaches every stage by attendance in the last week: half of the year's sessions missed and more.
  private static func slipping(_ missed: Int, by policy: String) throws -> Listed {
    let line = MadeMarks.of(("/", 100 - missed), ("B", 0), ("M", missed))
    return try Listed(Register([line], on: .weekdays(50, from: "2025-09-08")), by: policy)
  }

  /// A school's own stages that are reached this week are in the morning table with their action.
  @Test(arguments: [
    ("mason-moor-primary", 6, "Send a letter"), ("mason-moor-primary", 8, "Set a target and meet the family"),
    ("mason-moor-primary", 10, "Refer the pupil and agree a contract"),
    ("st-albans-mat", 4, "Contact the family"),
    ("st-albans-mat", 6, "Send a letter"), ("music-stuff-education", 10, "Follow the policy: Stage 1"),
  ])
  func `a stage reached this week is a task`(policy: String, missed: Int, action: String) throws {
    let listed = try Self.slipping(missed, by: policy)
    let tasks = MorningTable(listed.lists, asAt: listed.school.asAt).pupils.first?.tasks ?? []
    #expect(tasks.contains { $0.urgency == .stage && $0.action == action })
  }

  /// Rules, section 8: stages come from the policy with their next step, including those at a national threshold.
  @Test(arguments: [("dfe-2024", 10), ("dfe-2024", 50), ("st-albans-mat", 10), ("beckfoot-trust", 50)])
  func `a stage at a national threshold reached this week is a task`(policy: String, missed: Int) throws {
    let listed = try Self.slipping(missed, by: policy)
    let stage = try #require(listed.school.pupils[0].stage)
    #expect(
      stage.line.isNational && listed.school.pupils[0].stageIndexWeekAgo != listed.school.pupils[0].stageIndex
    )
    let tasks = MorningTable(listed.lists, asAt: listed.school.asAt).pupils.first?.tasks ?? []
    let rules = listed.lists.filter { !$0.members.isEmpty }.map(\.rule)
    #expect(tasks.contains { $0.urgency == .stage })
    #expect(stage.action.isEmpty || rules.contains { $0.contains(stage.action) })
  }

  /// A later stage of a policy replaces the earlier ones.
  @Test(arguments: Policy.shipped.keys.sorted()) func `a pupil is at one stage at most`(policy: String)
    throws
  {
    for missed in stride(from: 0, through: 100, by: 5) {
      let listed = try Self.slipping(missed, by: policy)
      let stages = listed.titles(of: 0) { $0.hasPrefix("Stage: ") }
      #expect(stages.count <= 1, "\(missed)")
      let national = listed.titles(of: 0) { ["Persistently absent", "Severely absent"].contains($0) }
      #expect(national == (missed >= 50 ? ["Severely absent"] : missed >= 10 ? ["Persistently absent"] : []))
    }
  }

  // MARK: little data

  @Test(arguments: Policy.shipped.keys.sorted()) func `a school without pupils has reports`(policy: String)
    throws
  {
    let registers = [
      Register([], on: [Day("2025-09-08")]), Register(["- -"], from: Day("2025-09-08")),
      Register(["X X"], from: Day("2025-09-08")), Register(["# #"], from: Day("2025-09-08")),
    ]
    for register in registers {
      let school = try Listed(register, by: policy, asAt: Day("2025-09-08")).school
      let actions = Report.attendanceActions(school)
      #expect(actions.headlines[0].formatted == "No pupil needs action today.")
      for report in [actions] + LeadReportTests.leads.map({ $0.make(school) }) {
        for table in report.tables {
          #expect(table.rows.allSatisfy { $0.count == table.columns.count }, "\(table.name)")
        }
      }
    }
  }

  /// A half-term begins with its first school day: `CalendarIndex.halfTerms` are those with a school day up to the as-at date.
  @Test func `a planned half-term without a school day yet is not the current one`() throws {
    let halfTerms = [
      HalfTerm(.autumn2, from: Day("2025-11-03"), to: Day("2025-12-19")),
      HalfTerm(.spring1, from: Day("2026-01-05"), to: Day("2026-02-13")),
    ]
    // Monday 5 January is a training day; the register was exported a week later than the as-at date.
    let days: [Day] = .school("2025-11-03", "2025-12-19") + .school("2026-01-06", "2026-01-09")
    let register = Register([MadeMarks.of(("/", 2 * days.count))], on: days, halfTerms: halfTerms)
    let listed = try Listed(register, by: "mason-moor-primary", asAt: Day("2026-01-05"))
    #expect(listed.school.pupils[0].year.possible == 70)
    #expect(listed.school.halfTerms.last?.name == .autumn2)
    #expect(listed["Reward: Certificate"] == [0])
  }
}
