import Registers
import StrictYAML
import Testing

@testable import Policies

/// Stages reached by broken weeks and by windows. Source: rules, section 6.
@Suite struct StageLineTests {
  private static let yaml = """
    title: A
    broken_weeks: {leave_out: [M, C2], section: Six}
    windows: [{name: Ten, sessions: 10, codes: unauthorised, within: {school_weeks: 10}}]
    stages:
      - {name: Notice, broken_weeks_at_least: 25}
      - {name: Plan, broken_weeks_at_least: {share: 50, weeks: 2}}
      - {name: Legal, window: Ten}
    """

  private func policy() throws -> Policy { try Policy(name: "a", yaml: Self.yaml, file: "a.yaml") }

  private func standing(_ broken: Int, of weeks: Int, windows: Set<String> = []) -> Policy.StageFigures {
    var standing = Policy.StageFigures()
    standing.brokenWeeks = broken
    standing.weeksInSession = weeks
    standing.windowsReached = windows
    return standing
  }

  /// Two broken weeks of four are a concern; two of twenty are much less.
  @Test(
    arguments: [
      (2, 4, "Plan"), (2, 20, nil), (1, 4, "Notice"), (24, 96, "Notice"), (1, 5, nil), (1, 1, "Notice"),
      (2, 5, "Notice"), (0, 0, nil), (0, 4, nil),
    ] as [(Int, Int, String?)])
  func `the share of broken weeks decides the stage`(broken: Int, weeks: Int, stage: String?) throws {
    #expect(try policy().stage(of: standing(broken, of: weeks))?.name == stage)
  }

  @Test func `a reached window reaches its stage`() throws {
    #expect(try policy().stage(of: standing(0, of: 4, windows: ["Ten"]))?.name == "Legal")
    #expect(try policy().stage(of: standing(0, of: 4, windows: ["Other"])) == nil)
  }

  @Test func `the rule of broken weeks leaves codes out`() throws {
    let rule = try policy().brokenWeeks
    #expect(!rule.codes.contains(.medical) && !rule.codes.contains(.partTimeTimetable))
    #expect(rule.codes.contains(.illness) && rule.codes.contains(.otherUnauthorised))
    #expect(!rule.codes.contains(.presentMorning) && rule.isUsed)
    let own = try Policy(name: "a", yaml: "title: A\nbroken_weeks: {count: unauthorised}\n", file: "a.yaml")
    #expect(own.brokenWeeks.codes == .unauthorised)
    #expect(
      try policy().passages.contains {
        $0.lines == ["A week with any absence is broken, except for M, C2 (Six)."]
      })
  }

  @Test(arguments: [
    (
      "stages: [{name: A, window: Ten}]",
      "A names the window \"Ten\", which the policy does not have"
    ),
    (
      "stages: [{name: A, broken_weeks_at_least: 10, window: Ten}]",
      "broken_weeks_at_least and window are two thresholds"
    ),
    ("stages: [{name: A, broken_weeks_at_least: {weeks: 2}}]", "broken_weeks_at_least needs a share"),
    ("stages: [{name: A, broken_weeks_at_least: 101}]", "a share of weeks is from 0.1 to 100 per cent"),
    (
      "stages: [{name: A, broken_weeks_at_least: 50}, {name: B, broken_weeks_at_least: 25}]",
      "stages go from the mildest to the most serious"
    ),
    (
      "broken_weeks: {count: unauthorised, leave_out: [G, N, O, U]}",
      "broken_weeks must count at least one absence code"
    ),
  ])
  func `an impossible stage is refused`(yaml: String, said: String) {
    let failure = #expect(throws: YAMLFailure.self) {
      try Policy(name: "a", yaml: "title: A\n" + yaml, file: "a.yaml")
    }
    #expect(failure?.description.contains(said) ?? false)
  }
}
