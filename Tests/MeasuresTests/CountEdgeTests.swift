import Policies
import Registers
import TestSupport
import Testing

@testable import Measures

/// The counts of pupils at the edges of thresholds. Source: rules, sections 3, 6, 8 and 9.
@Suite struct CountEdgeTests {
  private static func counts(
    _ lines: [String], pupils: [Pupil]? = nil, by policy: String = "title: P", asAt: Day? = nil
  ) throws -> PupilCounts {
    try Shipped.figures(Register(lines, from: Day("2025-09-08"), pupils: pupils), by: policy, asAt: asAt)
      .counts
  }

  @Test
  func `a quarter of the weeks is up to a quarter, and half of them up to half`() throws {
    let lines = [0, 1, 2, 3].map { broken in
      MadeMarks.days(20, but: Dictionary(uniqueKeysWithValues: (0..<broken).map { (5 * $0, "I \\") }))
    }
    let counts = try Self.counts(lines)
    #expect((0..<4).map { counts[.brokenWeeks($0)] } == [1, 1, 1, 1])
  }

  @Test func `one whole week missed is counted`() throws {
    let lines = [MadeMarks.days(10, "I", on: 0..<5), MadeMarks.days(10, "I", on: 0..<4)]
    #expect(try Self.counts(lines)[.missedWholeWeek] == 1)
  }

  /// Source: rules, section 8.
  @Test
  func `a sickness return is due from 30 sessions of I, and near from 20`() throws {
    let lines = [19, 20, 29, 30, 31].map { MadeMarks.of(("I", $0), ("M", 5), ("/", 64 - $0)) }
    let counts = try Self.counts(lines)
    #expect(counts[.reached(.sicknessReturn)] == 2 && counts[.near(.sicknessReturn)] == 2)
  }

  /// Source: rules, section 8.
  @Test
  func `the national threshold is 10 sessions in 10 weeks, near from 7`() throws {
    let window = Policy.Window.nationalPenaltyNotice
    #expect(window.sessions == 10 && window.span == .schoolWeeks(10) && window.approaching == 7)
    let lines = [6, 7, 9, 10, 11].map { MadeMarks.of(("O", $0), ("I", 3), ("/", 17 - $0)) }
    let counts = try Self.counts(lines)
    #expect(counts[.reached(.window(0))] == 2 && counts[.near(.window(0))] == 2)
  }

  @Test func `a policy's own wording for the national window is used`() throws {
    let rule = """
      title: P
      windows: [{name: Mine, sessions: 10, codes: unauthorised, within: {school_weeks: 10}, approaching: 5}]
      """
    let line = MadeMarks.of(("O", 5), ("/", 5))
    let pupil = try Shipped.figures(Register([line], from: Day("2025-09-08")), by: rule).pupils[0]
    #expect(pupil.evidence.map(\.window.name) == ["Mine"])
    #expect(try Self.counts([line], by: rule)[.near(.window(0))] == 1)
  }

  /// Source: rules, section 3.
  @Test
  func `on roll`() throws {
    let pupils = ["2025-09-11", "2025-09-12", nil].map { left in Pupil.made { $0.left = left.map { Day($0) } }
    }
    let line = MadeMarks.of(("I", 10))
    let counts = try Self.counts([line, line, line], pupils: pupils)
    #expect(counts[.counted] == 3 && counts[.onRoll] == 2)
    #expect(counts[.persistent(.onRollToday)] == 2 && counts[.changed(.onRollToday)] == 1)
    #expect(counts.variants[.onRollToday]?.possible == 20)
  }

  /// Source: rules, section 9.
  @Test
  func `every age has the pupils outside the national scope too`() throws {
    let line = MadeMarks.of(("I", 10))
    let counts = try Self.counts([line, line, line], pupils: [.ofYear(0), .ofYear(5), .ofYear(12)])
    #expect(counts[.now(.persistent)] == 1 && counts[.persistent(.everyAge)] == 3)
    #expect(counts.variants[.everyAge]?.possible == 30)
  }

  /// Source: rules, section 9.
  @Test
  func `a counting variant changes both missed and possible sessions`() throws {
    let ways = try Self.counts(["N N C2 I D - / /", "/ / / / / / / /"]).variants
    func figures(_ way: CountingVariant) -> [Int?] { [ways[way]?.missed, ways[way]?.possible] }
    #expect(figures(.belowNinety) == [4, 14])
    #expect(figures(.withoutN) == [2, 12])
    #expect(figures(.withoutC2) == [3, 13])
    #expect(figures(.presentD) == [4, 15])
    #expect(figures(.missingAsAbsence) == [5, 15])
  }

  @Test func `a run that ended counts`() throws {
    let counts = try Self.counts([MadeMarks.days(15, "I", on: 0..<5), MadeMarks.days(15, but: [:])])
    #expect(counts[.reached(.run(1))] == 1 && counts[.reached(.run(0))] == 0)
  }

  /// Autumn 1 ends on 24 October; its days begin on 6 October, the last before the as-at date is 7 November.
  @Test(
    arguments: [
      ("2025-10-06", nil, [0, 0, 0, 0]), ("2025-10-07", nil, [1, 0, 0, 0]),
      ("2025-10-25", nil, [1, 1, 0, 0]),
      ("2025-11-07", nil, [1, 1, 0, 0]), ("2025-11-08", nil, [0, 0, 0, 0]),
      (nil, "2025-10-05", [0, 0, 0, 0]),
      (nil, "2025-10-06", [0, 0, 1, 0]), (nil, "2025-10-24", [0, 0, 1, 0]),
      (nil, "2025-10-25", [0, 0, 1, 1]),
      (nil, "2025-11-06", [0, 0, 1, 1]), (nil, "2025-11-07", [0, 0, 0, 0]),
    ] as [(String?, String?, [Int])])
  func `joiners and leavers, with first and last days on roll`(admitted: String?, left: String?, found: [Int])
    throws
  {
    let days: [Day] = .school("2025-10-06", "2025-10-24") + .school("2025-11-03", "2025-11-07")
    let pupil = Pupil.made { ($0.admitted, $0.left) = (admitted.map { Day($0) }, left.map { Day($0) }) }
    let line = MadeMarks.of(("/", 2 * days.count))
    let counts = try Shipped.figures(Register([line, line], on: days, pupils: [pupil, .ofYear(5)])).counts
    let keys: [PupilCounts.Key] = [
      .joined(.firstDay), .joined(.currentHalfTerm), .leaver(.firstDay), .leaver(.currentHalfTerm),
    ]
    #expect(keys.map { counts[$0] } == found)
  }
}
