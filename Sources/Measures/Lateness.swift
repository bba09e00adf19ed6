import Registers

/// Marks and minutes late. Source: rules, section 7: a blank is never 0.
package struct Lateness: Sendable, Equatable {
  /// Unit: marks of L.
  package var beforeClose = 0
  /// Unit: marks of U.
  package var afterClose = 0
  /// Unit: marks of L or U with minutes.
  package var marksWithMinutes = 0
  /// Unit: marks of L with minutes.
  package var beforeCloseWithMinutes = 0
  /// Unit: minutes on L and U.
  package var minutes = 0
  /// Unit: minutes on L; U is a lost session already.
  package var minutesBeforeClose = 0

  package init() {}

  package var marks: Int { beforeClose + afterClose }
  /// The share of late marks that say how late. Missing: nil when there is no late mark.
  package var coverage: Rate? { Rate(marksWithMinutes, of: marks) }

  /// Unit: minutes. Missing: nil when there are late marks and none says how late.
  package var minutesLate: Int? { marks > 0 && marksWithMinutes == 0 ? nil : minutes }
  /// Unit: minutes on L. Missing: nil when there are marks of L and none says how late.
  package var minutesLost: Int? { beforeClose > 0 && beforeCloseWithMinutes == 0 ? nil : minutesBeforeClose }

  /// Unit: minutes on U. Missing: nil when there are marks of U and none says how late.
  package var minutesOnU: Int? {
    afterClose > 0 && marksWithMinutes == beforeCloseWithMinutes ? nil : minutes - minutesBeforeClose
  }

  package static func += (left: inout Lateness, right: Lateness) {
    left.beforeClose += right.beforeClose
    left.afterClose += right.afterClose
    left.marksWithMinutes += right.marksWithMinutes
    left.beforeCloseWithMinutes += right.beforeCloseWithMinutes
    left.minutes += right.minutes
    left.minutesBeforeClose += right.minutesBeforeClose
  }
}

extension Lateness {
  /// A pupil's lateness over a stretch of sessions.
  init(of pupil: Int, in register: Register, sessions: Range<Int>, tally: SessionTally) {
    beforeClose = tally[.lateBeforeClose]
    afterClose = tally[.lateAfterClose]
    for late in register.minutesLate(of: pupil) where sessions.contains(Int(late.session)) {
      marksWithMinutes += 1
      minutes += Int(late.minutes)
      if register[pupil][Int(late.session)] == .lateBeforeClose {
        beforeCloseWithMinutes += 1
        minutesBeforeClose += Int(late.minutes)
      }
    }
  }
}
