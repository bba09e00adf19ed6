import Registers
import Tabular

/// The marks of a table with several to a row: a row per day, a column per session, or marks in strings.
struct GridRows<Rows: RowReader & ~Copyable>: MarkRows, ~Copyable {
  private var table: ExportTable<Rows>
  private let plan: MarkPlan
  private var pupils: RowPupils
  private var dates: DateReader
  private let marks: MarkReader
  private let strings: MarkString
  private var totals: RowTotals
  /// The places for marks of the row, and how many of them are passed.
  private var entries: [Entry] = []
  private var passed = 0
  private var ranges: [Range<Int>] = []
  private var isInLegend = false

  /// One place for a mark.
  private struct Entry {
    let session: Session
    let column: Int
    /// Where the mark is a part of its cell. Missing: nil when it is all of it.
    var range: Range<Int>?
    var minutes: Int?
  }

  init(
    _ table: consuming ExportTable<Rows>, layout: Layout, profile: SourceProfile, schools: [RegisterBuilder],
    schoolYear: SchoolYear?
  ) throws(TableFailure) {
    let plan = try MarkPlan(table, layout: layout, schoolYear: schoolYear)
    if let date = plan.rowDatePlace { try table.refuseMonthFirst(at: date, profile: profile) }
    let pupils = try RowPupils(table, schools: schools, profile: profile)
    dates = DateReader(order: profile.dates, countsFrom1904: table.facts.countsFrom1904)
    let marks = MarkReader(marks: profile.marks)
    let runs = plan.stringPlace.map { place in table.first.compactMap { place < $0.count ? $0[place] : nil } }
    strings = MarkString(marks: marks, map: profile.marks, first: runs ?? [])
    totals = RowTotals(table.header)
    self.plan = plan
    self.pupils = pupils
    self.marks = marks
    self.table = table
  }

  var place: MarkPlace {
    let isPart = passed > 0 && entries[passed - 1].range != nil
    return MarkPlace(
      sheet: table.facts.sheet, row: table.rows.row,
      column: passed > 0 && !isPart ? entries[passed - 1].column : nil)
  }
  var school: Int { pupils.school }
  var pupil: Int? { pupils.known?.pupil }
  var isFirstOfRow: Bool { passed <= 1 }
  var openQuotes: [Int] { table.rows.openQuotes }
  var datesRead: DateReader { dates }

  mutating func next() throws(TableFailure) -> MarkReading? {
    while passed == entries.count {
      entries.removeAll(keepingCapacity: true)
      passed = 0
      if let found = totals.close() { return .remark(found) }
      guard try table.rows.next() else { return nil }
      guard table.filledCells(atMost: 1) > 0 else { continue }
      if let reading = startRow() { return reading }
    }
    passed += 1
    return read(entries[passed - 1])
  }

  /// Finds the row's pupil and its places for marks. Missing: nil when both are found.
  private mutating func startRow() -> MarkReading? {
    if isOtherRow() { return .otherRow }
    if let misfit = table.misfit {
      pupils.turnToSchool(of: table.rows)
      return .refused(misfit, places: plan.placesInRow)
    }
    if let refusal = pupils.turn(to: table.rows) { return .refused(refusal, places: plan.placesInRow) }
    if let refusal = fillEntries() {
      entries.removeAll(keepingCapacity: true)
      return .refused(refusal, places: plan.placesInRow)
    }
    totals.open(table.rows)
    return nil
  }

  /// Whether the row is a total, a heading, the title of a next page or a legend.
  private mutating func isOtherRow() -> Bool {
    if table.repeatsHeader {
      isInLegend = false
      return true
    }
    if pupils.isNumbered(in: table.rows, marks) {
      isInLegend = false
      return false
    }
    if isInLegend { return true }
    guard !holdsMarks else { return false }
    var text = ""
    for field in 0..<table.rows.count where text.isEmpty { text = table.rows.text(field) }
    isInLegend = OtherRow.isLegend(text)
    return isInLegend || OtherRow.isClosing(text) || !pupils.isNamed(in: table.rows)
      || table.filledCells(atMost: 3) < 3 && !holdsListedPupil
  }

