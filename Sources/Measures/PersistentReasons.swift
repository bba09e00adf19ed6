import Registers

/// What the absence of persistently absent pupils is made of, in the national scope and the year to date.
package struct PersistentReasons: Sendable, Equatable {
  /// The kinds a board can ask about, few enough that each is of many pupils.
  package enum Kind: CaseIterable, Sendable {
    case illness, otherAuthorised, unauthorised

    package var codes: CodeSet {
      switch self {
      case .illness: CodeSet([.illness, .medical])
      case .otherAuthorised: CodeSet(CodeSet.authorised.codes.filter { !Kind.illness.codes.contains($0) })
      case .unauthorised: .unauthorised
      }
    }
  }

  /// Unit: sessions.
  package private(set) var sessions: [Kind: Int] = [:]
  /// Unit: pupils with any such session.
  package private(set) var pupils: [Kind: Int] = [:]

  /// Unit: sessions of all kinds.
  package var absence: Int { sessions.values.reduce(0, +) }

  mutating func add(_ tally: SessionTally) {
    for kind in Kind.allCases where tally[kind.codes] > 0 {
      sessions[kind, default: 0] += tally[kind.codes]
      pupils[kind, default: 0] += 1
    }
  }
}
