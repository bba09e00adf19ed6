import Registers
import StrictYAML

/// A school's own attendance rules, as values.
package struct Policy: Hashable, Sendable {
  /// The name in a trust file, such as `dfe-2024`, or the path.
  package let name: String
  package let title: String
  /// The document with the rules.
  package let source: String
  /// The attendance that the school aims at, or `nil` if the policy has no target. In tenths of a per cent.
  package let target: Int?
  /// The school's own threshold for persistent absence, which is never DfE's, or `nil` if it uses the national one.
  package let ownPersistent: OwnLine?
  /// The attendance at which to tell the local authority about a pupil with an EHC plan, or `nil` if the policy names
  /// none.
  package let ehcPlan: OwnLine?
  /// The stages of support, the mildest first.
  package let stages: [Stage]
  /// The steps that staff decide, without a figure.
  package let steps: [Step]
  package let windows: [Window]
  package let runs: [Run]
  package let lateness: Lateness
  package let brokenWeeks: BrokenWeekRule
  /// The codes that the policy's text counts as present.
  package let countedPresent: CodeSet
  package let rewards: [Reward]
  package let daysMissed: [DaysMissed]
  /// The groups that the policy watches, in its words.
  package let groups: [String]
  /// The groups that are read from the school's own columns, or empty.
  package let groupsFromColumns: [ColumnGroup]
  /// The differences between the policy's text and the national rule, and how they are read.
  package let readings: [Reading]

  /// The minutes taught in a day, for days lost to lateness. Source: rules, section 7.
  package var taughtMinutes: Int { lateness.taughtMinutes }

  /// Returns the index of the furthest stage that is reached, or `nil` if none is.
  package func stageIndex(of figures: StageFigures) -> Int? {
    stages.lastIndex { $0.line.isReached(by: figures) }
  }
}

extension Policy {
  package static let usual = "dfe-2024"
  package static let usualTaughtMinutes = 300

  /// The policies that ship with the program, by name.
  package static let shipped: [String: String] = [
    "dfe-2024": PackageResources.dfe_2024_yaml,
    "music-stuff-education": PackageResources.music_stuff_education_yaml,
    "mason-moor-primary": PackageResources.mason_moor_primary_yaml,
    "bramhall-high": PackageResources.bramhall_high_yaml,
    "beckfoot-trust": PackageResources.beckfoot_trust_yaml,
    "st-albans-mat": PackageResources.st_albans_mat_yaml,
  ].mapValues { String(decoding: $0, as: UTF8.self) }

  private static let keys = [
    "title", "source", "target", "persistent", "ehc_plan", "taught_minutes", "lateness", "stages", "steps",
    "windows",
    "runs",
    "broken_weeks", "counted_present", "rewards", "days_missed", "groups", "groups_from_columns",
    "readings",
  ]

  /// Reads a policy.
  ///
  /// - Throws: An error with line and column if a key is unknown, a value has the wrong type, or stages are out of
  ///   order.
  package init(name: String, yaml: String, file: String) throws(YAMLFailure) {
    let whole = try YAMLValue(text: yaml, file: file)
    let keys = try whole.mapping(keys: Policy.keys)
    guard let title = keys["title"] else { throw whole.failure("a policy needs a title") }
    self.name = name
    self.title = try title.string()
    source = try keys["source"]?.string() ?? ""
    target = try keys["target"]?.tenths()
    if let target, let value = keys["target"], !(1...1000 ~= target) {
      throw value.failure("target is from 0.1 to 100 per cent")
    }
    ownPersistent = try keys["persistent"].map { value throws(YAMLFailure) in try OwnLine(value) }
    ehcPlan = try keys["ehc_plan"].map { value throws(YAMLFailure) in try OwnLine(value) }
    let minutes = try keys["taught_minutes"]?.integer() ?? Policy.usualTaughtMinutes
    if let value = keys["taught_minutes"], !(60...600 ~= minutes) {
      throw value.failure("taught_minutes must be from 60 to 600 minutes a day")
    }
    lateness =
      try keys["lateness"].map { value throws(YAMLFailure) in
        try Lateness(value, taughtMinutes: minutes)
      } ?? Lateness(taughtMinutes: minutes, lessonMinutes: nil, table: [], yearDays: 190, section: "")
    windows = try keys["windows"].list { value throws(YAMLFailure) in try Window(value) }
    stages = try Policy.stages(keys["stages"], windows: windows.map(\.name))
    steps = try keys["steps"].list { value throws(YAMLFailure) in try Step(value) }
    runs = try keys["runs"].list { value throws(YAMLFailure) in try Run(value) }
    brokenWeeks =
      try keys["broken_weeks"].map { value throws(YAMLFailure) in try BrokenWeekRule(value) } ?? .usual
    countedPresent = try keys["counted_present"]?.codes() ?? CodeSet([])
    rewards = try keys["rewards"].list { value throws(YAMLFailure) in try Reward(value) }
    daysMissed = try keys["days_missed"].list { value throws(YAMLFailure) in try DaysMissed(value) }
    groups = try keys["groups"]?.strings() ?? []
    groupsFromColumns = try ColumnGroup.list(keys["groups_from_columns"])
    readings = try keys["readings"].list { value throws(YAMLFailure) in try Reading(value) }
  }

  private static func stages(_ value: YAMLValue?, windows: [String]) throws(YAMLFailure) -> [Stage] {
    var stages: [Stage] = []
    for value in try value?.sequence() ?? [] {
      let stage = try Stage(value)
      if case .window(let name) = stage.line, !windows.contains(name) {
        throw value.failure(
          "\(stage.name) names the window \"\(name)\", which the policy does not have")
      }
      if stages.contains(where: { $0.name == stage.name }) {
        throw value.failure("two stages have the name \"\(stage.name)\"")
      }
      let alike = stages.last { $0.line.isSameKind(as: stage.line) }
      if let alike, !stage.line.comes(after: alike.line) {
        throw value.failure(
          "stages go from the mildest to the most serious; this one is not more serious than the one above")
      }
      stages.append(stage)
    }
    return stages
  }
}

extension YAMLValue? {
  /// Returns the values of a list, or an empty array if there is none.
  fileprivate func list<Value>(
    _ make: (YAMLValue) throws(YAMLFailure) -> Value
  ) throws(YAMLFailure) -> [Value] {
    var values: [Value] = []
    for value in try self?.sequence() ?? [] { values.append(try make(value)) }
    return values
  }
}
