import Measures
import Registers

/// A search for other sets of persistently absent pupils that give the same published figures.
///
/// A reader who knows every pupil's groups, and the rules, can work out a count if it is the same in each such set. The
/// search begins with the true set and exchanges two pupils of a school at a time. The values that it finds are possible; a
/// value that it does not find within its limit counts as impossible. It is the same on every run.
struct WitnessSearch {
  /// A topic of a school, or of several, and the part of each pupil.
  fileprivate struct Topic {
    let source: Source
    let nesting: Facts.Nesting?
    /// The index of each pupil's part, or `nil` for a pupil of another school.
    let partOfPupil: [Int?]
    /// The counts that give the published figures, for each part.
    let allowed: [ClosedRange<Int>]
    var counts: [Int]
    /// The number of persistently absent pupils of the outer group who are not in this one.
    var outside: Int
  }

  /// The rules and the published figures of a topic.
  fileprivate final class Source {
    let publisher: Publisher
    let split: Split
    let figures: [Publisher.PersistentFigure]

    init(_ publisher: Publisher, _ split: Split, _ figures: [Publisher.PersistentFigure]) {
      self.publisher = publisher
      self.split = split
      self.figures = figures
    }
  }

  /// Pupils of whom a small number are persistently absent, or are not.
  private struct Target {
    let topic: Group.Topic
    let members: [Int]
    let contains: [Bool]
    /// The number of values that must stay possible.
    let needed: Int
    var count: Int
    var seen: Set<Int> = []
    var isSafe: Bool { seen.count >= needed }
  }

  private let pupils: [Facts.PupilFacts]
  private let school: [Int]
  private var topics: [Topic] = []
  /// The indices of the topics of each school.
  private var topicsOfSchool: [[Int]] = []
  private var targets: [Target] = []
  /// The persistently absent pupils of each school, and the others.
  private var persistent: [[Int]] = []
  private var others: [[Int]] = []
  /// The index of each pupil in `persistent` or `others`, and whether it is in `persistent`.
  private var position: [Int] = []
  private var isPersistent: [Bool]
  private var random = SplitMix()

  /// The number of exchanges that are tried.
  private static let maxSteps = 60_000
  /// The number of exchanges after which the search begins again with the true set.
  private static let maxWalk = 3_000
  /// The largest distance from the published figures that an exchange may lead to.
  private static let maxDistance = 4

  /// Creates a search over the figures of schools, and of sums of them.
  ///
  /// - Parameters:
  ///   - schools: The publishers of the schools. The persistent absence of each school is exact.
  ///   - sums: The publishers of sums, each with the indices of its schools and the topics to which rule 7 applies.
  init(
    _ schools: [Publisher], sums: [(publisher: Publisher, members: [Int], topics: Set<Group.Topic>)] = [],
    small: ClosedRange<Int>
  ) {
    pupils = schools.flatMap(\.facts.pupils)
    school = schools.enumerated().flatMap { index, publisher in publisher.facts.pupils.map { _ in index } }
    isPersistent = pupils.map(\.isPersistent)
    for index in schools.indices {
      let own = pupils.indices.filter { school[$0] == index }
      persistent.append(own.filter { isPersistent[$0] })
      others.append(own.filter { !isPersistent[$0] })
    }
    position = pupils.map { _ in 0 }
    for list in persistent + others { for (index, pupil) in list.enumerated() { position[pupil] = index } }
    for (index, publisher) in schools.enumerated() {
      topics += publisher.splits.map { Topic($0, publisher, pupils, among: school.map { $0 == index }) }
    }
    for (publisher, members, rule7) in sums {
      topics += publisher.splits.filter { rule7.contains($0.topic) }.map {
        Topic($0, publisher, pupils, among: school.map(members.contains))
      }
    }
    topicsOfSchool = schools.indices.map { index in
      topics.indices.filter { topic in
        pupils.indices.contains { school[$0] == index && topics[topic].partOfPupil[$0] != nil }
      }
    }
    let wanted = sums.isEmpty ? Split.topics : sums.reduce(into: []) { $0.formUnion($1.topics) }
    for index in schools.indices { addTargets(of: index, schools[index], wanted, small) }
  }

