import Registers
import StrictYAML

extension Policy {
  /// A stage of support a pupil reaches.
  public struct Stage: Hashable, Sendable {
    public let name: String
    public let line: StageLine
    /// What the stage asks the school to do.
    public let asks: String
    /// The template of the letter it names. Missing: nil for none.
    public let letter: String?
    /// The attendance the policy prints for it, from and to. Unit: tenths of a per cent. Missing: nil where it prints none.
    public let band: ClosedRange<Int>?
    /// Where the policy says so. Missing: empty.
    public let section: String
  }

  /// Sessions of some codes within a stretch of time.
  public struct Window: Hashable, Sendable {
    public enum Span: Hashable, Sendable {
      case schoolWeeks(Int), possibleSessions(Int), halfTerm, schoolYear
    }

    public let name: String
    /// Unit: sessions.
    public let sessions: Int
    public let codes: CodeSet
    public let span: Span
    /// Sessions from which a pupil is said to come near. Missing: nil where nobody is.
    public let approaching: Int?
    public let asks: String
    public let section: String

    public init(
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
    public func isSame(as other: Window) -> Bool {
      sessions == other.sessions && codes == other.codes && span == other.span
    }
  }

  /// School days in a row on which every possible session has one of some codes.
  public struct Run: Hashable, Sendable {
    public let name: String
    /// Unit: school days.
    public let days: Int
    public let codes: CodeSet
    public let asks: String
    public let section: String

    public init(name: String, days: Int, codes: CodeSet, asks: String, section: String) {
      self.name = name
      self.days = days
      self.codes = codes
      self.asks = asks
      self.section = section
    }

    /// Whether another run asks for the same under whatever name.
    public func isSame(as other: Run) -> Bool { days == other.days && codes == other.codes }
  }

  /// What makes a week broken at a school. Source: rules, section 6.
  public struct BrokenWeekRule: Hashable, Sendable {
    /// The codes that break a week.
    public let codes: CodeSet
    /// Whether the school's policy speaks of broken weeks at all.
    public let isAsked: Bool
    public let section: String

    /// Any absence breaks a week.
    public static let usual = BrokenWeekRule(codes: .absence, isAsked: false, section: "")
  }

  /// What a policy counts as late, in school days and lessons lost.
  public struct Lateness: Hashable, Sendable {
    /// Unit: minutes taught in a day.
    public let taughtMinutes: Int
    /// Unit: minutes. Missing: nil where the policy counts no lessons.
    public let lessonMinutes: Int?
    /// The policy's own table, by minutes a day. Missing: empty where minutes over taught minutes count.
    public let table: [Row]
    /// Unit: school days of the year the table is of.
    public let yearDays: Int
    public let section: String

    public struct Row: Hashable, Sendable {
      /// Unit: minutes a day, averaged over the days due in.
      public let minutes: Int
      /// Unit: tenths of a day.
      public let days: Int
      public let lessons: Int
    }
  }

  /// Something a policy's text says that is not the national rule, or not possible, and how it is read.
  public struct Reading: Hashable, Sendable {
    public let says: String
    public let readAs: String
    public let because: String
    public let section: String
  }

  /// A step of a policy that no figure decides: a person does.
  public struct Step: Hashable, Sendable {
    public let name: String
    public let asks: String
    public let section: String
  }

  /// Attendance a policy rewards, at least. Unit: tenths of a per cent.
  public struct Reward: Hashable, Sendable {
    public let name: String
    public let attendance: Int
    public let section: String
  }

  /// A row of a table that turns attendance into days missed in a year.
  public struct DaysMissed: Hashable, Sendable {
    /// Unit: tenths of a per cent.
    public let attendance: Int
    /// Unit: tenths of a day.
    public let days: Int
  }

  /// A group of the school's own that the pupil details tell by a column of yes and no.
  public struct ColumnGroup: Hashable, Sendable {
    public let name: String
    /// The header of the column, compared without case, spaces and punctuation.
    public let column: String
    public let section: String
  }

  /// A line of the school's own that its policy calls persistent absence.
  public struct OwnLine: Hashable, Sendable {
    public let name: String
    public let line: AttendanceLine
    public let section: String
  }
}
