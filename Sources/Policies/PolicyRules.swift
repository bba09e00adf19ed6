import Registers

extension Policy {
  /// A stage of support a pupil reaches.
  package struct Stage: Hashable, Sendable {
    package let name: String
    package let line: StageLine
    /// What the stage asks the school to do.
    package let asks: String
    /// The template of the letter it names. Missing: nil for none.
    package let letter: String?
    /// The attendance the policy prints for it, from and to. Unit: tenths of a per cent. Missing: nil where it prints none.
    package let band: ClosedRange<Int>?
    /// Where the policy says so. Missing: empty.
    package let section: String
  }

  /// Sessions of some codes within a stretch of time.
  package struct Window: Hashable, Sendable {
    package enum Span: Hashable, Sendable {
      case schoolWeeks(Int), possibleSessions(Int), halfTerm, schoolYear
    }

    package let name: String
    /// Unit: sessions.
    package let sessions: Int
    package let codes: CodeSet
    package let span: Span
    /// Sessions from which a pupil is said to come near. Missing: nil where nobody is.
    package let approaching: Int?
    package let asks: String
    package let section: String

    package init(
      name: String, sessions: Int, codes: CodeSet, span: Span, approaching: Int?, asks: String,
      section: String
    ) {
      self.name = name
      self.sessions = sessions
      self.codes = codes
      self.span = span
      self.approaching = approaching
      self.asks = asks
      self.section = section
    }

    /// Whether another window asks for the same under whatever name.
    package func isSame(as other: Window) -> Bool {
      sessions == other.sessions && codes == other.codes && span == other.span
    }
  }

  /// School days in a row on which every possible session has one of some codes.
  package struct Run: Hashable, Sendable {
    package let name: String
    /// Unit: school days.
    package let days: Int
    package let codes: CodeSet
    package let asks: String
    package let section: String

    package init(name: String, days: Int, codes: CodeSet, asks: String, section: String) {
      self.name = name
      self.days = days
      self.codes = codes
      self.asks = asks
      self.section = section
    }

    /// Whether another run asks for the same under whatever name.
    package func isSame(as other: Run) -> Bool { days == other.days && codes == other.codes }
  }

  /// What makes a week broken at a school. Source: rules, section 6.
  package struct BrokenWeekRule: Hashable, Sendable {
    /// The codes that break a week.
    package let codes: CodeSet
    /// Whether the school's policy speaks of broken weeks at all.
    package let isAsked: Bool
    package let section: String

    /// Any absence breaks a week.
    package static let usual = BrokenWeekRule(codes: .absence, isAsked: false, section: "")
  }

  /// What a policy counts as late, in school days and lessons lost.
  package struct Lateness: Hashable, Sendable {
    /// Unit: minutes taught in a day.
    package let taughtMinutes: Int
    /// Unit: minutes. Missing: nil where the policy counts no lessons.
    package let lessonMinutes: Int?
    /// The policy's own table, by minutes a day. Missing: empty where minutes over taught minutes count.
    package let table: [Row]
    /// Unit: school days of the year the table is of.
    package let yearDays: Int
    package let section: String

    package struct Row: Hashable, Sendable {
      /// Unit: minutes a day, averaged over the days due in.
      package let minutes: Int
      /// Unit: tenths of a day.
      package let days: Int
      package let lessons: Int
    }
  }

  /// Something a policy's text says that is not the national rule, or not possible, and how it is read.
  package struct Reading: Hashable, Sendable {
    package let says: String
    package let readAs: String
    package let because: String
    package let section: String
  }

  /// A step of a policy that no figure decides: a person does.
  package struct Step: Hashable, Sendable {
    package let name: String
    package let asks: String
    package let section: String
  }

  /// Attendance a policy rewards, at least. Unit: tenths of a per cent.
  package struct Reward: Hashable, Sendable {
    package let name: String
    package let attendance: Int
    package let section: String
  }

  /// A row of a table that turns attendance into days missed in a year.
  package struct DaysMissed: Hashable, Sendable {
    /// Unit: tenths of a per cent.
    package let attendance: Int
    /// Unit: tenths of a day.
    package let days: Int
  }

  /// A group of the school's own that the pupil details tell by a column of yes and no.
  package struct ColumnGroup: Hashable, Sendable {
    package let name: String
    /// The header of the column, compared without case, spaces and punctuation.
    package let column: String
    package let section: String
  }

  /// A line of the school's own that its policy calls persistent absence.
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