  private mutating func addTargets(
    of index: Int, _ publisher: Publisher, _ topics: Set<Group.Topic>, _ small: ClosedRange<Int>
  ) {
    let own = pupils.indices.filter { school[$0] == index }
    for group in publisher.facts.members.keys.sorted() where Split.topics.contains(group.topic) {
      guard topics.contains(where: group.topic.isAlike) else { continue }
      addTarget(group.topic, own.filter { pupils[$0].groups.contains(group) }, index, small)
    }
    for nesting in Facts.Nesting.allCases where topics.contains(nesting.topic) {
      addTarget(nesting.topic, own.filter { pupils[$0].outside.contains(nesting) }, index, small)
    }
  }

  private mutating func addTarget(
    _ topic: Group.Topic, _ members: [Int], _ school: Int, _ small: ClosedRange<Int>
  ) {
    let count = members.count { isPersistent[$0] }
    guard small.contains(count) || small.contains(members.count - count) else { return }
    // So many values are possible if nothing but the whole count is known.
    let free = min(members.count, persistent[school].count) - max(0, members.count - others[school].count) + 1
    var contains = pupils.map { _ in false }
    for member in members { contains[member] = true }
    targets.append(
      Target(
        topic: topic, members: members, contains: contains, needed: min(CountSystem.minValues, free),
        count: count, seen: [count]))
  }

  /// Returns the fewest values found for a count, and the topics of counts with too few.
  mutating func run() -> CountSystem.Finding {
    var finding = CountSystem.Finding()
    guard !targets.isEmpty else { return finding }
    let start = self
    var distance = 0
    for step in 0..<WitnessSearch.maxSteps {
      guard let target = targets.indices.first(where: { !targets[$0].isSafe }) else { break }
      if step > 0, step % WitnessSearch.maxWalk == 0 { returnToTruth(start, &distance) }
      guard let (one, other) = exchange(for: target) else { continue }
      let new = distance + change(one, other)
      guard new <= distance || new <= WitnessSearch.maxDistance && random.next(4) == 0 else { continue }
      apply(one, other)
      distance = new
      guard distance == 0, topics.allSatisfy(\.isAsPublished) else { continue }
      for index in targets.indices where !targets[index].isSafe {
        targets[index].seen.insert(targets[index].count)
      }
    }
    finding.summary.hiddenCounts = targets.count
    finding.summary.fewestValues = targets.filter { $0.needed == CountSystem.minValues }.map(\.seen.count)
      .min()
    finding.failed = targets.filter { !$0.isSafe }.map(\.topic)
    return finding
  }

  private mutating func returnToTruth(_ start: WitnessSearch, _ distance: inout Int) {
    (persistent, others, topics) = (start.persistent, start.others, start.topics)
    (position, isPersistent) = (start.position, start.isPersistent)
    for index in targets.indices { targets[index].count = start.targets[index].count }
    distance = 0
  }

  /// Returns a persistently absent pupil and another of the same school. Half of the time one of them is in the target, so
  /// that its count changes.
  private mutating func exchange(for target: Int) -> (Int, Int)? {
    let isForTarget = random.next(2) == 0
    let first =
      isForTarget
      ? targets[target].members[random.next(targets[target].members.count)] : random.next(pupils.count)
    let school = school[first]
    let list = isPersistent[first] ? others[school] : persistent[school]
    guard !list.isEmpty else { return nil }
    let second = list[random.next(list.count)]
    guard !isForTarget || !targets[target].contains[second] else { return nil }
    return isPersistent[first] ? (first, second) : (second, first)
  }

