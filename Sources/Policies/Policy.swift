import StrictYAML

/// A school's own attendance rules, as values.
public struct Policy: Hashable, Sendable {
  /// The name it goes by in a trust file, such as `dfe-2024`, or its path.
  public let name: String
  public let title: String
  /// Where the rules are written down.
  public let source: String
  /// The attendance the school aims at. Unit: tenths of a per cent. Missing: nil when the policy states none.
  public let target: Int?
  /// Unit: minutes taught in a day, for days lost to lateness. Source: rules, section 7.
  public let taughtMinutes: Int
  /// The stages of support, the mildest first.
  public let stages: [Stage]

  /// A stage of support a pupil reaches by the share of possible sessions missed.
  public struct Stage: Hashable, Sendable {
    public let name: String
    /// Unit: tenths of a per cent of possible sessions missed, at least.
    public let missedAtLeast: Int
    /// What the stage asks the school to do.
    public let asks: String
  }

  /// The furthest stage reached.
  ///
  /// Missing: nil when no session was possible or no stage is reached. Compared in integers.
  public func stage(absence: Int, of possible: Int) -> Stage? {
    guard possible > 0 else { return nil }
    return stages.last { absence * 1000 >= $0.missedAtLeast * possible }
  }
}

extension Policy {
  public static let usual = "dfe-2024"
  public static let usualTaughtMinutes = 300

  /// The policies that ship with the program, by name.
  public static let shipped: [String: String] = [
    "dfe-2024": String(decoding: PackageResources.dfe_2024_yaml, as: UTF8.self)
  ]

  /// Reads a policy.
  ///
  /// Throws: with line and column, where a key is unknown, a value of the wrong type, or stages are out of order.
  public init(name: String, yaml: String, file: String) throws(YAMLFailure) {
    let whole = try YAMLValue(text: yaml, file: file)
    let keys = try whole.mapping(keys: ["title", "source", "target", "taught_minutes", "stages"])
    guard let title = keys["title"] else { throw whole.failure("a policy needs a title") }
    self.name = name
    self.title = try title.string()
    source = try keys["source"]?.string() ?? ""
    target = try keys["target"]?.tenths()
    taughtMinutes = try keys["taught_minutes"]?.integer() ?? Policy.usualTaughtMinutes
    if let minutes = keys["taught_minutes"], !(60...600 ~= taughtMinutes) {
      throw minutes.failure("taught_minutes must be from 60 to 600 minutes a day")
    }
    var stages: [Stage] = []
    for value in try keys["stages"]?.sequence() ?? [] {
      let stage = try Stage(value)
      if let before = stages.last, before.missedAtLeast >= stage.missedAtLeast {
        throw value.failure(
          "stages go from the mildest to the most serious; this one asks for no more than the one above")
      }
      stages.append(stage)
    }
    self.stages = stages
  }
}

extension Policy.Stage {
  init(_ value: YAMLValue) throws(YAMLFailure) {
    let keys = try value.mapping(keys: ["name", "missed_at_least", "asks"])
    guard let name = keys["name"], let missed = keys["missed_at_least"] else {
      throw value.failure("a stage needs a name and missed_at_least")
    }
    self.name = try name.string()
    missedAtLeast = try missed.tenths()
    guard 1...1000 ~= missedAtLeast else {
      throw missed.failure("missed_at_least is from 0.1 to 100 per cent")
    }
    asks = try keys["asks"]?.string() ?? ""
  }
}
