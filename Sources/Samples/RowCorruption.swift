import Registers

/// A deliberate error in the showcase, which the data checks of the packs must find.
struct SeededError: Hashable, Sendable {
  /// The sheet of a workbook with several sheets. Empty for other files.
  var sheet = ""
  /// The row number as in a spreadsheet, or in JSON the number of the record. Both count from 1.
  let row: Int
  let kind: Kind

  /// A kind of error, with the description that the documentation of the sample data contains.
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
    case invalidMinutes = "minutes that are no number, `abc`"
    case minutesOnPresent = "minutes late on a mark for present"
  }
}

/// A row of an export that can have seeded errors.
protocol CorruptibleRow {
  var errors: [SeededError.Kind] { get set }
  /// A Boolean value that indicates whether the row has a mark for present, which most kinds of error change.
  var isPresent: Bool { get }
}

extension Sequence where Element: CorruptibleRow {
  /// Returns the errors of the rows.
  ///
  /// - Parameter firstRow: The row number of the first row in the file.
  func seededErrors(firstRow: Int) -> [SeededError] {
    enumerated().flatMap { offset, row in
      row.errors.map { SeededError(row: firstRow + offset, kind: $0) }
    }
  }
}

/// The corruption of random rows of a showcase register.
struct RowCorruption<Row: CorruptibleRow> {
  private(set) var rows: [Row]
  private let plan: SchoolPlan
  private var random: SplitMix64

  init(of rows: [Row], plan: SchoolPlan, seed: UInt64, purpose: SplitMix64.Purpose) {
    self.rows = rows
    self.plan = plan
    random = SplitMix64(seed: seed, school: plan.number, for: purpose)
  }

  /// Changes `count` random rows.
  private mutating func change(
    _ count: Int, _ kind: SeededError.Kind, where isEligible: (Row) -> Bool = \.isPresent,
    _ modify: (inout Row) -> Void
  ) {
    for _ in 0..<count {
      guard let index = randomIndex(where: isEligible) else { continue }
      modify(&rows[index])
      rows[index].errors = [kind]
    }
  }

  /// Repeats `count` random rows, and changes the copies, which follow the original rows.
  private mutating func duplicate(
    _ count: Int, _ kind: SeededError.Kind, where isEligible: (Row) -> Bool = \.isPresent,
    _ modify: (inout Row) -> Void
  ) {
    for _ in 0..<count {
      guard let index = randomIndex(where: isEligible) else { continue }
      var row = rows[index]
      modify(&row)
      row.errors = [kind]
      rows.insert(row, at: index + 1)
    }
  }

  /// Returns the index of a random eligible row without errors, or `nil` if 1,000 draws do not find one.
  private mutating func randomIndex(where isEligible: (Row) -> Bool) -> Int? {
    guard !rows.isEmpty else { return nil }
    for _ in 0..<1000 {
      let index = random.integer(below: rows.count)
      // An error in the row before or after would make descriptions such as "the row before" ambiguous.
      let neighbours = rows[max(0, index - 1)...min(rows.count - 1, index + 1)]
      if neighbours.allSatisfy(\.errors.isEmpty), isEligible(rows[index]) { return index }
    }
    return nil
  }
}

extension RowCorruption where Row == RegisterRow {
  /// Adds the errors of the school's export style. No style has every kind of error.
  mutating func corruptRegister(of pupils: [SamplePupil]) {
    switch plan.style {
    case .sims:
      change(3, .unknownCode) { $0.mark = "?" }
      change(4, .retiredHoliday) { $0.mark = AttendanceCode.retiredFamilyHoliday.mark }
      change(2, .invalidMinutes, where: { $0.mark == AttendanceCode.lateBeforeClose.mark }) {
        $0.minutes = "abc"
      }
      change(2, .minutesOnPresent) { $0.minutes = "5" }
      change(3, .blankMark) { $0.mark = "" }
      change(2, .tooFewFields) { _ in }
      duplicate(1, .impossibleDate, where: { $0.session.day.date.month == 11 }) {
        $0.impossibleDate = (month: 11, day: 31)
      }
      duplicate(2, .secondMark) { $0.mark = AttendanceCode.illness.mark }
      duplicate(3, .duplicate) { _ in }
    case .weekStrings:
      change(1, .unknownCode) { $0.mark = "?" }
      change(3, .retiredInterview) { $0.mark = AttendanceCode.retiredInterview.mark }
      addMarksAfterLeaving(of: pupils)
      change(2, .blankMark) { $0.mark = "" }
    case .registerWorkbook:
      change(2, .unknownCode) { $0.mark = "?" }
      change(1, .blankMark) { $0.mark = "" }
      change(1, .retiredInterview) { $0.mark = AttendanceCode.retiredInterview.mark }
    case .wonde:
      addMarksAfterLeaving(of: pupils)
      duplicate(2, .secondMark) { $0.mark = AttendanceCode.illness.mark }
      change(2, .blankMark) { $0.mark = "" }
      change(1, .retiredInterview) { $0.mark = AttendanceCode.retiredInterview.mark }
      duplicate(2, .duplicate) { _ in }
      change(1, .unknownCodeID) { _ in }
    case .plain: break
    }
  }

  /// Adds absences of the first leaver on three days after the leaving date.
  private mutating func addMarksAfterLeaving(of pupils: [SamplePupil]) {
    let days = plan.calendar.days
    let leaver = pupils.indices.first {
      guard let leavingDate = pupils[$0].leavingDate, let last = days.last else { return false }
      return last - leavingDate > 10
    }
    guard let leaver, let leavingDate = pupils[leaver].leavingDate,
      let lastRow = rows.lastIndex(where: { $0.pupil == leaver })
    else { return }
    let marks = days.indices.filter { days[$0] > leavingDate }.prefix(3).flatMap { day in
      DayHalf.allCases.map { half in
        RegisterRow(
          pupil: leaver, session: Session(days[day], half), halfTerm: plan.calendar.halfTermIndices[day],
          mark: AttendanceCode.otherUnauthorised.mark, errors: [.afterLeaving])
      }
    }
    rows.insert(contentsOf: marks, at: lastRow + 1)
  }
}

extension RowCorruption where Row == WeekRow {
  /// Adds the errors that concern a whole week.
  mutating func corruptWeeks() {
    change(1, .wrongLength) { $0.marks.insert($0.marks[0], at: 0) }
    change(1, .tooFewFields) { _ in }
    duplicate(2, .duplicate) { _ in }
    duplicate(1, .secondMark) { $0.marks[0] = AttendanceCode.illness.mark }
    duplicate(2, .impossibleDate, where: { $0.isPresent && $0.monday.date.month == 11 }) {
      $0.impossibleDate = (month: 11, day: 31)
    }
  }
}
