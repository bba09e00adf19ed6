import Registers
import Tabular

/// The marks of a table with several marks in a row: a row per day, a column per session, or marks in
/// strings.
struct GridRows<Rows: RowReader & ~Copyable>: MarkRows, ~Copyable {
  private var table: ExportTable<Rows>
  private let plan: MarkPlan
  private var pupils: RowPupils
  private var dates: DateReader
  private let marks: MarkReader
  private let strings: MarkString
  private var totals: RowTotals
  /// The cells for marks in the row, of which the first `entriesRead` have been read.
  private var entries: [Entry] = []
  private var entriesRead = 0
  private var ranges: [Range<Int>] = []
  private var isInLegend = false

  /// One cell for a mark, or one mark of a string.
  private struct Entry {
    let session: Session
    let column: Int
    /// The range of the mark in its cell, or `nil` if it is the whole cell.
    var range: Range<Int>?
    var minutes: Int?
  }

  init(
    _ table: consuming ExportTable<Rows>, layout: Layout, profile: SourceProfile, schools: [RegisterBuilder],
    schoolYear: SchoolYear?
  ) throws(TableFailure) {
    let plan = try MarkPlan(
      table, layout: layout, schoolYear: schoolYear, isOrderGiven: profile.dates != nil)
    if let date = plan.rowDateIndex { try table.refuseUnreadableDates(at: date, profile: profile) }
    let pupils = try RowPupils(table, schools: schools, profile: profile)
    dates = DateReader(order: profile.dates, countsFrom1904: table.facts.countsFrom1904)
    let marks = MarkReader(marks: profile.marks)
    let runs = plan.stringIndex.map { index in table.first.compactMap { index < $0.count ? $0[index] : nil } }
    strings = MarkString(marks: marks, map: profile.marks, first: runs ?? [])
    totals = RowTotals(table.header)
    self.plan = plan
    self.pupils = pupils
    self.marks = marks
    self.table = table
  }

  var location: FileLocation {
    let isPartOfCell = entriesRead > 0 && entries[entriesRead - 1].range != nil
    return FileLocation(
      sheet: table.facts.sheet, row: table.rows.row,
      column: entriesRead > 0 && !isPartOfCell ? entries[entriesRead - 1].column : nil)
  }
  var school: Int { pupils.school }
  var pupil: Int? { pupils.current?.pupil }
  var isFirstOfRow: Bool { entriesRead <= 1 }
  var openQuotes: [Int] { table.rows.openQuotes }
  var dateReader: DateReader { dates }
  var lesson: (name: String, row: Int)? { nil }

  mutating func next() throws(TableFailure) -> MarkInput? {
    while entriesRead == entries.count {
      entries.removeAll(keepingCapacity: true)
      entriesRead = 0
      if let found = totals.issue() { return .remark(found) }
      guard try table.rows.next() else { return nil }
      guard table.filledCells(upTo: 1) > 0 else { continue }
      if let input = beginRow() { return input }
    }
    entriesRead += 1
    return read(entries[entriesRead - 1])
  }

  /// Finds the row's pupil and its cells for marks. Returns the input that ends the row, or `nil` if both
  /// were found.
  private mutating func beginRow() -> MarkInput? {
    if isOtherRow() { return .otherRow }
    if let rowIssue = table.rowIssue {
      pupils.selectSchool(of: table.rows)
      return .refused(rowIssue, places: plan.cellsPerRow)
    }
    if let refusal = pupils.select(table.rows) { return .refused(refusal, places: plan.cellsPerRow) }
    if let refusal = fillEntries() {
      entries.removeAll(keepingCapacity: true)
      return .refused(refusal, places: plan.cellsPerRow)
    }
    totals.begin(table.rows)
    return nil
  }