  /// Returns the change of the distance from the published figures that an exchange causes.
  private func change(_ leaving: Int, _ coming: Int) -> Int {
    var change = 0
    for index in topicsOfSchool[school[leaving]] {
      guard let from = topics[index].partOfPupil[leaving], let to = topics[index].partOfPupil[coming],
        from != to
      else { continue }
      change += topics[index].growth(of: from, by: -1) + topics[index].growth(of: to, by: 1)
    }
    return change
  }

  private mutating func apply(_ leaving: Int, _ coming: Int) {
    let school = school[leaving]
    let (one, other) = (position[leaving], position[coming])
    persistent[school][one] = coming
    others[school][other] = leaving
    (position[coming], position[leaving]) = (one, other)
    (isPersistent[coming], isPersistent[leaving]) = (true, false)
    for index in topicsOfSchool[school] {
      guard let from = topics[index].partOfPupil[leaving], let to = topics[index].partOfPupil[coming] else {
        continue
      }
      topics[index].counts[from] -= 1
      topics[index].counts[to] += 1
      if let nesting = topics[index].nesting {
        if pupils[leaving].outside.contains(nesting) { topics[index].outside -= 1 }
        if pupils[coming].outside.contains(nesting) { topics[index].outside += 1 }
      }
    }
    for index in targets.indices {
      if targets[index].contains[leaving] { targets[index].count -= 1 }
      if targets[index].contains[coming] { targets[index].count += 1 }
    }
  }
}

extension WitnessSearch.Topic {
  fileprivate init(
    _ split: Split, _ publisher: Publisher, _ pupils: [Facts.PupilFacts], among isAmong: [Bool]
  ) {
    nesting = Facts.Nesting.allCases.first { $0.topic == split.topic }
    partOfPupil = zip(pupils, isAmong).map { pupil, isAmong in
      isAmong ? split.parts.firstIndex { !$0.groups.isDisjoint(with: pupil.groups) } ?? 0 : nil
    }
    let sizes = split.parts.map { split.pupils(of: $0, in: .yearToDate, publisher.facts) }
    let counts = split.parts.map { split.persistent(of: $0, publisher.facts) }
    let outside = nesting.flatMap { publisher.facts.outside[$0]?.persistent } ?? 0
    let figures = publisher.persistent(of: split, counts: counts, outside: outside)
    let rules = publisher.rules
    let largest = rules.indexOfLargest(sizes)
    allowed = counts.indices.map { index in
      switch figures[index].rule {
      case .exactGroups: counts[index]...counts[index]
      case .roundedGroups:
        (index == largest ? 0...sizes[index] : rules.bucket(of: counts[index])).clamped(
          to: 0...(sizes[index] - rules.minLarge))
      default: 0...sizes[index]
      }
    }
    self.counts = counts
    self.outside = outside
    source = WitnessSearch.Source(publisher, split, figures)
  }

  fileprivate var isAsPublished: Bool {
    source.publisher.persistent(of: source.split, counts: counts, outside: outside) == source.figures
  }

  /// Returns the change of a part's distance from the allowed counts, if its count changes.
  fileprivate func growth(of part: Int, by change: Int) -> Int {
    distance(counts[part] + change, part) - distance(counts[part], part)
  }

  private func distance(_ count: Int, _ part: Int) -> Int {
    max(0, allowed[part].lowerBound - count, count - allowed[part].upperBound)
  }
}

extension Split {
  /// The topics whose groups a reader may know of every pupil.
  static let topics: Set<Group.Topic> = Set(Split.pairs + [.sex, .senProvision, .ncYear, .ethnicity])

  /// The topics whose persistent absence a board needs least, in order.
  static let leastNeeded: [Group.Topic] = [
    .gypsyRomaTraveller, .englishAdditional, .previouslyLookedAfter, .lookedAfter, .ethnicity,
    .freeSchoolMeals, .sex,
    .ncYear, .sen, .senProvision, .disadvantage,
  ]
}
