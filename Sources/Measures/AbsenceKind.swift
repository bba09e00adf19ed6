import Registers

/// The kinds of absence in letters to parents. Each code of absence belongs to one.
package enum AbsenceKind: CaseIterable, Sendable {
  case illness, medical, otherAuthorised, holiday, reasonNotEstablished, otherUnauthorised, lateAfterClose

  /// Creates the kind of a code, or `nil` if the code is not an absence. Source: rules, section 1.
  package init?(_ code: AttendanceCode) {
    switch code.statisticalClass {
    case .authorised:
      self = code == .illness ? .illness : code == .medical ? .medical : .otherAuthorised
    case .unauthorised:
      let kinds: [AttendanceCode: AbsenceKind] = [
        .holidayNotGranted: .holiday, .reasonNotEstablished: .reasonNotEstablished,
        .lateAfterClose: .lateAfterClose,
      ]
      self = kinds[code] ?? .otherUnauthorised
    case .present, .approvedEducationalActivity, .notPossible, .notCollected, .missing:
      return nil
    }
  }

  /// The codes of the kind.
  package var codes: CodeSet { AbsenceKind.codes[self] ?? CodeSet([]) }

  private static let codes = Dictionary(grouping: CodeSet.absence.codes, by: AbsenceKind.init)
    .reduce(into: [AbsenceKind: CodeSet]()) { sets, group in
      if let kind = group.key { sets[kind] = CodeSet(group.value) }
    }
}
