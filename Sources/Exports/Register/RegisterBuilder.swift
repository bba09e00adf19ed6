import Registers

/// One school while its exports are read: its pupils, its marks and its findings.
final class RegisterBuilder {
  /// The maximum number of pupils, ten times those of the largest school in the country.
  static let maxPupils = 50_000

  let school: School
  /// The school's own groups.
  let groupColumns: [GroupColumn]
  private(set) var foundGroupColumns: Set<GroupColumn> = []
  /// The first file of pupil details, or `nil` if the school has none.
  var detailsFile: String?
  private(set) var pupils: [Pupil] = []
  private(set) var hasDetails = false
  /// The year and the class that registers give pupils of the pupil details, each with its day.
  private(set) var registerDetails: [Int: (year: NCYear, group: String, day: Day)] = [:]
  /// For each pupil, the first and last day on roll as day numbers, for the loop over marks.
  private(set) var onRoll: [ClosedRange<Int32>] = []
  /// For each pupil, the file and row that first names the pupil.
  private(set) var sources: [(file: String, location: FileLocation)] = []
  /// A Boolean value that indicates whether marks were left out because they are after the as-at date.
  var hasLaterMarks = false
  /// The end of the registers, derived from the marks where there is no as-at date.
  var end: RegisterEnd?
  /// The registers read for the school, in order.
  var registerFiles: [String] = []
  /// The school years of each register's marks.
  var yearsByFile: [String: Set<SchoolYear>] = [:]
  /// Totals that files give beside the marks, each with its file.
  var totals: [(file: String, total: PupilTotal)] = []
  /// A lesson of a file with no session, which is reported if the school has no mark at all.
  var lesson: (file: String, row: Int, name: String)?
  /// The number of cells for marks refused for each reason, by the reason's raw value.
  var refusedMarks = [Int](repeating: 0, count: RefusalReason.allCases.count)
  var grid = MarkGrid()
  var log = FindingLog()
  private var byUPN = PupilIndex()
  private var byPupilID = PupilIndex()
  private var byAdmissionNumber = PupilIndex()

  init(school: School, groupColumns: [GroupColumn] = []) {
    self.school = school
    self.groupColumns = groupColumns
  }

  /// Returns the columns of a table that hold the school's own groups.
  func groupColumnIndices(in header: HeaderRow) -> [GroupColumnIndex] {
    groupColumns.compactMap { $0.index(in: header) }
  }

  /// Returns the columns of the school's own groups in pupil details, or in a register that replaces them.
  /// They do not count as missing.
  func findGroupColumns(in header: HeaderRow) -> [GroupColumnIndex] {
    let sources = groupColumnIndices(in: header)
    foundGroupColumns.formUnion(sources.map(\.column))
    return sources
  }

  func report(_ issue: Issue, _ file: String, _ row: Int?) {
    log.add(Finding(issue, school: school.label, file: file, row: row), kind: issue.kind)
  }

  func report(_ issue: Issue, _ file: String, at location: FileLocation) {
    log.add(
      Finding(issue, school: school.label, file: file, at: location), kind: issue.kind, sheet: location.sheet)
  }

  /// Adds a pupil of a pupil file. If another file lists the pupil already, fills in what that file left
  /// out.
  func addFromDetails(_ pupil: Pupil, file: String, at location: FileLocation) {
    hasDetails = true
    guard let known = findListed(pupil) else {
      _ = add(pupil, file: file, at: location)
      if let admitted = pupil.admitted, let left = pupil.left, left < admitted {
        report(.leavesBeforeAdmission, file, at: location)
      }
      return
    }
    // Several rows about one pupil are a history if their statuses have dates.
    guard sources[known].file != file || !pupil.datedStatuses.isEmpty else {
      report(.pupilListedTwice(earlier: sources[known].location.description), file, at: location)
      return
    }
    fill(known, from: pupil)
  }

  /// Remembers the year and the class that a register gives a pupil on a day. The latest day counts.
  func addRegisterDetails(of pupil: Int, year: NCYear, group: String, day: Day) {
    if let known = registerDetails[pupil], known.day >= day { return }
    registerDetails[pupil] = (year, group, day)
  }

  /// Replaces the year of a pupil's details, and the class if the register has one.
  func useRegister(_ year: NCYear, group: String, pupil: Int) {
    pupils[pupil].year = year
    if !group.isEmpty { pupils[pupil].registrationGroup = group }
  }

