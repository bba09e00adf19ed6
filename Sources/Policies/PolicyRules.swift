import Registers

extension Policy {
  /// A stage of support that a pupil can reach.
  package struct Stage: Hashable, Sendable {
    package let name: String
    package let line: StageLine
    /// The action that the school takes.
    package let action: String
    /// The template of the stage's letter, or `nil` if it has none.
    package let letter: String?
    /// The range of attendance that the policy states for the stage, or `nil` if it states none. In tenths of a per
    /// cent.
    package let band: ClosedRange<Int>?
    /// The section of the policy, or empty.
    package let section: String
  }

  /// A number of sessions of some codes within a period.
  package struct Window: Hashable, Sendable {
    package enum Span: Hashable, Sendable {
      case schoolWeeks(Int), possibleSessions(Int), halfTerm, schoolYear
    }

    package let name: String
    /// The number of sessions that fill the window.
    package let sessions: Int
    package let codes: CodeSet
    package let span: Span
    /// The number of sessions from which a pupil is near, or `nil` if nobody is.
    package let approaching: Int?
    package let action: String
    package let section: String

    package init(
      name: String, sessions: Int, codes: CodeSet, span: Span, approaching: Int?, action: String,
      section: String
    ) {
      self.name = name
      self.sessions = sessions
      self.codes = codes
      self.span = span
      self.approaching = approaching
      self.action = action
      self.section = section
    }

    /// Returns a Boolean value that indicates whether another window has the same rule, with any name.
    package func isSame(as other: Window) -> Bool {
      sessions == other.sessions && codes == other.codes && span == other.span
    }
  }

  /// A number of consecutive school days on which every possible session has one of some codes.
  package struct Run: Hashable, Sendable {
    package let name: String
    /// The number of school days.
    package let days: Int
    package let codes: CodeSet
    package let action: String
    package let section: String

    package init(name: String, days: Int, codes: CodeSet, action: String, section: String) {
      self.name = name
      self.days = days
      self.codes = codes
      self.action = action
      self.section = section
    }

    /// Returns a Boolean value that indicates whether another run has the same rule, with any name.
    package func isSame(as other: Run) -> Bool { days == other.days && codes == other.codes }
  }

  /// A school's definition of a broken week. Source: rules, section 6.
  package struct BrokenWeekRule: Hashable, Sendable {
    /// The codes that break a week.
    package let codes: CodeSet
    /// A Boolean value that indicates whether the school's policy uses broken weeks.
    package let isUsed: Bool
    package let section: String

    /// The usual rule, by which any absence breaks a week.
    package static let usual = BrokenWeekRule(codes: .absence, isUsed: false, section: "")
  }

  /// A policy's rules for late marks, in school days and lessons lost.
  package struct Lateness: Hashable, Sendable {
    /// The minutes taught in a day.
    package let taughtMinutes: Int
    /// The minutes of a lesson, or `nil` if the policy counts no lessons.
    package let lessonMinutes: Int?
    /// The policy's own table, by minutes a day, or empty if minutes are divided by the minutes taught.
    package let table: [Row]
    /// The number of school days in the table's year.
    package let yearDays: Int
    package let section: String

    package struct Row: Hashable, Sendable {
      /// The minutes a day, averaged over the days due in.
      package let minutes: Int
      /// The days lost, in tenths of a day.
      package let days: Int
      package let lessons: Int
    }
  }

  /// A statement of a policy's text that differs from the national rule or is not possible, and how it is read.
  package struct Reading: Hashable, Sendable {
    package let says: String
    package let readAs: String
    package let reason: String
    package let section: String
  }

  /// A step of a policy that staff decide, without a figure.
  package struct Step: Hashable, Sendable {
    package let name: String
    package let action: String
    package let section: String
  }

  /// A minimum attendance that a policy rewards, in tenths of a per cent.
  package struct Reward: Hashable, Sendable {
    package let name: String
    package let attendance: Int
    package let section: String
  }

  /// A row of a table that turns attendance into days missed in a year.
  package struct DaysMissed: Hashable, Sendable {
    /// The attendance in tenths of a per cent.
    package let attendance: Int
    /// The days missed in tenths of a day.
    package let days: Int
  }

  /// A group of the school's own, read from a column of yes and no in the pupil details.
  package struct ColumnGroup: Hashable, Sendable {
    package let name: String
    /// The header of the column, compared without case, spaces and punctuation.
    package let column: String
    package let section: String
  }

  /// A school's own threshold that its policy calls persistent absence.
  package struct OwnLine: Hashable, Sendable {
    package let name: String
    package let line: AttendanceLine
    package let section: String
  }
}

extension Policy.Window {
  /// A Boolean value indicating whether the window is the sickness return: 30 sessions of illness in the school year.
  package var isSicknessReturn: Bool { sessions == 30 && codes == CodeSet([.illness]) && span == .schoolYear }
}
