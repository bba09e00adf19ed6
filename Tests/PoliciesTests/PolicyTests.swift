import StrictYAML
import Testing

@testable import Policies

@Suite struct PolicyTests {
  @Test func `every policy that ships is valid`() throws {
    #expect(Policy.shipped.keys.contains(Policy.usual))
    for (name, yaml) in Policy.shipped {
      let policy = try Policy(name: name, yaml: yaml, file: name)
      #expect(policy.name == name)
      #expect(!policy.title.isEmpty && !policy.source.isEmpty)
    }
  }

  /// Source: DfE, *Working together to improve school attendance*: 10% and 50% of possible sessions.
  @Test func `the national rules have the national thresholds`() throws {
    let policy = try national()
    #expect(policy.stages.map(\.name) == ["Persistent absence", "Severe absence"])
    #expect(
      policy.stages.map(\.line) == [.attendance(.missedAtLeast(100)), .attendance(.missedAtLeast(500))])
    #expect(policy.taughtMinutes == 300)
    #expect(policy.target == nil)
  }

  @Test(
    arguments: [
      (0, 0, nil), (0, 100, nil), (9, 100, nil), (10, 100, "Persistent absence"),
      (1, 10, "Persistent absence"),
      (1, 11, nil), (37, 371, nil), (37, 370, "Persistent absence"), (49, 100, "Persistent absence"),
      (50, 100, "Severe absence"), (1, 2, "Severe absence"), (185, 371, "Persistent absence"),
      (186, 371, "Severe absence"),
      (380, 380, "Severe absence"),
    ] as [(Int, Int, String?)])
  func `a threshold is reached at exactly its share`(absence: Int, possible: Int, stage: String?) throws {
    #expect(try national().stage(of: .absent(absence, of: possible))?.name == stage)
  }

  @Test func `a threshold may have a decimal`() throws {
    let policy = try Policy(
      name: "a", yaml: "title: A\nstages: [{name: Watch, missed_at_least: 2.5}]\n", file: "a.yaml")
    #expect(policy.stage(of: .absent(1, of: 40))?.name == "Watch")
    #expect(policy.stage(of: .absent(1, of: 41)) == nil)
  }

  @Test(arguments: [
    ("source: B\n", "1:1: a policy needs a title"),
    ("title: A\ntaught_minutes: 59\n", "2:17: taught_minutes must be from 60 to 600 minutes a day"),
    ("title: A\ntaught_minutes: 601\n", "2:17: taught_minutes must be from 60 to 600 minutes a day"),
    ("title: A\ntaught_minutes: five\n", "2:17: taught_minutes must be a whole number, but is \"five\""),
    (
      "title: A\nstages:\n  - {name: A, missed_at_least: 50}\n  - {name: B, missed_at_least: 10}\n",
      "4:5: stages go from the mildest to the most serious; this one is not more serious than the one above"
    ),
    (
      "title: A\nstages:\n  - {name: A, missed_at_least: 10}\n  - {name: B, missed_at_least: 10.0}\n",
      "4:5: stages go from the mildest to the most serious; this one is not more serious than the one above"
    ),
    (
      "title: A\nstages:\n  - name: A\n",
      "3:5: a stage needs a name and one of missed_at_least, attendance_at_most, attendance_below, "
        + "broken_weeks_at_least, window"
    ),
    (
      "title: A\nstages: [{name: A, missed_at_least: 0}]\n",
      "2:37: missed_at_least is from 0.1 to 100 per cent"
    ),
    (
      "title: A\nstages: [{name: A, missed_at_least: 100.1}]\n",
      "2:37: missed_at_least is from 0.1 to 100 per cent"
    ),
    (
      "title: A\nstages: [{name: A, missed: 1}]\n",
      "2:20: unknown key \"missed\" in stages[1]; known are name, missed_at_least, attendance_at_most, "
        + "attendance_below, broken_weeks_at_least, window, band, asks, letter, section"
    ),
    (
      "title: A\nstage: []\n",
      "2:1: unknown key \"stage\"; known are title, source, target, persistent, ehc_plan, taught_minutes, lateness, "
        + "stages, steps, windows, runs, broken_weeks, counted_present, rewards, days_missed, groups, "
        + "groups_from_columns, readings"
    ),
    ("title: 12\n", "1:8: title must be text; put it in quotes: \"12\""),
  ])
  func `an invalid policy is refused with its position`(yaml: String, said: String) {
    let failure = #expect(throws: YAMLFailure.self) { _ = try Policy(name: "a", yaml: yaml, file: "a.yaml") }
    #expect(failure?.description == "a.yaml:\(said)")
  }

  @Test func `missing keys of a policy have default values`() throws {
    let policy = try Policy(name: "a", yaml: "title: A\ntarget: 97.5\n", file: "a.yaml")
    #expect(policy.taughtMinutes == Policy.usualTaughtMinutes)
    #expect(policy.target == 975)
    #expect(policy.stages == [] && policy.source == "")
    #expect(policy.stage(of: .absent(5, of: 5)) == nil)
  }

  private func national() throws -> Policy {
    try Policy(name: Policy.usual, yaml: #require(Policy.shipped[Policy.usual]), file: "dfe-2024.yaml")
  }
}

extension Policy.StageFigures {
  /// Returns the figures of a pupil who missed a number of sessions.
  static func absent(_ absence: Int, of possible: Int) -> Policy.StageFigures {
    var standing = Policy.StageFigures()
    standing.absence = absence
    standing.possible = possible
    return standing
  }
}

extension Policy {
  /// The furthest stage reached.
  func stage(of figures: StageFigures) -> Stage? { stageIndex(of: figures).map { stages[$0] } }
}
