/// Which cells of tables that share totals must be withheld, so that no withheld one can be worked out from the rest.
///
/// Cells from 1 to the threshold are withheld first. Then, while an equation of the tables leaves a withheld cell alone, or
/// leaves withheld cells that are few even together, or linear algebra over all equations together determines one, the cell
/// that is missed least is withheld beside it. In the end those are given back that were not needed.
/// Source: rules, section 10; the secondary cell suppression problem of statistical disclosure control.
struct CellSuppression {
  /// A cell of some tables, in one or several periods.
  struct Cell: Sendable {
    /// The pupils behind it, by period. Missing: nil where the tables have no such row, so that everyone knows there is none.
    let pupils: [Int?]
    /// What is lost when it is withheld: the more, the later it is taken. Missing: nil for what is never withheld for others.
    let cost: Int?
  }

  /// Cells that add up: the sum of the parts is the whole, where there is one that is a cell; else it is known.
  struct Sum: Sendable {
    let parts: [Int]
    let whole: Int?

    var cells: [Int] { parts + [whole].compactMap(\.self) }
  }

  let cells: [Cell]
  let sums: [Sum]
  let threshold: Int
  /// Cells withheld for another reason, whose counts are secret whatever they are.
  let forced: Set<Int>
  private let periods: Range<Int>

  /// The places of the cells to withhold.
  func withheld() -> Set<Int> {
    guard threshold > 0 else { return forced }
    let first = forced.union(cells.indices.filter { cell in periods.contains { isSmall(cell, in: $0) } })
    var withheld = first
    while let more = next(withheld) { withheld.formUnion(more) }
    return givenBack(withheld, but: first)
  }

  init(cells: [Cell], sums: [Sum], threshold: Int, forced: Set<Int> = []) {
    self.cells = cells
    self.sums = sums
    self.threshold = threshold
    self.forced = forced
    periods = 0..<(cells.reduce(0) { max($0, $1.pupils.count) })
  }

  private func pupils(_ cell: Int, in period: Int) -> Int? {
    period < cells[cell].pupils.count ? cells[cell].pupils[period] : nil
  }

  private func isSmall(_ cell: Int, in period: Int) -> Bool {
    pupils(cell, in: period).map { 1...max(1, threshold) ~= $0 } ?? false
  }

  /// Whether nobody may know the count of a period; what is withheld for others only may be known.
  private func isSecret(_ cell: Int, in period: Int) -> Bool {
    isSmall(cell, in: period) || forced.contains(cell)
  }

  /// What is withheld and there in a period.
  private func open(_ withheld: Set<Int>, in period: Int) -> Set<Int> {
    withheld.filter { pupils($0, in: period) != nil }
  }

  /// Whether nothing withheld can be worked out.
  private func isSafe(_ withheld: Set<Int>) -> Bool {
    sums.allSatisfy { !isWeak($0, withheld) } && known(withheld).isEmpty
  }

  /// Cells to withhold beside those withheld. Missing: nil when nothing can be worked out, or nothing more can be withheld.
  private func next(_ withheld: Set<Int>) -> Set<Int>? {
    var all = withheld
    for sum in sums where isWeak(sum, all) {
      if let partner = partner(in: sum, all) { all.insert(partner) }
    }
    guard all == withheld else { return all.subtracting(withheld) }
    for cell in known(withheld).sorted() {
      guard let partner = partner(for: cell, all) else { continue }
      all.insert(partner)
      break
    }
    return all == withheld ? nil : all.subtracting(withheld)
  }

  /// The cheapest cell near a determined one beside which neither is determined any more; else the cheapest near it.
  private func partner(for cell: Int, _ withheld: Set<Int>) -> Int? {
    let own = sums.filter { $0.cells.contains(cell) }
    let around = Set(own.flatMap(\.cells)).intersection(withheld)
    let near = Set(sums.filter { !around.isDisjoint(with: $0.cells) }.flatMap(\.cells))
      .filter { !withheld.contains($0) && cells[$0].cost != nil }
      .sorted { (cost($0), $0) < (cost($1), $1) }
    let saving = near.prefix(CellSuppression.mostTried).first { candidate in
      let known = known(withheld.union([candidate]))
      return !known.contains(cell) && !known.contains(candidate)
    }
    return saving ?? near.first
  }

  /// Cells near a determined one that are tried beside it.
  private static let mostTried = 6

