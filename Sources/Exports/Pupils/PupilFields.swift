import Registers
import Tabular

/// Reads a pupil from a row, of a pupil file or of a register that carries the pupil's details.
struct PupilFields {
  let header: HeaderRow
  /// A reader for each column of dates, since each may have an order of its own.
  private var dates: [Column: DateReader] = [:]
  /// By how they are written: few, and each for many pupils.
  private var ethnicGroups: [String: EthnicGroup] = [:]

  init(header: HeaderRow, dates: SourceProfile.DateOrder?, countsFrom1904: Bool = false) {
    self.header = header
    for column in Column.allCases where column.isDate && header.has(column) {
      self.dates[column] = DateReader(order: dates, countsFrom1904: countsFrom1904)
    }
  }

  /// What could not be read, beside the pupil.
  struct Reading {
    var pupil = Pupil()
    /// Columns whose value is none that is known; the pupil's status is unknown there.
    var unclear: [Column] = []
    /// Places of a school's own groups whose value is neither yes nor no.
    var unclearGroups: [Int] = []
  }

  /// - Parameter groups: Where the table holds the groups of the row's school.
  mutating func read(
    _ rows: borrowing some RowReader & ~Copyable, groups: [GroupPlace] = []
  ) -> Reading {
    var reading = Reading()
    readIdentity(rows, &reading)
    readStatuses(rows, &reading)
    let dates: [(Column, WritableKeyPath<Pupil, Day?>)] = [(.admitted, \.admitted), (.left, \.left)]
    for (column, path) in dates {
      reading.pupil[keyPath: path] = day(rows, column, &reading)
    }
    reading.pupil.dateOfBirth = Redacted(day(rows, .dateOfBirth, &reading))
    readDatedStatuses(rows, &reading)
    for group in groups { read(group, rows, &reading) }
    return reading
  }

  private func read(
    _ group: GroupPlace, _ rows: borrowing some RowReader & ~Copyable, _ reading: inout Reading
  ) {
    guard !rows.bytes(group.place).trimmed.saysNothing else { return }
    if let status = Status(written: rows.text(group.place)) {
      reading.pupil.extraStatuses[group.column.name] = status
    } else {
      reading.unclearGroups.append(group.place)
    }
  }

  /// Statuses with a first or a last day; a date of a status that has no column of its own says that the pupil has it.
  private mutating func readDatedStatuses(
    _ rows: borrowing some RowReader & ~Copyable, _ reading: inout Reading
  ) {
    let pupil = reading.pupil
    func orYes(_ status: Status, _ column: Column) -> Status { header.has(column) ? status : .yes }
    let dated: [(Column, Column, DatedStatus.Value)] = [
      (.senFrom, .senTo, .senProvision(pupil.senProvision)),
      (.disadvantagedFrom, .disadvantagedTo, .disadvantaged(orYes(pupil.disadvantaged, .disadvantaged))),
      (
        .freeSchoolMealsFrom, .freeSchoolMealsTo,
        .freeSchoolMeals(orYes(pupil.freeSchoolMeals, .freeSchoolMeals))
      ),
      (.lookedAfterFrom, .lookedAfterTo, .lookedAfter(orYes(pupil.lookedAfter, .lookedAfter))),
    ]
    for (from, to, value) in dated where header.has(from) || header.has(to) {
      let (first, last) = (day(rows, from, &reading), day(rows, to, &reading))
      guard first != nil || last != nil, value.isKnown else { continue }
      reading.pupil.datedStatuses.append(DatedStatus(value, from: first, to: last))
    }
  }

  private func readIdentity(_ rows: borrowing some RowReader & ~Copyable, _ reading: inout Reading) {
    reading.pupil.upn = Redacted(text(rows, .upn).uppercased())
    reading.pupil.pupilID = Redacted(identifier(rows, .pupilID))
    reading.pupil.admissionNumber = Redacted(identifier(rows, .admissionNumber))
    var surname = text(rows, .surname)
    var forename = text(rows, .forename)
    if surname.isEmpty, forename.isEmpty { (surname, forename) = PupilFields.names(in: text(rows, .name)) }
    reading.pupil.surname = Redacted(surname)
    reading.pupil.forename = Redacted(forename)
    reading.pupil.registrationGroup = text(rows, .form)
    reading.pupil.centre = text(rows, .centre)
    // A column "Home school" may also say yes or no: whether the pupil is taught at home.
    let school = text(rows, .commissioningSchool)
    if Status(written: school) == nil { reading.pupil.commissioningSchool = school }
    reading.pupil.leavingReason = text(rows, .leavingReason)
    let year = text(rows, .year)
    reading.pupil.year = NCYear(written: year)
    if reading.pupil.year == nil, !year.isEmpty { reading.unclear.append(.year) }
  }

