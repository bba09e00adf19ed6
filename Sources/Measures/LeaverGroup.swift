import Registers

/// Pupils who left in the school year for one reason, or for several that are told together because few left for one of them.
package struct LeaverGroup: Sendable, Equatable {
  /// In the order of `LeavingReason`.
  package let reasons: [LeavingReason]
  /// Unit: pupils of any age.
  package let pupils: Int

  /// Reasons of so few pupils, or fewer, go together, and with the next rarest until they are of more.
  ///
  /// - Parameter threshold: Unit: pupils. 0 lets every reason stand alone.
  ///
  /// Missing: empty where nobody left, or too few altogether.
  package static func groups(of counts: [LeavingReason: Int], threshold: Int) -> [LeaverGroup] {
    let found = LeavingReason.allCases.filter { (counts[$0] ?? 0) > 0 }
    var alone = found.filter { (counts[$0] ?? 0) > threshold }
    var together = found.filter { !alone.contains($0) }
    func sum(_ reasons: [LeavingReason]) -> Int { reasons.reduce(0) { $0 + (counts[$1] ?? 0) } }
    while !together.isEmpty, sum(together) <= threshold {
      guard let rarest = alone.min(by: { (counts[$0] ?? 0) < (counts[$1] ?? 0) }) else { return [] }
      alone.removeAll { $0 == rarest }
      together.append(rarest)
    }
    let groups = alone.map { [$0] } + (together.isEmpty ? [] : [found.filter(together.contains)])
    return groups.map { LeaverGroup(reasons: $0, pupils: sum($0)) }
  }
}
