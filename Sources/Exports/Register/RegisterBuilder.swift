import Registers

/// One school while its exports are read: its pupils, its marks, and what was found on the way.
final class RegisterBuilder {
  /// Unit: pupils; the largest school of the country has a tenth of them.
  static let mostPupils = 50_000

  let school: School
  /// The groups of the school's own. Missing: empty when its policy names none.
  let groupColumns: [GroupColumn]
  private(set) var foundGroupColumns: Set<GroupColumn> = []
  /// The first file of pupil details. Missing: nil when the school has none.
  var detailsFile: String?
  private(set) var pupils: [Pupil] = []
  private(set) var hasDetails = false
  /// For each pupil, the first and last day on roll as day numbers, for the loop over marks.
  private(set) var onRoll: [ClosedRange<Int32>] = []
  /// For each pupil, the file and row that told of it first.
  private(set) var places: [(file: String, place: MarkPlace)] = []
  /// Whether marks were left out because they are after the as-at date.
  var hasLaterMarks = false
  /// Whether a profile says in which order the dates are.
  var ordersAreGiven = false
  /// Where the registers end, with no as-at date to say so.
  var end: RegisterEnd?
  /// The registers read for the school, in order.
  var registerFiles: [String] = []
  /// The school years of each register's marks.
  var yearsByFile: [String: Set<SchoolYear>] = [:]
  /// Totals that files give beside the marks, with the file of each.
  var totals: [(file: String, total: PupilTotal)] = []
  var grid = MarkGrid()
  var log = FindingLog()
  private var byUPN = PupilIndex()
  private var byPupilID = PupilIndex()
  private var byAdmissionNumber = PupilIndex()

  init(school: School, groupColumns: [GroupColumn] = []) {
    self.school = school
    self.groupColumns = groupColumns
  }

  /// Where a table holds the groups of the school's own.
  func groupPlaces(in header: HeaderRow) -> [GroupPlace] { groupColumns.compactMap { $0.place(in: header) } }

  /// Where a table of pupil details holds them, or a register that stands for pupil details: those need not be missed.
  func findGroups(in header: HeaderRow) -> [GroupPlace] {
    let places = groupPlaces(in: header)
    foundGroupColumns.formUnion(places.map(\.column))
    return places
  }

  func note(_ found: Issue, _ file: String, _ row: Int?) {
    log.note(Finding(found, school: school.label, file: file, row: row), kind: found.kind)
  }

  func note(_ found: Issue, _ file: String, at place: MarkPlace) {
    log.note(
      Finding(found, school: school.label, file: file, at: place), kind: found.kind, sheet: place.sheet)
  }

  /// Notes the values of a pupil's row that are none that is known.
  func noteUnclear(_ reading: PupilFields.Reading, _ header: HeaderRow, _ file: String, at place: MarkPlace) {
    for column in reading.unclear {
      let name = header.place(of: column).map { header.headers[$0] } ?? column.rawValue
      note(.unclearValue(under: name, isDate: column.isDate), file, at: place)
    }
    for group in reading.unclearGroups {
      note(.unclearValue(under: header.headers[group], isDate: false), file, at: place)
    }
  }

  /// Adds a pupil of a pupil file; of one listed in another file already, it fills in what that file left out.
  func addFromDetails(_ pupil: Pupil, file: String, at place: MarkPlace) {
    hasDetails = true
    guard let known = findListed(pupil) else {
      _ = add(pupil, file: file, at: place)
      if let admitted = pupil.admitted, let left = pupil.left, left < admitted {
        note(.leavesBeforeAdmission, file, at: place)
      }
      return
    }
    // Several rows of one pupil are a history where their statuses carry dates.
    guard places[known].file != file || !pupil.datedStatuses.isEmpty else {
      note(.pupilListedTwice(earlier: places[known].place.whole), file, at: place)
      return
    }
    fill(known, from: pupil)
  }

  /// Fills in what is not yet known of a pupil.
  func fill(_ known: Int, from pupil: Pupil) {
    pupils[known].fill(from: pupil)
    onRoll[known] = RegisterBuilder.daysOnRoll(of: pupils[known])
    index(known)
  }

  /// Days of no one's time on roll.
  private static let never = Int32.max...Int32.max

  private static func daysOnRoll(of pupil: Pupil) -> ClosedRange<Int32> {
    let first = pupil.admitted?.number ?? Int32.min
    let last = pupil.left?.number ?? Int32.max
    return first <= last ? first...last : never
  }

  /// Adds a pupil met in a register.
  func addFromRegister(_ pupil: Pupil, file: String, at place: MarkPlace) -> Int {
    if hasDetails {
      note(.pupilNotInDetails, file, at: place)
    }
    return add(pupil, file: file, at: place)
  }

  private func add(_ pupil: Pupil, file: String, at place: MarkPlace) -> Int {
    let number = pupils.count
    pupils.append(pupil)
    places.append((file, place))
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

  /// A pupil by the surest identifier that is known: UPN, then the system's id, then the admission number, which alone does not
  /// make two UPNs one pupil: it may be no more than a place in a list.
  func find(upn: PupilKey?, pupilID: PupilKey?, admissionNumber: PupilKey?) -> Int? {
    if let upn, let pupil = byUPN[upn] { return pupil }
    if let pupilID, let pupil = byPupilID[pupilID] { return pupil }
    guard let admissionNumber, let pupil = byAdmissionNumber[admissionNumber] else { return nil }
    return upn == nil || pupils[pupil].upn.unredacted.isEmpty ? pupil : nil
  }

  /// The pupil a row of pupil details tells of again.
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