  /// Whether a sum gives a secret cell away: it stands alone, or what is withheld is few even together.
  private func isWeak(_ sum: Sum, _ withheld: Set<Int>) -> Bool {
    guard sum.cells.contains(where: withheld.contains) else { return false }
    for period in periods {
      let unknown = sum.cells.filter { withheld.contains($0) && pupils($0, in: period) != nil }
      if unknown.count == 1, isSecret(unknown[0], in: period) { return true }
      // With the whole withheld, what the parts come to is not known.
      if let whole = sum.whole, withheld.contains(whole) { continue }
      if unknown.isEmpty { continue }
      let together = unknown.reduce(0) { $0 + (pupils($1, in: period) ?? 0) }
      if 0...threshold ~= together { return true }
    }
    return false
  }

  private func cost(_ cell: Int) -> Int { cells[cell].cost ?? .max }

  /// The cell of a sum that is missed least among those not yet withheld.
  private func partner(in sum: Sum, _ withheld: Set<Int>) -> Int? {
    sum.cells.filter { !withheld.contains($0) && cells[$0].cost != nil }
      .min { (cost($0), $0) < (cost($1), $1) }
  }

  /// Takes back, the dearest first, what was withheld for others and is not needed after all.
  private func givenBack(_ withheld: Set<Int>, but first: Set<Int>) -> Set<Int> {
    var kept = withheld
    for cell in withheld.subtracting(first).sorted(by: { (cost($0), $0) > (cost($1), $1) }) {
      kept.remove(cell)
      if !isSafe(kept) { kept.insert(cell) }
    }
    return kept
  }
}

extension CellSuppression {
  /// The secret cells that whoever sees the rest knows: by linear algebra, or because no count is below 0.
  func known(_ withheld: Set<Int>) -> Set<Int> {
    periods.reduce(into: []) { known, period in
      let open = open(withheld, in: period)
      let found = determined(open).union(pinned(open, in: period))
      known.formUnion(found.filter { isSecret($0, in: period) })
    }
  }

  /// The withheld cells for which the sums leave one value, given that no count is below 0: found by narrowing the values each
  /// may have, sum by sum, until nothing changes.
  private func pinned(_ withheld: Set<Int>, in period: Int) -> Set<Int> {
    let counts = cells.indices.map { pupils($0, in: period) ?? 0 }
    // Pupils with dated statuses are in two groups: such a sum is none, and narrows nothing.
    let exact = sums.filter { sum in
      sum.cells.contains(where: withheld.contains)
        && sum.whole.map { whole in sum.parts.reduce(0) { $0 + counts[$1] } == counts[whole] } ?? false
    }
    let values = Values(of: counts, but: withheld).narrowed(by: exact)
    return withheld.filter { values.low[$0] == values.high[$0] && values.low[$0] > 0 }
  }

  /// The least and the most each cell may be.
  private struct Values: Equatable {
    var low: [Int]
    var high: [Int]

    /// Beyond any school.
    private static let most = 1_000_000

    init(of known: [Int], but withheld: Set<Int>) {
      low = known.indices.map { withheld.contains($0) ? 0 : known[$0] }
      high = known.indices.map { withheld.contains($0) ? Values.most : known[$0] }
    }

    func narrowed(by sums: [Sum]) -> Values {
      var values = self
      for _ in 0..<50 {
        let before = values
        for sum in sums { values.narrow(by: sum) }
        if values == before { break }
      }
      return values
    }

    private mutating func narrow(by sum: Sum) {
      guard let whole = sum.whole else { return }
      let (least, most) = (sum.parts.reduce(0) { $0 + low[$1] }, sum.parts.reduce(0) { $0 + high[$1] })
      low[whole] = max(low[whole], least)
      high[whole] = min(high[whole], most)
      for part in sum.parts {
        low[part] = max(low[part], low[whole] - (most - high[part]))
        high[part] = min(high[part], high[whole] - (least - low[part]))
      }
    }
  }

  /// The withheld cells that the sums together determine: those whose unit vector lies in the span of the equations.
  ///
  /// Worked out modulo a large prime; a chance multiple of it would only withhold more.
  func determined(_ withheld: Set<Int>) -> Set<Int> {
    let order = withheld.sorted()
    let columns = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    var system = PrimeSystem(width: order.count)
    for sum in sums {
      var row: [(column: Int, value: UInt64)] = sum.parts.compactMap { part in columns[part].map { ($0, 1) } }
      if let whole = sum.whole, let column = columns[whole] { row.append((column, PrimeSystem.minusOne)) }
      if !row.isEmpty { system.add(row) }
    }
    return Set(system.determined.map { order[$0] })
  }
}
