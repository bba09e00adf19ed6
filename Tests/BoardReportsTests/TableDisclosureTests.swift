import TestSupport
import Testing

@testable import BoardReports

/// Source: rules, section 10: no withheld cell can be worked out from the rest. Held against a solver of its own kind: whole
/// numbers put in one after another, all of them tried.
@Suite struct TableDisclosureTests {
  /// A trust of some schools, some groups that add up, and the half-terms of a year, of small and larger counts.
  struct Made {
    private(set) var table: ShareTable
    let schools: Int
    let groups: Int
    let halves: Int

    func cell(_ place: Int, _ group: Int) -> Int { table.cell(place, group) }
    func count(_ cell: Int, _ slot: Int) -> Int { table.pupils[cell * table.slots + slot] }

    init(seed: UInt64, halves: Int, largest: Int) {
      var random = Seeded(seed)
      (schools, groups) = (Int.random(in: 1...3, using: &random), Int.random(in: 2...4, using: &random))
      self.halves = halves
      let slots = halves + 1
      let places = schools + 1
      var counts = [Int](repeating: 0, count: places * groups * slots)
      for school in 0..<schools {
        for group in 0..<groups {
          let isSmall = Int.random(in: 0..<3, using: &random) == 0
          for half in 1..<max(2, slots) {
            let count = Int.random(in: isSmall ? 1...5 : 6...largest, using: &random)
            for (place, slot) in [(school, half), (school, 0), (schools, half), (schools, 0)] {
              // Without half-terms there is the year to date only.
              if halves == 0, slot > 0 { continue }
              counts[(place * groups + group) * slots + slot] += count
            }
          }
        }
      }
      let sums = [Trades.Sum(parts: Array(0..<groups), whole: nil)]
      let cells = places * groups
      table = ShareTable(
        places: places, groups: groups, sums: sums,
        trades: Trades(groups: groups, sums: sums, exists: [Bool](repeating: true, count: cells)),
        slots: slots, shifts: halves == 0 ? [[]] : ShareTable.shifts(of: slots),
        exists: [Slots](repeating: (1 << UInt16(slots)) - 1, count: cells),
        weights: counts.map { 100 + $0 }, pupils: counts)
      let own = table
      table.measures = [table.measure(addsUp: halves > 0) { own.pupils[$0 * slots + $1] }]
    }

    /// Whether what is shown leaves a cell more than one value: another table of counts is looked for, cell by cell.
    func isOpen(_ withheld: [Slots], cell: Int, slot: Int) -> Bool {
      let open = withheld.indices.flatMap { (cell: Int) -> [(Int, Int)] in
        (0..<table.slots).filter { withheld[cell] >> UInt16($0) & 1 == 1 }.map { (cell, $0) }
      }
      let columns = Dictionary(
        uniqueKeysWithValues: open.enumerated().map { ($1.0 * table.slots + $1.1, $0) })
      let rows = equations().map { equation in
        equation.compactMap { key, sign in columns[key].map { (column: $0, sign: sign) } }
      }.filter { !$0.isEmpty }
      guard let goal = columns[cell * table.slots + slot] else { return false }
      let counts = open.map { count($0.0, $0.1) }
      return [1, -1].contains { change in
        var search = OtherCounts(rows: rows, counts: counts)
        return search.canChange(goal, by: change)
      }
    }

    /// Each sum that a reader knows: cells by place in `pupils`, with their signs.
    private func equations() -> [[(key: Int, sign: Int)]] {
      func key(_ place: Int, _ group: Int, _ slot: Int) -> Int { cell(place, group) * table.slots + slot }
      var equations: [[(key: Int, sign: Int)]] = []
      for slot in 0..<table.slots {
        for place in 0...schools { equations.append((0..<groups).map { (key(place, $0, slot), 1) }) }
        for group in 0..<groups {
          equations.append((0...schools).map { (key($0, group, slot), $0 == schools ? -1 : 1) })
        }
      }
      guard halves > 0 else { return equations }
      for place in 0...schools {
        for group in 0..<groups {
          equations.append((0...halves).map { (key(place, group, $0), $0 == 0 ? -1 : 1) })
        }
      }
      return equations
    }
  }

  /// Looks for counts that keep every sum and differ in one: changes of one at most, found by mending broken sums.
  struct OtherCounts {
    let rows: [[(column: Int, sign: Int)]]
    let counts: [Int]
    var changes: [Int: Int] = [:]
    var steps = 0

    init(rows: [[(column: Int, sign: Int)]], counts: [Int]) {
      self.rows = rows
      self.counts = counts
    }

    mutating func canChange(_ column: Int, by change: Int) -> Bool {
      guard counts[column] + change >= 0 else { return false }
      changes[column] = change
      defer { changes[column] = nil }
      steps += 1
      guard steps < 200_000 else { return false }
      var broken: (row: [(column: Int, sign: Int)], balance: Int)?
      for row in rows where broken == nil {
        let balance = row.reduce(0) { $0 + $1.sign * (changes[$1.column] ?? 0) }
        if balance != 0 { broken = (row, balance) }
      }
      guard let (row, balance) = broken else { return true }
      for (other, sign) in row where changes[other] == nil {
        var next = self
        let isFound = next.canChange(other, by: balance > 0 ? -sign : sign)
        steps = next.steps
        if isFound { return true }
      }
      return false
    }
  }

