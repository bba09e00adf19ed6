import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports

/// A policy's own version of a national rule. Source: rules, section 8; Docs/Decisions.md.
@Suite struct OwnRuleTests {
  private static let days = [Day].weekdays(40, from: "2025-09-08")

  private static func listed(_ counts: [Int], _ mark: String, by yaml: String) throws -> Listed {
    let lines = counts.map { MadeMarks.of(("/", 80 - $0), (mark, $0)) }
    return try Listed(Register(lines, on: days), by: "title: Ours\n" + yaml)
  }

  @Test func `a policy's window has its own threshold, codes and action`() throws {
    let listed = try Self.listed(
      [3, 4, 5, 6], "G",
      by: "windows: [{name: Holidays, sessions: 6, codes: [G], within: {school_weeks: 4}, approaching: 4, "
        + "asks: Ring home., section: \"3.1\"}]")
    #expect(listed["Own line: Holidays"] == [3])
    #expect(listed["Approaching own line: Holidays"] == [2, 1])
    let list = try listed.list("Own line: Holidays")
    #expect(list.source == "Ours, 3.1" && list.members[0].task?.action == "Ring home")
    #expect(list.members[0].task?.reason == "6 sessions of G in 4 weeks")
    #expect(list.rule.hasPrefix("6 or more sessions of G in the last 4 school weeks (6 October 2025 to "))
  }

  /// The window is the national one, with the policy's own approaching number and action.
  @Test func `a policy's own approaching number for the national window is used`() throws {
    let listed = try Self.listed(
      [4, 5, 9, 10], "O",
      by:
        "windows: [{name: Penalty, sessions: 10, codes: [G, N, O, U], within: {school_weeks: 10}, approaching: 5, "
        + "asks: Ring home.}]")
    #expect(listed[Titles.ten] == [3])
    let near = listed.lists.filter { $0.title.hasPrefix("Approaching") && $0.title != Titles.nearPersistent }
      .flatMap(\.members).map(\.pupil.position)
    let action = try listed.list(Titles.ten).members.compactMap(\.task?.action)
    #expect(near == [2, 1])
    #expect(action == ["Ring home"])
  }

  @Test func `a policy's own approaching number for the sickness return is used`() throws {
    let listed = try Self.listed(
      [11, 12, 29], "I",
      by: "windows: [{name: Illness, sessions: 30, codes: [I], within: school_year, approaching: 12}]")
    #expect(listed[Titles.nearSickness] == [2, 1])
  }

  @Test func `a different window of illness has its own list`() throws {
    let listed = try Self.listed(
      [9, 10, 30], "I", by: "windows: [{name: Illness, sessions: 10, codes: [I], within: school_year}]")
    #expect(listed["Own line: Illness"] == [2, 1] && listed[Titles.sickness] == [2])
    let weeks = try Self.listed(
      [30, 31], "I", by: "windows: [{name: Weeks, sessions: 30, codes: [I], within: {school_weeks: 10}}]")
    #expect(weeks["Own line: Weeks"] == [1, 0])
    #expect(!listed.lists.contains { $0.title == "Approaching own line: Illness" })
  }

  @Test func `a policy's own wording replaces that of a national run`() throws {
    let listed = try Self.listed(
      [20], "O",
      by:
        "runs: [{name: Return, school_days: 10, codes: [G, N, O, U], asks: Fill in form 7., section: \"9\"}]")
    let list = try listed.list(Titles.attendanceReturn)
    #expect(list.source == "Ours, 9" && list.members[0].task?.action == "Fill in form 7")
    #expect(!listed.lists.contains { $0.title.hasPrefix("Own line") })
  }

  @Test func `a policy's run of three days is listed beside the national five`() throws {
    let listed = try Self.listed(
      [4, 6, 8, 10], "I", by: "runs: [{name: Ring, school_days: 3, codes: any_absence, asks: Ring home.}]")
    #expect(listed["Own line: Ring"] == [3, 2, 1])
    #expect(listed["5 or more school days absent in a row"] == [3])
    #expect(try listed.list("Own line: Ring").members[0].task?.reason.hasPrefix("5 school days of ") == true)
  }

  /// Rules, section 8: EHC plan: fallen by 3 points or more, *or below the policy's threshold*: tell the local
  /// authority.
  @Test(arguments: [("ehc_plan: {name: Plan line, attendance_below: 60}", [0]), ("", [])])
  func `a pupil with a plan below the policy's threshold is listed`(rule: String, listed: [Int]) throws {
    // Half of each half-term: below the threshold, and not falling.
    let halfTerms = [
      HalfTerm(.autumn1, from: Self.days[0], to: Self.days[19]),
      HalfTerm(.autumn2, from: Self.days[20], to: Self.days[39]),
    ]
    let line = MadeMarks.of(("I", 22), ("/", 18), ("I", 22), ("/", 18))
    let pupil = Pupil.made { $0.senProvision = .ehcPlan }
    let policy = try Policy(name: "p", yaml: "title: P\n\(rule)\n", file: "p")
    let school = SchoolFigures(
      Register([line], on: Self.days, pupils: [pupil], halfTerms: halfTerms), asAt: Self.days[39],
      policy: policy)
    #expect(school.pupils[0].change == 0)
    let found = try #require(ActionList.all(school).first { $0.name == "EHC_plan_falling" })
    #expect(found.members.map(\.pupil.position) == listed)
    #expect(found.members.allSatisfy { $0.task == nil }, "what has been low for long is nothing new")
    let flags = LeadFlag.all(of: school.pupils[0], school).filter { $0.kind == .planFalling }
    #expect(flags.count == listed.count)
  }

  /// A window with only old marks has no task, but is still on its list with its days.
  @Test func `a reached threshold without a new mark is not a task`() throws {
    let lines = [
      MadeMarks.days(40, "O", on: [20, 22, 24, 26, 28]), MadeMarks.days(40, "O", on: [20, 22, 24, 26, 35]),
      MadeMarks.days(40, "O", on: [20, 22, 24, 26, 34]),
    ]
    let listed = try Listed(Register(lines, on: Self.days), by: "dfe-2024")
    #expect(listed[Titles.ten] == [0, 1, 2])
    let tasks = try listed.list(Titles.ten).members.map { $0.task != nil }
    #expect(tasks == [false, true, false], "a mark of the last five school days is new")
    #expect(
      try listed.cell(Titles.ten, "Dates and codes", of: 1)
        == "6 Oct O, 8 Oct O, 10 Oct O, 14 Oct O, 27 Oct O")
  }
}
