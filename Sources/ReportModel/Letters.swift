import Registers

/// The letters to parents of one stage of a school's policy, ready to print.
package struct LetterBatch: Sendable {
  package let stage: String
  /// The name of the template.
  package let template: String
  /// The stem of the file, unique in the school: `target-and-meeting`.
  package let slug: String
  /// The school's rule in its own words: `attendance of 93% or below`.
  package let rule: String
  package let policy: String
  /// The section of the policy, or empty.
  package let section: String
  package let school: String
  package let asAt: Day
  package let letters: [Letter]
  /// The number of pupils at the stage who have left and get no letter.
  package let leavers: Int

  package init(
    stage: String, template: String, slug: String, rule: String, policy: String, section: String,
    school: String, asAt: Day, letters: [Letter], leavers: Int
  ) {
    self.stage = stage
    self.template = template
    self.slug = slug
    self.rule = rule
    self.policy = policy
    self.section = section
    self.school = school
    self.asAt = asAt
    self.letters = letters
    self.leavers = leavers
  }
}

/// A letter about one pupil, as text for a template. It names the pupil and belongs under `restricted/`.
package struct Letter: Sendable {
  /// The names, each empty where it is not known.
  package var surname = "", forename = ""
  /// The pupil's names, or the most reliable identifier if there are none.
  package var fullName = ""
  /// `Year 4`, or empty.
  package var year = ""
  /// The class or form, or empty.
  package var form = ""
  /// `91.2%`.
  package var attendance = ""
  /// `18 of 204 sessions`.
  package var sessionsMissed = ""
  /// `9 days`.
  package var timeMissed = ""
  /// `2025/26`.
  package var schoolYear = ""
  /// `2024/25`, or `nil` without a session of that year.
  package var lastSchoolYear: String?
  package var figures: [Figure] = []
  /// The latest absences, most recent first.
  package var absences: [Absence] = []
  /// The earlier absences that the letter does not list: `12 more sessions`, or `nil` if it lists all.
  package var earlierAbsences: String?

  package init() {}

  /// A row of the letter's table.
  package struct Figure: Sendable {
    package let label: String
    /// A Boolean value indicating whether the row is a kind of absence, part of a row above it.
    package let isKind: Bool
    package let thisYear: String
    /// Empty without a session of last year.
    package let lastYear: String

    package init(label: String, isKind: Bool, thisYear: String, lastYear: String) {
      self.label = label
      self.isKind = isKind
      self.thisYear = thisYear
      self.lastYear = lastYear
    }
  }

  /// Days missed in a row for one reason.
  package struct Absence: Sendable {
    /// The days: `Mon 8 to Wed 10 September`.
    package let days: String
    /// The reason in lower case: `illness`.
    package let reason: String

    package init(days: String, reason: String) {
      self.days = days
      self.reason = reason
    }
  }
}

extension Letter: CustomStringConvertible, CustomDebugStringConvertible {
  package var description: String { "a letter about \(absences.count) absences" }
  package var debugDescription: String { description }
}

/// The letters of a school as one table with a row for each letter, for a word processor's mail merge.
///
/// Figures with a unit are text, because a merge uses the value of a cell and not its format. A rate would have fifteen
/// digits, and a date the order of another country. A text is empty if the value is not known.
package struct MailMerge: Sendable {
  package let school: String
  package let asAt: Day
  package let columns: [Table.Column]
  package let rows: [[Cell]]

  package init(school: String, asAt: Day, columns: [Table.Column], rows: [[Cell]]) {
    self.school = school
    self.asAt = asAt
    self.columns = columns
    self.rows = rows
  }
}