  /// Fills in what is not yet known about a pupil.
  func fill(_ known: Int, from pupil: Pupil) {
    pupils[known].fill(from: pupil)
    onRoll[known] = RegisterBuilder.daysOnRoll(of: pupils[known])
    index(known)
  }

  /// The days on roll of a pupil who left before joining.
  private static let never = Int32.max...Int32.max

  private static func daysOnRoll(of pupil: Pupil) -> ClosedRange<Int32> {
    let first = pupil.admitted?.number ?? Int32.min
    let last = pupil.left?.number ?? Int32.max
    return first <= last ? first...last : never
  }

  /// Adds a pupil who is first named in a register.
  func addFromRegister(_ pupil: Pupil, file: String, at location: FileLocation) -> Int {
    if hasDetails {
      report(.pupilNotInDetails, file, at: location)
    }
    return add(pupil, file: file, at: location)
  }

  private func add(_ pupil: Pupil, file: String, at location: FileLocation) -> Int {
    let number = pupils.count
    pupils.append(pupil)
    sources.append((file, location))
    onRoll.append(RegisterBuilder.daysOnRoll(of: pupil))
    index(number)
    return number
  }

  private func index(_ number: Int) {
    let keys = RegisterBuilder.keys(of: pupils[number])
    if let key = keys.upn { byUPN.add(key, pupil: number) }
    if let key = keys.pupilID { byPupilID.add(key, pupil: number) }
    if let key = keys.admissionNumber { byAdmissionNumber.add(key, pupil: number) }
  }

  /// Returns a pupil by the surest known identifier: UPN, then the system's id, then the admission number.
  /// The admission number alone does not make two UPNs one pupil, since it may be no more than a number in
  /// a list.
  func find(upn: PupilKey?, pupilID: PupilKey?, admissionNumber: PupilKey?) -> Int? {
    if let upn, let pupil = byUPN[upn] { return pupil }
    if let pupilID, let pupil = byPupilID[pupilID] { return pupil }
    guard let admissionNumber, let pupil = byAdmissionNumber[admissionNumber] else { return nil }
    return upn == nil || pupils[pupil].upn.unredacted.isEmpty ? pupil : nil
  }

  /// Returns the pupil of a repeated row of pupil details.
  private func findListed(_ pupil: Pupil) -> Int? {
    let keys = RegisterBuilder.keys(of: pupil)
    return find(upn: keys.upn, pupilID: keys.pupilID, admissionNumber: keys.admissionNumber)
  }

  private static func keys(
    of pupil: Pupil
  ) -> (upn: PupilKey?, pupilID: PupilKey?, admissionNumber: PupilKey?) {
    (
      PupilKey(Array(pupil.upn.unredacted.utf8)), PupilKey(Array(pupil.pupilID.unredacted.utf8)),
      PupilKey(withoutLeadingZeros: Array(pupil.admissionNumber.unredacted.utf8))
    )
  }
}

extension Pupil {
  /// Takes the values that this pupil lacks from another row about the same pupil.
  mutating func fill(from other: Pupil) {
    for path in [\Pupil.upn, \.pupilID, \.admissionNumber, \.surname, \.forename]
    where self[keyPath: path].unredacted.isEmpty {
      self[keyPath: path] = other[keyPath: path]
    }
    for path in [\Pupil.registrationGroup, \.centre, \.commissioningSchool, \.senNeed, \.leavingReason]
    where self[keyPath: path].isEmpty {
      self[keyPath: path] = other[keyPath: path]
    }
    for path in [
      \Pupil.disadvantaged, \.freeSchoolMeals, \.lookedAfter, \.previouslyLookedAfter, \.inCareUnclear,
      \.childInNeed, \.childProtectionPlan, \.socialWorker, \.englishAdditional, \.gypsyRomaTraveller,
      \.serviceChild, \.youngCarer, \.noRecourseToPublicFunds,
    ] where self[keyPath: path] == .unknown {
      self[keyPath: path] = other[keyPath: path]
    }
    extraStatuses.merge(other.extraStatuses) { own, _ in own }
    datedStatuses += other.datedStatuses.filter { !datedStatuses.contains($0) }
    if dateOfBirth.unredacted == nil { dateOfBirth = other.dateOfBirth }
    if year == nil { year = other.year }
    if sex == .unknown { sex = other.sex }
    if senProvision == .unknown { senProvision = other.senProvision }
    if ethnicity == .unknown { ethnicity = other.ethnicity }
    if admitted == nil { admitted = other.admitted }
    if left == nil { left = other.left }
  }
}
