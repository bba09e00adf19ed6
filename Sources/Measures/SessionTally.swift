import Registers

/// Sessions counted by code, over some pupils and some sessions. Tallies add up.
///
/// Unit: sessions. Source: rules, section 1.
public struct SessionTally: Sendable {
  private var counts: InlineArray<40, Int32>

  public static let zero = SessionTally()

  public init() { counts = InlineArray(repeating: 0) }

  public subscript(code: AttendanceCode) -> Int {
    get { Int(counts[Int(code.rawValue)]) }
    set { counts[Int(code.rawValue)] = Int32(newValue) }
  }

  @inline(__always)
  mutating func count(raw: UInt8) { counts[Int(raw)] += 1 }

  /// Adds 1 for each code that occurs in a tally: so pupils are counted by code.
  mutating func countCodes(of tally: SessionTally) {
    for place in counts.indices where tally.counts[place] > 0 { counts[place] += 1 }
  }

  public subscript(codes: CodeSet) -> Int {
    var sum: Int32 = 0
    for raw in codes.rawValues { sum += counts[raw] }
    return Int(sum)
  }

  public static func + (left: SessionTally, right: SessionTally) -> SessionTally {
    var sum = left
    sum += right
    return sum
  }

  /// The sessions of a tally without those of a part of it.
  public static func - (whole: SessionTally, part: SessionTally) -> SessionTally {
    var rest = whole
    for place in rest.counts.indices { rest.counts[place] -= part.counts[place] }
    return rest
  }

  public static func += (left: inout SessionTally, right: SessionTally) {
    for place in left.counts.indices { left.counts[place] += right.counts[place] }
  }
}

extension SessionTally: Equatable {
  public static func == (left: SessionTally, right: SessionTally) -> Bool {
    left.counts.indices.allSatisfy { left.counts[$0] == right.counts[$0] }
  }
}

extension SessionTally {
  public var present: Int { self[.present] }
  public var approved: Int { self[.approved] }
  public var attending: Int { present + approved }
  public var authorised: Int { self[.authorised] }
  public var unauthorised: Int { self[.unauthorised] }
  public var absence: Int { authorised + unauthorised }
  public var possible: Int { attending + absence }
  public var late: Int { self[.late] }
  public var missing: Int { self[.noMark] }

  /// Missing: nil when no session was possible.
  public var attendanceRate: Rate? { Rate(attending, of: possible) }
  public var absenceRate: Rate? { Rate(absence, of: possible) }
  public var authorisedRate: Rate? { Rate(authorised, of: possible) }
  public var unauthorisedRate: Rate? { Rate(unauthorised, of: possible) }

  /// Missed 10% or more of its possible sessions.
  public var isPersistentlyAbsent: Bool { absenceRate?.isPersistentAbsence ?? false }
  /// Missed 50% or more of its possible sessions.
  public var isSeverelyAbsent: Bool { absenceRate?.isSevereAbsence ?? false }
}

extension Rate {
  /// Of a pupil's absence rate: 10% or more, compared in integers. Source: rules, section 2.
  var isPersistentAbsence: Bool { 10 * part >= whole }
  /// Of a pupil's absence rate: 50% or more.
  var isSevereAbsence: Bool { 2 * part >= whole }
}
