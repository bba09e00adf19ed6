import Registers
import StrictYAML
import Testing

@testable import Policies

/// The policies of schools that ship, by the rows of Docs/Policies.md.
@Suite struct SchoolPolicyTests {
  private func policy(_ name: String) throws -> Policy {
    try Policy(name: name, yaml: try #require(Policy.shipped[name]), file: name)
  }

  /// Pupils at, just under and just over each threshold: absence of possible sessions, and the stage.
  @Test(
    arguments: [
      ("music-stuff-education", 99, 1000, nil), ("music-stuff-education", 100, 1000, "Stage 1"),
      ("music-stuff-education", 249, 1000, "Stage 1"), ("music-stuff-education", 250, 1000, "Stage 2"),
      ("music-stuff-education", 499, 1000, "Stage 2"), ("music-stuff-education", 500, 1000, "Stage 3"),
      ("music-stuff-education", 800, 1000, "Stage 3"), ("music-stuff-education", 801, 1000, "Stage 4"),
      ("mason-moor-primary", 40, 1000, nil), ("mason-moor-primary", 49, 1000, nil),
      ("mason-moor-primary", 50, 1000, "Letter"), ("mason-moor-primary", 65, 1000, "Letter"),
      ("mason-moor-primary", 70, 1000, "Target and meeting"),
      ("mason-moor-primary", 99, 1000, "Target and meeting"),
      ("mason-moor-primary", 100, 1000, "Referral and contract"),
      ("bramhall-high", 900, 1000, nil),
      ("beckfoot-trust", 100, 1000, nil), ("beckfoot-trust", 101, 1000, "Partnership plan"),
      ("beckfoot-trust", 500, 1000, "Severe absence"),
      ("st-albans-mat", 30, 1000, nil), ("st-albans-mat", 31, 1000, "Contact"),
      ("st-albans-mat", 50, 1000, "Contact"), ("st-albans-mat", 51, 1000, "Letter"),
      ("st-albans-mat", 99, 1000, "Letter"), ("st-albans-mat", 100, 1000, "Persistent absence"),
      ("st-albans-mat", 500, 1000, "Severe absence"),
    ] as [(String, Int, Int, String?)])
  func `a stage is reached at its threshold`(name: String, absence: Int, possible: Int, stage: String?) throws
  {
    #expect(try policy(name).stage(of: .absent(absence, of: possible))?.name == stage)
  }

  @Test func `windows and runs are those of the policies`() throws {
    let mason = try policy("mason-moor-primary")
    #expect(mason.windows.map(\.span) == [.halfTerm, .possibleSessions(80)])
    #expect(mason.windows.map(\.sessions) == [10, 10])
    #expect(mason.windows[1].codes == CodeSet([.lateAfterClose]))
    #expect(mason.runs.map(\.days) == [5])
    let bramhall = try policy("bramhall-high")
    #expect(bramhall.steps.map(\.name) == ["Stage 1", "Stage 2", "Stage 3A", "Stage 3B", "Stage 4"])
    #expect(bramhall.runs.map(\.days) == [5, 10])
    #expect(bramhall.windows.map(\.span) == [.schoolWeeks(10), .schoolYear])
    for name in Policy.shipped.keys where name != "mason-moor-primary" {
      let national = try policy(name).windows.first { $0.codes == .unauthorised }
      #expect(national?.sessions == 10 && national?.span == .schoolWeeks(10), "\(name)")
    }
  }

  @Test func `a policy's own targets and thresholds have their own names`() throws {
    #expect(try policy("mason-moor-primary").target == 960)
    #expect(try policy("st-albans-mat").target == 970)
    #expect(try policy("bramhall-high").target == nil)
    #expect(try policy("mason-moor-primary").ownPersistent?.line == .missedAtLeast(70))
    #expect(try policy("beckfoot-trust").ownPersistent?.line == .attendanceAtMost(900))
    #expect(try policy("dfe-2024").ownPersistent == nil)
  }

  @Test func `groups from a school's own columns are read and printed`() throws {
    let policy = try Policy(
      name: "a",
      yaml: """
        title: A
        groups: [SEN]
        groups_from_columns:
          - {name: Groups of concern, column: Concern, section: "4.2"}
          - {name: Young parents, column: Parent (Y/N)}
        """, file: "a.yaml")
    #expect(policy.groupsFromColumns.map(\.name) == ["Groups of concern", "Young parents"])
    #expect(policy.groupsFromColumns.map(\.column) == ["Concern", "Parent (Y/N)"])
    #expect(
      policy.passages.first { $0.heading == "Groups to watch" }?.lines == [
        "SEN.", "Groups of concern: yes or no under \"Concern\" in the pupil details (4.2).",
        "Young parents: yes or no under \"Parent (Y/N)\" in the pupil details.",
      ])
    #expect(policy.remarks == [])
  }

