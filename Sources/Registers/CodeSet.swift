/// A set of attendance codes, such as all that count as absence.
///
/// The named sets follow DfE's statistics. Source: rules, section 1.
public struct CodeSet: Hashable, Sendable {
  @usableFromInline let bits: UInt64

  @usableFromInline init(bits: UInt64) { self.bits = bits }

  public init(_ codes: some Sequence<AttendanceCode>) {
    bits = codes.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
  }

  public init(_ classes: StatisticalClass...) {
    self.init(AttendanceCode.allCases.filter { classes.contains($0.statisticalClass) })
  }

  @inlinable public func contains(_ code: AttendanceCode) -> Bool { contains(raw: code.rawValue) }
  /// Whether the set has the code a register's byte stands for.
  @inlinable public func contains(raw: UInt8) -> Bool { bits >> UInt64(raw) & 1 == 1 }

  /// The bytes that stand for the codes of the set.
  @inlinable public var rawValues: RawValues { RawValues(bits: bits) }

  /// The members of a set, found bit by bit.
  public struct RawValues: Sequence, IteratorProtocol {
    @usableFromInline var bits: UInt64

    @usableFromInline init(bits: UInt64) { self.bits = bits }

    @inlinable public mutating func next() -> Int? {
      guard bits != 0 else { return nil }
      defer { bits &= bits - 1 }
      return bits.trailingZeroBitCount
    }
  }

  public var codes: [AttendanceCode] { AttendanceCode.allCases.filter(contains) }

}

extension CodeSet {
  public static let present = CodeSet(.present)
  public static let approved = CodeSet(.approvedEducationalActivity)
  public static let attendance = CodeSet(.present, .approvedEducationalActivity)
  public static let authorised = CodeSet(.authorised)
  public static let unauthorised = CodeSet(.unauthorised)
  public static let absence = CodeSet(.authorised, .unauthorised)
  public static let possible = CodeSet(.present, .approvedEducationalActivity, .authorised, .unauthorised)
  /// L and U: the codes minutes late may stand on.
  public static let late = CodeSet([.lateBeforeClose, .lateAfterClose])
  /// Marks that show a session to be in school time: all but `#`, `Z` and a missing mark.
  public static let inSchoolTime = CodeSet(
    .present, .approvedEducationalActivity, .authorised, .unauthorised, .notPossible)
}
