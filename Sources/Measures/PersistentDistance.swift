import Registers

/// Sessions of the school year that are still to come.
package struct SessionsLeft: Sendable, Equatable {
  package enum Basis: Sendable {
    /// The half-terms of the trust file: every weekday in them, bank holidays and training days among them.
    case plannedHalfTerms
    /// A year of 190 days, less the sessions there were.
    case yearOf190Days
  }

  package let sessions: Int
  package let basis: Basis
}

extension SchoolFigures {
  /// Unit: sessions a school year has: 190 days.
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
  /// The sessions still to come for a pupil, taken to be as large a share of the school's as those so far.
  ///
  /// Missing: nil for a pupil who has left.
  package func sessionsLeft(of pupil: PupilFigures) -> Int? {
    if let left = pupil.pupil.left, left < asAt { return nil }
    let first = max(pupil.pupil.admitted ?? schoolYear.firstDay, schoolYear.firstDay)
    let held = (register?.calendar.sessions ?? []).count { $0.day >= first && $0.day <= asAt }
    guard held > 0, pupil.year.possible < held else { return sessionsLeft.sessions }
    return sessionsLeft.sessions * pupil.year.possible / held
  }
}

extension SessionTally {
  /// How far a pupil is from the line of persistent absence. Source: rules, section 8.
  package enum PersistentDistance: Sendable, Equatable {
    /// Sessions that may still be missed with the pupil under the line at the year's end.
    case missable(Int)
    /// Sessions in a row to attend until the pupil is under the line.
    case toAttend(Int)
    /// As many to attend as there are not left this year.
    case outOfReach
  }

  /// From the line of 10% missed.
  ///
  /// - Parameter left: Sessions still possible this year.
  package func persistentDistance(left: Int) -> PersistentDistance { distance(share: 10, left: left) }

  /// From the line of 50% missed.
  package func severeDistance(left: Int) -> PersistentDistance { distance(share: 2, left: left) }

  /// - Parameter share: One in so many sessions missed is the line.
  private func distance(share: Int, left: Int) -> PersistentDistance {
    guard share * absence >= possible, possible > 0 else {
      return .missable(min(left, (possible + left - 1) / share - absence))
    }
    let needed = share * absence - possible + 1
    return needed <= left ? .toAttend(needed) : .outOfReach
  }
}
