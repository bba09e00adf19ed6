import Registers
import Tabular

/// A reader of pupils from the rows of a pupil file, or of a register with pupil details.
struct PupilFields {
  let header: HeaderRow
  /// A date reader for each column of dates, since each may have its own order.
  private var dates: [Column: DateReader] = [:]
  /// Ethnic groups by their written form. There are few, each of many pupils.
  private var ethnicGroups: [String: EthnicGroup] = [:]
  /// Columns of statuses whose blank cells mean no.
  private let blankMeansNo: Set<Column>
  /// For each column, the number of dates that mean none.
  private(set) var datesOfNone: [Column: Int] = [:]
  /// A reader of class names that a spreadsheet made dates.
  private var classDates: DateReader

  init(header: HeaderRow, profile: SourceProfile, countsFrom1904: Bool = false) {
    self.header = header
    let dates = profile.dates
    blankMeansNo = profile.blankMeansNo
    classDates = DateReader(order: nil, countsFrom1904: countsFrom1904)
    for column in Column.allCases where column.isDate && header.has(column) {
      self.dates[column] = DateReader(order: dates, countsFrom1904: countsFrom1904)
    }
  }

  /// A pupil, and the values that could not be read.
  struct Result {
    var pupil = Pupil()
    /// Columns with an unknown value; the pupil's status is unknown there.
    var unclear: [Column] = []
    /// Indices of the school's own groups whose value is neither yes nor no.
    var unclearGroups: [Int] = []
    /// A Boolean value that indicates whether the class is a date.
    var hasDateAsClass = false
    /// Columns whose text was cut.
    var cut: [Column] = []
  }

  /// The maximum length of a name, a class or an identifier in characters.
  static let maxLength = 255

  /// - Parameter groups: The columns with the groups of the row's school.
  mutating func read(
    _ rows: borrowing some RowReader & ~Copyable, groups: [GroupColumnIndex] = []
  ) -> Result {
    var result = Result()
    readIdentity(rows, &result)
    result.cut = longTexts(rows)
    readStatuses(rows, &result)
    let dates: [(Column, WritableKeyPath<Pupil, Day?>)] = [(.admitted, \.admitted), (.left, \.left)]
    for (column, path) in dates {
      result.pupil[keyPath: path] = day(rows, column, &result)
    }
    if result.pupil.left != nil, result.pupil.enrolment == .leaver { result.pupil.enrolment = .registered }
    result.pupil.dateOfBirth = Redacted(day(rows, .dateOfBirth, &result))
    readDatedStatuses(rows, &result)
    for group in groups { read(group, rows, &result) }
    return result
  }

  private func read(
    _ group: GroupColumnIndex, _ rows: borrowing some RowReader & ~Copyable, _ result: inout Result
  ) {
    guard !rows.bytes(group.index).trimmed.isEmptyValue else { return }
    if let status = Status(written: rows.text(group.index)) {
      result.pupil.extraStatuses[group.column.name] = status
    } else {
      result.unclearGroups.append(group.index)
    }
  }

  /// Reads statuses with a first or a last day. If a status has dates and no column of its own, the dates
  /// mean that the pupil has it.
  private mutating func readDatedStatuses(
    _ rows: borrowing some RowReader & ~Copyable, _ result: inout Result
  ) {
    let pupil = result.pupil
    func yesWithoutColumn(_ status: Status, _ column: Column) -> Status { header.has(column) ? status : .yes }
    let dated: [(Column, Column, DatedStatus.Value)] = [
      (.senFrom, .senTo, .senProvision(pupil.senProvision)),
      (
        .disadvantagedFrom, .disadvantagedTo,
        .disadvantaged(yesWithoutColumn(pupil.disadvantaged, .disadvantaged))
      ),
      (
        .freeSchoolMealsFrom, .freeSchoolMealsTo,
        .freeSchoolMeals(yesWithoutColumn(pupil.freeSchoolMeals, .freeSchoolMeals))
      ),
      (.lookedAfterFrom, .lookedAfterTo, .lookedAfter(yesWithoutColumn(pupil.lookedAfter, .lookedAfter))),
    ]
    for (from, to, value) in dated where header.has(from) || header.has(to) {
      let (first, last) = (day(rows, from, &result), day(rows, to, &result))
      guard first != nil || last != nil, value.isKnown else { continue }
      result.pupil.datedStatuses.append(DatedStatus(value, from: first, to: last))
    }
  }