  /// Whether a row of two cells is one of a pupil with a mark that is none, and no title or legend.
  private var holdsListedPupil: Bool {
    table.filledCells(atMost: 2) == 2 && pupils.isListed(in: table.rows)
  }

  /// Whether a cell for marks holds one.
  private var holdsMarks: Bool {
    func isMark(_ column: Int) -> Bool {
      let bytes = table.rows.bytes(column)
      guard !bytes.isEmpty else { return false }
      return switch marks.read(bytes) {
      case .code(.noMark), .unknown: false
      case .code, .subcode: true
      }
    }
    return switch plan {
    case .dated(let cells): cells.contains { isMark($0.column) }
    case .weekly(_, let cells): cells.contains { isMark($0.column) }
    case .daily(_, let cells): cells.contains { isMark($0.column) }
    case .pair(_, let column), .string(_, _, let column): !table.rows.bytes(column).trimmed.isEmpty
    }
  }

  private mutating func fillEntries() -> Issue? {
    if case .dated(let cells) = plan {
      for cell in cells { entries.append(Entry(session: cell.session, column: cell.column)) }
      return nil
    }
    guard let place = plan.rowDatePlace, let day = dates.day(table.rows.bytes(place)) else {
      return .impossibleDate(written: table.rows.text(plan.rowDatePlace ?? 0))
    }
    switch plan {
    case .dated: return nil
    case .weekly(_, let cells):
      // Of a Saturday or Sunday, the Monday before and the Monday after are as likely.
      guard day.weekday.isSchoolDay else { return .weekNotFromMonday(day) }
      let monday = Session(day.monday, .morning).number
      for cell in cells {
        entries.append(Entry(session: Session(number: monday + Int32(cell.offset)), column: cell.column))
      }
      return nil
    case .daily(_, let cells):
      for cell in cells {
        entries.append(Entry(session: Session(day, cell.half), column: cell.column, minutes: cell.minutes))
      }
      return nil
    case .pair(_, let column): return fill(.day, from: day, column, most: 2)
    case .string(.dates, _, let column): return fill(.dates, from: day, column, most: 2 * 366)
    case .string(let span, _, let column):
      return day.weekday == .monday ? fill(span, from: day, column, most: 14) : .weekNotFromMonday(day)
    }
  }

  /// Parts the marks of a cell, one a session from the morning of a day.
  private mutating func fill(_ span: MarkString.Span, from day: Day, _ column: Int, most: Int) -> Issue? {
    let bytes = table.rows.bytes(column)
    guard strings.part(bytes, of: span, into: &ranges), ranges.count <= most else {
      return .marksDoNotFit(length: bytes.count)
    }
    let first = Session(day, .morning).number
    for (place, range) in ranges.enumerated() {
      entries.append(Entry(session: Session(number: first + Int32(place)), column: column, range: range))
    }
    return nil
  }

  private mutating func read(_ entry: Entry) -> MarkReading {
    guard let known = pupils.known else { return .refused(.noPupil, places: 1) }
    var bytes = table.rows.bytes(entry.column)
    if let range = entry.range { bytes = UnsafeBufferPointer(rebasing: bytes[range]) }
    let (code, isSubcode): (AttendanceCode, Bool)
    switch marks.read(bytes) {
    case .code(let found): (code, isSubcode) = (found, false)
    case .subcode(let found): (code, isSubcode) = (found, true)
    case .unknown:
      let written = TextEncoding.text(of: bytes.trimmed)
      return .refused(
        .unknownCode(written: written, of: entry.range == nil ? nil : entry.session), places: 1,
        day: entry.session.day)
    }
    totals.count(code)
    var minutes: UnsafeBufferPointer<UInt8>?
    if let place = entry.minutes {
      let written = table.rows.bytes(place).trimmed
      minutes = written.saysNothing ? nil : written
    }
    return .mark(
      Mark(
        school: known.school, pupil: known.pupil, session: entry.session, code: code, isSubcode: isSubcode,
        onRoll: known.onRoll, minutes: minutes))
  }
}