  /// A policy that ships cannot know the columns of a school.
  @Test(arguments: Policy.shipped.keys.sorted()) func `no policy that ships names a column`(name: String)
    throws
  {
    #expect(try policy(name).groupsFromColumns == [])
  }

  @Test func `the lateness table is that of Mason Moor`() throws {
    let rows = try policy("mason-moor-primary").lateness.table
    #expect(rows.map(\.minutes) == [5, 10, 15, 20, 30])
    #expect(rows.map(\.days) == [35, 70, 100, 145, 220])
    #expect(rows.map(\.lessons) == [20, 41, 55, 82, 123])
  }

  @Test(arguments: [
    ("mason-moor-primary", "attendance above 93% and below 94% is in neither"),
    ("mason-moor-primary", "above 95% and below the target of 96% is in no band"),
    ("mason-moor-primary", "the national threshold is 10% or more missed"),
    ("mason-moor-primary", "10 sessions in a half-term"),
    ("mason-moor-primary", "school days of 259 to 285 minutes"),
    ("beckfoot-trust", "a pupil of exactly 90% is persistently absent"),
    ("beckfoot-trust", "counts code D as present"), ("st-albans-mat", "4 sessions of unauthorised absence"),
  ])
  func `remarks are printed`(name: String, words: String) throws {
    #expect(try policy(name).remarks.contains { $0.contains(words) })
  }

  @Test func `the national rules have no remarks`() throws {
    #expect(try policy("dfe-2024").remarks == [])
  }

  /// Made-up policies, each with one odd rule.
  @Test(
    arguments: [
      (
        "windows: [{name: W, sessions: 81, codes: [U], within: {possible_sessions: 80}}]",
        "\"W\" cannot be reached"
      ),
      (
        "windows: [{name: W, sessions: 101, codes: [G], within: {school_weeks: 10}}]",
        "\"W\" cannot be reached"
      ),
      (
        "windows: [{name: W, sessions: 3, codes: [H, G], within: half_term}]",
        "names code H, which was retired after"
      ),
      (
        "stages: [{name: A, attendance_at_most: 95, band: {from: 90, to: 95}}, "
          + "{name: B, attendance_at_most: 90, band: {from: 80, to: 91}}]", "overlap: both include 90%"
      ),
      ("days_missed: [{attendance: 95, days: 10}]", "95% attendance is 9.5 days of 190, not 10."),
      ("days_missed: [{attendance: 80, days: 40}]", "80% attendance is 38 days of 190, not 40."),
      (
        "lateness: {year_days: 200, table: [{minutes: 5, days: 3}]}",
        "a year of 200 days; a school year has 190"
      ),
      ("counted_present: [\"#\", C2]", "code C2 as present; by the regulations it is absence"),
      ("persistent: {name: Ours, attendance_below: 90}", "\"Ours\" is attendance below 90%"),
    ])
  func `an odd rule has a remark`(yaml: String, words: String) throws {
    let policy = try Policy(name: "a", yaml: "title: A\n\(yaml)\n", file: "a.yaml")
    #expect(policy.remarks.contains { $0.contains(words) }, "\(policy.remarks)")
  }

  @Test(arguments: [
    ("stages: [{name: A, missed_at_least: 5, attendance_below: 90}]", "are two thresholds; give one"),
    ("windows: [{name: W, sessions: 3, codes: [QQ], within: half_term}]", "\"QQ\" is not an attendance code"),
    ("windows: [{name: W, sessions: 3, codes: [G], within: {days: 3}}]", "unknown key \"days\""),
    ("windows: [{name: W, sessions: 3, codes: [G], within: term}]", "within is {school_weeks: n}"),
    (
      "windows: [{name: W, sessions: 3, codes: [G], within: half_term, approaching: 3}]",
      "must be fewer sessions"
    ),
    ("runs: [{name: R, school_days: 0, codes: any_absence}]", "must be from 1 to 190"),
    ("groups_from_columns: [{name: A}]", "a group from a column needs name and column"),
    ("groups_from_columns: [{name: A, column: \"?!\"}]", "needs a letter or digit of its header"),
    ("groups_from_columns: [{name: \" \", column: A}]", "the group needs a name"),
    ("groups_from_columns: [{name: A, column: B}, {name: A, column: C}]", "\"A\" is listed above"),
    ("groups_from_columns: [{name: A, columns: B}]", "unknown key \"columns\""),
    ("groups_from_columns: {name: A, column: B}", "groups_from_columns must be a list"),
    ("lateness: {table: [{minutes: 10, days: 5}, {minutes: 5, days: 7}]}", "from fewer minutes to more"),
  ])
  func `invalid values are refused`(yaml: String, words: String) {
    let failure = #expect(throws: YAMLFailure.self) {
      _ = try Policy(name: "a", yaml: "title: A\n\(yaml)\n", file: "a.yaml")
    }
    #expect(failure?.description.contains(words) == true, "\(failure?.description ?? "")")
  }
}
