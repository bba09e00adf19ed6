import Registers

/// What was found at some place of a file: the rule and the words.
package struct Issue: Sendable {
  package let rule: FindingRule
  /// What was found, in plain words, with neither a name nor a UPN in it.
  package let message: String
  /// What findings that differ only in their places have in common.
  let kind: String

  init(_ rule: FindingRule, _ message: String, kind: String? = nil) {
    self.rule = rule
    self.message = message
    self.kind = kind ?? message
  }

  /// What a cell holds, for a message. In a row whose columns have shifted that could be a name or a UPN, so only what
  /// looks like neither is quoted: no letters together but those of dates and times, and no digits of a UPN together.
  static func quoted(_ text: String) -> String {
    let isDigit = { (character: Character) in character.isASCII && character.isNumber }
    let hasDigit = text.contains(where: isDigit)
    let startsWithDigit = text.first.map(isDigit) ?? false
    let isShort = text.count <= 3 || (hasDigit && text.count <= 12) || (startsWithDigit && text.count <= 25)
    let words = text.split { !$0.isLetter }
    let numbers = text.split { !isDigit($0) }
    guard isShort, !numbers.contains(where: { 11...12 ~= $0.count }),
      words.allSatisfy({ isLatinLetter($0) || (hasDigit && knownWords.contains($0.lowercased())) })
    else { return "a text of \(count(text.count, "character"))" }
    return "\"\(text)\""
  }

  /// One letter alone; of other scripts one may be a name.
  private static func isLatinLetter(_ word: Substring) -> Bool {
    word.count == 1 && word.unicodeScalars.allSatisfy { $0.value < 0x250 }
  }

  private static let knownWords: Set<String> = {
    let full = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
    let others = ["sept", "tues", "thur", "thurs", "am", "pm", "st", "nd", "rd", "th", "min", "mins"]
    return Set(full + full.map { String($0.prefix(3)) } + others)
  }()

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

extension Finding {
  /// A finding at a place of a file. Missing: the row is nil when the finding is about the file.
  package init(_ found: Issue, school: String?, file: String, row: Int?) {
    self.init(found.rule, school: school, file: file, row: row, found.message)
  }

  /// A finding whose message says the sheet and the cell where they are needed.
  init(_ found: Issue, school: String?, file: String, at place: MarkPlace) {
    self.init(found.rule, school: school, file: file, row: place.row, place.words + found.message)
  }
}

extension FindingRule {
  /// Every rule, in the order of its id.
  package static let all: [FindingRule] = [
    ageAgainstYear, ageUnknown, agesUnknown, classWithoutMarks, closedDayMark, closureAgainstMark,
    codeBeforeItsDate, conflictingMarks, movedStamps, mayBeMonthFirst, duplicateMark, fileNotRead,
    otherYearFile, groupColumnMissing, impossibleDate, impossibleMinutes, unclearCare, laterSchoolYear,
    leavesBeforeAdmission, lessonPeriods, longSuspension, markAfterLeaving, markBeforeAdmission,
    strayPast, strayFuture, markInHoliday, marksDoNotFit, minutesOnOtherCode, noMarks, noMarksYet,
    noPupil, notAUPN, oneCodeForAll, openQuote, pupilInTwoSchools, pupilListedTwice, pupilNotInDetails,
    pupilWithoutMarks, pupilsAlike, unreadableRow, registerEndsEarly, retiredCode, rowOfAnotherSchool,
    sheetLacksColumn, sheetNotRead, subcode, temporaryUPN, tooManyPupils, tooManyYears, totalDisagrees,
    unclearValue, unknownCode, unknownCodeID, unknownSession, unresolvedReason, checkLetter,
    weekNotFromMonday, weekendMark,
  ]
}
