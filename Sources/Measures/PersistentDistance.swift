import Registers

/// The number of sessions of the school year that are still to come.
package struct SessionsLeft: Sendable, Equatable {
  package enum Basis: Sendable {
    /// The half-terms of the trust file, with every weekday in them, including bank holidays and training days.
    case plannedHalfTerms
    /// A year of 190 days, less the sessions so far.
    case yearOf190Days
  }

  package let sessions: Int
  package let basis: Basis
}

extension SchoolFigures {
  /// The number of sessions in a school year of 190 days.
  private static let sessionsOfYear = 380

  package var sessionsLeft: SessionsLeft {
    let calendar = register?.calendar
    let planned = (calendar?.planned ?? []).filter { SchoolYear(containing: $0.first) == schoolYear }
    if planned.contains(where: { $0.name == .summer2 }) {
      let days = planned.flatMap { halfTerm in
        (0...max(0, halfTerm.last - halfTerm.first)).map { halfTerm.first + $0 }
      }
      return SessionsLeft(
        sessions: 2 * days.count { $0 > asAt && $0.weekday.isSchoolDay }, basis: .plannedHalfTerms)
    }
    let held = (calendar?.sessions ?? []).count { $0.day >= schoolYear.firstDay && $0.day <= asAt }
    return SessionsLeft(sessions: max(0, SchoolFigures.sessionsOfYear - held), basis: .yearOf190Days)
  }
}

extension SchoolFigures {
  /// Returns the sessions still to come for a pupil, or `nil` for a pupil who has left.
  ///
  /// The pupil's share of the school's sessions is assumed to stay as it was so far.
  package func sessionsLeft(of pupil: PupilFigures) -> Int? {
    if let left = pupil.pupil.left, left < asAt { return nil }
    let first = max(pupil.pupil.admitted ?? schoolYear.firstDay, schoolYear.firstDay)
    let held = (register?.calendar.sessions ?? []).count { $0.day >= first && $0.day <= asAt }
    guard held > 0, pupil.year.possible < held else { return sessionsLeft.sessions }
    return sessionsLeft.sessions * pupil.year.possible / held
  }
}

extension SessionTally {
  /// The number of sessions to a threshold of absence. Source: rules, section 8.
  package enum PersistentDistance: Sendable, Equatable {
    /// The number of sessions that the pupil can miss and still be under the threshold at the end of the year.
    case missable(Int)
    /// The number of sessions in a row to attend until the pupil is under the threshold.
    case toAttend(Int)
    /// Too few sessions are left this year to get under the threshold.
    case outOfReach
  }

  /// Returns the distance to the threshold of 10% missed.
  ///
  /// - Parameter left: The number of sessions still to come this year.
  package func persistentDistance(left: Int) -> PersistentDistance { distance(share: 10, left: left) }

  /// Returns the distance to the threshold of 50% missed.
  package func severeDistance(left: Int) -> PersistentDistance { distance(share: 2, left: left) }

  /// - Parameter share: The threshold is one in `share` sessions missed.
  private func distance(share: Int, left: Int) -> PersistentDistance {
    guard share * absence >= possible, possible > 0 else {
      return .missable(min(left, (possible + left - 1) / share - absence))
    }
    let needed = share * absence - possible + 1
    return needed <= left ? .toAttend(needed) : .outOfReach
  }
}
