import Registers

/// One school while its exports are read: its pupils, its marks and its findings.
final class RegisterBuilder {
  /// The maximum number of pupils, ten times those of the largest school in the country.
  static let maxPupils = 50_000

  let settings: SchoolSettings
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
  /// The end of the registers, derived from the marks if there is no as-at date.
  var end: RegisterEnd?
  /// The registers read for the school, in order.
  var registerFiles: [String] = []
  /// The school years of each register's marks.
  var yearsByFile: [String: Set<SchoolYear>] = [:]
  /// Totals that files give beside the marks, each with its file.
  var totals: [(file: String, total: PupilTotal)] = []
  /// The marks that each register adds.
  var newMarks: [(file: String, marks: [SchoolYear: MarkGrid.NewMarks])] = []
  /// A lesson of a file with no session, which is reported if the school has no mark at all.
  var lesson: (file: String, row: Int, name: String)?
  var refused = RefusedMarks()
  /// For each school year, whether each half-day is in school time.
  var schoolTime: [SchoolYear: [Bool]] = [:]
  /// The number of pupils whose enrolment status is Leaver and who have no leaving date.
  var leaversWithoutDate = 0
  /// The pupils who have another surname and another forename in another file, where no UPN says that they are one.
  private(set) var pupilsOfTwoNames: Set<Int> = []
  /// Pupils of a file that is listed for several schools and names none. They are of the school that has marks of them.
  private(set) var unplaced: Set<Int> = []
  var grid = MarkGrid()
  var log = FindingLog()
  private var byUPN = PupilIndex()
  private var byPupilID = PupilIndex()
  private var byAdmissionNumber = PupilIndex()

  init(_ settings: SchoolSettings) { self.settings = settings }

  var school: School { settings.school }
  /// The school's own groups.
  var groupColumns: [GroupColumn] { settings.groupColumns }

