import Registers
import Tabular

/// The marks of a table in the long layout, a row per pupil and session.
struct LongRows<Rows: RowReader & ~Copyable>: MarkRows, ~Copyable {
  private var table: ExportTable<Rows>
  private let places: Places
  /// Fields of a row that fits its header as it stands.
  private let fields: Int
  private var pupils: RowPupils
  private var dates: DateReader
  private let marks: MarkReader
  private let sessions: SessionReader

  /// The columns the loop over marks reads.
  private struct Places {
    let date, session, mark: Int
    let minutes, subcode: Int?
    let markIsID: Bool
  }

  init(
    _ table: consuming ExportTable<Rows>, profile: SourceProfile, schools: [RegisterBuilder],
    codes: [String: String]
  ) throws(TableFailure) {
    var table = table
    let header = table.header
    let mark = header.place(of: .mark) ?? header.place(of: .codeID)
    let places = Places(
      date: try table.require(.date), session: try table.require(.session),
      mark: try table.require(.mark, orElse: .codeID, .subcode, .weekMarks),
      minutes: header.place(of: .minutesLate), subcode: mark == nil ? nil : header.place(of: .subcode),
      markIsID: header.place(of: .mark) == nil && header.has(.codeID))
    try table.refuseMonthFirst(at: places.date, profile: profile)
    let pupils = try RowPupils(table, schools: schools, profile: profile)
    let changing = [places.date, places.session, places.mark, places.minutes ?? .max].min() ?? 0
    table.rows.stableFields = pupils.lastIdentifyingPlace < changing ? changing : 0
    dates = DateReader(order: profile.dates, countsFrom1904: table.facts.countsFrom1904)
    marks = MarkReader(marks: profile.marks, codes: places.markIsID ? codes : [:])
    sessions = SessionReader(
      first: table.first.compactMap { $0.count > places.session ? $0[places.session] : nil })
    self.pupils = pupils
    self.places = places
    fields = header.headers.count
    self.table = table
  }

  var place: MarkPlace { MarkPlace(sheet: table.facts.sheet, row: table.rows.row) }
  var school: Int { pupils.school }
  var pupil: Int? { pupils.known?.pupil }
  var isFirstOfRow: Bool { true }
  var openQuotes: [Int] { table.rows.openQuotes }
  var datesRead: DateReader { dates }

  @inline(__always)
  mutating func next() throws(TableFailure) -> MarkReading? {
    while try table.rows.next() {
      if table.rows.count <= 1, table.rows.bytes(0).trimmed.isEmpty { continue }
      if sessions.readsDigits { try checkDigits() }
      return read()
    }
    return nil
  }

  /// Throws: where 1 and 2, read as the sessions so far, turn out to be lessons.
  private func checkDigits() throws(TableFailure) {
    guard sessions.contradictsDigits(table.rows.bytes(places.session)) else { return }
    throw .unusable(
      file: table.file, place: "row \(table.rows.row)",
      reason:
        "1 and 2 stand for the sessions in the rows above, and here is \(Issue.quoted(table.rows.text(places.session)))",
      remedy: "Export the session registers without those of lessons, or with AM and PM for their sessions.")
  }

  /// The minutes late of the row, as written. Missing: nil when there is no such column or nothing in it.
  @inline(__always)
  private func minutesLate() -> UnsafeBufferPointer<UInt8>? {
    guard let place = places.minutes else { return nil }
    let bytes = table.rows.bytes(place)
    guard !bytes.isEmpty else { return nil }
    let minutes = bytes.trimmed
    return minutes.saysNothing ? nil : minutes
  }

  @inline(__always)
  private mutating func read() -> MarkReading {
    if table.rows.spansRows || table.rows.count != fields, let misfit = table.misfit {
      return readMisfit(misfit)
    }
    let date = dates.day(table.rows.bytes(places.date))
    // Before the row can add a pupil: a heading or a total names none.
    if date == nil, isOtherRow {
      pupils.forget()
      return .otherRow
    }
    if !table.rows.repeatsStableFields || pupils.known == nil, let refusal = pupils.turn(to: table.rows) {
      return isOtherRow ? .otherRow : .refused(refusal, places: 1)
    }
    guard let known = pupils.known else { return .refused(.noPupil, places: 1) }
    guard let day = date else {
      return .refused(.impossibleDate(written: table.rows.text(places.date)), places: 1)
    }
    let session: Session
    switch sessions.read(table.rows.bytes(places.session)) {
    case .half(let half): session = Session(day, half)
    case .lesson: return .lesson
    case .unknown:
      let written = table.rows.text(places.session)
      return .refused(.unknownSession(written: written), places: 1, day: day)
    }
    let (code, isSubcode): (AttendanceCode, Bool)
    switch marks.read(places.subcode == nil ? table.rows.bytes(places.mark) : markOrSubcode) {
    case .code(let found): (code, isSubcode) = (found, false)
    case .subcode(let found): (code, isSubcode) = (found, true)
    case .unknown:
      let written = table.rows.text(places.mark)
      let found: Issue = places.markIsID ? .unknownCodeID(written: written) : .unknownCode(written: written)
      return .refused(found, places: 1, day: day)
    }
    return .mark(
      Mark(
        school: known.school, pupil: known.pupil, session: session, code: code, isSubcode: isSubcode,
        onRoll: known.onRoll, minutes: minutesLate()))
  }

  /// The mark, or where there is none its subcode, which says the code too.
  private var markOrSubcode: UnsafeBufferPointer<UInt8> {
    let bytes = table.rows.bytes(places.mark)
    guard let subcode = places.subcode, bytes.trimmed.saysNothing else { return bytes }
    return table.rows.bytes(subcode)
  }

  private mutating func readMisfit(_ misfit: Issue) -> MarkReading {
    pupils.forget()
    if isOtherRow { return .otherRow }
    pupils.turnToSchool(of: table.rows)
    return .refused(misfit, places: 1)
  }

  /// Whether the row is a heading again, or a closing line such as a total: two cells at most, and no mark.
  private var isOtherRow: Bool {
    if table.repeatsHeader { return true }
    guard !table.rows.spansRows, table.filledCells(atMost: 3) < 3 else { return false }
    return OtherRow.isClosing(table.rows.text(0)) || OtherRow.isClosing(table.rows.text(1))
  }
}
