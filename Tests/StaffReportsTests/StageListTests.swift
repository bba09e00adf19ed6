import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports

/// Pupils at, just under and just over each threshold of attendance. Source: Docs/Policies.md, the rows named in the
/// table.
@Suite struct StageListTests {
  /// Sessions missed of those possible, and the lists of attendance with the pupil.
  typealias Row = (missed: Int, of: Int, lists: [String])

  private static let near = Titles.nearPersistent
  private static let persistent = "Persistently absent"
  private static let severe = "Severely absent"
  private static let masonMoors = "Persistent absence by the school's own threshold"
  private static let beckfoots = "Persistent absence by the trust's words"

  static let tables: [String: [Row]] = [
    // Rules, section 2; approaching is 8% or more.
    "dfe-2024": [
      (0, 300, []), (30, 380, []), (24, 300, [near]), (30, 303, [near]), (37, 371, [near]),
      (30, 300, [persistent]), (1, 10, [persistent]), (149, 300, [persistent]), (150, 300, [severe]),
      (300, 300, [severe]), (0, 0, []),
    ],
    // Stages: 90% and below, 75% and below, 50% and below, below 20%.
    "music-stuff-education": [
      (23, 300, []), (29, 300, [near]), (30, 300, ["Stage: Stage 1", persistent]),
      (74, 300, ["Stage: Stage 1", persistent]), (75, 300, ["Stage: Stage 2", persistent]),
      (149, 300, ["Stage: Stage 2", persistent]), (150, 300, ["Stage: Stage 3", severe]),
      (240, 300, ["Stage: Stage 3", severe]), (241, 300, ["Stage: Stage 4", severe]),
    ],
    // Stages: 94-95%, 91-93%, 90% and below; Persistent: 7% or more missed.
    "mason-moor-primary": [
      (14, 300, []), (15, 300, ["Stage: Letter"]), (20, 300, ["Stage: Letter"]),
      (21, 300, ["Stage: Target and meeting", masonMoors]),
      (24, 300, ["Stage: Target and meeting", masonMoors, near]),
      (29, 300, ["Stage: Target and meeting", masonMoors, near]),
      (30, 300, ["Stage: Referral and contract", persistent, masonMoors]),
      (150, 300, ["Stage: Referral and contract", severe, masonMoors]),
    ],
    // Stages are not by per cent.
    "bramhall-high": [(23, 300, []), (29, 300, [near]), (30, 300, [persistent]), (150, 300, [severe])],
    // Persistent: 90% or below; Stages: below 90%; Severe: 50% or more missed.
    "beckfoot-trust": [
      (29, 300, [near]), (30, 300, [persistent, beckfoots]),
      (31, 300, ["Stage: Partnership plan", persistent, beckfoots]),
      (149, 300, ["Stage: Partnership plan", persistent, beckfoots]), (150, 300, [severe, beckfoots]),
    ],
    // Stages: below 97%, below 95%; Persistent 10%, Severe 50%.
    "st-albans-mat": [
      (9, 300, []), (10, 300, ["Stage: Contact"]), (15, 300, ["Stage: Contact"]),
      (16, 300, ["Stage: Letter"]), (29, 300, ["Stage: Letter", near]), (30, 300, [persistent]),
      (150, 300, [severe]),
    ],
  ]

  @Test func `every policy that ships has a table`() {
    #expect(Self.tables.keys.sorted() == Policy.shipped.keys.sorted())
  }

  @Test(arguments: tables.keys.sorted()) func `a pupil is on the list of each threshold reached`(
    policy: String
  ) throws {
    let rows = try #require(Self.tables[policy])
    let days = Array(RandomRegister.schoolDays.prefix(190))
    // The last pupil is always in, so that every session is in school time.
    let lines = rows.map { MadeMarks.missed($0.missed, of: $0.of, in: 380) } + [MadeMarks.of(("/", 380))]
    let listed = try Listed(Register(lines, on: days), by: policy)
    let asked = Set(listed.lists.map(\.title).filter(Self.isOfAttendance))
    for (pupil, row) in rows.enumerated() {
      #expect(
        listed.titles(of: pupil, where: asked.contains) == row.lists, "\(row.missed) of \(row.of), \(policy)")
    }
    #expect(listed.titles(of: rows.count, where: asked.contains) == [])
  }

  private static func isOfAttendance(_ title: String) -> Bool {
    title.hasPrefix("Stage: ") || [near, persistent, severe, masonMoors, beckfoots].contains(title)
  }

  /// Docs/Policies.md, Persistent: the school's own threshold is shown beside the national one under its own name.
  @Test func `the list of the school's own threshold shows who is persistently absent nationally`() throws {
    let lines = [20, 21, 29, 30].map { MadeMarks.missed($0, of: 300, in: 300) }
    let listed = try Listed(
      Register(lines, on: Array(RandomRegister.schoolDays.prefix(150))), by: "mason-moor-primary")
    #expect(listed[Self.masonMoors] == [3, 2, 1])
    let words = try [3, 2, 1].map {
      try listed.cell(Self.masonMoors, "Persistently absent (DfE)", of: $0)
    }
    #expect(words == ["Yes", "No", "No"])
    #expect(try listed.list(Self.masonMoors).rule.contains("7% or more of possible sessions missed"))
  }

  /// A list's table needs a unique name in the report.
  @Test func `lists of similar stages have different names`() throws {
    let policy = """
      title: P
      stages:
        - {name: Letter 1!, attendance_at_most: 95}
        - {name: "Letter: 1", attendance_at_most: 80}
      """
    let listed = try Listed(Register([MadeMarks.of(("/", 20))], from: Day("2025-09-08")), by: policy)
    #expect(Set(listed.lists.map(\.name)).count == listed.lists.count)
  }

  /// Five school days before, the pupil was at a later stage: an improvement is not new.
  @Test func `a pupil who returns to an earlier stage is not new at it`() throws {
    // 13 of 186 (93.01%) is the letter; a week before, 13 of 176 (92.6%) was the meeting.
    let line = MadeMarks.of(("I", 13), ("/", 173))
    let listed = try Listed(
      Register([line], on: .weekdays(93, from: "2025-09-08")), by: "mason-moor-primary")
    #expect(
      listed.school.pupils[0].stageIndexWeekAgo.map { listed.school.policy.stages[$0].name }
        == "Target and meeting")
    #expect(listed["Stage: Letter"] == [0])
    let (isNew, task) = (
      try listed.cell("Stage: Letter", "New this week"), try listed.list("Stage: Letter").members[0].task
    )
    #expect(isNew == "No")
    #expect(task == nil)
  }

  @Test func `a pupil who reaches a stage this week is new at it`() throws {
    // 15 of 300 is 95%; a week before it was 12 of 290.
    let lines = [
      MadeMarks.of(("/", 285), ("I", 15)), MadeMarks.of(("I", 15), ("/", 285)), MadeMarks.of(("/", 300)),
    ]
    let listed = try Listed(
      Register(lines, on: .weekdays(150, from: "2025-09-08")), by: "mason-moor-primary")
    #expect(listed["Stage: Letter"] == [0, 1])
    #expect(try listed.cell("Stage: Letter", "New this week", of: 0) == "Yes")
    #expect(try listed.cell("Stage: Letter", "New this week", of: 1) == "No")
  }
}
