import Registers

/// A pupil at a glance: who, how much, the year as a strip of days, and why. It stands on pages that name pupils only.
package struct PupilCard: Sendable {
  package let name: String
  /// Year, form, provision and need.
  package let details: String
  package let attendance: Cell
  /// `down 3.1 points on Autumn 2`. Missing: empty where there is nothing to compare with.
  package let change: String
  package let strip: YearStrip
  /// What a person reads beside the strip, most telling first.
  package let lines: [String]
  /// What the rules ask to look at.
  package let flags: [String]

  package init(
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
package struct YearStrip: Sendable {
  package enum Mark: Hashable, CaseIterable, Sendable {
    case attended, late, authorised, unauthorised, notPossible
  }

  package struct Week: Sendable {
    package let monday: Day
    /// Whether it is the first of a half-term.
    package let startsHalfTerm: Bool
    /// By two places for each day from Monday, the morning and the afternoon. Missing: nil for no session.
    package let marks: [Mark?]

    package init(monday: Day, startsHalfTerm: Bool, marks: [Mark?]) {
      self.monday = monday
      self.startsHalfTerm = startsHalfTerm
      self.marks = marks
    }
  }

  package let weeks: [Week]
  /// The strip in words, for those who do not see it.
  package let formatted: String

  package init(weeks: [Week], formatted: String) {
    self.weeks = weeks
    self.formatted = formatted
  }
}
