import Registers

/// A pupil's late marks and minutes. A blank number of minutes is not counted as 0. Source: rules, section 7.
package struct Lateness: Sendable, Equatable {
  /// The number of marks of L.
  package var beforeClose = 0
  /// The number of marks of U.
  package var afterClose = 0
  /// The number of marks of L or U with minutes.
  package var marksWithMinutes = 0
  /// The number of marks of L with minutes.
  package var beforeCloseWithMinutes = 0
  /// The minutes on L and U.
  package var minutes = 0
  /// The minutes on L. A U is already a missed session.
  package var minutesBeforeClose = 0

  package init() {}

  package var marks: Int { beforeClose + afterClose }
  /// The share of late marks with minutes, or `nil` if there is no late mark.
  package var coverage: Rate? { Rate(marksWithMinutes, of: marks) }

  /// The minutes on L and U, or `nil` if there are late marks and none has minutes.
  package var minutesLate: Int? { marks > 0 && marksWithMinutes == 0 ? nil : minutes }
  /// The minutes on L, or `nil` if there are marks of L and none has minutes.
  package var minutesLost: Int? { beforeClose > 0 && beforeCloseWithMinutes == 0 ? nil : minutesBeforeClose }

  /// The minutes on U, or `nil` if there are marks of U and none has minutes.
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
  /// Adds up a pupil's lateness over some sessions.
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
