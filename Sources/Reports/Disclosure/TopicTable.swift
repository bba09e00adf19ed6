import Measures
import Registers

/// The cells of a topic over the schools and the trust.
struct TopicTable {
  struct Key: Hashable {
    let place: Int
    let group: Group
  }

  private let keys: [Key]
  private let figures: [[Period: GroupFigures]]
  private let sums: [CellSuppression.Sum]

  /// - Parameter places: The schools, and last the trust.
  init(_ topic: DisclosureTopic, of all: [any Figures], hasTrust: Bool) {
    isOfTotals = topic.isOfTotals
    let places = hasTrust ? all : all.dropLast()
    var keys: [Key] = []
    var figures: [[Period: GroupFigures]] = []
    func isNeeded(_ group: Group) -> Bool { topic.sums.contains { $0.whole == group || $0.parts(group) } }
    for (place, whole) in places.enumerated() {
      let groups = Set(whole.groups.values.flatMap(\.keys)).filter(isNeeded).sorted()
      for group in groups {
        keys.append(Key(place: place, group: group))
        figures.append(whole.groups.compactMapValues { $0[group] })
      }
    }
    self.keys = keys
    self.figures = figures
    let found = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    var sums: [CellSuppression.Sum] = []
    for place in places.indices {
      let ofPlace = keys.indices.filter { keys[$0].place == place }
      for sum in topic.sums {
        let cells = ofPlace.filter { sum.parts(keys[$0].group) && keys[$0].group != sum.whole }
        let whole = found[Key(place: place, group: sum.whole)]
        if !cells.isEmpty { sums.append(CellSuppression.Sum(parts: cells, whole: whole)) }
      }
    }
    for group in hasTrust ? Set(keys.map(\.group)) : [] {
      let cells = keys.indices.filter { keys[$0].group == group && keys[$0].place < places.count - 1 }
      sums.append(CellSuppression.Sum(parts: cells, whole: found[Key(place: places.count - 1, group: group)]))
    }
    self.sums = sums.sorted {
      ($0.parts.first ?? -1, $0.parts.count) < ($1.parts.first ?? -1, $1.parts.count)
    }
    trust = hasTrust ? places.count - 1 : nil
  }

  /// Missing: nil where the table is of schools only.
  private let trust: Int?
  private let isOfTotals: Bool

  /// The cells withheld by what a figure counts, in one period or in several.
  func withheld(
    threshold: Int, forced: Set<Key> = [], _ pupils: ([Period: GroupFigures]) -> [Int?]
  ) -> Set<Key> {
    let known = Set(keys.indices.filter { forced.contains(keys[$0]) })
    // A trust of many schools has cells enough beside any small one, and trying each way would take long.
    let isThorough = keys.count <= TopicTable.fewKeys
    let preferences = isThorough ? Preference.allCases : [.trust]
    let found = preferences.map { preference in
      CellSuppression(
        cells: keys.indices.map {
          CellSuppression.Cell(pupils: pupils(figures[$0]), cost: cost(of: $0, by: preference))
        }, sums: sums, threshold: threshold, forced: known,
        isThorough: isThorough
      ).withheld()
    }
    // Of several ways to withhold enough, the one that leaves most.
    let places = found.min { loss(of: $0) < loss(of: $1) } ?? []
    return Set(places.map { keys[$0] })
  }

  /// Tables of more cells are not searched for the least loss.
  private static let fewKeys = 300

  /// What is rather withheld beside a small cell: the same group of another school, or the trust's.
  private enum Preference: CaseIterable {
    case school, trust, smaller
  }

  /// How much less a reader sees: a row of the trust counts for two of a school.
  private func loss(of withheld: Set<Int>) -> Int {
    withheld.reduce(0) { $0 + (keys[$1].group == .total ? 50 : keys[$1].place == trust ? 2 : 1) }
  }

  /// Whether a board looks at the group itself, rather than at those outside it.
  private func isWatched(_ group: Group) -> Bool {
    switch group.topic {
    case .senProvision, .sen:
      group.breakdown != SENProvision.none.name && group.breakdown != SENProvision.unknown.name
    case .disadvantage, .freeSchoolMeals, .lookedAfter, .previouslyLookedAfter, .englishAdditional,
      .gypsyRomaTraveller:
      group.breakdown == group.topic.name(of: .yes)
    case .total, .sex, .ncYear, .registrationGroup, .ethnicity, .weekday, .session, .allOnRoll,
      .senAndDisadvantage, .senAndLookedAfter:
      false
    }
  }

  /// The dearer, the later a cell is withheld: with more pupils, and much dearer a school's total than the trust's.
  private func cost(of cell: Int, by preference: Preference) -> Int? {
    let pupils = figures[cell].values.map(\.enrolments).max() ?? 0
    let key = keys[cell]
    // A total is decided among the totals, and never withheld for one topic alone.
    if key.group == .total { return isOfTotals ? (key.place == trust ? 900_000 : 1_000_000 + pupils) : nil }
    let isTrust = key.place == trust
    let extra =
      switch preference {
      case .school: isTrust ? 5_000 : 0
      case .trust: isTrust ? 0 : 5_000
      case .smaller: 0
      }
    return (key.group == .allOnRoll || isWatched(key.group) ? 300 : 0) + extra + pupils
  }
}
