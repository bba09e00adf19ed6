import Registers
import Tabular

/// The marks of a table with a row per pupil and session.
struct LongRows<Rows: RowReader & ~Copyable>: MarkRows, ~Copyable {
  private var table: ExportTable<Rows>
  private let indices: ColumnIndices
  /// The number of fields in a row that fits its header.
  private let fields: Int
  private var pupils: RowPupils
  private var dates: DateReader
  private let marks: MarkReader
  private let sessions: SessionReader
  private(set) var lesson: (name: String, row: Int)?

  /// The indices of the columns that the loop over marks reads.
  private struct ColumnIndices {
    let date, session, mark: Int
    let minutes, subcode: Int?
    let isMarkID: Bool
  }

  init(
    _ table: consuming ExportTable<Rows>, profile: SourceProfile, schools: [RegisterBuilder],
    codes: [String: String]
  ) throws(TableFailure) {
    var table = table
    let header = table.header
    let mark = header.index(of: .mark) ?? header.index(of: .codeID)
    let indices = ColumnIndices(
      date: try table.require(.date), session: try table.require(.session),
      mark: try table.require(.mark, orElse: .codeID, .subcode, .weekMarks),
      minutes: header.index(of: .minutesLate), subcode: mark == nil ? nil : header.index(of: .subcode),
      isMarkID: header.index(of: .mark) == nil && header.has(.codeID))
    try table.refuseUnreadableDates(at: indices.date, profile: profile)
    let pupils = try RowPupils(table, schools: schools, profile: profile)
    let changing = [indices.date, indices.session, indices.mark, indices.minutes ?? .max].min() ?? 0
    table.rows.stableFields = pupils.lastIdentifyingIndex < changing ? changing : 0
    dates = DateReader(order: profile.dates, countsFrom1904: table.facts.countsFrom1904)
    marks = MarkReader(marks: profile.marks, codes: indices.isMarkID ? codes : [:])
    sessions = SessionReader(
      first: table.first.compactMap { $0.count > indices.session ? $0[indices.session] : nil },
      names: profile.sessions)
    self.pupils = pupils
    self.indices = indices
    fields = header.headers.count
    self.table = table
  }

  var location: FileLocation { FileLocation(sheet: table.facts.sheet, row: table.rows.row) }
  var school: Int { pupils.school }
  var pupil: Int? { pupils.current?.pupil }
  var isFirstOfRow: Bool { true }
  var openQuotes: [Int] { table.rows.openQuotes }
  var dateReader: DateReader { dates }

  @inline(__always)
  mutating func next() throws(TableFailure) -> MarkInput? {
    while try table.rows.next() {
      if table.rows.count <= 1, table.rows.bytes(0).trimmed.isEmpty { continue }
      if sessions.hasDigitSessions { try checkDigits() }
      return read()
    }
    return nil
  }

  /// Refuses a file that uses 1 and 2 for sessions in its first rows and for lessons later.
  private func checkDigits() throws(TableFailure) {
    guard sessions.contradictsDigits(table.rows.bytes(indices.session)) else { return }
    throw .unusable(
      file: table.file, location: "row \(table.rows.row)",
      reason:
        "the session is 1 or 2 in the rows above, but here it is \(Issue.quoted(table.rows.text(indices.session)))",
      remedy: "Export the session registers without the lessons, or with AM and PM as the sessions.")
  }

  /// The minutes late of the row as written, or `nil` if there is no such column or it is empty.
  @inline(__always)
  private func minutesLate() -> UnsafeBufferPointer<UInt8>? {
    guard let index = indices.minutes else { return nil }
    let bytes = table.rows.bytes(index)
    guard !bytes.isEmpty else { return nil }
    let minutes = bytes.trimmed
    return minutes.isEmptyValue ? nil : minutes
  }

  @inline(__always)
  private mutating func read() -> MarkInput {
    if table.rows.spansRows || table.rows.count != fields, let rowIssue = table.rowIssue {
      return readRaggedRow(rowIssue)
    }
    let date = dates.day(table.rows.bytes(indices.date))
    // This comes before a pupil is added, since a heading or a total names none.
    if date == nil, isOtherRow {
      pupils.clear()
      return .otherRow
    }
    if !table.rows.repeatsStableFields || pupils.current == nil, let refusal = pupils.select(table.rows) {
      return isOtherRow ? .otherRow : .refused(refusal, places: 1)
    }
    guard let current = pupils.current else { return .refused(.noPupilIdentifier, places: 1) }
    guard let day = date else {
      return .refused(.impossibleDate(written: table.rows.text(indices.date)), places: 1)
    }
    let session: Session
    switch sessions.read(table.rows.bytes(indices.session)) {
    case .half(let half): session = Session(day, half)
    case .lesson:
      if lesson == nil { lesson = (table.rows.text(indices.session), table.rows.row) }
      return .lesson
    case .unknown:
      let written = table.rows.text(indices.session)
      return .refused(.unknownSession(written: written), places: 1, day: day)
    }
    let result = marks.read(indices.subcode == nil ? table.rows.bytes(indices.mark) : markOrSubcode)
    guard let code = result.code else {
      let written = table.rows.text(indices.mark)
      let found: Issue =
        indices.isMarkID
        ? .unknownCodeID(written: written)
        : .unknownCode(written: pupils.isName(written) ? nil : written, length: written.count)
      return .refused(found, places: 1, day: day, half: session.half)
    }
    return .mark(
      Mark(
        school: current.school, pupil: current.pupil, session: session, code: code, form: MarkForm(result),
        onRoll: current.onRoll, minutes: minutesLate()))
  }

  /// The mark, or the subcode if there is no mark, since a subcode contains its code.
  private var markOrSubcode: UnsafeBufferPointer<UInt8> {
    let bytes = table.rows.bytes(indices.mark)
    guard let subcode = indices.subcode, bytes.trimmed.isEmptyValue else { return bytes }
    return table.rows.bytes(subcode)
  }

  private mutating func readRaggedRow(_ rowIssue: Issue) -> MarkInput {
    pupils.clear()
    if isOtherRow { return .otherRow }
    pupils.selectSchool(of: table.rows)
    return .refused(rowIssue, places: 1)
  }

  /// A Boolean value that indicates whether the row is a repeated header or a closing line such as a total,
  /// with at most two cells and no mark.
  private var isOtherRow: Bool {
    if table.repeatsHeader { return true }
    guard !table.rows.spansRows, table.filledCells(upTo: 3) < 3 else { return false }
    return OtherRow.isClosing(table.rows.text(0)) || OtherRow.isClosing(table.rows.text(1))
  }
}
