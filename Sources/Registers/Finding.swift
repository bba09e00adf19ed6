/// A fault in the data, or a fact that its reader should know.
package struct Finding: Hashable, Sendable {
  package let rule: FindingRule
  /// The school's URN, otherwise its name, or `nil` for a finding about the trust or a file of no school.
  package let school: String?
  /// The path of the file, relative to the trust file's folder.
  package let file: String
  /// The row, counted from 1 as in a spreadsheet, or `nil` if the finding is about the file.
  package let row: Int?
  /// The message in plain words, without names and UPNs.
  package let message: String
  /// The pupils, days and sessions of the finding that are known, up to a maximum.
  package var subjects: [Subject] = []

  /// A pupil, a day and a session that a finding is about.
  package struct Subject: Hashable, Sendable {
    package let row: Int?
    /// Surname and forename, or an empty text if they are not known.
    package let name: Redacted<String>
    package let registrationGroup: String
    package let day: Day?
    package let half: DayHalf?

    package init(row: Int?, pupil: Pupil?, day: Day?, half: DayHalf?) {
      let names = pupil.map { [$0.surname.unredacted, $0.forename.unredacted].filter { !$0.isEmpty } } ?? []
      self.row = row
      name = Redacted(names.joined(separator: ", "))
      registrationGroup = pupil?.registrationGroup ?? ""
      self.day = day
      self.half = half
    }
  }

  package init(_ rule: FindingRule, school: String?, file: String, row: Int?, _ message: String) {
    self.rule = rule
    self.school = school
    self.file = file
    self.row = row
    self.message = message
  }
}

/// A rule that data can break, with its severity, meaning and remedy.
package struct FindingRule: Hashable, Sendable {
  package enum Severity: String, CaseIterable, Sendable, Comparable {
    case blocks, warns, informs

    package static func < (left: Severity, right: Severity) -> Bool { left.order < right.order }
    private var order: Int {
      switch self {
      case .blocks: 0
      case .warns: 1
      case .informs: 2
      }
    }
  }

  /// The stable name for scripts, such as `unknown-code`.
  package let id: String
  package let severity: Severity
  /// The meaning of the finding and its effect on the figures, in plain words.
  package let meaning: String
  /// The action for the user.
  package let remedy: String

  package init(_ id: String, _ severity: Severity, meaning: String, remedy: String) {
    self.id = id
    self.severity = severity
    self.meaning = meaning
    self.remedy = remedy
  }
}
