import Registers
import Tabular

/// A reader of the exports of one school, or of several that share files, into registers.
package struct RegisterReader {
  private let builders: [RegisterBuilder]
  private let rules: MarkValidity
  private let explaining: String?
  private var accounts: [FileAccount] = []
  private var decisions: [TableDecision] = []
  private var pupilRows: [String: Int] = [:]
  /// Sessions with two different marks, whose rows are found in a second pass.
  private var conflicts: [MarkCell] = []
  private var codes: [String: String] = [:]
  private var files: [Source] = []
  /// Files that need a list of codes, which may be in a file read later.
  private var waitingForCodes: [Source] = []

  private struct Source {
    let file: ExportFile
    let schools: [Int]
  }

  /// The register of one school and its findings.
  package struct School: Sendable {
    package let register: Register
    package let findings: [Finding]
    /// For each pupil of the register, the file and row that first names the pupil.
    package let sources: [PupilSource]
  }

  /// The file and row that first names a pupil.
  package struct PupilSource: Sendable {
    let file: String
    let location: FileLocation
  }

  /// The result of reading every file.
  package struct Result: Sendable {
    package let schools: [School]
    package let accounts: [FileAccount]
    /// The number of pupils listed, by pupil file.
    package let pupilRows: [String: Int]
    /// The decisions about each table, in reading order.
    package let decisions: [TableDecision]
    /// The history of the pupil that was asked for, by school; empty if none was asked for or found.
    package let histories: [PupilHistory]
  }

  /// - Parameters:
  ///   - asAt: The last day whose marks count, or `nil` for the last day on which at least half of the pupils of a
  ///     school have a mark. Later marks are counted and left out.
  ///   - explaining: An identifier of a pupil whose every mark is to be listed with its row.
  package init(schools: [SchoolSettings], asAt: Day?, explaining: String? = nil) {
    self.explaining = explaining
    builders = schools.map(RegisterBuilder.init)
    rules = MarkValidity(asAt: asAt)
  }

  /// Reads a pupil-details file. All of them must be read before the first register.
  package mutating func readPupils(_ file: ExportFile, schools: [Int]) throws(TableFailure) {
    var details = PupilDetails(file, into: schools.map { builders[$0] })
    try details.run()
    pupilRows[file.name] = details.count
    decisions += details.decisions
  }

  /// Reads a register, or a list of codes that registers need. If the file is listed for several schools,
  /// its table must name the school of each row.
  package mutating func readRegister(_ file: ExportFile, schools: [Int]) throws(TableFailure) {
    try read(Source(file: file, schools: schools), mayWait: true)
  }

  private mutating func read(_ source: Source, mayWait: Bool) throws(TableFailure) {
    let listed = source.schools.map { builders[$0] }
    var traversal = RegisterTraversal(
      source.file, schools: listed, schoolYear: schoolYear, codes: codes, mayWaitForCodes: mayWait,
      sink: MarkCollector(source.file, schools: listed, positions: source.schools, rules: rules))
    do { try traversal.run() } catch {
      traversal.sink.returnGrids()
      throw error
    }
    traversal.sink.returnGrids()
    codes.merge(traversal.codes) { first, _ in first }
    if traversal.isWaitingForCodes {
      waitingForCodes.append(source)
      return
    }
    traversal.sink.finish()
    decisions += traversal.decisions
    conflicts += traversal.sink.conflicts
    accounts.append(traversal.sink.account)
    files.append(source)
  }

  /// The school year of dates without a year: that of the as-at date, or of the first given half-term.
  private var schoolYear: SchoolYear? {
    (rules.asAt ?? builders.lazy.compactMap(\.settings.halfTerms.first?.first).first).map(
      SchoolYear.init(containing:))
  }
}

extension RegisterReader {
  /// Returns the registers of the schools after every file is read.
  package consuming func finish() throws(TableFailure) -> Result {
    for source in waitingForCodes { try read(source, mayWait: false) }
    for builder in builders { builder.endLeavers() }
    try leaveOutLaterMarks()
    try traceStrayMarks()
    try traceConflicts()
    leaveOutStrayMarks()
    let histories = try histories()
    for builder in builders {
      builder.decideYears()
      if builder.grid.presentYear == nil, let lesson = builder.lesson {
        builder.report(.unknownSession(written: lesson.name), lesson.file, lesson.row)
      }
    }
    reportUnplacedPupils()
    let schools = builders.map { RegisterAssembly(builder: $0, rules: rules).school() }
    return Result(
      schools: schools, accounts: accounts, pupilRows: pupilRows,
      decisions: decisions,
      histories: histories)
  }

  /// Reports the pupils of a file of several schools who have no mark at any of them.
  private func reportUnplacedPupils() {
    var seen: Set<String> = []
    for builder in builders {
      for pupil in builder.unplaced.sorted() {
        let upn = builder.pupils[pupil].upn.unredacted
        let hasMarks = builders.contains { other in
          other.find(upn: PupilKey(Array(upn.utf8)), pupilID: nil, admissionNumber: nil).map(
            other.grid.hasMarks) ?? false
        }
        guard !hasMarks, seen.insert(upn).inserted else { continue }
        let (file, location) = builder.sources[pupil]
        builder.report(.pupilWithoutMarks, file, at: location, pupil: pupil)
      }
    }
  }

