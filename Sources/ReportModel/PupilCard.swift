import Registers

/// A summary of one pupil: the attendance, a strip of the year's days, reasons and flags. It belongs on pages that name
/// pupils.
package struct PupilCard: Sendable {
  package let name: String
  /// The year group, form, provision and need.
  package let details: String
  package let attendance: Cell
  /// The change since the half-term before, such as `down 3.1 points on Autumn 2`, or empty if there is nothing to
  /// compare with.
  package let change: String
  package let strip: YearStrip
  /// The lines of text beside the strip, the most important first.
  package let lines: [String]
  /// The flags for review.
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

/// The sessions of a year by week, as they are drawn.
package struct YearStrip: Sendable {
  package enum Mark: Hashable, CaseIterable, Sendable {
    case attended, late, authorised, unauthorised, notPossible
  }

  package struct Week: Sendable {
    package let monday: Day
    /// A Boolean value that indicates whether the week is the first of a half-term.
    package let startsHalfTerm: Bool
    /// The marks of the week's mornings and afternoons in order from Monday, or `nil` for no session.
    package let marks: [Mark?]

    package init(monday: Day, startsHalfTerm: Bool, marks: [Mark?]) {
      self.monday = monday
      self.startsHalfTerm = startsHalfTerm
      self.marks = marks
    }
  }

  package let weeks: [Week]
  /// The text alternative of the strip.
  package let formatted: String

  package init(weeks: [Week], formatted: String) {
    self.weeks = weeks
    self.formatted = formatted
  }
}