  /// Returns whether the row is a total, a heading, the title of another page or part of a legend.
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
    guard !hasMarks else { return false }
    var text = ""
    for field in 0..<table.rows.count where text.isEmpty { text = table.rows.text(field) }
    isInLegend = OtherRow.isLegend(text)
    return isInLegend || OtherRow.isClosing(text) || !pupils.isNamed(in: table.rows)
      || table.filledCells(upTo: 3) < 3 && !hasListedPupil
  }

  /// A Boolean value that indicates whether the row has two cells and names a known pupil, so that it is a
  /// pupil's row with an unreadable mark.
  private var hasListedPupil: Bool {
    table.filledCells(upTo: 2) == 2 && pupils.isListed(in: table.rows)
  }

  /// A Boolean value that indicates whether any cell for marks has a mark.
  private var hasMarks: Bool {
    func isMark(_ column: Int) -> Bool {
      let bytes = table.rows.bytes(column)
      guard !bytes.isEmpty else { return false }
      return marks.read(bytes).code.map { $0 != .noMark } ?? false
    }
    return switch plan {
    case .dated(let cells): cells.contains { isMark($0.column) }
    case .datedPairs(let cells): cells.contains { !table.rows.bytes($0.column).trimmed.isEmpty }
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
    if case .datedPairs(let cells) = plan {
      for cell in cells { fillPair(from: cell.day, cell.column) }
      return nil
    }
    guard let index = plan.rowDateIndex, let day = dates.day(table.rows.bytes(index)) else {
      return .impossibleDate(written: table.rows.text(plan.rowDateIndex ?? 0))
    }
    switch plan {
    case .dated, .datedPairs: return nil
    case .weekly(_, let cells):
      // For a weekend, the Monday before and the Monday after are equally likely.
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
    case .pair(_, let column): return fill(.day, from: day, column, max: 2)
    case .string(.dates, _, let column): return fill(.dates, from: day, column, max: 2 * 366)
    case .string(let span, _, let column):
      return day.weekday == .monday ? fill(span, from: day, column, max: 14) : .weekNotFromMonday(day)
    }
  }

  /// Splits a cell with the marks of a day. A cell without exactly two marks is refused for both sessions,
  /// and a blank one has no mark.
  private mutating func fillPair(from day: Day, _ column: Int) {
    let bytes = table.rows.bytes(column)
    let isBlank = bytes.trimmed.isEmpty
    if isBlank, !day.weekday.isSchoolDay { return }
    if isBlank { ranges = [0..<0, 0..<0] }
    let isPair = isBlank || strings.split(bytes, of: .day, into: &ranges) && ranges.count == 2
    for (index, half) in [DayHalf.morning, .afternoon].enumerated() {
      entries.append(
        Entry(session: Session(day, half), column: column, range: isPair ? ranges[index] : nil))
    }
  }

  /// Splits the marks of a cell, one for each session from the morning of a day.
  private mutating func fill(_ span: MarkString.Span, from day: Day, _ column: Int, max: Int) -> Issue? {
    let bytes = table.rows.bytes(column)
    guard strings.split(bytes, of: span, into: &ranges), ranges.count <= max else {
      return .marksDoNotFit(length: bytes.count)
    }
    let first = Session(day, .morning).number
    for (index, range) in ranges.enumerated() {
      entries.append(Entry(session: Session(number: first + Int32(index)), column: column, range: range))
    }
    return nil
  }

  private mutating func read(_ entry: Entry) -> MarkInput {
    guard let current = pupils.current else { return .refused(.noPupilIdentifier, places: 1) }
    var bytes = table.rows.bytes(entry.column)
    if let range = entry.range { bytes = UnsafeBufferPointer(rebasing: bytes[range]) }
    let result = marks.read(bytes)
    guard let code = result.code else {
      let written = TextEncoding.text(of: bytes.trimmed)
      return .refused(
        .unknownCode(
          written: pupils.isName(written) ? nil : written, length: written.count,
          of: entry.range == nil ? nil : entry.session),
        places: 1, day: entry.session.day, half: entry.session.half)
    }
    totals.count(code)
    var minutes: UnsafeBufferPointer<UInt8>?
    if let index = entry.minutes {
      let written = table.rows.bytes(index).trimmed
      minutes = written.isEmptyValue ? nil : written
    }
    return .mark(
      Mark(
        school: current.school, pupil: current.pupil, session: entry.session, code: code,
        form: MarkForm(result), onRoll: current.onRoll, minutes: minutes))
  }
}
