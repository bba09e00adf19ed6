import Registers
import Tabular

/// A finder of the school and the pupil of each row, which adds new pupils to their school.
struct RowPupils {
  private let upn, pupilID, admissionNumber: Int?
  private let schools: [RegisterBuilder]
  private var resolver: SchoolResolver
  private let header: HeaderRow
  /// A Boolean value that indicates whether the table has details of pupils beside their identifiers.
  private let hasDetails: Bool
  /// For each school, the pupils whose details were completed from this table.
  private var completed: [Set<Int>]
  private let dateIndex: Int?
  private let firstDay: Day?
  private var dates: DateReader
  private let file: String
  private let sheet: String?
  private var fields: PupilFields
  /// For each school, the columns of its own groups.
  private let groups: [[GroupColumnIndex]]
  /// The pupil of the row, or `nil` if the row names no school or no pupil.
  private(set) var current: Current?
  /// The index of the row's school; the first if the row names none.
  private(set) var school = 0

  struct Current {
    let school: Int
    let pupil: Int
    /// The first and last day on roll, as day numbers.
    let onRoll: ClosedRange<Int32>
  }

  init<Rows: RowReader & ~Copyable>(
    _ table: borrowing ExportTable<Rows>, schools: [RegisterBuilder], profile: SourceProfile
  ) throws(TableFailure) {
    header = table.header
    hasDetails = header.first(of: Column.names + [.year, .form, .sex, .dateOfBirth]) != nil
    completed = schools.map { _ in [] }
    dateIndex = header.first(of: [.date, .weekStart, .startDate])
    dates = DateReader(order: profile.dates, countsFrom1904: table.facts.countsFrom1904)
    firstDay =
      header.captions.sorted { $0.key < $1.key }.lazy.compactMap { $0.value.date?.day(in: nil) }.first
    guard header.first(of: Column.identifiers) != nil else {
      throw .missingColumn(
        file: table.file, row: header.row, column: "UPN", found: header.quotable,
        remedy: "A register needs a UPN, a pupil id or an admission number.")
    }
    upn = header.index(of: .upn)
    pupilID = header.index(of: .pupilID)
    admissionNumber = header.index(of: .admissionNumber)
    file = table.file
    sheet = table.facts.sheet
    self.schools = schools
    resolver = SchoolResolver(table, schools: schools, profile: profile)
    groups = schools.map { [header] school in
      // Pupil details are read first. If there are any, the register's group columns do not replace them.
      school.detailsFile == nil ? school.findGroupColumns(in: header) : school.groupColumnIndices(in: header)
    }
    fields = PupilFields(
      header: header, profile: profile, countsFrom1904: table.facts.countsFrom1904)
  }

  /// The last index of a column that identifies the school or the pupil.
  var lastIdentifyingIndex: Int {
    [upn, pupilID, admissionNumber, resolver.index].compactMap(\.self).max() ?? 0
  }

  /// Selects the pupil of a row. Returns the issue if the row names none.
  mutating func select(_ rows: borrowing some RowReader & ~Copyable) -> Issue? {
    current = nil
    school = 0
    guard let school = resolver.resolve(rows) else {
      return .rowOfAnotherSchool(written: resolver.written(in: rows))
    }
    self.school = school
    guard let pupil = pupil(of: rows, in: school) else {
      return schools[school].pupils.count < RegisterBuilder.maxPupils ? .noPupilIdentifier : .tooManyPupils
    }
    current = Current(school: school, pupil: pupil, onRoll: schools[school].onRoll[pupil])
    return nil
  }

  /// Returns the school and the identifiers of a row, whose pupil may not be known yet, or `nil` if it
  /// names no school.
  func keys(in rows: borrowing some RowReader & ~Copyable) -> PupilTotal.Keys? {
    guard let school = resolver.school(of: rows) else { return nil }
    return PupilTotal.Keys(
      school: school, upn: upnKey(rows), pupilID: PupilKey(identifier(rows, pupilID)),
      admissionNumber: PupilKey(withoutLeadingZeros: identifier(rows, admissionNumber)))
  }

  /// Returns whether the row names a known pupil.
  func isListed(in rows: borrowing some RowReader & ~Copyable) -> Bool {
    guard let keys = keys(in: rows) else { return false }
    return schools[keys.school].find(
      upn: keys.upn, pupilID: keys.pupilID, admissionNumber: keys.admissionNumber) != nil
  }

  /// Selects only the school of a row whose fields are unreliable.
  mutating func selectSchool(of rows: borrowing some RowReader & ~Copyable) {
    current = nil
    school = resolver.school(of: rows) ?? 0
  }

