import Measures
import Registers
import ReportModel

/// The cells of a group's figures: `[c]` where a board may not see them.
extension GroupFigures {
  /// The pupils of the group.
  var pupilsCell: Cell { isWithheld ? .shorthand(.confidential) : .pupils(enrolments) }

  /// A share of the group's sessions.
  func rateCell(_ rate: KeyPath<SessionTally, Rate?>) -> Cell {
    isWithheld ? .shorthand(.confidential) : .rate(tally[keyPath: rate], of: enrolments)
  }

  var persistentCell: Cell { persistentIsWithheld ? .shorthand(.confidential) : .pupils(persistent) }
  var persistentShareCell: Cell { persistentIsWithheld ? .shorthand(.confidential) : .share(persistentRate) }
  var severeCell: Cell { severeIsWithheld ? .shorthand(.confidential) : .pupils(severe) }
  var severeShareCell: Cell { severeIsWithheld ? .shorthand(.confidential) : .share(severeRate) }

  /// The change in a rate of sessions from one group's figures to another's.
  static func pointsCell(
    _ rate: KeyPath<SessionTally, Rate?>, from before: GroupFigures, to now: GroupFigures
  ) -> Cell {
    guard !before.isWithheld, !now.isWithheld else { return .shorthand(.confidential) }
    guard let one = before.tally[keyPath: rate], let other = now.tally[keyPath: rate] else {
      return .shorthand(.notApplicable)
    }
    return .points(Rate.difference(other, one), of: min(before.enrolments, now.enrolments))
  }
}

extension Figures {
  /// The sessions of a code. Where they may not be seen: `[c]`.
  func sessionsCell(of code: AttendanceCode, in period: Period) -> Cell {
    withheldCodes.contains(code)
      ? .shorthand(.confidential)
      : .sessions(codes[period]?[code] ?? 0, of: pupilsByCode[period]?[code] ?? 0)
  }
}