  @Test(arguments: UInt64(1)...120, [0, 2]) func `nothing secret can be worked out`(seed: UInt64, halves: Int)
  {
    let made = Made(seed: seed, halves: halves, largest: seed % 2 == 0 ? 12 : 60)
    let table = made.table
    let secret = table.small(5)
    let nothing = [Slots](repeating: 0, count: secret.count)
    let found = TableDisclosure(table, first: nothing, threshold: 5)
    for cell in secret.indices {
      #expect(secret[cell] & ~found.withheld[cell] == 0, "small counts are withheld, seed \(seed)")
      for slot in 0..<table.slots where secret[cell] >> UInt16(slot) & 1 == 1 {
        #expect(made.isOpen(found.withheld, cell: cell, slot: slot), "seed \(seed): \(cell) in \(slot)")
      }
    }
    // No withheld counts of a place are few even together, unless there is nothing more to withhold.
    for slot in 0..<table.slots {
      for place in 0...made.schools {
        let cells = (0..<made.groups).map { made.cell(place, $0) }
          .filter { found.withheld[$0] >> UInt16(slot) & 1 == 1 }
        let together = cells.reduce(0) { $0 + made.count($1, slot) }
        #expect(
          cells.isEmpty || cells.count == made.groups || together > 5,
          "seed \(seed): \(together) at \(place) in \(slot)")
      }
    }
    if secret.allSatisfy({ $0 == 0 }) { #expect(found.withheld.allSatisfy { $0 == 0 }) }
  }

  /// Of two large groups, the one that weighs less goes with a small one; at the trust the same.
  @Test func `what a board misses least goes`() {
    let counts = [3, 40, 50, 3, 40, 50]
    let sums = [Trades.Sum(parts: [0, 1, 2], whole: nil)]
    var table = ShareTable(
      places: 2, groups: 3, sums: sums,
      trades: Trades(groups: 3, sums: sums, exists: [Bool](repeating: true, count: 6)), slots: 1,
      shifts: [[]],
      exists: [1, 1, 1, 1, 1, 1], weights: [1, 500, 100, 1, 500, 100], pupils: counts)
    table.measures = [table.measure(addsUp: false) { cell, _ in counts[cell] }]
    let nothing = [Slots](repeating: 0, count: 6)
    #expect(TableDisclosure(table, first: nothing, threshold: 5).withheld == [1, 0, 1, 1, 0, 1])
    #expect(TableDisclosure(table, first: nothing, threshold: 0).withheld == nothing)
  }

  /// A group that is small in one half-term takes another half-term with it, and leaves the year to date.
  @Test func `a half-term goes before the year to date`() {
    // Two groups of one school, which is the trust: the year to date, then three half-terms.
    let own = [6, 4, 7, 8, 60, 50, 55, 58]
    let sums = [Trades.Sum(parts: [0, 1], whole: nil)]
    var table = ShareTable(
      places: 2, groups: 2, sums: sums,
      trades: Trades(groups: 2, sums: sums, exists: [Bool](repeating: true, count: 4)), slots: 4,
      shifts: ShareTable.shifts(of: 4), exists: [15, 15, 15, 15],
      weights: [400, 100, 100, 100, 400, 100, 100, 100] + [400, 100, 100, 100, 400, 100, 100, 100],
      pupils: own + own)
    table.measures = [table.measure(addsUp: true) { cell, slot in (own + own)[cell * 4 + slot] * 10 }]
    let found = TableDisclosure(table, first: [0, 0, 0, 0], threshold: 5)
    #expect(found.withheld == [6, 6, 6, 6])
  }

  /// Where a count can only be lower if another is below 0, a third is withheld.
  @Test func `a count that is none hides nothing`() {
    // Group 0 is small at school 0; group 1 is the cheapest beside it, but none of school 1 is in it.
    let counts = [3, 30, 30, 20, 0, 30, 23, 30, 60]
    let sums = [Trades.Sum(parts: [0, 1, 2], whole: nil)]
    var table = ShareTable(
      places: 3, groups: 3, sums: sums,
      trades: Trades(groups: 3, sums: sums, exists: [Bool](repeating: true, count: 9)), slots: 1,
      shifts: [[]],
      exists: [Slots](repeating: 1, count: 9), weights: [1, 1, 50, 1, 1, 50, 900, 900, 900], pupils: counts)
    var measure = table.measure(addsUp: false) { cell, _ in counts[cell] }
    // The small count is the whole of what could move: it may only fall.
    measure.canRise[0] = 0
    table.measures = [measure]
    let found = TableDisclosure(table, first: [Slots](repeating: 0, count: 9), threshold: 5).withheld
    let open = found.indices.filter { found[$0] != 0 }
    #expect(Set(open).isSuperset(of: [0]) && open != [0, 1, 3, 4])
  }
}