  mutating func clear() { current = nil }

  /// Returns whether a text in place of a mark has a word of the name of the row's pupil.
  func isName(_ text: String) -> Bool {
    guard let current, text.mayHoldLetters else { return false }
    let pupil = schools[current.school].pupils[current.pupil]
    let names = [pupil.surname.unredacted, pupil.forename.unredacted].flatMap { name in
      name.lowercased().split { !$0.isLetter }.map(String.init)
    }
    return text.lowercased().split { !$0.isLetter }.contains { $0.count > 1 && names.contains(String($0)) }
  }

  /// The key of the row's UPN, whose capitals and spaces do not matter.
  private func upnKey(_ rows: borrowing some RowReader & ~Copyable) -> PupilKey? {
    let bytes = identifier(rows, upn)
    return UniquePupilNumber.isPlain(bytes)
      ? PupilKey(bytes) : PupilKey(Array(UniquePupilNumber.text(bytes).utf8))
  }

  private func identifier(
    _ rows: borrowing some RowReader & ~Copyable, _ index: Int?
  ) -> UnsafeBufferPointer<UInt8> {
    guard let index else { return UnsafeBufferPointer(start: nil, count: 0) }
    let bytes = rows.bytes(index).withoutGuards.withoutDecimalZero
    return bytes.isEmptyValue ? UnsafeBufferPointer(start: nil, count: 0) : bytes
  }

  /// Returns whether the row has a header in place of the pupil, as on each page of a printed register.
  private func repeatsHeader(_ rows: borrowing some RowReader & ~Copyable) -> Bool {
    for case let index? in [upn, pupilID, admissionNumber] where rows.text(index) == header.headers[index] {
      return true
    }
    return false
  }

  /// Returns whether the row names a pupil.
  func isNamed(in rows: borrowing some RowReader & ~Copyable) -> Bool {
    for index in [upn, pupilID, admissionNumber] where !identifier(rows, index).isEmpty { return true }
    return false
  }

  /// Returns whether an identifier of the row is a number, which it is not in a legend or a total.
  func isNumbered(in rows: borrowing some RowReader & ~Copyable, _ marks: MarkReader) -> Bool {
    for index in [upn, pupilID, admissionNumber] {
      let bytes = identifier(rows, index)
      let digits = bytes.count { $0.digit != nil }
      if digits > 2, !bytes.contains(where: \.isBlank), marks.read(bytes) == .unknown { return true }
    }
    return false
  }

  /// Takes what the pupil details leave out from the first row of the table about a pupil: name, year, class,
  /// sex and date of birth. Remembers the year and the class of the register.
  private mutating func complete(
    _ pupil: Int, of builder: RegisterBuilder, from rows: borrowing some RowReader & ~Copyable, in school: Int
  ) {
    guard hasDetails, builder.sources[pupil].file != file, completed[school].insert(pupil).inserted else {
      return
    }
    let found = fields.read(rows).pupil
    builder.compareNames(of: pupil, with: found)
    if let year = found.year, let day = day(rows) {
      builder.addRegisterDetails(of: pupil, year: year, group: found.registrationGroup, day: day)
    }
    var details = Pupil()
    details.surname = found.surname
    details.forename = found.forename
    details.year = found.year
    details.registrationGroup = found.registrationGroup
    details.sex = found.sex
    details.dateOfBirth = found.dateOfBirth
    builder.fill(pupil, from: details)
  }

  /// Returns the day of a row, or of the first column of a session.
  private mutating func day(_ rows: borrowing some RowReader & ~Copyable) -> Day? {
    guard let dateIndex else { return firstDay }
    return dates.day(rows.bytes(dateIndex))
  }

  private mutating func pupil(
    of rows: borrowing some RowReader & ~Copyable, in school: Int
  ) -> Int? {
    let builder = schools[school]
    let upn = upnKey(rows)
    let pupilID = PupilKey(identifier(rows, pupilID))
    let admissionNumber = PupilKey(withoutLeadingZeros: identifier(rows, admissionNumber))
    guard upn != nil || pupilID != nil || admissionNumber != nil else { return nil }
    if let pupil = builder.find(upn: upn, pupilID: pupilID, admissionNumber: admissionNumber) {
      complete(pupil, of: builder, from: rows, in: school)
      return pupil
    }
    guard builder.pupils.count < RegisterBuilder.maxPupils, !repeatsHeader(rows) else { return nil }
    let input = fields.read(rows, groups: groups[school])
    let location = FileLocation(sheet: sheet, row: rows.row)
    builder.checkValues(of: input, header, file, at: location)
    return builder.addFromRegister(input.pupil, file: file, at: location)
  }
}
