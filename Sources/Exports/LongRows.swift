import Registers

/// The rows of a register in the long layout, a row per pupil and session, each read as far as its mark.
struct LongRows: ~Copyable {
  private var table: ExportTable
  private let file: ExportFile
  private let places: Places
  private let intakes: [SchoolIntake]
  private let router: SchoolRouter
  private var dates: DateReader
  private let marks: MarkReader
  private var pupilFields: PupilFields
  /// The school and pupil of the row before. Missing: nil when that row named none.
  private var last: (school: Int, pupil: Int, onRoll: ClosedRange<Int32>)?

  /// The position of the school of the row just read, the first where it names none.
  private(set) var school = 0

  /// A mark as a row gives it.
  struct Mark {
    var school: Int
    var pupil: Int
    var session: Session
    var code: AttendanceCode
    var isSubcode: Bool
    /// The first and last day on roll of the pupil, as day numbers.
    var onRoll: ClosedRange<Int32>
  }

  enum Reading {
    case mark(Mark)
    /// The day is nil where the row is refused before its date is known.
    indirect case refused(FindingRule, message: String, kind: String, day: Day? = nil)
  }

  /// The columns the loop over marks reads. `missing` stands for a column the file lacks.
  private struct Places {
    var upn, pupilID, admissionNumber, school, date, session, mark, minutes: Int
    static let missing = Int.max
  }

  init(_ file: ExportFile, schools intakes: [SchoolIntake]) throws(ExportFailure) {
    var table = try ExportTable(file, content: .register)
    let header = table.header
    func require(_ column: Column, _ name: String, _ remedy: String) throws(ExportFailure) -> Int {
      if let place = header.place(of: column) { return place }
      throw .missingColumn(
        file: file.name, row: header.row, column: name, found: header.headers, remedy: remedy)
    }
    let remedy =
      header.has(.date) || header.has(.mark)
      ? "If another column holds it, name it under profile: columns in the trust file."
      : "If the file holds pupil details, list it under pupils in the trust file."
    let places = Places(
      upn: header.place(of: .upn) ?? Places.missing,
      pupilID: header.place(of: .pupilID) ?? Places.missing,
      admissionNumber: header.place(of: .admissionNumber) ?? Places.missing,
      school: header.place(of: .school) ?? Places.missing,
      date: try require(.date, "Date", remedy),
      session: try require(
        .session, "Session",
        "This version reads a row per pupil and session. If another column holds AM or PM, name it under "
          + "profile: columns in the trust file."),
      mark: try require(.mark, "Mark", remedy),
      minutes: header.place(of: .minutesLate) ?? Places.missing)
    guard header.first(of: [.upn, .pupilID, .admissionNumber]) != nil else {
      throw .missingColumn(
        file: file.name, row: header.row, column: "UPN", found: header.headers,
        remedy: "A register needs a UPN, a pupil id or an admission number.")
    }
    let changing = [places.date, places.session, places.mark, places.minutes].min() ?? 0
    let identifying =
      [places.upn, places.pupilID, places.admissionNumber, places.school]
      .filter { $0 != Places.missing }.max() ?? 0
    table.rows.stableFields = identifying < changing ? changing : 0
    self.table = table
    self.places = places
    self.file = file
    self.intakes = intakes
    router = SchoolRouter(header: header, schools: intakes)
    dates = DateReader(order: file.profile.dates)
    marks = MarkReader(marks: file.profile.marks)
    pupilFields = PupilFields(header: header, dates: file.profile.dates)
  }

  var row: Int { table.rows.row }
  var openQuotes: [Int] { table.rows.openQuotes }

  /// The minutes late of the row just read, as written. Missing: nil when there is no such column or nothing in it.
  @inline(__always)
  func minutesLate() -> UnsafeBufferPointer<UInt8>? {
    guard places.minutes != Places.missing else { return nil }
    let bytes = table.rows.bytes(places.minutes)
    guard !bytes.isEmpty else { return nil }
    return bytes.trimmed.saysNothing ? nil : bytes.trimmed
  }

  /// The next row that is not blank. Missing: nil at the end of the file.
  @inline(__always)
  mutating func next() throws(ExportFailure) -> Reading? {
    while try table.rows.next() {
      if table.rows.count == 1, table.rows.bytes(0).trimmed.isEmpty { continue }
      return read()
    }
    return nil
  }