  /// Returns the columns of a table with the school's own groups.
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
    log.add(
      Finding(issue, school: school.label, file: file, row: row), kind: issue.kind,
      isOneFault: issue.isOneFault)
  }

  /// - Parameters:
  ///   - pupil: The pupil that the issue is about, or `nil` if it is about none.
  ///   - day: The day that it is about.
  func report(
    _ issue: Issue, _ file: String, at location: FileLocation, pupil: Int? = nil, day: Day? = nil,
    half: DayHalf? = nil
  ) {
    log.add(
      Finding(issue, school: school.label, file: file, at: location), kind: issue.kind, sheet: location.sheet,
      isOneFault: issue.isOneFault,
      subject: FindingLog.Subject(row: location.row, pupil: pupil, day: day, half: half))
  }

  /// Reports an issue with a mark.
  func report(_ issue: Issue, _ file: String, at location: FileLocation, mark: Mark) {
    report(
      issue, file, at: location, pupil: mark.pupil, day: mark.session.day, half: mark.session.half)
  }

  /// Adds a pupil of a pupil file. If another file lists the pupil already, fills in what that file left
  /// out.
  ///
  /// - Parameter isPlaced: Pass `false` if the pupil may be of another school that the file is listed for.
  func addFromDetails(_ pupil: Pupil, file: String, at location: FileLocation, isPlaced: Bool = true) {
    hasDetails = true
    guard let known = findListed(pupil) else {
      if !isPlaced { unplaced.insert(pupils.count) }
      let added = add(pupil, file: file, at: location)
      if let admitted = pupil.admitted, let left = pupil.left, left < admitted {
        report(.leavesBeforeAdmission, file, at: location, pupil: added)
      }
      return
    }
    // Several rows about one pupil are a history if they are of several spells on roll, or their statuses have dates.
    if sources[known].file == file, pupil.datedStatuses.isEmpty {
      let differing = pupils[known].columns(thatDifferIn: pupil)
      if !differing.isEmpty {
        report(
          .pupilListedTwice(earlier: sources[known].location.description, differing: differing), file,
          at: location, pupil: known)
      } else if pupils[known].spells == [Pupil.Spell(first: pupil.admitted, last: pupil.left)] {
        report(.pupilRepeated, file, at: location, pupil: known)
      }
    }
    // A pupil who is a leaver in one row and on roll in another has come back.
    if pupils[known].enrolment != pupil.enrolment {
      let isGuest = [pupils[known].enrolment, pupil.enrolment].contains(.guest)
      pupils[known].enrolment = isGuest ? .guest : .registered
    }
    fill(known, from: pupil)
    // A pupil who came back may have another admission number.
    index(known, by: pupil)
  }

  /// Remembers the year and the class that a register gives a pupil on a day. The latest day counts.
  func addRegisterDetails(of pupil: Int, year: NCYear, group: String, day: Day) {
    if let known = registerDetails[pupil], known.day >= day { return }
    registerDetails[pupil] = (year, group, day)
  }

  /// Compares a pupil's names with those of another file that has the same id or admission number, and no UPN.
  func compareNames(of pupil: Int, with other: Pupil) {
    func differ(_ path: KeyPath<Pupil, Redacted<String>>) -> Bool {
      let names = [pupils[pupil], other].map { $0[keyPath: path].unredacted.lowercased() }
      return !names[0].isEmpty && !names[1].isEmpty && names[0] != names[1]
    }
    if other.upn.unredacted.isEmpty || pupils[pupil].upn.unredacted.isEmpty, differ(\.surname),
      differ(\.forename)
    {
      pupilsOfTwoNames.insert(pupil)
    }
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

  /// The days of the pupil's last spell. A guest is on the roll of another school.
  private static func daysOnRoll(of pupil: Pupil) -> ClosedRange<Int32> {
    guard pupil.enrolment != .guest else { return never }
    let first = pupil.admitted?.number ?? Int32.min
    let last = pupil.left?.number ?? Int32.max
    return first <= last ? first...last : never
  }

  /// Returns whether a day is in a spell of the pupil before the last.
  func hadEarlierSpell(_ pupil: Int, on day: Day) -> Bool {
    pupils[pupil].enrolment != .guest && pupils[pupil].earlierSpells.contains { $0.contains(day) }
  }

  /// Sets the leaving date of a pupil whose file gives none.
  func setLeaving(_ day: Day, of pupil: Int) { pupils[pupil].left = day }

  /// Adds a pupil who is first named in a register.
  func addFromRegister(_ pupil: Pupil, file: String, at location: FileLocation) -> Int {
    let added = add(pupil, file: file, at: location)
    if hasDetails { report(.pupilNotInDetails, file, at: location, pupil: added) }
    return added
  }

  private func add(_ pupil: Pupil, file: String, at location: FileLocation) -> Int {
    let number = pupils.count
    pupils.append(pupil)
    sources.append((file, location))
    onRoll.append(RegisterBuilder.daysOnRoll(of: pupil))
    index(number)
    return number
  }

  private func index(_ number: Int) { index(number, by: pupils[number]) }

  /// Makes a pupil known by the identifiers of a row.
  private func index(_ number: Int, by row: Pupil) {
    let keys = RegisterBuilder.keys(of: row)
    if let key = keys.upn { byUPN.add(key, pupil: number) }
    // Schools use the same admission numbers, and systems the same ids.
    guard !unplaced.contains(number) else { return }
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
    if other.admitted != nil || other.left != nil || !other.earlierSpells.isEmpty { spells += other.spells }
  }

  /// Returns the columns in which another row about the pupil has a different value. A missing value does not
  /// differ.
  fileprivate func columns(thatDifferIn other: Pupil) -> [Column] {
    let texts: [(Column, KeyPath<Pupil, String>)] = [
      (.surname, \.surname.unredacted), (.forename, \.forename.unredacted), (.form, \.registrationGroup),
      (.centre, \.centre), (.commissioningSchool, \.commissioningSchool),
    ]
    let statuses: [(Column, KeyPath<Pupil, Status>)] = [
      (.disadvantaged, \.disadvantaged), (.freeSchoolMeals, \.freeSchoolMeals), (.lookedAfter, \.lookedAfter),
      (.previouslyLookedAfter, \.previouslyLookedAfter), (.childInNeed, \.childInNeed),
      (.childProtectionPlan, \.childProtectionPlan), (.socialWorker, \.socialWorker),
      (.englishAdditional, \.englishAdditional), (.serviceChild, \.serviceChild), (.youngCarer, \.youngCarer),
    ]
    var columns = texts.compactMap { column, path -> Column? in
      let (own, others) = (self[keyPath: path], other[keyPath: path])
      return own.isEmpty || others.isEmpty || own == others ? nil : column
    }
    columns += statuses.compactMap { column, path -> Column? in
      let (own, others) = (self[keyPath: path], other[keyPath: path])
      return own == .unknown || others == .unknown || own == others ? nil : column
    }
    func differs<Value: Equatable>(_ path: KeyPath<Pupil, Value>, from none: Value) -> Bool {
      let (own, others) = (self[keyPath: path], other[keyPath: path])
      return own != none && others != none && own != others
    }
    if differs(\.year, from: nil) { columns.append(.year) }
    if differs(\.sex, from: .unknown) { columns.append(.sex) }
    if differs(\.senProvision, from: .unknown) { columns.append(.senProvision) }
    if differs(\.ethnicity, from: .unknown) { columns.append(.ethnicity) }
    if differs(\.dateOfBirth.unredacted, from: nil) { columns.append(.dateOfBirth) }
    return columns
  }
}
