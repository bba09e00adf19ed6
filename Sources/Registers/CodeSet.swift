/// A set of attendance codes, such as all that count as absence.
///
/// The named sets follow DfE's statistics. Source: rules, section 1.
package struct CodeSet: Hashable, Sendable {
  @usableFromInline let bits: UInt64

  @usableFromInline init(bits: UInt64) { self.bits = bits }

  package init(_ codes: some Sequence<AttendanceCode>) {
    bits = codes.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
  }

  package init(_ classes: StatisticalClass...) {
    self.init(AttendanceCode.allCases.filter { classes.contains($0.statisticalClass) })
  }

  @inlinable package func contains(_ code: AttendanceCode) -> Bool { contains(raw: code.rawValue) }
  /// Returns a Boolean value that indicates whether the set contains the code of a register's byte.
  @inlinable package func contains(raw: UInt8) -> Bool { bits >> UInt64(raw) & 1 == 1 }

  /// The bytes of the codes of the set.
  @inlinable package var rawValues: RawValues { RawValues(bits: bits) }

  /// The members of a set, found bit by bit.
  package struct RawValues: Sequence, IteratorProtocol {
    @usableFromInline var bits: UInt64

    @usableFromInline init(bits: UInt64) { self.bits = bits }

    @inlinable package mutating func next() -> Int? {
      guard bits != 0 else { return nil }
      defer { bits &= bits - 1 }
      return bits.trailingZeroBitCount
    }
  }

  package var codes: [AttendanceCode] { AttendanceCode.allCases.filter(contains) }

}

extension CodeSet {
  package static let present = CodeSet(.present)
  package static let approved = CodeSet(.approvedEducationalActivity)
  package static let attendance = CodeSet(.present, .approvedEducationalActivity)
  package static let authorised = CodeSet(.authorised)
  package static let unauthorised = CodeSet(.unauthorised)
  package static let absence = CodeSet(.authorised, .unauthorised)
  package static let possible = CodeSet(.present, .approvedEducationalActivity, .authorised, .unauthorised)
  /// L and U: the codes that can have minutes late.
  package static let late = CodeSet([.lateBeforeClose, .lateAfterClose])
  /// The codes that show that a session is in school time: all except `#`, `Z` and a missing mark.
  package static let inSchoolTime = CodeSet(
    .present, .approvedEducationalActivity, .authorised, .unauthorised, .notPossible)
}
