import Testing

@testable import Policies

/// Relations that are true for every policy's stages and every pupil of a school year. Source: rules, section 2;
/// Docs/Policies.md.
@Suite struct StageLawTests {
  private func policy(_ name: String) throws -> Policy {
    try Policy(name: name, yaml: try #require(Policy.shipped[name]), file: name)
  }

  private static let years = Array(1...60) + [74, 99, 100, 149, 200, 289, 300, 371, 380]

  @Test(arguments: Policy.shipped.keys.sorted())
  func `missing one more session never lowers a pupil's stage`(name: String) throws {
    let policy = try policy(name)
    let names = policy.stages.map(\.name)
    for possible in Self.years {
      let places = (0...possible).map { absence in
        policy.stage(of: .absent(absence, of: possible)).flatMap { names.firstIndex(of: $0.name) } ?? -1
      }
      #expect(places == places.sorted(), "of \(possible)")
      #expect(policy.ownPersistent?.line.isReached(absence: 0, of: possible) != true)
      #expect(places[possible] == names.count - 1, "who missed everything stands at the last stage")
    }
  }

  /// The stages of Docs/Policies.md as the least that must be missed, in per cent; `true` where that much exactly is not enough.
  static let lines: [String: [(stage: String, percent: Int, isMore: Bool)]] = [
    "dfe-2024": [("Persistent absence", 10, false), ("Severe absence", 50, false)],
    "music-stuff-education": [
      ("Stage 1", 10, false), ("Stage 2", 25, false), ("Stage 3", 50, false), ("Stage 4", 80, true),
    ],
    "mason-moor-primary": [
      ("Letter", 5, false), ("Target and meeting", 7, false), ("Referral and contract", 10, false),
    ],
    "bramhall-high": [],
    "beckfoot-trust": [("Partnership plan", 10, true), ("Severe absence", 50, false)],
    "st-albans-mat": [
      ("Contact", 3, true), ("Letter", 5, true), ("Persistent absence", 10, false),
      ("Severe absence", 50, false),
    ],
  ]

  /// The least absence by whole sessions, found by division and not by comparing shares.
  @Test(arguments: Policy.shipped.keys.sorted()) func `a stage starts at the first session of its threshold`(
    name: String
  )
    throws
  {
    let policy = try policy(name)
    let lines = try #require(Self.lines[name])
    #expect(policy.stages.map(\.name) == lines.map(\.stage))
    for possible in Self.years {
      for (stage, line) in zip(policy.stages, lines) {
        let exact = possible * line.percent
        let least = line.isMore ? exact / 100 + 1 : (exact + 99) / 100
        let reached = (0...possible).filter { stage.line.isReached(by: .absent($0, of: possible)) }
        #expect(reached == Array(0...possible).filter { $0 >= least }, "\(line.stage) of \(possible)")
      }
    }
  }

  /// Docs/Policies.md, Persistent: Mason Moor's own 7%, Beckfoot's 90% or below.
  @Test(arguments: [("mason-moor-primary", 7), ("beckfoot-trust", 10)])
  func `a policy's own threshold starts at its first session`(name: String, percent: Int) throws {
    let own = try #require(try policy(name).ownPersistent)
    for possible in Self.years {
      let first = (0...possible).first { own.line.isReached(absence: $0, of: possible) }
      #expect(first == (possible * percent + 99) / 100, "of \(possible)")
    }
  }

  /// No pupil is between two stages of Mason Moor's printed bands: each whole or half per cent has one reading.
  @Test func `every attendance below 95 has a stage of Mason Moor`() throws {
    let policy = try policy("mason-moor-primary")
    for attended in 0...1000 {
      let stage = policy.stage(of: .absent(1000 - attended, of: 1000))?.name
      let expected =
        attended <= 900
        ? "Referral and contract" : attended <= 930 ? "Target and meeting" : attended <= 950 ? "Letter" : nil
      #expect(stage == expected, "\(attended) of 1000")
    }
  }
}
