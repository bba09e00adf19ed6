import Registers
import Tabular

/// Reads the exports of one school, or of several that share files, into registers.
package struct RegisterReader {
  private let intakes: [RegisterBuilder]
  private let rules: MarkValidity
  private let explaining: String?
  private var accounts: [FileAccount] = []
  private var decisions: [TableDecision] = []
  private var pupilRows: [String: Int] = [:]
  /// Sessions with two different marks, for a second look at where the first stood.
  private var conflicts: [MarkCell] = []
  private var codes: [String: String] = [:]
  private var files: [Source] = []
  /// Files that need a list of codes, which may stand in a file behind them.
  private var waiting: [Source] = []

  private struct Source {
    let file: ExportFile
    let schools: [Int]
  }

  /// What one school's exports hold.
  package struct School: Sendable {
    package let register: Register
    package let findings: [Finding]
    /// For each pupil of the register, the file and row that told of it first.
    package let places: [PupilPlace]
  }

  /// Where a pupil is first told of.
  package struct PupilPlace: Sendable {
    let file: String
    let place: MarkPlace
  }

  /// What was read.
  package struct Result: Sendable {
    package let schools: [School]
    package let accounts: [FileAccount]
    /// Unit: pupils listed, by pupil file.
    package let pupilRows: [String: Int]
    /// What each table was taken for, in the order they were read.
    package let decisions: [TableDecision]
    /// What the exports hold of the pupil that was asked for, by school. Missing: empty when none was, or none was found.
    package let histories: [PupilHistory]
  }

  /// - Parameters:
  ///   - groupColumns: For each school, the groups that columns of its own tell. Missing: empty when no school has any.
  ///   - asAt: Marks after this day are left out and counted. Missing: nil when every mark counts.
  ///   - explaining: An identifier of a pupil whose every mark is to be told with its place.
  package init(
    schools: [Registers.School], groupColumns: [[GroupColumn]] = [], asAt: Day?, halfTerms: [HalfTerm],
    explaining: String? = nil
  ) {
    self.explaining = explaining
    intakes = schools.enumerated().map { place, school in
      RegisterBuilder(
        school: school, groupColumns: groupColumns.indices.contains(place) ? groupColumns[place] : [])
    }
    rules = MarkValidity(asAt: asAt, halfTerms: halfTerms)
  }

  /// Reads a pupil-details file; all of them before the first register.
  package mutating func readPupils(_ file: ExportFile, schools: [Int]) throws(TableFailure) {
    var details = PupilDetails(file, into: schools.map { intakes[$0] })
    try details.run()
    pupilRows[file.name] = details.count
    decisions += details.decisions
  }

  /// Reads a register, or a list of codes that registers need; where it is listed for several schools, the table says whose each
  /// row is.
  package mutating func readRegister(_ file: ExportFile, schools: [Int]) throws(TableFailure) {
    try read(Source(file: file, schools: schools), mayWait: true)
  }

  private mutating func read(_ source: Source, mayWait: Bool) throws(TableFailure) {
    let listed = source.schools.map { intakes[$0] }
    if source.file.profile.dates != nil {
      for intake in listed { intake.ordersAreGiven = true }
    }
    var walk = RegisterTraversal(
      source.file, schools: listed, schoolYear: schoolYear, codes: codes, mayWaitForCodes: mayWait,
      sink: MarkCollector(source.file, schools: listed, positions: source.schools, rules: rules))
    do { try walk.run() } catch {
      walk.sink.giveBack()
      throw error
    }
    walk.sink.giveBack()
    codes.merge(walk.codes) { first, _ in first }
    if walk.waitsForCodes {
      waiting.append(source)
      return
    }
    walk.sink.finish()
    decisions += walk.decisions
    conflicts += walk.sink.conflicts
    accounts.append(walk.sink.account)
    files.append(source)
  }

  /// The school year of dates without one: that of the as-at date, or of the first half-term given.
  private var schoolYear: SchoolYear? {
    (rules.asAt ?? rules.halfTerms.first?.first).map(SchoolYear.init(containing:))
  }
}

extension RegisterReader {
  /// The registers of the schools, once every file is read.
  package consuming func finish() throws(TableFailure) -> Result {
    for source in waiting { try read(source, mayWait: false) }
    try refuseLaterMarks()
    try traceStrayMarks()
    try traceConflicts()
    let histories = try histories()
    let schools = intakes.map { RegisterAssembly(intake: $0, rules: rules).school() }
    return Result(
      schools: schools, accounts: accounts, pupilRows: pupilRows,
      decisions: decisions,
      histories: histories)
  }

  private func histories() throws(TableFailure) -> [PupilHistory] {
    guard let explaining else { return [] }
    var trace = PupilTrace(explaining, rules: rules)
    try walkAgain { source in
      trace.turn(to: source.file.name, schools: source.schools.map { intakes[$0] }, positions: source.schools)
      return trace
    } then: {
      trace = $0
    }
    return trace.finished()
  }

  /// Goes through the registers once more.
  private func walkAgain<Sink: MarkSink>(
    _ makeSink: (Source) -> Sink, then use: (Sink) -> Void
  ) throws(TableFailure) {
    for source in files {
      var walk = RegisterTraversal(
        source.file, schools: source.schools.map { intakes[$0] }, schoolYear: schoolYear, codes: codes,
        sink: makeSink(source))
      try walk.run()
      use(walk.sink)
    }
  }

  /// With no as-at date, refuses marks after the present school year, and stray ones weeks after the last day of all others, so
  /// that one mistyped date does not become the present. The files are read once more to say where they stand.
  private mutating func refuseLaterMarks() throws(TableFailure) {
    guard rules.asAt == nil else { return }
    for intake in intakes { intake.end = RegisterEnd(intake.grid) }
    guard intakes.contains(where: { $0.end?.hasLaterMarks ?? false }) else { return }
    var refused: [String: Int] = [:]
    var seen: Set<MarkCell> = []
    try walkAgain {
      LaterMarks(
        file: $0.file.name, schools: $0.schools.map { intakes[$0] }, positions: $0.schools, rules: rules,
        seen: seen)
    } then: { sink in
      refused[sink.file, default: 0] += sink.refused
      seen = sink.seen
    }
    for place in accounts.indices {
      let count = refused[accounts[place].file] ?? 0
      accounts[place].marks -= count
      accounts[place].refused += count
    }
  }

  /// Reads the files once more to say where the few marks of an earlier year stand.
  private func traceStrayMarks() throws(TableFailure) {
    let years = intakes.map { $0.grid.strayYears }
    guard years.contains(where: { !$0.isEmpty }) else { return }
    try walkAgain { source in
      StrayMarks(
        file: source.file.name, schools: source.schools.map { intakes[$0] }, rules: rules,
        years: source.schools.map { years[$0] })
    } then: { _ in
    }
  }

  /// Reads the files once more to say where both marks of a conflict stand.
  private func traceConflicts() throws(TableFailure) {
    guard !conflicts.isEmpty else { return }
    var trace = ConflictTrace(conflicts, rules: rules)
    try walkAgain { source in
      trace.turn(to: source.file.name, positions: source.schools)
      return trace
    } then: {
      trace = $0
    }
    for (school, file, row, found) in trace.findings {
      intakes[school].note(found, file, row)
    }
    let more = trace.untraced
    guard more > 0, let school = intakes.first, let file = files.last?.file else { return }
    school.note(.moreConflictingMarks(more), file.name, nil)
  }
}
