/// A row of the showcase that is wrong on purpose, so that the checks have something to find.
struct DirtyRow: Hashable, Sendable {
  /// The file, seen from the trust file's folder.
  let file: String
  /// The row as a spreadsheet counts it: the header is row 1.
  let row: Int
  let kind: Kind

  enum Kind: String, CaseIterable, Sendable {
    case unknownCode = "unknown code `?`"
    case impossibleDate = "a date there is not, 31 November"
    case retiredHoliday = "retired code H"
    case retiredInterview = "retired code J"
    case duplicate = "exact duplicate of the row before"
    case secondMark = "another mark for the session of the row before"
    case afterLeaving = "mark after the leaving date"
    case pupilNotInPupilFile = "pupil not in the pupil file"
    case pupilWithoutMarks = "pupil in the pupil file without a mark"
    case blankMark = "blank mark"
    case tooFewFields = "too few fields"
    case minutesNoNumber = "minutes that are no number, `abc`"
    case minutesOnPresent = "minutes late on a mark for present"
  }
}
