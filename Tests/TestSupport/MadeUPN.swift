/// Unique pupil numbers that belong to nobody, with valid check letters.
///
/// Source: rules, section 12.
package enum MadeUPN {
  private static let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ")

  /// The number of a pupil of a school that does not exist.
  ///
  /// - Parameter number: From 0 to 999.
  package static func of(_ number: Int) -> String {
    let digits = String(801_200_016_000 + number)
    let sum = digits.compactMap(\.wholeNumberValue).enumerated().reduce(0) {
      $0 + ($1.offset + 2) * $1.element
    }
    return String(letters[sum % 23]) + digits
  }
}
