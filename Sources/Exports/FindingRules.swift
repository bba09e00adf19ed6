import Registers

extension FindingRule {
  static let unreadableRow = FindingRule(
    "ragged-row", .warns,
    remedy:
      "Look at the row: a comma or quote in a name or comment may have shifted its columns. Export again.")
  static let openQuote = FindingRule(
    "open-quote", .warns, remedy: "Look at the row: a quotation mark opens and does not close. Export again.")
  static let impossibleDate = FindingRule(
    "impossible-date", .warns,
    remedy: "Correct the date in the school's system, or set profile: dates in the trust file.")
  static let unknownSession = FindingRule(
    "unknown-session", .warns, remedy: "Only AM and PM sessions are read. Export the session registers.")
  static let unknownCode = FindingRule(
    "unknown-code", .warns,
    remedy:
      "Correct the mark in the school's system, or say what it means under profile: marks in the trust file.")
  static let subcode = FindingRule(
    "subcode", .informs, remedy: "Nothing to do: a school's own subcode counts as the code it belongs to.")
  static let retiredCode = FindingRule(
    "retired-code", .warns,
    remedy: "The mark counts by its old class. Correct it to a code that is valid on the day.")
  static let codeBeforeItsDate = FindingRule(
    "code-before-its-date", .warns,
    remedy: "The code did not exist on the day. Correct it to a code that was valid then.")
  static let conflictingMarks = FindingRule(
    "conflicting-marks", .warns,
    remedy: "The later row stands. Correct the register in the school's system and export again.")
  static let duplicateMark = FindingRule(
    "duplicate-mark", .informs, remedy: "Nothing to do: the same mark twice is counted once.")
  static let markBeforeAdmission = FindingRule(
    "mark-before-admission", .warns,
    remedy: "The mark does not count. Correct the admission date in the pupil details, or the register.")
  static let markAfterLeaving = FindingRule(
    "mark-after-leaving", .warns,
    remedy: "The mark does not count. Correct the leaving date in the pupil details, or the register.")
  static let markInHoliday = FindingRule(
    "mark-outside-half-terms", .warns,
    remedy: "The mark does not count. Correct calendar: half_terms in the trust file, or the register.")
  static let laterSchoolYear = FindingRule(
    "later-school-year", .warns,
    remedy: "The mark does not count. Correct the date, or set as_at in the trust file.")
  static let noPupil = FindingRule(
    "no-pupil-identifier", .warns,
    remedy: "The row has no UPN, pupil id or admission number. Add one of them to the export.")
  static let leavesBeforeAdmission = FindingRule(
    "leaves-before-admission", .warns,
    remedy: "No mark of the pupil counts. Correct the two dates in the pupil details.")
  static let pupilNotInDetails = FindingRule(
    "pupil-not-in-details", .warns,
    remedy: "The marks are kept; the pupil's groups are unknown. Export the pupil details again with leavers."
  )
  static let pupilWithoutMarks = FindingRule(
    "pupil-without-marks", .warns,
    remedy: "Export the register with this pupil, or set the leaving date in the pupil details.")
  static let pupilListedTwice = FindingRule(
    "pupil-listed-twice", .warns,
    remedy: "The first row stands. Remove the repeated row from the pupil details.")
  static let unclearValue = FindingRule(
    "unclear-value", .informs,
    remedy: "The value counts as unknown. Correct it in the pupil details.")
  static let ageUnknown = FindingRule(
    "age-unknown", .warns,
    remedy:
      "The pupil has neither date of birth nor year, and does not count in national figures. Add one of them."
  )
  static let agesUnknown = FindingRule(
    "ages-unknown", .warns,
    remedy: "List the pupil details under pupils in the trust file, with dates of birth or years.")
  static let impossibleMinutes = FindingRule(
    "impossible-minutes", .informs,
    remedy: "The mark counts, its minutes do not. Correct the minutes in the school's system.")
  static let minutesOnOtherCode = FindingRule(
    "minutes-on-other-code", .informs,
    remedy: "Minutes late stand on L and U only; these do not count.")
  static let rowOfAnotherSchool = FindingRule(
    "row-of-another-school", .warns,
    remedy:
      "The row names a school this file is not listed for. List the file for that school in the trust file.")
  /// A school whose marks end long before the as-at date.
  public static let registerEndsEarly = FindingRule(
    "register-ends-early", .warns,
    remedy: "Export the register again up to the as-at date, or correct the as-at date.")
  static let noMarksYet = FindingRule(
    "no-marks-yet", .warns,
    remedy: "Every mark of the school is after the as-at date; its packs are empty. Look at the as-at date.")
  static let noMarks = FindingRule(
    "no-marks", .blocks,
    remedy: "Look at the school's registers in the trust file, and at the as-at date.")

  /// Every rule, in the order of its id.
  public static let all: [FindingRule] = [
    unreadableRow, openQuote, impossibleDate, unknownSession, unknownCode, subcode, retiredCode,
    codeBeforeItsDate, conflictingMarks, duplicateMark, markBeforeAdmission, markAfterLeaving, markInHoliday,
    laterSchoolYear, noPupil, pupilNotInDetails, pupilWithoutMarks, pupilListedTwice, unclearValue,
    ageUnknown, agesUnknown,
    impossibleMinutes, minutesOnOtherCode, rowOfAnotherSchool, noMarks, noMarksYet,
    leavesBeforeAdmission, registerEndsEarly,
  ].sorted { $0.id < $1.id }
}
