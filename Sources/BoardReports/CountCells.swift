import Measures
import Registers
import ReportModel

extension PupilCounts {
  /// A count of pupils: `[c]` where a board may not see it.
  func cell(_ key: Key) -> Cell {
    withheld.contains(key) ? .shorthand(.confidential) : .pupils(self[key])
  }

  /// A count as a share of another: `[c]` where either may not be seen.
  func share(_ key: Key, of whole: Key) -> Cell {
    isShown(key) && isShown(whole) ? .share(Rate(self[key], of: self[whole])) : .shorthand(.confidential)
  }

  func isShown(_ key: Key) -> Bool { !withheld.contains(key) }
}

extension PupilCounts.Line {
  var formatted: String {
    switch self {
    case .persistent: "Persistently absent"
    case .severe: "Severely absent"
    }
  }
}
