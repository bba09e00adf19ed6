import Registers

/// School weeks in which a pupil was absent.
///
/// No DfE definition exists. A broken week is a school week with at least one possible session and at least one absence.
/// Source: rules, section 6.
package struct BrokenWeeks: Sendable, Equatable {
  /// The number of weeks with at least one possible session for the pupil.
  package var inSession = 0
  /// The number of weeks with an absence, including weeks missed completely.
  package var broken = 0
  /// The number of weeks in which every possible session was missed.
  package var whole = 0

  package init() {}

  package static func += (left: inout BrokenWeeks, right: BrokenWeeks) {
    left.inSession += right.inSession
    left.broken += right.broken
    left.whole += right.whole
  }

  package static func - (left: BrokenWeeks, right: BrokenWeeks) -> BrokenWeeks {
    var weeks = left
    weeks.inSession -= right.inSession
    weeks.broken -= right.broken
    weeks.whole -= right.whole
    return weeks
  }

  mutating func add(weekWith possible: Int, absent: Int) {
    guard possible > 0 else { return }
    inSession += 1
    if absent > 0 { broken += 1 }
    if absent == possible { whole += 1 }
  }
}

extension BrokenWeeks {
  /// Counts the weeks of some marks, broken by the codes of a policy.
  init(_ marks: ArraySlice<PupilMarks.Mark>, broken codes: CodeSet, plan: CalendarIndex) {
    self.init()
    var index = marks.startIndex
    while index < marks.endIndex {
      let week = plan.weekOfSession[marks[index].position]
      let ofWeek = marks[index...].prefix { plan.weekOfSession[$0.position] == week }
      add(weekWith: ofWeek.count, absent: ofWeek.count { codes.contains($0.code) })
      index = ofWeek.endIndex
    }
  }
}