  private mutating func readIdentity(_ rows: borrowing some RowReader & ~Copyable, _ result: inout Result) {
    result.pupil.upn = Redacted(
      header.index(of: .upn).map { PupilFields.cut(UniquePupilNumber.text(rows.bytes($0))) } ?? "")
    result.pupil.pupilID = Redacted(identifier(rows, .pupilID))
    result.pupil.admissionNumber = Redacted(identifier(rows, .admissionNumber))
    var surname = text(rows, .surname)
    var forename = text(rows, .forename)
    if surname.isEmpty, forename.isEmpty { (surname, forename) = PupilFields.names(in: text(rows, .name)) }
    result.pupil.surname = Redacted(surname)
    result.pupil.forename = Redacted(forename)
    result.pupil.registrationGroup = text(rows, .form)
    if let shown = classShown(result.pupil.registrationGroup) {
      result.pupil.registrationGroup = shown
      result.hasDateAsClass = true
    }
    result.pupil.centre = text(rows, .centre)
    // A column "Home school" may hold yes or no, for a pupil taught at home.
    let school = text(rows, .commissioningSchool)
    if Status(written: school) == nil { result.pupil.commissioningSchool = school }
    result.pupil.leavingReason = text(rows, .leavingReason)
    result.pupil.enrolment = Pupil.Enrolment(written: text(rows, .enrolmentStatus))
    let year = text(rows, .year)
    result.pupil.year = NCYear(written: year)
    if result.pupil.year == nil, !year.isEmpty { result.unclear.append(.year) }
  }

  /// Returns the class as a spreadsheet shows it if it is a date, such as `01-Feb` for 1/2, or `nil` if it
  /// is not a date.
  private mutating func classShown(_ written: String) -> String? {
    let parts = written.split(separator: "-")
    let isShownAsDate =
      parts.count == 2
      && (parts[0].count <= 2 && Int(parts[0]) != nil && DateReader.month(named: parts[1]) != nil
        && parts[1].count == 3
        || parts[1].count <= 2 && Int(parts[1]) != nil && DateReader.month(named: parts[0]) != nil
          && parts[0].count == 3)
    if isShownAsDate { return written }
    guard written.utf8.count == 5, written.allSatisfy({ $0.isASCII && $0.isNumber }),
      let day = classDates.day(of: written)
    else { return nil }
    let (_, month, dayOfMonth) = day.date
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(dayOfMonth < 10 ? "0" : "")\(dayOfMonth)-\(months[month - 1])"
  }

  private mutating func readStatuses(_ rows: borrowing some RowReader & ~Copyable, _ result: inout Result) {
    let statuses: [(Column, WritableKeyPath<Pupil, Status>)] = [
      (.disadvantaged, \.disadvantaged), (.inCareUnclear, \.inCareUnclear), (.childInNeed, \.childInNeed),
      (.childProtectionPlan, \.childProtectionPlan), (.socialWorker, \.socialWorker),
      (.englishAdditional, \.englishAdditional), (.serviceChild, \.serviceChild),
      (.youngCarer, \.youngCarer), (.noRecourse, \.noRecourseToPublicFunds),
    ]
    for (column, path) in statuses {
      result.pupil[keyPath: path] = value(rows, column, Status.init(written:), unknown: .unknown, &result)
    }
    result.pupil.freeSchoolMeals = value(
      rows, .freeSchoolMeals, Status.init(writtenAsMeals:), unknown: .unknown, &result)
    result.pupil.lookedAfter = value(
      rows, .lookedAfter, Status.init(writtenAsCare:), unknown: .unknown, &result)
    let readByWords: [(Column, WritableKeyPath<Pupil, Status>)] = [
      (.freeSchoolMeals, \.freeSchoolMeals), (.lookedAfter, \.lookedAfter),
    ]
    for (column, path) in statuses + readByWords where blankMeansNo.contains(column) && header.has(column) {
      if text(rows, column).isEmpty { result.pupil[keyPath: path] = .no }
    }
    result.pupil.previouslyLookedAfter = value(
      rows, .previouslyLookedAfter, Status.init(writtenAsPreviousCare:), unknown: .unknown, &result)
    result.pupil.sex = value(rows, .sex, Sex.init(written:), unknown: .unknown, &result)
    result.pupil.senProvision = value(
      rows, .senProvision, SENProvision.init(written:), unknown: .unknown, &result)
    if blankMeansNo.contains(.senProvision), header.has(.senProvision), text(rows, .senProvision).isEmpty {
      result.pupil.senProvision = .none
    }
    if blankMeansNo.contains(.previouslyLookedAfter), header.has(.previouslyLookedAfter),
      text(rows, .previouslyLookedAfter).isEmpty
    {
      result.pupil.previouslyLookedAfter = .no
    }
    result.pupil.senNeed = text(rows, .senNeed).uppercased()
    let ethnicity = ethnicGroup(rows, &result)
    result.pupil.ethnicity = ethnicity.major
    result.pupil.gypsyRomaTraveller = ethnicity.isGypsyRomaTraveller
  }

