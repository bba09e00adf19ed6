import StrictYAML

extension Policy {
  /// The figures of one pupil at one moment that decide the stage.
  package struct StageFigures: Hashable, Sendable {
    /// Sessions missed in the school year.
    package var absence = 0
    /// Possible sessions of the school year.
    package var possible = 0
    /// Weeks with an absence, by the policy's own rule.
    package var brokenWeeks = 0
    /// Weeks with a possible session.
    package var weeksInSession = 0
    /// The names of the policy's windows that are full.
    package var windowsReached: Set<String> = []

    package init() {}
  }

  /// The line at which a stage is reached.
  package enum StageLine: Hashable, Sendable {
    case attendance(AttendanceLine)
    /// Broken weeks as a share of the weeks in session, and at least so many of them.
    ///
    /// Unit: tenths of a per cent, and weeks. Source: rules, section 6: 2 of 4 is a concern, 2 of 20 much less.
    case brokenWeeks(share: Int, weeks: Int)
    /// A window of the policy by its name, full now.
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
    package var words: String {
      switch self {
      case .attendance(let line): line.words
      case .brokenWeeks(let share, let weeks):
        "\(percent(share)) or more of the weeks in session broken"
          + (weeks > 1 ? ", and at least \(weeks) of them" : "")
      case .window(let name): "the window \"\(name)\" full"
      }
    }

    /// Whether both are of attendance or both of broken weeks, so that one comes after the other.
    func isSameKind(as other: StageLine) -> Bool {
      switch (self, other) {
      case (.attendance, .attendance), (.brokenWeeks, .brokenWeeks): true
      case (.window(let one), .window(let other)): one == other
      case (.attendance, _), (.brokenWeeks, _), (.window, _): false
      }
    }

    /// Whether this line asks for more than another of its kind.
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

  /// The one line among the keys of a stage. Missing: nil where there is none.
  ///
  /// Throws: where there are two, or it is out of bounds.
  init?(_ keys: [String: YAMLValue], of value: YAMLValue) throws(YAMLFailure) {
    let found = Policy.StageLine.keys.filter { keys[$0] != nil }
    guard found.count < 2 else {
      throw value.failure("\(found.joined(separator: " and ")) are two lines; give one")
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

  /// `50`, or `{share: 50, weeks: 2}`.
  private init(brokenWeeks value: YAMLValue) throws(YAMLFailure) {
    let keys = value.isMapping ? try value.mapping(keys: ["share", "weeks"]) : ["share": value]
    guard let share = keys["share"] else { throw value.failure("broken_weeks_at_least needs a share") }
    let tenths = try share.tenths()
    guard 1...1000 ~= tenths else { throw share.failure("a share of weeks is from 0.1 to 100 per cent") }
    self = .brokenWeeks(share: tenths, weeks: try keys["weeks"]?.count(1...45) ?? 1)
  }
}
