import StrictYAML

extension Policy {
  /// The figures of one pupil at one moment, from which the stage follows.
  package struct StageFigures: Hashable, Sendable {
    /// The number of sessions missed in the school year.
    package var absence = 0
    /// The number of possible sessions of the school year.
    package var possible = 0
    /// The number of weeks with an absence, by the policy's own rule.
    package var brokenWeeks = 0
    /// The number of weeks with a possible session.
    package var weeksInSession = 0
    /// The names of the policy's windows that are full.
    package var windowsReached: Set<String> = []

    package init() {}
  }

  /// The threshold at which a stage is reached.
  package enum StageLine: Hashable, Sendable {
    case attendance(AttendanceLine)
    /// A share of the weeks in session that are broken, in tenths of a per cent, and a minimum number of broken weeks.
    ///
    /// 2 of 4 is a concern, but 2 of 20 much less. Source: rules, section 6.
    case brokenWeeks(share: Int, weeks: Int)
    /// A window of the policy by its name, reached when it is full now.
    case window(String)

    package func isReached(by figures: StageFigures) -> Bool {
      switch self {
      case .attendance(let line): line.isReached(absence: figures.absence, of: figures.possible)
      case .brokenWeeks(let share, let weeks):
        figures.brokenWeeks >= weeks && figures.brokenWeeks > 0
          && figures.brokenWeeks * 1000 >= share * figures.weeksInSession
      case .window(let name): figures.windowsReached.contains(name)
      }
    }

    /// `10% or more of possible sessions missed`.
    package var label: String {
      switch self {
      case .attendance(let line): line.label
      case .brokenWeeks(let share, let weeks):
        "an absence in \(percent(share)) or more of the weeks in session"
          + (weeks > 1 ? " (at least \(weeks) weeks)" : "")
      case .window(let name): "reaching the threshold \"\(name)\""
      }
    }

    /// Returns a Boolean value that indicates whether both are of attendance or both of broken weeks, so that they have
    /// an order.
    func isSameKind(as other: StageLine) -> Bool {
      switch (self, other) {
      case (.attendance, .attendance), (.brokenWeeks, .brokenWeeks): true
      case (.window(let one), .window(let other)): one == other
      case (.attendance, _), (.brokenWeeks, _), (.window, _): false
      }
    }

    /// Returns a Boolean value that indicates whether this threshold needs more than another of its kind.
    func comes(after other: StageLine) -> Bool {
      switch (self, other) {
      case (.attendance(let line), .attendance(let other)): line.comes(after: other)
      case (.brokenWeeks(let share, let weeks), .brokenWeeks(let otherShare, let otherWeeks)):
        share >= otherShare && weeks >= otherWeeks && (share, weeks) != (otherShare, otherWeeks)
      case (.attendance, _), (.brokenWeeks, _), (.window, _): false
      }
    }
  }
}

extension Policy.StageLine {
  static let keys = AttendanceLine.keys + ["broken_weeks_at_least", "window"]

  /// Reads the only threshold among the keys of a stage, or returns `nil` if there is none.
  ///
  /// - Throws: An error if there are two, or if it is out of bounds.
  init?(_ keys: [String: YAMLValue], of value: YAMLValue) throws(YAMLFailure) {
    let found = Policy.StageLine.keys.filter { keys[$0] != nil }
    guard found.count < 2 else {
      throw value.failure("\(found.joined(separator: " and ")) are two thresholds; give one")
    }
    if let broken = keys["broken_weeks_at_least"] {
      self = try Policy.StageLine(brokenWeeks: broken)
    } else if let window = keys["window"] {
      self = .window(try window.string())
    } else if let line = try AttendanceLine(keys, of: value) {
      self = .attendance(line)
    } else {
      return nil
    }
  }

  /// Reads `50`, or `{share: 50, weeks: 2}`.
  private init(brokenWeeks value: YAMLValue) throws(YAMLFailure) {
    let keys = value.isMapping ? try value.mapping(keys: ["share", "weeks"]) : ["share": value]
    guard let share = keys["share"] else { throw value.failure("broken_weeks_at_least needs a share") }
    let tenths = try share.tenths()
    guard 1...1000 ~= tenths else { throw share.failure("a share of weeks is from 0.1 to 100 per cent") }
    self = .brokenWeeks(share: tenths, weeks: try keys["weeks"]?.count(1...45) ?? 1)
  }
}
