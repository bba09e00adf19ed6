import Registers

/// A pupil at a glance: who, how much, the year as a strip of days, and why. It stands on pages that name pupils only.
public struct PupilCard: Sendable {
  public let name: String
  /// Year, form, provision and need.
  public let details: String
  public let attendance: Cell
  /// `down 3.1 points on Autumn 2`. Missing: empty where there is nothing to compare with.
  public let change: String
  public let strip: YearStrip
  /// What a person reads beside the strip, most telling first.
  public let lines: [String]
  /// What the rules ask to look at.
  public let flags: [String]

  public init(
    name: String, details: String, attendance: Cell, change: String, strip: YearStrip, lines: [String],
    flags: [String]
  ) {
    self.name = name
    self.details = details
    self.attendance = attendance
    self.change = change
    self.strip = strip
    self.lines = lines
    self.flags = flags
  }
}

/// A year of sessions week by week, as it is drawn.
public struct YearStrip: Sendable {
  public enum Mark: Hashable, CaseIterable, Sendable {
    case attended, late, authorised, unauthorised, notPossible
  }

  public struct Week: Sendable {
    public let monday: Day
    /// Whether it is the first of a half-term.
    public let startsHalfTerm: Bool
    /// By two places for each day from Monday, the morning and the afternoon. Missing: nil for no session.
    public let marks: [Mark?]

    public init(monday: Day, startsHalfTerm: Bool, marks: [Mark?]) {
      self.monday = monday
      self.startsHalfTerm = startsHalfTerm
      self.marks = marks
    }
  }

  public let weeks: [Week]
  /// The strip in words, for those who do not see it.
  public let inWords: String

  public init(weeks: [Week], inWords: String) {
    self.weeks = weeks
    self.inWords = inWords
  }
}
