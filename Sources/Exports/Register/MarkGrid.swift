import Registers
import Tabular

/// The marks of one school as they are read: a byte for each pupil and half-day of a school year, grown as pupils come.
///
/// A year not met before gets a sheet of its own, so that a stray date costs one sheet and no more.
struct MarkGrid {
  /// Unit: bytes; two for each day a school year can have.
  static let width = 366 * 2

  private(set) var sheets: [Sheet] = []
  private var current = 0
  private(set) var minutes: [Minutes] = []

  struct Sheet {
    let year: SchoolYear
    let base: Int32
    /// The half-days of the year, fewer than `width` in most.
    let length: Int32
    /// Codes as raw values; 0 where there is no mark.
    var marks: [UInt8] = []
    /// Half-days for which any row was read.
    var hasRow = [Bool](repeating: false, count: MarkGrid.width)

    /// For each half-day of the year, how many pupils have a mark.
    var marksBySession: [Int] {
      var counts = [Int](repeating: 0, count: MarkGrid.width)
      for pupil in stride(from: 0, to: marks.count, by: MarkGrid.width) {
        for slot in counts.indices where marks[pupil + slot] != 0 { counts[slot] += 1 }
      }
      return counts
    }

    func day(ofSlot slot: Int) -> Day { Session(number: base + Int32(slot)).day }
  }

  /// Where marks stand that a check may have to point at.
  private(set) var places: [Place] = []

  /// Where a mark of code N or E stands.
  struct Place {
    let pupil: Int32
    let session: Int32
    let code: AttendanceCode
    /// The position of the file among the school's registers.
    let file: Int32
    let row: Int32
    /// Missing: nil in a file with one table.
    let sheet: String?
  }

  struct Minutes {
    let pupil: Int32
    let session: Int32
    /// The mark they were written beside.
    let code: AttendanceCode
    /// Missing: nil where a later row has the mark without minutes.
    let minutes: UInt16?
  }

  /// What was there before: nothing, the same mark, or another.
  enum Placing {
    case new, same, other
    /// The mark has no place: it is of one school year too many.
    case none
  }

  /// The school year the marks reach: the one of the busiest session, or one that follows it year by year with a session at
  /// least a tenth as busy. So a mistyped year does not become the present, and the first days of a new one do.
  ///
  /// Missing: nil when there is no row.
  var presentYear: SchoolYear? {
    let busiest = Dictionary(uniqueKeysWithValues: sheets.map { ($0.year, $0.marksBySession.max() ?? 0) })
    guard let most = busiest.values.max(),
      var present = busiest.filter({ $0.value == most }).keys.min()
    else { return nil }
    while let next = busiest[SchoolYear(start: present.start + 1)], next * 10 >= most, next > 0 {
      present = SchoolYear(start: present.start + 1)
    }
    return present
  }

  /// Years before the present one of which no session has marks of more than a few pupils, as a mistyped year has.
  var strayYears: Set<SchoolYear> {
    let busiest = Dictionary(uniqueKeysWithValues: sheets.map { ($0.year, $0.marksBySession.max() ?? 0) })
    guard let present = presentYear, let most = busiest[present], most >= 5 else { return [] }
    return Set(busiest.filter { $0.key < present && $0.value > 0 && $0.value <= max(1, most / 50) }.keys)
  }

  func hasMarks(after year: SchoolYear) -> Bool {
    sheets.contains { $0.year > year && $0.marks.contains { $0 != 0 } }
  }

  /// Puts a mark in its place; a later mark stands over an earlier one, and no mark over none.
  @inline(__always)
  mutating func put(_ code: AttendanceCode, pupil: Int, session: Session) -> Placing {
    var slot = Int(session.number - (sheets.isEmpty ? 0 : sheets[current].base))
    if sheets.isEmpty || slot < 0 || slot >= sheets[current].length {
      guard turn(to: SchoolYear(containing: session.day)) else { return .none }
      slot = Int(session.number - sheets[current].base)
    }
    let place = pupil * MarkGrid.width + slot
    if place >= sheets[current].marks.count { grow(for: pupil) }
    sheets[current].hasRow[slot] = true
    guard code != .noMark else { return .new }
    let before = sheets[current].marks[place]
    sheets[current].marks[place] = code.rawValue
    if before == 0 { return .new }
    return before == code.rawValue ? .same : .other
  }

  mutating func note(minutes value: UInt16, on code: AttendanceCode, pupil: Int, session: Session) {
    minutes.append(Minutes(pupil: Int32(pupil), session: session.number, code: code, minutes: value))
  }

  mutating func note(
    _ place: MarkPlace, of code: AttendanceCode, pupil: Int, session: Session, file: Int
  ) {
    places.append(
      Place(
        pupil: Int32(pupil), session: session.number, code: code, file: Int32(file),
        row: Int32(truncatingIfNeeded: place.row), sheet: place.sheet))
  }

  /// Forgets the minutes of a session whose mark another row has replaced.
  mutating func clearMinutes(pupil: Int, session: Session) {
    let known = minutes.last { $0.pupil == Int32(pupil) && $0.session == session.number }
    guard let known else { return }
    minutes.append(Minutes(pupil: known.pupil, session: known.session, code: known.code, minutes: nil))
  }

  /// Unit: school years. A pupil may be at one school for fourteen.
  private static let mostYears = 14

  /// Turns to the sheet of a year; false where there are as many others as there may be.
  private mutating func turn(to year: SchoolYear) -> Bool {
    if sheets.count >= MarkGrid.mostYears, !sheets.contains(where: { $0.year == year }) { return false }
    if let place = sheets.firstIndex(where: { $0.year == year }) {
      current = place
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
