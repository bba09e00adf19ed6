import Registers
import Tabular

/// The marks of one school while they are read: a byte for each pupil and half-day of a school year.
///
/// Each school year has its own sheet, so that a stray date costs no more than one sheet.
struct MarkGrid {
  /// The number of bytes for a pupil: two for each day a school year can have.
  static let width = 366 * 2

  private(set) var sheets: [Sheet] = []
  private var current = 0
  private(set) var minutes: [Minutes] = []

  struct Sheet {
    let year: SchoolYear
    let base: Int32
    /// The number of half-days in the year.
    let length: Int32
    /// Codes as raw values, 0 for no mark.
    var marks: [UInt8] = []
    /// A Boolean value that indicates whether any row was read for each half-day.
    var hasRow = [Bool](repeating: false, count: MarkGrid.width)
    /// The marks of the present file.
    fileprivate(set) var newMarks = NewMarks()

    /// The number of pupils with a mark, for each half-day of the year.
    var marksBySession: [Int] {
      var counts = [Int](repeating: 0, count: MarkGrid.width)
      for pupil in stride(from: 0, to: marks.count, by: MarkGrid.width) {
        for slot in counts.indices where marks[pupil + slot] != 0 { counts[slot] += 1 }
      }
      return counts
    }

    func day(ofSlot slot: Int) -> Day { Session(number: base + Int32(slot)).day }
  }

  /// The rows of marks that a later check may report.
  private(set) var sources: [Source] = []

  /// The row of a mark with code N or E.
  struct Source {
    let pupil: Int32
    let session: Int32
    let code: AttendanceCode
    /// The index of the file among the school's registers.
    let file: Int32
    let row: Int32
    /// The sheet, or `nil` in a file with one table.
    let sheet: String?
  }

  struct Minutes {
    let pupil: Int32
    let session: Int32
    /// The mark beside the minutes.
    let code: AttendanceCode
    /// The minutes, or `nil` if a later row has the mark without minutes.
    let minutes: UInt16?
  }

  /// The state of the cell before: empty, or with the same or another mark.
  enum PutResult {
    case new, same, other
    /// The mark was not put: it is of one school year too many.
    case none
  }

  /// The last school year of the registers: that of the busiest session, or a following year with a session
  /// at least a tenth as busy. So a mistyped year is not taken for the present, and the first days of a new
  /// year are. It is `nil` if there is no row.
  var presentYear: SchoolYear? {
    let busiest = Dictionary(uniqueKeysWithValues: sheets.map { ($0.year, $0.marksBySession.max() ?? 0) })
    guard let maximum = busiest.values.max(),
      var present = busiest.filter({ $0.value == maximum }).keys.min()
    else { return nil }
    while let next = busiest[SchoolYear(start: present.start + 1)], next * 10 >= maximum, next > 0 {
      present = SchoolYear(start: present.start + 1)
    }
    return present
  }

  /// Earlier years in which every session has few marks, as for a mistyped year.
  var strayYears: Set<SchoolYear> {
    let busiest = Dictionary(uniqueKeysWithValues: sheets.map { ($0.year, $0.marksBySession.max() ?? 0) })
    guard let present = presentYear, let maximum = busiest[present], maximum >= 5 else { return [] }
    return Set(busiest.filter { $0.key < present && $0.value > 0 && $0.value <= max(1, maximum / 50) }.keys)
  }

  func hasMarks(of pupil: Int) -> Bool {
    let start = pupil * MarkGrid.width
    return sheets.contains { sheet in
      start < sheet.marks.count && sheet.marks[start..<(start + MarkGrid.width)].contains { $0 != 0 }
    }
  }

  /// Puts a mark into its cell. A later mark replaces an earlier one; a blank replaces nothing.
  @inline(__always)
  mutating func put(_ code: AttendanceCode, pupil: Int, session: Session) -> PutResult {
    var slot = Int(session.number - (sheets.isEmpty ? 0 : sheets[current].base))
    if sheets.isEmpty || slot < 0 || slot >= sheets[current].length {
      guard selectSheet(of: SchoolYear(containing: session.day)) else { return .none }
      slot = Int(session.number - sheets[current].base)
    }
    let index = pupil * MarkGrid.width + slot
    if index >= sheets[current].marks.count { grow(for: pupil) }
    sheets[current].hasRow[slot] = true
    guard code != .noMark else { return .new }
    let before = sheets[current].marks[index]
    sheets[current].marks[index] = code.rawValue
    if before == code.rawValue { return .same }
    if CodeSet.inSchoolTime.contains(raw: before) { sheets[current].newMarks.ofAttendance[slot] -= 1 }
    if CodeSet.inSchoolTime.contains(raw: code.rawValue) { sheets[current].newMarks.ofAttendance[slot] += 1 }
    guard before == 0 else { return .other }
    sheets[current].newMarks.all[slot] += 1
    return .new
  }

  mutating func setMinutes(_ value: UInt16, of code: AttendanceCode, pupil: Int, session: Session) {
    minutes.append(Minutes(pupil: Int32(pupil), session: session.number, code: code, minutes: value))
  }

  mutating func addSource(
    _ location: FileLocation, of code: AttendanceCode, pupil: Int, session: Session, file: Int
  ) {
    sources.append(
      Source(
        pupil: Int32(pupil), session: session.number, code: code, file: Int32(file),
        row: Int32(truncatingIfNeeded: location.row), sheet: location.sheet))
  }

  /// Returns the marks that the file just read adds to each school year.
  mutating func takeNewMarks() -> [SchoolYear: NewMarks] {
    var marks: [SchoolYear: NewMarks] = [:]
    for index in sheets.indices where sheets[index].newMarks.all.contains(where: { $0 > 0 }) {
      marks[sheets[index].year] = sheets[index].newMarks
      sheets[index].newMarks = NewMarks()
    }
    return marks
  }

  /// The marks that a file adds to a school year, for each half-day.
  struct NewMarks {
    /// The number of cells that the file filled first.
    var all = [Int](repeating: 0, count: MarkGrid.width)
    /// The number of cells with a mark of attendance, less those from which the file took it.
    var ofAttendance = [Int](repeating: 0, count: MarkGrid.width)
  }

  /// Clears the minutes of a session whose mark another row has replaced.
  mutating func clearMinutes(pupil: Int, session: Session) {
    let known = minutes.last { $0.pupil == Int32(pupil) && $0.session == session.number }
    guard let known else { return }
    minutes.append(Minutes(pupil: known.pupil, session: known.session, code: known.code, minutes: nil))
  }

  /// The maximum number of school years. A pupil may be at one school for fourteen.
  private static let maxYears = 14

  /// Selects the sheet of a year. Returns `false` if there are already `maxYears` others.
  private mutating func selectSheet(of year: SchoolYear) -> Bool {
    if sheets.count >= MarkGrid.maxYears, !sheets.contains(where: { $0.year == year }) { return false }
    if let index = sheets.firstIndex(where: { $0.year == year }) {
      current = index
    } else {
      let base = Session(year.firstDay, .morning).number
      sheets.append(
        Sheet(year: year, base: base, length: Session(year.lastDay, .afternoon).number - base + 1))
      current = sheets.count - 1
    }
    return true
  }

  private mutating func grow(for pupil: Int) {
    let wanted = (pupil + 1) * MarkGrid.width
    let count = max(wanted, min(sheets[current].marks.count * 2, wanted + 256 * MarkGrid.width))
    sheets[current].marks += [UInt8](repeating: 0, count: count - sheets[current].marks.count)
  }
}

/// A pupil and session.
struct MarkCell: Hashable {
  let school: Int
  let pupil: Int
  let session: Session
}
