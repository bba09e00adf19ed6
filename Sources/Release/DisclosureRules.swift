import Registers

/// The constants of `Docs/Release.md`, by which figures are rounded, shown as ranges or left out.
package struct DisclosureRules: Hashable, Sendable {
  /// The smallest number of pupils in a group that is shown.
  package let minGroup: Int
  /// The largest count of pupils that is small.
  package let maxSmall: Int
  /// The base to which counts are rounded.
  let base: Int

  private init(minGroup: Int, maxSmall: Int, base: Int) {
    self.minGroup = minGroup
    self.maxSmall = maxSmall
    self.base = base
  }

  /// The least strict rules for a board.
  package static let board = board(maxSmall: 5)

  /// Rules for a board of a trust that hides more counts.
  package static func board(maxSmall: Int) -> DisclosureRules {
    DisclosureRules(minGroup: max(10, maxSmall + 5), maxSmall: max(5, maxSmall), base: 5)
  }

  /// The rules of the confidential edition, which hides nothing.
  package static let exact = DisclosureRules(minGroup: 1, maxSmall: -1, base: 1)

  var isExact: Bool { base == 1 }

  /// The smallest number that is not small.
  var minLarge: Int { maxSmall + 1 }
  /// The smallest number of pupils among whom a small count may be rounded.
  var minRounded: Int { isExact ? 0 : 2 * maxSmall + 1 }

  /// Returns a Boolean value indicating whether so many pupils may be the difference between two groups that are shown.
  func isAllowed(_ pupils: Int) -> Bool { pupils == 0 || pupils >= minGroup }
}

extension DisclosureRules {
  /// Returns the counts that are rounded to the same value as `count`.
  func bucket(of count: Int) -> ClosedRange<Int> {
    guard !isExact else { return count...count }
    let middle = (count + base / 2) / base * base
    return max(0, middle - base / 2)...(middle + base / 2)
  }

  /// Returns a count to the nearest 5, or as a range where that is 0 or 5.
  func rounded(_ count: Int) -> Published {
    guard !isExact else { return .count(count) }
    let bucket = bucket(of: count)
    return bucket.lowerBound < 2 * base - base / 2 ? .range(bucket) : .count(bucket.lowerBound + base / 2)
  }

  /// Returns the rounded count as a number: 0 for "0-2" and 5 for "3-7".
  func number(_ count: Int) -> Int {
    isExact ? count : (count + base / 2) / base * base
  }

  /// Returns a rate of sessions in per cent.
  ///
  /// - Parameters:
  ///   - pupils: The number of pupils of a group that the sessions belong to, or 0 for a group of several schools.
  ///   - isWhole: A Boolean value indicating whether the rate is of a whole school or trust.
  func percent(_ part: Int, of whole: Int, pupils: Int, isWhole: Bool) -> Published {
    guard whole > 0 else { return .notApplicable }
    return isExact || isWhole || pupils >= 50
      ? .decimal(Rate.divide(1000 * part, by: whole), places: 1)
      : .decimal(Rate.divide(100 * part, by: whole), places: 0)
  }

  /// Returns the whole count of persistently absent pupils: exact, or the smaller side as a range.
  func whole(_ count: Int, of all: Int) -> Published {
    if count >= minLarge, all - count >= minLarge || isExact { return .count(count) }
    return count <= maxSmall ? .range(bucket(of: count)) : .allBut(bucket(of: all - count))
  }

  /// Returns the whole count of severely absent pupils, of whom each is persistently absent.
  func severe(_ count: Int, ofPersistent persistent: Int) -> Published {
    if isExact || count >= minLarge && persistent - count >= minLarge { return .count(count) }
    return count <= maxSmall && persistent >= minRounded ? .range(bucket(of: count)) : .notShown
  }
}
