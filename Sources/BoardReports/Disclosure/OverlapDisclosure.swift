import Measures
import Registers
import ReportModel

/// What a board may not see of how SEN goes together with another status, of a school's year to date.
///
/// Those with both and those with SEN only add up to any SEN, and so on: what is withheld of these is decided before, and must
/// not follow. No other period and no trust is shown, so that all of those is withheld. Source: rules, section 10.
struct OverlapDisclosure {
  let withheld: [Group: GroupFigures.Withheld]

  static let topics: [(overlap: Group.Topic, other: Group.Topic)] = [
    (.senAndDisadvantage, .disadvantage), (.senAndLookedAfter, .lookedAfter),
  ]

  /// - Parameter groups: What is withheld of the school's groups of the year to date.
  init(_ school: SchoolFigures, groups: [Group: GroupFigures.Withheld], threshold: Int) {
    var withheld: [Group: GroupFigures.Withheld] = [:]
    for topic in OverlapDisclosure.topics {
      let table = Overlap(school, topic.overlap, topic.other)
      let rows = table.withheld(
        \.enrolments, known: { groups[$0]?.contains(.everything) ?? false }, threshold: threshold)
      for group in rows { withheld[group, default: []].insert(.everything) }
      let counts: [(KeyPath<GroupFigures, Int>, GroupFigures.Withheld)] = [
        (\.persistent, .persistent), (\.severe, .severe),
      ]
      for (count, kind) in counts {
        let few = table.withheld(
          count,
          known: { group in
            rows.contains(group) || !(groups[group] ?? []).isDisjoint(with: [.everything, kind])
          }, threshold: threshold)
        for group in few { withheld[group, default: []].insert(kind) }
      }
    }
    self.withheld = withheld
  }

  /// All of the overlaps in a period that is not shown.
  static func everything(in groups: [Group: GroupFigures]) -> [Group: GroupFigures.Withheld] {
    let overlaps = groups.keys.filter { group in topics.contains { $0.overlap == group.topic } }
    return Dictionary(uniqueKeysWithValues: overlaps.map { ($0, .everything) })
  }
}

/// A table of two statuses with its totals.
private struct Overlap {
  private let school: SchoolFigures
  private let cells: [Group]
  private let totals: [Group]
  private let sums: [CellSuppression.Sum]

  init(_ school: SchoolFigures, _ topic: Group.Topic, _ other: Group.Topic) {
    self.school = school
    cells = topic.breakdowns.map { Group(topic, $0) }
    totals = [.total, Group(.sen, "Any SEN"), Group(other, other.name(of: .yes))]
    let first = cells.count
    sums = [
      CellSuppression.Sum(parts: Array(cells.indices), whole: first),
      CellSuppression.Sum(parts: [0, 1], whole: first + 1),
      CellSuppression.Sum(parts: [0, 2], whole: first + 2),
    ]
  }

  /// - Parameter known: Whether a group is withheld already.
  func withheld(
    _ count: KeyPath<GroupFigures, Int>, known: (Group) -> Bool, threshold: Int
  ) -> Set<Group> {
    let all = cells + totals
    let counts = all.map { school.figures(of: $0, in: .yearToDate)?[keyPath: count] ?? 0 }
    let found = CellSuppression(
      cells: all.indices.map { place in
        CellSuppression.Cell(pupils: [counts[place]], cost: place < cells.count ? 10 + counts[place] : nil)
      }, sums: sums, threshold: threshold, forced: Set(all.indices.filter { known(all[$0]) })
    ).withheld()
    return Set(found.filter { $0 < cells.count }.map { all[$0] })
  }
}
