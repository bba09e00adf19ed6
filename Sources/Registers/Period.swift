/// The period of a figure within one school year.
package enum Period: Hashable, Comparable, Sendable {
  case yearToDate
  case halfTerm(HalfTerm.Name)

  /// DfE's `time_identifier`.
  package var name: String {
    switch self {
    case .yearToDate: "Year to date"
    case .halfTerm(let name): name.rawValue
    }
  }

  package static func < (left: Period, right: Period) -> Bool {
    switch (left, right) {
    case (.yearToDate, .halfTerm): true
    case (_, .yearToDate): false
    case (.halfTerm(let left), .halfTerm(let right)): left < right
    }
  }
}
