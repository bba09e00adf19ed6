import Registers
import Tabular

/// Finds the school and the pupil a row is about; a pupil not met before is added to the school.
struct RowPupils {
  private let upn, pupilID, admissionNumber: Int?
  private let schools: [RegisterBuilder]
  private var router: SchoolResolver
  private let header: HeaderRow
  private let tellsYear: Bool
  private let file: String
  private let sheet: String?
  private var fields: PupilFields
  /// For each school, where the table holds its own groups.
  private let groups: [[GroupPlace]]
  /// Missing: nil when the row named no school or no pupil.
  private(set) var known: Known?
  /// The position of the school of the row, the first where it names none.
  private(set) var school = 0

  struct Known {
    let school: Int
    let pupil: Int
    /// The first and last day on roll, as day numbers.
    let onRoll: ClosedRange<Int32>
  }

  init<Rows: RowReader & ~Copyable>(
    _ table: borrowing ExportTable<Rows>, schools: [RegisterBuilder], profile: SourceProfile
  ) throws(TableFailure) {
    header = table.header
    tellsYear = header.has(.year)
    guard header.first(of: Column.identifiers) != nil else {
      throw .missingColumn(
        file: table.file, row: header.row, column: "UPN", found: header.quotable,
        remedy: "A register needs a UPN, a pupil id or an admission number.")
    }
    upn = header.place(of: .upn)
    pupilID = header.place(of: .pupilID)
    admissionNumber = header.place(of: .admissionNumber)
    file = table.file
    sheet = table.facts.sheet
    self.schools = schools
    router = SchoolResolver(table, schools: schools, profile: profile)
    groups = schools.map { [header] school in
      // Pupil details come first: where there are any, a register does not stand for them.
      school.detailsFile == nil ? school.findGroups(in: header) : school.groupPlaces(in: header)
    }
    fields = PupilFields(
      header: header, dates: profile.dates, countsFrom1904: table.facts.countsFrom1904)
  }

  /// The last place that tells of the school or the pupil.
  var lastIdentifyingPlace: Int {
    [upn, pupilID, admissionNumber, router.place].compactMap(\.self).max() ?? 0
  }

  /// Turns to the pupil of a row; why not, where it names none.
  mutating func turn(to rows: borrowing some RowReader & ~Copyable) -> Issue? {
    known = nil
    school = 0
    guard let school = router.turn(to: rows) else {
      return .rowOfAnotherSchool(written: router.written(in: rows))
    }
    self.school = school
    guard let pupil = pupil(of: rows, in: school) else {
      return schools[school].pupils.count < RegisterBuilder.mostPupils ? .noPupil : .tooManyPupils
    }
    known = Known(school: school, pupil: pupil, onRoll: schools[school].onRoll[pupil])
    return nil
  }

  /// The school and the identifiers of a row, of a pupil who may be met later. Missing: nil when it names no school.
  func keys(in rows: borrowing some RowReader & ~Copyable) -> PupilTotal.Keys? {
    guard let school = router.school(of: rows) else { return nil }
    return PupilTotal.Keys(
      school: school, upn: PupilKey(identifier(rows, upn)), pupilID: PupilKey(identifier(rows, pupilID)),
      admissionNumber: PupilKey(withoutLeadingZeros: identifier(rows, admissionNumber)))
  }

  /// Whether the row names a pupil who is known already.
  func isListed(in rows: borrowing some RowReader & ~Copyable) -> Bool {
    guard let keys = keys(in: rows) else { return false }
    return schools[keys.school].find(
      upn: keys.upn, pupilID: keys.pupilID, admissionNumber: keys.admissionNumber) != nil
  }

  /// Turns to the school alone, of a row whose cells cannot be told apart.
  mutating func turnToSchool(of rows: borrowing some RowReader & ~Copyable) {
    known = nil
    school = router.school(of: rows) ?? 0
  }

  mutating func forget() { known = nil }

  private func identifier(
    _ rows: borrowing some RowReader & ~Copyable, _ place: Int?
  ) -> UnsafeBufferPointer<UInt8> {
    guard let place else { return UnsafeBufferPointer(start: nil, count: 0) }
    let bytes = rows.bytes(place).trimmed.withoutDecimalZero
    return bytes.saysNothing ? UnsafeBufferPointer(start: nil, count: 0) : bytes
  }

  /// Whether the row has a header where the pupil should stand, as on each page of a printed register.
  private func repeatsHeader(_ rows: borrowing some RowReader & ~Copyable) -> Bool {
    for case let place? in [upn, pupilID, admissionNumber] where rows.text(place) == header.headers[place] {
      return true
    }
    return false
  }

  /// Whether the row names a pupil.
  func isNamed(in rows: borrowing some RowReader & ~Copyable) -> Bool {
    for place in [upn, pupilID, admissionNumber] where !identifier(rows, place).isEmpty { return true }
    return false
  }

  /// Whether an identifier of the row is a number, as no word of a legend or a total is.
  func isNumbered(in rows: borrowing some RowReader & ~Copyable, _ marks: MarkReader) -> Bool {
    for place in [upn, pupilID, admissionNumber] {
      let bytes = identifier(rows, place)
      let digits = bytes.count { $0.digit != nil }
      if digits > 2, !bytes.contains(where: \.isBlank), marks.read(bytes) == .unknown { return true }
    }
    return false
  }

  private mutating func pupil(
    of rows: borrowing some RowReader & ~Copyable, in school: Int
  ) -> Int? {
    let intake = schools[school]
    let upn = PupilKey(identifier(rows, upn))
    let pupilID = PupilKey(identifier(rows, pupilID))
    let admissionNumber = PupilKey(withoutLeadingZeros: identifier(rows, admissionNumber))
    guard upn != nil || pupilID != nil || admissionNumber != nil else { return nil }
    if let pupil = intake.find(upn: upn, pupilID: pupilID, admissionNumber: admissionNumber) {
      // A register can tell the year of a pupil whose details do not.
      if tellsYear, !intake.pupils[pupil].tellsAge {
        var told = Pupil()
        told.year = fields.read(rows).pupil.year
        intake.fill(pupil, from: told)
      }
      return pupil
    }
    guard intake.pupils.count < RegisterBuilder.mostPupils, !repeatsHeader(rows) else { return nil }
    let reading = fields.read(rows, groups: groups[school])
    let place = MarkPlace(sheet: sheet, row: rows.row)
    intake.noteUnclear(reading, header, file, at: place)
    return intake.addFromRegister(reading.pupil, file: file, at: place)
  }
}
