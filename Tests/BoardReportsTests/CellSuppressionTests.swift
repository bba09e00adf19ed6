import TestSupport
import Testing

@testable import BoardReports

/// Source: rules, section 10: no withheld cell can be worked out from the rest.
@Suite struct CellSuppressionTests {
  /// A table of rows and columns with their totals, of small counts among larger ones.
  private static func table(seed: UInt64) -> CellSuppression {
    var random = Seeded(seed)
    let (rows, columns) = (Int.random(in: 1...5, using: &random), Int.random(in: 2...5, using: &random))
    func place(_ row: Int, _ column: Int) -> Int { row * (columns + 1) + column }
    var counts = [Int](repeating: 0, count: (rows + 1) * (columns + 1))
    for row in 0..<rows {
      for column in 0..<columns {
        let count =
          Bool.random(using: &random)
          ? Int.random(in: 0...9, using: &random) : Int.random(in: 10...80, using: &random)
        counts[place(row, column)] = count
        counts[place(row, columns)] += count
        counts[place(rows, column)] += count
        counts[place(rows, columns)] += count
      }
    }
    var sums = (0...rows).map { row in
      CellSuppression.Sum(parts: (0..<columns).map { place(row, $0) }, whole: place(row, columns))
    }
    sums += (0...columns).map { column in
      CellSuppression.Sum(parts: (0..<rows).map { place($0, column) }, whole: place(rows, column))
    }
    return CellSuppression(
      cells: counts.map { CellSuppression.Cell(pupils: [$0], cost: $0 + 1) }, sums: sums, threshold: 5)
  }

  /// The values a withheld cell may have for whoever knows the rest and that no count is below 0: found by trying.
  private static func values(of cell: Int, _ problem: CellSuppression, _ withheld: Set<Int>) -> (
    least: Int, most: Int
  ) {
    func count(_ cell: Int) -> Int { problem.cells[cell].pupils[0] ?? 0 }
    var low = problem.cells.indices.map { withheld.contains($0) ? 0 : count($0) }
    var high = problem.cells.indices.map { withheld.contains($0) ? 100_000 : count($0) }
    for _ in 0..<200 {
      let before = (low, high)
      for sum in problem.sums {
        guard let whole = sum.whole else { continue }
        let (least, most) = (sum.parts.reduce(0) { $0 + low[$1] }, sum.parts.reduce(0) { $0 + high[$1] })
        low[whole] = max(low[whole], least)
        high[whole] = min(high[whole], most)
        for part in sum.parts {
          low[part] = max(low[part], low[whole] - (most - high[part]))
          high[part] = min(high[part], high[whole] - (least - low[part]))
        }
      }
      if before == (low, high) { break }
    }
    return (low[cell], high[cell])
  }

  @Test(arguments: UInt64(1)...300) func `nothing withheld can be worked out`(seed: UInt64) {
    let problem = Self.table(seed: seed)
    let withheld = problem.withheld()
    for (place, cell) in problem.cells.enumerated() where (1...5).contains(cell.pupils[0] ?? 0) {
      #expect(withheld.contains(place), "small counts are withheld, seed \(seed)")
    }
    #expect(problem.known(withheld).isEmpty, "seed \(seed)")
    // What is withheld for others only is no secret.
    for cell in withheld where (1...5).contains(problem.cells[cell].pupils[0] ?? 0) {
      let (least, most) = Self.values(of: cell, problem, withheld)
      #expect(least < most, "seed \(seed): cell \(cell) is \(least)")
    }
  }

  @Test func `nothing is withheld where nothing is small`() {
    let cells = [7, 8, 15].map { CellSuppression.Cell(pupils: [$0], cost: 1) }
    let problem = CellSuppression(
      cells: cells, sums: [CellSuppression.Sum(parts: [0, 1], whole: 2)], threshold: 5)
    #expect(problem.withheld().isEmpty)
  }

  /// Two withheld cells that come to few even together tell of few: a third goes with them.
  @Test func `cells that are few together take another with them`() {
    let cells = [2, 1, 40, 30, 73].map { CellSuppression.Cell(pupils: [$0], cost: $0) }
    let sums = [CellSuppression.Sum(parts: [0, 1, 2, 3], whole: 4)]
    #expect(CellSuppression(cells: cells, sums: sums, threshold: 5).withheld() == [0, 1, 3])
    #expect(CellSuppression(cells: cells, sums: sums, threshold: 0).withheld().isEmpty)
  }

  /// A chain of sums gives a cell away that stands alone in none of them.
  @Test func `linear algebra over all sums counts`() {
    // a + b = known, b + c = known, a + c = known: all three follow.
    let cells = [3, 20, 30, 50, 60].map { CellSuppression.Cell(pupils: [$0], cost: $0) }
    let problem = CellSuppression(
      cells: cells,
      sums: [
        CellSuppression.Sum(parts: [0, 1], whole: nil), CellSuppression.Sum(parts: [1, 2], whole: nil),
        CellSuppression.Sum(parts: [0, 2, 3], whole: nil),
      ], threshold: 5)
    #expect(problem.determined([0, 1, 2]) == [0, 1, 2])
    let withheld = problem.withheld()
    #expect(withheld.contains(0) && problem.known(withheld).isEmpty)
  }
}
