import Foundation
import Testing

/// Each policy that ships, from the exports of the sample trust to the stage of every pupil.
@Suite struct PolicyRunTests {
  /// A stage, by whether its line is reached. Unit of the arguments: sessions attended, and possible.
  struct Line: Sendable {
    let stage: String
    let isReached: @Sendable (_ attended: Int, _ possible: Int) -> Bool

    init(_ stage: String, _ isReached: @escaping @Sendable (Int, Int) -> Bool) {
      self.stage = stage
      self.isReached = isReached
    }
  }

  /// The lines of each policy, the mildest first. Source: Docs/Policies.md.
  static let policies: [String: [Line]] = [
    "dfe-2024": [
      Line("Persistent absence") { 10 * ($1 - $0) >= $1 }, Line("Severe absence") { 2 * ($1 - $0) >= $1 },
    ],
    "music-stuff-education": [
      Line("Stage 1") { 100 * $0 <= 90 * $1 }, Line("Stage 2") { 100 * $0 <= 75 * $1 },
      Line("Stage 3") { 100 * $0 <= 50 * $1 }, Line("Stage 4") { 100 * $0 < 20 * $1 },
    ],
    "mason-moor-primary": [
      Line("Letter") { 100 * $0 <= 95 * $1 }, Line("Target and meeting") { 100 * $0 <= 93 * $1 },
      Line("Referral and contract") { 100 * $0 <= 90 * $1 },
    ],
    // Its stages are not shares of sessions.
    "bramhall-high": [],
    "beckfoot-trust": [
      Line("Partnership plan") { 100 * $0 < 90 * $1 }, Line("Severe absence") { 2 * ($1 - $0) >= $1 },
    ],
    "st-albans-mat": [
      Line("Contact") { 100 * $0 < 97 * $1 }, Line("Letter") { 100 * $0 < 95 * $1 },
      Line("Persistent absence") { 10 * ($1 - $0) >= $1 }, Line("Severe absence") { 2 * ($1 - $0) >= $1 },
    ],
  ]

  @Test func `every built-in policy has a test case`() throws {
    let listed = try Program.run("policy", "--list").output.split(separator: "\n")
    #expect(
      listed.compactMap { $0.split(separator: ":").first.map(String.init) } == Self.policies.keys.sorted())
    #expect(Self.policies.count == 6)
  }

  @Test(arguments: Self.policies.keys.sorted()) func `every pupil is at the stage of the policy`(
    policy: String
  ) throws {
    let lines = try #require(Self.policies[policy])
    let scratch = try Scratch()
    try Self.copySample(to: scratch, policy: policy)
    let result = try Program.run(
      "build", scratch.path + "/sample", "--output", scratch.path + "/packs", "--quiet")
    #expect([0, 1].contains(result.status), "\(result.errors)")
    #expect(result.errors == "")
    try expectPacks(in: scratch, policy: policy)

    let pupils = try Self.table(try scratch.text("packs/restricted/data/pupils.csv"))
    #expect(pupils.count > 600)
    var reached: Set<String> = []
    for (row, pupil) in pupils.enumerated() {
      let counts = try ["possible", "present", "approved", "authorised", "unauthorised"].map {
        try #require(Int(pupil["sess_\($0)"] ?? ""))
      }
      #expect(counts[0] == counts[1...].reduce(0, +), "row \(row + 2)")
      let attended = counts[1] + counts[2]
      let stage = counts[0] == 0 ? nil : lines.last { $0.isReached(attended, counts[0]) }?.stage
      #expect(pupil["stage"] == stage ?? "", "row \(row + 2): \(attended) of \(counts[0])")
      reached.insert(pupil["stage"] ?? "")
    }
    // A stage without pupils would prove nothing.
    #expect(reached == Set(lines.map(\.stage)).union([""]))
  }

  private func expectPacks(in scratch: Scratch, policy: String) throws {
    let files = Set(scratch.files("packs"))
    let schools = [
      "100001-mill-lane-primary-school", "100002-alder-reach-academy", "100003-fernhollow-school",
      "100004-the-tidewater-centre",
    ]
    for form in ["html", "xlsx"] {
      #expect(files.contains("share/trust-attendance-review.\(form)"))
      for school in schools {
        #expect(files.contains("share/\(school)/governor-pack.\(form)"))
        for report in ["senco-report", "attendance-actions", "data-quality"] {
          #expect(files.contains("restricted/\(school)/\(report).\(form)"))
        }
      }
    }
    #expect(try scratch.text("packs/manifest.json").contains("\"\(policy)\""))
    #expect(try Program.run("verify", scratch.path + "/packs").status == 0)
  }

  /// Copies the sample trust, with one policy for all of its schools.
  private static func copySample(to scratch: Scratch, policy: String) throws {
    let copy = scratch.path + "/sample"
    try FileManager.default.copyItem(atPath: Program.sample, toPath: copy)
    let trust = try scratch.text("sample/trust.yaml").split(
      separator: "\n", omittingEmptySubsequences: false)
    let isPolicy = { (line: Substring) in line.hasPrefix("    policy: ") }
    #expect(trust.filter(isPolicy).count == 4)
    let changed = trust.map { isPolicy($0) ? "    policy: \(policy)" : String($0) }
    try scratch.write(changed.joined(separator: "\n"), to: "sample/trust.yaml")
  }

  /// The rows of a file of comma-separated values by their headers. The sample has no field in quotes.
  private static func table(_ text: String) throws -> [[String: String]] {
    try #require(!text.contains("\""))
    let rows = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(rows.first)
    try #require(rows.allSatisfy { $0.count == header.count })
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}
