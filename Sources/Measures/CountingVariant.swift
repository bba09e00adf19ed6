import Registers

/// A way to count that differs from the national rule by one choice.
///
/// Other systems and dashboards make these choices, so their figures differ for the same marks. Source: rules, section
/// 9.
package enum CountingVariant: String, CaseIterable, Sendable {
  case onRollToday, everyAge, belowNinety, withoutN, presentD, withoutC2, missingAsAbsence

  package var formatted: String {
    switch self {
    case .onRollToday: "Only pupils on roll today"
    case .everyAge: "Pupils of every age, with every session on roll"
    case .belowNinety: "Persistent absence below 90% attendance, not at 90%"
    case .withoutN: "N (no reason yet) left out"
    case .presentD: "D (educated at another school) counted as present"
    case .withoutC2: "C2 (part-time timetable) left out"
    case .missingAsAbsence: "Sessions without a mark counted as absence"
    }
  }

  /// The code whose sessions make the difference, or `nil` if it is not one code.
  package var code: AttendanceCode? {
    switch self {
    case .withoutN: .reasonNotEstablished
    case .presentD: .dualRegistered
    case .withoutC2: .partTimeTimetable
    case .missingAsAbsence: .noMark
    case .onRollToday, .everyAge, .belowNinety: nil
    }
  }

  /// Returns the share of sessions that a pupil missed, counted this way.
  ///
  /// - Parameter national: The pupil's sessions by the national rule, or `nil` outside the national scope.
  /// - Returns: The share, or `nil` for a pupil who is not counted or has no possible session.
  func absence(of pupil: PupilFigures, national: SessionTally?, isOnRoll: Bool) -> Rate? {
    guard let tally = self == .everyAge ? pupil.year : national else { return nil }
    switch self {
    case .onRollToday: return isOnRoll ? tally.absenceRate : nil
    case .everyAge, .belowNinety: return tally.absenceRate
    case .withoutN, .withoutC2:
      let left = code.map { tally[$0] } ?? 0
      return Rate(tally.absence - left, of: tally.possible - left)
    case .presentD: return Rate(tally.absence, of: tally.possible + tally[.dualRegistered])
    case .missingAsAbsence:
      return Rate(tally.absence + tally.missing, of: tally.possible + tally.missing)
    }
  }

  func isPersistent(_ absence: Rate) -> Bool {
    self == .belowNinety ? 10 * absence.part > absence.whole : absence.isPersistentAbsence
  }

  /// A school's figures, counted this way.
  package struct Figures: Sendable, Equatable {
    /// The number of sessions missed.
    package private(set) var missed = 0
    /// The number of possible sessions.
    package private(set) var possible = 0
    /// The number of pupils with a possible session.
    package private(set) var pupils = 0
    /// The number of pupils whose sessions are counted differently from the national rule.
    package private(set) var affected = 0

    /// The attendance rate, or `nil` if no session was possible.
    package var attendanceRate: Rate? { Rate(possible - missed, of: possible) }

    mutating func add(_ absence: Rate?, national: Rate?) {
      missed += absence?.part ?? 0
      possible += absence?.whole ?? 0
      pupils += absence == nil ? 0 : 1
      if absence != national { affected += 1 }
    }
  }
}
