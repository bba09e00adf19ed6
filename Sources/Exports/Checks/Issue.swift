import Registers

/// An issue in an export: the rule it breaks and a message.
package struct Issue: Sendable {
  package let rule: FindingRule
  /// A message in plain words, with neither a name nor a UPN in it.
  package let message: String
  /// The text shared by issues that differ only in their rows.
  let kind: String

  /// The reason for which the issue refuses marks, or `nil` if it refuses none.
  let refusal: RefusalReason?
  /// The refused text of a mark, a session or a date, or `nil` for another issue.
  let refusedText: String?
  /// A Boolean value that indicates whether several issues of the kind are one fault, reported in one line.
  let isOneFault: Bool

  init(
    _ rule: FindingRule, _ message: String, kind: String? = nil, refusal: RefusalReason? = nil,
    refusedText: String? = nil, isOneFault: Bool = false
  ) {
    self.refusedText = refusedText
    self.isOneFault = isOneFault
    self.rule = rule
    self.message = message
    self.kind = kind ?? message
    self.refusal = refusal
  }

  /// Returns a cell's text for a message. In a row whose columns have shifted it could be a name or a UPN,
  /// so only text that cannot be either is quoted: single letters, the words of dates and times, and
  /// numbers shorter than a UPN.
  static func quoted(_ text: String) -> String {
    let isDigit = { (character: Character) in character.isASCII && character.isNumber }
    let hasDigit = text.contains(where: isDigit)
    let isShort = text.count <= 3 || (hasDigit && text.count <= 40)
    let words = text.mayHoldLetters ? text.split { !$0.isLetter } : []
    let numbers = text.split { !isDigit($0) }
    guard isShort, !numbers.contains(where: { 11...12 ~= $0.count }),
      words.allSatisfy({ isLatinLetter($0) || (hasDigit && knownWords.contains($0.lowercased())) })
    else { return "a text of \(count(text.count, "character"))" }
    return "\"\(text)\""
  }

  /// Returns whether a word is one Latin letter. In other scripts a single character may be a name.
  private static func isLatinLetter(_ word: Substring) -> Bool {
    word.count == 1 && word.unicodeScalars.allSatisfy { $0.value < 0x250 }
  }

  private static let knownWords: Set<String> = {
    let full = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
    let others = [
      "of", "sept", "tues", "weds", "thur", "thurs", "am", "pm", "st", "nd", "rd", "th", "min", "mins",
    ]
    return Set(full + full.map { String($0.prefix(3)) } + others)
  }()

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Returns the first ten days, and the number of the others.
  static func listed(_ days: [Day], with label: (Day) -> String = \.formatted) -> String {
    let others = days.count > 10 ? " and \(days.count - 10) more days" : ""
    return days.prefix(10).map(label).joined(separator: ", ") + others
  }
}

/// The reason a mark is refused. Marks off roll, of lessons, repeated or after the as-at date are not.
package enum RefusalReason: Sendable {
  case code, session, date, row
}

extension Finding {
  /// Makes a finding from an issue.
  ///
  /// - Parameter row: The row, or `nil` if the issue is about the file.
  package init(_ issue: Issue, school: String?, file: String, row: Int?) {
    self.init(issue.rule, school: school, file: file, row: row, issue.message)
  }

  /// Makes a finding whose message names the sheet and the cell where they are needed.
  init(_ issue: Issue, school: String?, file: String, at location: FileLocation) {
    self.init(
      issue.rule, school: school, file: file, row: location.row, location.messagePrefix + issue.message)
  }
}

extension FindingRule {
  /// Every rule, sorted by id.
  package static let all = [
    MarkChecks.rules, RepeatChecks.rules, PupilChecks.rules, EnrolmentChecks.rules, DetailChecks.rules,
    FileChecks.rules,
    CalendarChecks.rules, SchoolChecks.rules,
    TotalChecks.rules, RefusalChecks.rules,
  ].joined().sorted { $0.id < $1.id }
}

extension String {
  /// A Boolean value that indicates whether the text may hold a letter. It is quick, for texts that come by the million.
  var mayHoldLetters: Bool { utf8.contains { $0 >= 0x80 || 0x41...0x5A ~= $0 & 0xDF } }
}
