/// A row of the showcase that is wrong on purpose, so that the checks have something to find.
struct DirtyRow: Hashable, Sendable {
  /// The file, seen from the trust file's folder.
  let file: String
  /// The sheet of a workbook. Missing: empty for a file that has none, or one.
  let sheet: String
  /// The row as a spreadsheet counts it; in JSON the record, of which the first is 1.
  let row: Int
  let kind: Kind

  enum Kind: String, CaseIterable, Sendable {
    case unknownCode = "unknown code `?`"
    case unknownCodeID = "id of a code that is in no code file"
    case impossibleDate = "a date there is not, 31 November"
    case retiredHoliday = "retired code H"
    case retiredInterview = "retired code J"
    case duplicate = "exact duplicate of the row before"
    case secondMark = "another mark for a session of the row before"
    case afterLeaving = "mark after the leaving date"
    case pupilNotInPupilFile = "pupil not in the pupil file"
    case pupilWithoutMarks = "pupil in the pupil file without a mark"
    case blankMark = "blank mark"
    case tooFewFields = "too few fields"
    case wrongLength = "eleven marks for a week"
    case wrongPercentage = "`% Att` that the row's own marks do not make"
    case minutesNoNumber = "minutes that are no number, `abc`"
    case minutesOnPresent = "minutes late on a mark for present"
  }
}