  private mutating func readStatuses(_ rows: borrowing some RowReader & ~Copyable, _ reading: inout Reading) {
    let statuses: [(Column, WritableKeyPath<Pupil, Status>)] = [
      (.disadvantaged, \.disadvantaged), (.freeSchoolMeals, \.freeSchoolMeals),
      (.lookedAfter, \.lookedAfter), (.inCareUnclear, \.inCareUnclear), (.childInNeed, \.childInNeed),
      (.childProtectionPlan, \.childProtectionPlan), (.socialWorker, \.socialWorker),
      (.englishAdditional, \.englishAdditional), (.serviceChild, \.serviceChild),
      (.youngCarer, \.youngCarer), (.noRecourse, \.noRecourseToPublicFunds),
    ]
    for (column, path) in statuses {
      reading.pupil[keyPath: path] = value(rows, column, Status.init(written:), unknown: .unknown, &reading)
    }
    reading.pupil.previouslyLookedAfter = value(
      rows, .previouslyLookedAfter, Status.init(writtenAsPreviousCare:), unknown: .unknown, &reading)
    reading.pupil.sex = value(rows, .sex, Sex.init(written:), unknown: .unknown, &reading)
    reading.pupil.senProvision = value(
      rows, .senProvision, SENProvision.init(written:), unknown: .unknown, &reading)
    reading.pupil.senNeed = text(rows, .senNeed).uppercased()
    let ethnicity = ethnicGroup(rows, &reading)
    reading.pupil.ethnicity = ethnicity.major
    reading.pupil.gypsyRomaTraveller = ethnicity.isGypsyRomaTraveller
  }

  private mutating func ethnicGroup(
    _ rows: borrowing some RowReader & ~Copyable, _ reading: inout Reading
  ) -> EthnicGroup {
    let written = text(rows, .ethnicity)
    if let known = ethnicGroups[written] { return known }
    let group = value(rows, .ethnicity, EthnicGroup.init(written:), unknown: .notKnown, &reading)
    if !reading.unclear.contains(.ethnicity) { ethnicGroups[written] = group }
    return group
  }

  private func value<Value>(
    _ rows: borrowing some RowReader & ~Copyable, _ column: Column, _ make: (String) -> Value?,
    unknown: Value,
    _ reading: inout Reading
  ) -> Value {
    let written = text(rows, column)
    guard !written.isEmpty else { return unknown }
    if let value = make(written) { return value }
    reading.unclear.append(column)
    return unknown
  }

  private mutating func day(
    _ rows: borrowing some RowReader & ~Copyable, _ column: Column, _ reading: inout Reading
  ) -> Day? {
    guard let place = header.place(of: column) else { return nil }
    let bytes = rows.bytes(place).trimmed
    guard !bytes.saysNothing else { return nil }
    let day = dates[column]?.day(bytes)
    if day == nil { reading.unclear.append(column) }
    return day
  }

  private func identifier(_ rows: borrowing some RowReader & ~Copyable, _ column: Column) -> String {
    guard let place = header.place(of: column) else { return "" }
    let bytes = rows.bytes(place).trimmed.withoutDecimalZero
    return bytes.saysNothing ? "" : TextEncoding.text(of: bytes)
  }

  private func text(_ rows: borrowing some RowReader & ~Copyable, _ column: Column) -> String {
    guard let place = header.place(of: column), !rows.bytes(place).trimmed.saysNothing else { return "" }
    return rows.text(place)
  }

  /// `Bell, Ama` and `BELL Ama (7A)` as surname and forename.
  static func names(in written: String) -> (surname: String, forename: String) {
    let name = written.split(separator: "(").first.map(String.init) ?? ""
    if let comma = name.firstIndex(of: ",") {
      return (trimmed(name[..<comma]), trimmed(name[name.index(after: comma)...]))
    }
    let words = name.split(separator: " ")
    let capitals = words.prefix { $0 == $0.uppercased() }
    guard !capitals.isEmpty, capitals.count < words.count else { return ("", trimmed(name[...])) }
    let surname = capitals.map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined(separator: " ")
    return (surname, words.dropFirst(capitals.count).joined(separator: " "))
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension DatedStatus.Value {
  fileprivate var isKnown: Bool {
    switch self {
    case .senProvision(let provision): provision != .unknown
    case .disadvantaged(let status), .freeSchoolMeals(let status), .lookedAfter(let status):
      status != .unknown
    }
  }
}
