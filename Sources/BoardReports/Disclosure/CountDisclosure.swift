import Measures
import Registers
import ReportModel

/// Which counts of a school's pupils a board may not see.
///
/// Bands, stages, broken weeks and movement add up to figures that are shown too, so that they are decided together; what is
/// shown already (all pupils, those persistently and severely absent) is not withheld again for their sake.
/// Source: rules, section 10.
struct CountDisclosure {
  let withheld: Set<PupilCounts.Key>

  /// - Parameters:
  ///   - groups: What is withheld of the school's groups of the year to date.
  ///   - codes: The codes withheld of the school.
  init(
    _ school: SchoolFigures, groups: [Group: GroupFigures.Withheld], codes: CodeSet, threshold: Int
  ) {
    let counts = school.counts
    let total = groups[.total] ?? []
    guard !total.contains(.everything) else {
      withheld = Set(counts.keys)
      return
    }
    var known: Set<PupilCounts.Key> = []
    if total.contains(.persistent) { known.insert(.now(.persistent)) }
    if total.contains(.severe) { known.insert(.now(.severe)) }
    let ways = CountDisclosure.ways(
      counts, total: total, everyone: groups[.allOnRoll] ?? [], codes: codes, threshold: threshold)
    withheld = CountDisclosure.added(counts, known: known, threshold: threshold).union(ways)
  }

  /// Counts of the tables that add up.
  private static func added(
    _ counts: PupilCounts, known: Set<PupilCounts.Key>, threshold: Int
  ) -> Set<PupilCounts.Key> {
    let keys = counts.keys.filter { !$0.isOfOtherWay }
    let places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    let sums = counts.sums.map { sum in
      CellSuppression.Sum(parts: sum.parts.compactMap { places[$0] }, whole: places[sum.whole])
    }
    let found = CellSuppression(
      cells: keys.map { key in
        // Those of the total were decided among the school's groups.
        CellSuppression.Cell(pupils: [counts[key]], cost: key.isOfTotal ? nil : 10 + counts[key])
      }, sums: sums, threshold: threshold, forced: Set(known.compactMap { places[$0] })
    ).withheld()
    return Set(found.map { keys[$0] })
  }

  /// Counts of other ways to count: how many change sides, and how many are then persistently absent, tell on each other.
  private static func ways(
    _ counts: PupilCounts, total: GroupFigures.Withheld, everyone: GroupFigures.Withheld, codes: CodeSet,
    threshold: Int
  ) -> Set<PupilCounts.Key> {
    func isSmall(_ count: Int) -> Bool { 1...threshold ~= count }
    var withheld: Set<PupilCounts.Key> = []
    for way in CountingVariant.allCases {
      let isEveryAge = way == .everyAge
      let isHidden =
        total.contains(.persistent) || isEveryAge && !everyone.isDisjoint(with: [.everything, .persistent])
      if isHidden || isSmall(counts[.persistent(way)]) || isSmall(counts[.changed(way)]) {
        withheld.formUnion([.persistent(way), .changed(way)])
      }
      let isOfWithheldCode = way.code.map(codes.contains) ?? false
      if isOfWithheldCode || isEveryAge && everyone.contains(.everything)
        || isSmall(counts.otherWays[way]?.affected ?? 0)
      {
        withheld.insert(.sessions(way))
      }
    }
    return withheld
  }
}
