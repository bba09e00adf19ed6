import Measures
import Registers
import TestSupport
import Testing

@testable import Release

/// Counts that reveal one another because they count the same pupils, or few sessions.
@Suite struct ThresholdCountTests {
  private static let stages = """
    stages:
      - name: Persistent absence
        missed_at_least: 10
      - name: Severe absence
        missed_at_least: 50
    """

  private static func stageCounts(
    _ groups: [(pupils: Int, missed: Int, change: (inout Pupil) -> Void)]
  ) throws -> [String] {
    let figures = try ReleaseRuleTests.trust([try ReleaseRuleTests.school(groups, stages: stages)]).schools[0]
    return ["Persistent absence", "Severe absence"].map {
      ReleaseRuleTests.value(figures, .stages, nil, $0, .pupils)
    }
  }

  /// Of 21, from 0 to 2 can be severely absent; of 23 with 20 at the first stage, 1 or 2.
  @Test(arguments: [(20, ["20", "0-2"]), (22, ["c", "0-2"])])
  func `a stage is left out where severe absence follows from it`(persistent: Int, shown: [String]) throws {
    #expect(
      try Self.stageCounts([
        (persistent, 12, { _ in }), (1, 50, { _ in }), (99 - persistent, 2, { _ in }),
      ]) == shown)
  }

  /// 13 and 12 pupils at the first stage are rounded to different numbers, 14 and 13 are not.
  @Test(arguments: [(21, "c"), (22, "15")])
  func `a stage is left out where the absence of the only leaver follows from it`(
    persistent: Int, shown: String
  ) throws {
    let day = ReleaseRuleTests.days[30]
    #expect(
      try Self.stageCounts([
        (persistent - 8, 12, { _ in }), (8, 50, { _ in }), (1, 2, { $0.left = day }),
        (80 - persistent, 2, { _ in }),
      ])[0] == shown)
  }

  @Test func `a stage is left out where the absence of a pupil in Reception follows from it`() throws {
    func made(_ pupil: inout Pupil) { pupil.year = NCYear(0) }
    let shown = try Self.stageCounts([
      (12, 12, { _ in }), (6, 50, { _ in }), (1, 12, made), (81, 2, { _ in }),
    ])
    #expect(shown.contains("c"))
  }

  @Test(arguments: [(9, "c"), (10, "95.0")])
  func `a week in which hardly a session was missed is not shown`(missed: Int, shown: String) throws {
    let figures = try ReleaseRuleTests.trust([
      try ReleaseRuleTests.school([(1, missed, { _ in }), (19, 0, { _ in })])
    ]).schools[0]
    let weeks = figures.figures.filter { $0.key.table == .weeks && $0.key.measure == .attendance }
    #expect(weeks.map(\.value.formatted) == [shown] + [String](repeating: "c", count: 7))
  }

  /// Of fewer than 100 pupils the spread that is usual, of others their own. Worked out apart.
  @Test(arguments: [(99, ["97.8", "99.3"]), (100, ["97.7", "99.3"])])
  func `the interval of a small school does not depend on single pupils`(pupils: Int, shown: [String]) throws
  {
    func interval(_ groups: [(pupils: Int, missed: Int, change: (inout Pupil) -> Void)]) throws -> [String] {
      let figures = try ReleaseRuleTests.trust([try ReleaseRuleTests.school(groups)]).schools[0]
      return [Figure.Measure.low, .high].map {
        ReleaseRuleTests.value(figures, .headline, nil, Figure.allPupils, $0)
      }
    }
    #expect(try interval([(10, 10, { _ in }), (pupils - 10, 0, { _ in })]) == shown)
    let concentrated = try interval([(2, 50, { _ in }), (pupils - 2, 0, { _ in })])
    #expect((concentrated == shown) == (pupils < 100))
  }

  @Test func `a single week is not left to follow from its half-term`() throws {
    // The last of eight weeks has one session missed, each other one twenty at least.
    let figures = try ReleaseRuleTests.trust([
      try ReleaseRuleTests.school([(3, 70, { _ in }), (17, 0, { _ in }), (1, 71, { _ in })])
    ]).schools[0]
    let weeks = figures.figures.filter { $0.key.table == .weeks && $0.key.measure == .attendance }
    #expect(weeks.count { !$0.value.isShown } == 2)
  }

  @Test(arguments: [(8, "0-2"), (9, "c")])
  func `a range from 0 is left out where the rate shows that a pupil is persistently absent`(
    missed: Int, shown: String
  ) throws {
    // The group misses 9.9% or 11.0%: with 8 of 80 sessions, 10%, each pupil would be persistently absent.
    let figures = try ReleaseRuleTests.trust([
      try ReleaseRuleTests.school([
        (10, 7, { $0.disadvantaged = .yes }), (1, missed == 8 ? 17 : 27, { $0.disadvantaged = .yes }),
        (20, 20, { _ in }), (50, 0, { _ in }),
      ])
    ]).schools[0]
    #expect(ReleaseRuleTests.value(figures, .groups, .disadvantage, "Disadvantaged", .persistent) == shown)
  }

  @Test func `a small sum of ranges is the range of the sum`() {
    func sum(_ values: [Published]) -> String {
      Published.sum(values.map { ($0, 100) }, rules: .board).formatted
    }
    #expect(sum([.range(0...2), .range(0...2)]) == "0-4")
    #expect(sum([.range(0...2), .range(3...7)]) == "3-9")
    #expect(sum([.range(3...7), .range(3...7)]) == "10")
    #expect(sum([.count(12), .range(3...7), .notShown]) == "17")
  }
}
