import TestSupport
import Testing

@testable import BoardReports

/// Source: rules, section 10.
@Suite struct TradeTests {
  private static func trades(_ sums: [Trades.Sum], groups: Int, of group: Int) -> Set<[Int]> {
    let found = Trades(groups: groups, sums: sums, exists: [Bool](repeating: true, count: groups))
      .trades(of: group)
    return Set(found.map { trade in (0..<groups).map { trade.sign(of: $0) } })
  }

  /// EHC plan, SEN support, no SEN, unknown, any SEN, all pupils.
  private static let provision = [
    Trades.Sum(parts: [0, 1, 2, 3], whole: 5), Trades.Sum(parts: [4, 2, 3], whole: 5),
    Trades.Sum(parts: [0, 1], whole: 4),
  ]

  @Test func `a group trades within its sub total or with it`() {
    #expect(
      Self.trades(Self.provision, groups: 6, of: 0) == [
        [1, -1, 0, 0, 0, 0], [1, 0, -1, 0, 1, 0], [1, 0, 0, -1, 1, 0], [1, 0, 0, 0, 1, 1],
      ])
    #expect(
      Self.trades(Self.provision, groups: 6, of: 3) == [
        [0, 0, -1, 1, 0, 0], [-1, 0, 0, 1, -1, 0], [0, -1, 0, 1, -1, 0], [0, 0, 0, 1, 0, 1],
      ])
  }

  /// Groups of two topics and those in both: all that is shown of them stays.
  @Test func `topics that share groups trade together`() {
    // Both, SEN only, disadvantaged only, neither, any SEN, no SEN, disadvantaged, not, all.
    let sums = [
      Trades.Sum(parts: [0, 1], whole: 4), Trades.Sum(parts: [2, 3], whole: 5),
      Trades.Sum(parts: [0, 2], whole: 6), Trades.Sum(parts: [1, 3], whole: 7),
      Trades.Sum(parts: [4, 5], whole: 8), Trades.Sum(parts: [6, 7], whole: 8),
    ]
    #expect(Self.trades(sums, groups: 9, of: 0).contains([1, -1, -1, 1, 0, 0, 0, 0, 0]))
  }

  @Test(arguments: UInt64(1)...60) func `every trade keeps every sum`(seed: UInt64) {
    var random = Seeded(seed)
    let groups = Int.random(in: 3...8, using: &random)
    let sums = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      let order = (0..<groups).shuffled(using: &random)
      let size = Int.random(in: 1..<groups, using: &random)
      return Trades.Sum(
        parts: Array(order.prefix(size)), whole: Bool.random(using: &random) ? order[size] : nil)
    }
    for group in 0..<groups {
      for signs in Self.trades(sums, groups: groups, of: group) {
        #expect(signs[group] == 1)
        for sum in sums {
          let parts = sum.parts.reduce(0) { $0 + signs[$1] }
          #expect(parts == sum.whole.map { signs[$0] } ?? 0, "seed \(seed): \(signs)")
        }
      }
    }
  }
}
