import Registers

/// Finds marks after the end of a school's registers.
struct LaterMarks: MarkSink {
  let file: String
  let schools: [RegisterBuilder]
  let positions: [Int]
  let rules: MarkValidity
  /// Cells told of already, so that a repeat of a mark is refused once.
  private(set) var seen: Set<MarkCell>
  private(set) var refused = 0

  init(file: String, schools: [RegisterBuilder], positions: [Int], rules: MarkValidity, seen: Set<MarkCell>) {
    self.file = file
    self.schools = schools
    self.positions = positions
    self.rules = rules
    self.seen = seen
  }

  mutating func take<Rows: MarkRows & ~Copyable>(_ reading: MarkReading, from rows: inout Rows) {
    guard case .mark(let mark) = reading, mark.code != .noMark, let end = schools[mark.school].end else {
      return
    }
    let day = mark.session.day
    let cell = MarkCell(school: positions[mark.school], pupil: mark.pupil, session: mark.session)
    guard day > end.day, rules.mayStand(mark), seen.insert(cell).inserted else { return }
    refused += 1
    let found: Issue =
      day > end.year.lastDay
      ? .laterSchoolYear(on: day, registersEnd: end.year) : .strayFuture(on: day, registersEnd: end.day)
    schools[mark.school].note(found, file, at: rows.place)
  }
}
