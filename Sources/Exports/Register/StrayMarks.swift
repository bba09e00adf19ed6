import Registers

/// Finds the few marks of a school year before the present one that may be mistyped. They stand.
struct StrayMarks: MarkSink {
  let file: String
  let schools: [RegisterBuilder]
  let rules: MarkValidity
  /// For each school, the years of few marks.
  let years: [Set<SchoolYear>]

  mutating func take<Rows: MarkRows & ~Copyable>(_ reading: MarkReading, from rows: inout Rows) {
    guard case .mark(let mark) = reading, mark.code != .noMark, rules.mayStand(mark),
      years[mark.school].contains(SchoolYear(containing: mark.session.day))
    else { return }
    schools[mark.school].note(.strayPast(on: mark.session.day), file, at: rows.place)
  }
}
