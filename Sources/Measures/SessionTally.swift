import Policies
import Registers

/// The number of sessions by code. Tallies can be added. Source: rules, section 1.
package struct SessionTally: Sendable {
  private var counts: InlineArray<40, Int32>

  package static let zero = SessionTally()

  package init() { counts = InlineArray(repeating: 0) }

  package subscript(code: AttendanceCode) -> Int {
    get { Int(counts[Int(code.rawValue)]) }
    set { counts[Int(code.rawValue)] = Int32(newValue) }
  }

  @inline(__always)
  mutating func count(raw: UInt8) { counts[Int(raw)] += 1 }

  /// Adds 1 for each code that occurs in a tally, which counts pupils by code.
  mutating func countCodes(of tally: SessionTally) {
    let seen = tally.counts.span
    var sums = counts.mutableSpan
    for index in seen.indices where seen[index] > 0 { sums[index] += 1 }
  }

  package subscript(codes: CodeSet) -> Int {
    // Uses a span, because each access to an inline array copies it.
    let counts = counts.span
    var sum: Int32 = 0
    for raw in codes.rawValues { sum += counts[raw] }
    return Int(sum)
  }

  package static func + (left: SessionTally, right: SessionTally) -> SessionTally {
    var sum = left
    sum += right
    return sum
  }

  /// Returns the sessions of `whole` that are not in `part`.
  package static func - (whole: SessionTally, part: SessionTally) -> SessionTally {
    var rest = whole
    let less = part.counts.span
    var counts = rest.counts.mutableSpan
    for index in less.indices { counts[index] &-= less[index] }
    return rest
  }

  package static func += (left: inout SessionTally, right: SessionTally) {
    let more = right.counts.span
    var counts = left.counts.mutableSpan
    // Wrapping addition can be vectorised, and no trust has enough sessions to overflow.
    for index in more.indices { counts[index] &+= more[index] }
  }
}

extension SessionTally: Equatable {
  package static func == (left: SessionTally, right: SessionTally) -> Bool {
    let (left, right) = (left.counts.span, right.counts.span)
    return left.indices.allSatisfy { left[$0] == right[$0] }
  }
}

extension SessionTally {
  package var present: Int { self[.present] }
  package var approved: Int { self[.approved] }
  package var attending: Int { self[.attendance] }
  package var authorised: Int { self[.authorised] }
  package var unauthorised: Int { self[.unauthorised] }
  package var absence: Int { self[.absence] }
  package var possible: Int { self[.possible] }
  package var late: Int { self[.late] }
  package var missing: Int { self[.noMark] }

  /// The attendance rate, or `nil` if no session was possible.
  package var attendanceRate: Rate? { Rate(attending, of: possible) }
  package var absenceRate: Rate? { Rate(absence, of: possible) }
  package var authorisedRate: Rate? { Rate(authorised, of: possible) }
  package var unauthorisedRate: Rate? { Rate(unauthorised, of: possible) }

  /// A Boolean value that indicates whether 10% or more of the possible sessions were missed.
  package var isPersistentlyAbsent: Bool { absenceRate?.isPersistentAbsence ?? false }
  /// A Boolean value that indicates whether 50% or more of the possible sessions were missed.
  package var isSeverelyAbsent: Bool { absenceRate?.isSevereAbsence ?? false }
}

extension Rate {
  /// A Boolean value indicating whether a pupil's absence rate is 10% or more. Source: rules, section 2.
  var isPersistentAbsence: Bool { AttendanceLine.persistentAbsence.isReached(absence: part, of: whole) }
  /// A Boolean value indicating whether a pupil's absence rate is 50% or more.
  var isSevereAbsence: Bool { AttendanceLine.severeAbsence.isReached(absence: part, of: whole) }
}