  private func histories() throws(TableFailure) -> [PupilHistory] {
    guard let explaining else { return [] }
    var trace = PupilTrace(explaining, rules: rules)
    try rereadFiles { source in
      trace.begin(source.file.name, schools: source.schools.map { builders[$0] }, positions: source.schools)
      return trace
    } then: {
      trace = $0
    }
    return trace.finished()
  }

  /// Reads the registers once more.
  private func rereadFiles<Sink: MarkSink>(
    _ makeSink: (Source) -> Sink, then use: (Sink) -> Void
  ) throws(TableFailure) {
    for source in files {
      var traversal = RegisterTraversal(
        source.file, schools: source.schools.map { builders[$0] }, schoolYear: schoolYear, codes: codes,
        sink: makeSink(source))
      try traversal.run()
      use(traversal.sink)
    }
  }

  /// Leaves out the marks after the last day of each school's registers, if there is no as-at date. So neither a
  /// planned absence nor a mistyped date becomes the present. Files with marks of a later school year are read once
  /// more to find the rows.
  private mutating func leaveOutLaterMarks() throws(TableFailure) {
    guard rules.asAt == nil else { return }
    var ahead: [String: Int] = [:]
    var refused: [String: Int] = [:]
    for builder in builders {
      builder.end = RegisterEnd(builder.grid, pupils: builder.pupils)
      guard let end = builder.end else { continue }
      for (file, years) in builder.newMarks {
        for (year, marks) in years where year >= end.year {
          let count = marks.all.dropFirst(end.slots(of: year)).reduce(0, +)
          if year > end.year { refused[file, default: 0] += count } else { ahead[file, default: 0] += count }
        }
      }
    }
    for index in accounts.indices {
      let (later, planned) = (refused[accounts[index].file] ?? 0, ahead[accounts[index].file] ?? 0)
      accounts[index].marks -= later + planned
      accounts[index].refused += later
      accounts[index].afterAsAt += planned
    }
    guard !refused.isEmpty else { return }
    try rereadFiles {
      LaterMarks(file: $0.file.name, schools: $0.schools.map { builders[$0] }, rules: rules)
    } then: { _ in
    }
  }

  /// Decides which sessions are in school time, and counts the marks of attendance of others.
  private mutating func leaveOutStrayMarks() {
    var stray: [String: Int] = [:]
    for builder in builders {
      builder.findSchoolTime()
      for (file, years) in builder.newMarks {
        for (year, marks) in years {
          let slots = builder.end?.slots(of: year) ?? MarkGrid.width
          stray[file, default: 0] += (0..<slots).reduce(0) { count, slot in
            builder.isInSchoolTime(slot: slot, of: year) ? count : count + marks.ofAttendance[slot]
          }
        }
      }
    }
    for index in accounts.indices {
      let count = stray[accounts[index].file] ?? 0
      accounts[index].marks -= count
      accounts[index].outsideSchoolTime += count
    }
  }

  /// Reads the files once more to report the few marks of an earlier year.
  private func traceStrayMarks() throws(TableFailure) {
    let years = builders.map { $0.grid.strayYears }
    guard years.contains(where: { !$0.isEmpty }) else { return }
    try rereadFiles { source in
      StrayMarks(
        file: source.file.name, schools: source.schools.map { builders[$0] }, rules: rules,
        years: source.schools.map { years[$0] })
    } then: { _ in
    }
  }

  /// Reads the files once more to report both marks of each conflict.
  private func traceConflicts() throws(TableFailure) {
    guard !conflicts.isEmpty else { return }
    var trace = ConflictTrace(conflicts, rules: rules)
    try rereadFiles { source in
      trace.begin(source.file.name, schools: source.schools.map { builders[$0] }, positions: source.schools)
      return trace
    } then: {
      trace = $0
    }
    for (cell, file, row, issue) in trace.issues {
      builders[cell.school].report(
        issue, file, at: FileLocation(row: row), pupil: cell.pupil, day: cell.session.day,
        half: cell.session.half)
    }
    let more = trace.untraced
    guard more > 0, let school = builders.first, let file = files.last?.file else { return }
    school.report(.conflictingMarks(more: more), file.name, nil)
  }
}

/// A school and the settings by which its registers are read.
package struct SchoolSettings: Sendable {
  package let school: School
  /// The columns of the pupil details that define the school's own groups.
  package let groupColumns: [GroupColumn]
  /// The half-terms of the trust file, or none if they are derived from the marks.
  package let halfTerms: [HalfTerm]
  /// A Boolean value that indicates whether packs are made although many marks are refused.
  package let acceptsRefusedMarks: Bool

  package init(
    _ school: School, groupColumns: [GroupColumn] = [], halfTerms: [HalfTerm] = [],
    acceptsRefusedMarks: Bool = false
  ) {
    self.school = school
    self.groupColumns = groupColumns
    self.halfTerms = halfTerms
    self.acceptsRefusedMarks = acceptsRefusedMarks
  }
}