  private mutating func ethnicGroup(
    _ rows: borrowing some RowReader & ~Copyable, _ result: inout Result
  ) -> EthnicGroup {
    let written = text(rows, .ethnicity)
    if let known = ethnicGroups[written] { return known }
    let group = value(rows, .ethnicity, EthnicGroup.init(written:), unknown: .notKnown, &result)
    if !result.unclear.contains(.ethnicity) { ethnicGroups[written] = group }
    return group
  }

  private func value<Value>(
    _ rows: borrowing some RowReader & ~Copyable, _ column: Column, _ make: (String) -> Value?,
    unknown: Value,
    _ result: inout Result
  ) -> Value {
    let written = text(rows, column)
    guard !written.isEmpty else { return unknown }
    if let value = make(written) { return value }
    result.unclear.append(column)
    return unknown
  }

  private mutating func day(
    _ rows: borrowing some RowReader & ~Copyable, _ column: Column, _ result: inout Result
  ) -> Day? {
    guard let index = header.index(of: column) else { return nil }
    let bytes = rows.bytes(index).trimmed
    guard !bytes.isEmptyValue else { return nil }
    if PupilFields.meansNone(bytes) {
      datesOfNone[column, default: 0] += 1
      return nil
    }
    let day = dates[column]?.day(bytes)
    if day == nil { result.unclear.append(column) }
    return day
  }

  /// Returns whether a date means no date, in any order: in the year 1900 or before, of 2099 or later, or in zeros.
  private static func meansNone(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let years = bytes.split { $0.digit == nil }.flatMap { digits -> [Int] in
      let number = digits.reduce(0) { $0 * 10 + ($1.digit ?? 0) }
      return switch digits.count {
      case 4: [number]
      case 8: [number / 10_000, number % 10_000]
      default: []
      }
    }
    return !years.isEmpty && years.allSatisfy { !(1901..<2099 ~= $0) }
  }

  private func identifier(_ rows: borrowing some RowReader & ~Copyable, _ column: Column) -> String {
    guard let index = header.index(of: column) else { return "" }
    let bytes = rows.bytes(index).withoutGuards.withoutDecimalZero
    return bytes.isEmptyValue ? "" : PupilFields.cut(TextEncoding.text(of: bytes))
  }

  private func text(_ rows: borrowing some RowReader & ~Copyable, _ column: Column) -> String {
    guard let index = header.index(of: column), !rows.bytes(index).trimmed.isEmptyValue else { return "" }
    return PupilFields.cut(rows.text(index))
  }

  private static func cut(_ text: String) -> String {
    text.utf8.count <= maxLength || text.count <= maxLength ? text : String(text.prefix(maxLength))
  }

  /// The columns whose text is kept as it is written.
  private static let texts: [Column] = [
    .upn, .pupilID, .admissionNumber, .surname, .forename, .name, .form, .centre, .commissioningSchool,
    .leavingReason, .senNeed,
  ]

  /// Returns the columns of a row whose text is longer than is kept.
  private func longTexts(_ rows: borrowing some RowReader & ~Copyable) -> [Column] {
    PupilFields.texts.filter { column in
      guard let index = header.index(of: column), rows.bytes(index).count > PupilFields.maxLength else {
        return false
      }
      return rows.text(index).count > PupilFields.maxLength
    }
  }

  /// Splits `Bell, Ama` and `BELL Ama (7A)` into surname and forename.
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

/// A group that a school defines by a yes/no column of its pupil details.
package struct GroupColumn: Hashable, Sendable {
  /// The school's name for the group, such as "Groups of concern".
  package let name: String
  /// The header, compared without case, spaces and punctuation.
  package let header: String

  package init(name: String, header: String) {
    self.name = name
    self.header = header
  }

  /// Returns the column's index, or `nil` if the table has no such column.
  func index(in header: HeaderRow) -> GroupColumnIndex? {
    let wanted = self.header.reducedToLettersAndDigits
    guard !wanted.isEmpty,
      let index = header.headers.firstIndex(where: { $0.reducedToLettersAndDigits == wanted })
    else { return nil }
    return GroupColumnIndex(column: self, index: index)
  }
}

/// The column of a table for one of a school's own groups.
struct GroupColumnIndex {
  let column: GroupColumn
  let index: Int
}
