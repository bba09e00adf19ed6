/// Counts of one place that could be otherwise: groups of which some gain what others lose, so that no total of the place
/// changes.
struct Trade: Equatable {
  struct Part: Equatable {
    let group: Int
    /// 1 where the group gains, -1 where it loses.
    let sign: Int
  }

  let parts: [Part]

  func sign(of group: Int) -> Int { parts.first { $0.group == group }?.sign ?? 0 }

  /// What is left of a trade when another is taken from it, or with a sign of -1 when it is added.
  func without(_ other: Trade, turned turn: Int) -> [Part] {
    var left: [Part] = []
    left.reserveCapacity(parts.count + other.parts.count)
    for part in parts {
      let sign = part.sign - turn * other.sign(of: part.group)
      if sign != 0 { left.append(Part(group: part.group, sign: sign)) }
    }
    for part in other.parts where sign(of: part.group) == 0 {
      left.append(Part(group: part.group, sign: -turn * part.sign))
    }
    return left
  }
}

/// Finds the trades that the totals of a topic leave open.
final class Trades {
  /// Groups that add up to another, or to a number everyone knows.
  struct Sum: Sendable {
    let parts: [Int]
    /// Missing: nil for a number everyone knows.
    let whole: Int?
  }

  private let sums: [Sum]
  /// By cell. Missing: nil for those not asked for yet.
  private var known: [[Trade]?]
  /// By group: in which sums it stands, 1 as a part and -1 as the whole.
  private let places: [[(sum: Int, sign: Int)]]

  /// Trades of more groups are not looked for: each group more is one more to withhold. Those of so many more groups only
  /// where there are few of fewer.
  private static let (parts, mostParts, enough) = (4, 6, 8)

  /// By cell: whether any period has it.
  private let exists: [Bool]
  private let groups: Int

  init(groups: Int, sums: [Sum], exists: [Bool]) {
    (self.groups, self.sums, self.exists) = (groups, sums, exists)
    known = Array(repeating: nil, count: exists.count)
    var places = [[(sum: Int, sign: Int)]](repeating: [], count: groups)
    for (number, sum) in sums.enumerated() {
      for part in sum.parts { places[part].append((number, 1)) }
      if let whole = sum.whole { places[whole].append((number, -1)) }
    }
    self.places = places
  }

  /// The trades in which the group of a cell gains, the fewest groups first, none of which holds another.
  func trades(of cell: Int) -> [Trade] {
    if let trades = known[cell] { return trades }
    let (place, group) = cell.quotientAndRemainder(dividingBy: groups)
    let isThere = (0..<groups).map { exists[place * groups + $0] }
    var search = Search(balance: [Int](repeating: 0, count: sums.count), isThere: isThere)
    search.isThere[group] = false
    add(Trade.Part(group: group, sign: 1), to: &search)
    for size in 1...Trades.mostParts where size <= Trades.parts || search.found.count < Trades.enough {
      extend(&search, to: size)
    }
    known[cell] = search.found
    return search.found
  }

  private struct Search {
    /// By sum: how far it is from what it was.
    var balance: [Int]
    /// By group: whether it may still take part.
    var isThere: [Bool]
    var parts: [Trade.Part] = []
    var found: [Trade] = []
  }

  private func add(_ part: Trade.Part, to search: inout Search) {
    for place in places[part.group] { search.balance[place.sum] += place.sign * part.sign }
    search.parts.append(part)
  }

  /// Finds the trades of just so many groups.
  private func extend(_ search: inout Search, to size: Int) {
    guard let broken = search.balance.firstIndex(where: { $0 != 0 }) else {
      if search.parts.count == size { take(&search) }
      return
    }
    guard search.parts.count < size else { return }
    let sum = sums[broken]
    for place in 0...sum.parts.count {
      guard let group = place < sum.parts.count ? sum.parts[place] : sum.whole, search.isThere[group] else {
        continue
      }
      let sign = search.balance[broken] > 0 ? -1 : 1
      add(Trade.Part(group: group, sign: place < sum.parts.count ? sign : -sign), to: &search)
      search.isThere[group] = false
      extend(&search, to: size)
      search.isThere[group] = true
      let last = search.parts.removeLast()
      for place in places[group] { search.balance[place.sum] -= place.sign * last.sign }
    }
  }

  private func take(_ search: inout Search) {
    // Two groups stand for one trade only.
    let isKnown =
      search.parts.count > 2
      && search.found.contains { known in
        known.parts.allSatisfy { part in search.parts.contains { $0.group == part.group } }
      }
    if !isKnown { search.found.append(Trade(parts: search.parts)) }
  }
}