  /// Finds the school and the pupil of a row that is not about the pupil of the row before; why not, where it names none.
  private mutating func turnToPupil() -> Reading? {
    last = nil
    school = 0
    guard let school = router.school(of: table.rows) else {
      let message =
        "the row is of school \"\(router.written(in: table.rows))\", which this file is not listed for"
      return .refused(.rowOfAnotherSchool, message: message, kind: message)
    }
    self.school = school
    guard let pupil = findPupil(in: intakes[school]) else {
      let message = "no UPN, pupil id or admission number"
      return .refused(.noPupil, message: "the row has \(message)", kind: "rows with \(message)")
    }
    last = (school, pupil, intakes[school].onRoll[pupil])
    return nil
  }

  @inline(__always)
  private mutating func read() -> Reading {
    if let (rule, message, kind) = table.misfit {
      last = nil
      school = router.school(of: table.rows) ?? 0
      return .refused(rule, message: message, kind: kind)
    }
    if !table.rows.repeatsStableFields || last == nil, let refusal = turnToPupil() { return refusal }
    guard let (school, pupil, onRoll) = last else {
      return refused(.noPupil, places.mark, "no pupil for mark %")
    }
    guard let day = dates.day(table.rows.bytes(places.date)) else {
      return refused(.impossibleDate, places.date, "% is no date, or not in the form of the dates above it")
    }
    guard let half = LongRows.half(table.rows.bytes(places.session)) else {
      return refused(
        .unknownSession, places.session, "% is neither the morning nor the afternoon session", on: day)
    }
    let session = Session(day, half)
    switch marks.read(table.rows.bytes(places.mark)) {
    case .code(let code):
      return .mark(
        Mark(
          school: school, pupil: pupil, session: session, code: code, isSubcode: false, onRoll: onRoll))
    case .subcode(let code):
      return .mark(
        Mark(school: school, pupil: pupil, session: session, code: code, isSubcode: true, onRoll: onRoll))
    case .unknown:
      return refused(.unknownCode, places.mark, "% is no attendance code", on: day)
    }
  }

  private func refused(_ rule: FindingRule, _ place: Int, _ words: String, on day: Day? = nil) -> Reading {
    let parts = words.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    let message = "\(parts[0])\(LongRows.quoted(table.rows.text(place)))\(parts.last ?? "")"
    return .refused(rule, message: message, kind: message, day: day)
  }

  /// What a cell holds, for a message. In a row whose columns have shifted that could be a name or a UPN, so only what
  /// looks like neither is quoted.
  private static func quoted(_ text: String) -> String {
    let hasDigit = text.contains { $0.isASCII && $0.isNumber }
    let startsWithDigit = text.first.map { $0.isASCII && $0.isNumber } ?? false
    guard text.count <= 3 || (hasDigit && text.count <= 12) || (startsWithDigit && text.count <= 25) else {
      return "a text of \(text.count) characters"
    }
    return "\"\(text)\""
  }
}

extension LongRows {
  /// `AM`, `PM`, `Morning`, `AFTERNOON`, `1`, `2`; lesson periods are neither.
  @inline(__always)
  private static func half(_ bytes: UnsafeBufferPointer<UInt8>) -> DayHalf? {
    if bytes.count == 2, bytes[1].uppercased == UInt8(ascii: "M") {
      if bytes[0].uppercased == UInt8(ascii: "A") { return .morning }
      if bytes[0].uppercased == UInt8(ascii: "P") { return .afternoon }
    }
    switch TextEncoding.text(of: bytes.trimmed).lowercased() {
    case "am", "a", "morning", "1": return .morning
    case "pm", "p", "afternoon", "2": return .afternoon
    default: return nil
    }
  }

  private func findPupil(in intake: SchoolIntake) -> Int? {
    func bytes(_ place: Int) -> UnsafeBufferPointer<UInt8> {
      guard place != Places.missing else { return UnsafeBufferPointer(start: nil, count: 0) }
      let bytes = table.rows.bytes(place).trimmed
      return bytes.saysNothing ? UnsafeBufferPointer(start: nil, count: 0) : bytes
    }
    let upn = PupilKey(bytes(places.upn))
    let pupilID = PupilKey(bytes(places.pupilID))
    let admissionNumber = PupilKey(withoutLeadingZeros: bytes(places.admissionNumber))
    guard upn != nil || pupilID != nil || admissionNumber != nil else { return nil }
    var fields = pupilFields
    if let pupil = intake.find(upn: upn, pupilID: pupilID, admissionNumber: admissionNumber) {
      // A register can tell the year of a pupil whose details do not.
      if table.header.has(.year), !intake.pupils[pupil].tellsAge {
        var told = Pupil()
        told.year = fields.read(table.rows).pupil.year
        intake.fill(pupil, from: told)
      }
      return pupil
    }
    let reading = fields.read(table.rows)
    intake.noteUnclear(reading, table.header, file.name, table.rows.row)
    return intake.addFromRegister(reading.pupil, file: file.name, row: table.rows.row)
  }
}
