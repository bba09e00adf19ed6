import Registers

/// The last day a school's registers reach, with no as-at date to say so.
struct RegisterEnd {
  let year: SchoolYear
  /// The last day of marks that stand: the year's, or an earlier one where only strays lie behind it.
  let day: Day
  let hasLaterMarks: Bool

  /// Unit: days; longer than any holiday but the summer's.
  private static let longestSilence = 21

  /// Missing: nil when there is no mark.
  init?(_ grid: MarkGrid) {
    guard let year = grid.presentYear, let sheet = grid.sheets.first(where: { $0.year == year }) else {
      return nil
    }
    self.year = year
    let counts = sheet.marksBySession
    let most = counts.max() ?? 0
    let last = counts.indices.last { counts[$0] > max(1, most / 50) }.map { sheet.day(ofSlot: $0) }
    let stray = counts.indices.last { counts[$0] > 0 }.map { sheet.day(ofSlot: $0) }
    if let last, let stray, most >= 5,
      counts.indices.allSatisfy({ slot in
        let gap = sheet.day(ofSlot: slot) - last
        return counts[slot] == 0 || gap <= 0 || gap > RegisterEnd.longestSilence
      }), stray - last > RegisterEnd.longestSilence
    {
      day = last
      hasLaterMarks = true
    } else {
      day = year.lastDay
      hasLaterMarks = grid.hasMarks(after: year)
    }
  }
}

/// Finds the few marks of a school year before the present one that may be mistyped. They stand.
struct StrayMarks: MarkSink {
  let file: String
  let schools: [SchoolIntake]
  let rules: StandingRules
  /// For each school, the years of few marks.
  let years: [Set<SchoolYear>]

  mutating func take<Rows: MarkRows & ~Copyable>(_ reading: MarkReading, from rows: borrowing Rows) {
    guard case .mark(let mark) = reading, mark.code != .noMark, rules.mayStand(mark),
      years[mark.school].contains(SchoolYear(containing: mark.session.day))
    else { return }
    schools[mark.school].note(.strayPast(on: mark.session.day), file, at: rows.place)
  }
}

/// Finds marks after the end of a school's registers.
struct LaterMarks: MarkSink {
  let file: String
  let schools: [SchoolIntake]
  let positions: [Int]
  let rules: StandingRules
  /// Cells told of already, so that a repeat of a mark is refused once.
  private(set) var seen: Set<MarkCell>
  private(set) var refused = 0

  init(file: String, schools: [SchoolIntake], positions: [Int], rules: StandingRules, seen: Set<MarkCell>) {
    self.file = file
    self.schools = schools
    self.positions = positions
    self.rules = rules
    self.seen = seen
  }

  mutating func take<Rows: MarkRows & ~Copyable>(_ reading: MarkReading, from rows: borrowing Rows) {
    guard case .mark(let mark) = reading, mark.code != .noMark, let end = schools[mark.school].end else {
      return
    }
    let day = mark.session.day
    let cell = MarkCell(school: positions[mark.school], pupil: mark.pupil, session: mark.session)
    guard day > end.day, rules.mayStand(mark), seen.insert(cell).inserted else { return }
    refused += 1
    let found: Found =
      day > end.year.lastDay
      ? .laterSchoolYear(on: day, registersEnd: end.year) : .strayFuture(on: day, registersEnd: end.day)
    schools[mark.school].note(found, file, at: rows.place)
  }
}
