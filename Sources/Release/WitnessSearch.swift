import Measures
import Registers

/// A search for other sets of persistently absent pupils that give the same published figures.
///
/// A reader who knows every pupil's groups, and the rules, can work out a count if it is the same in each such set. The
/// search begins with the true set and exchanges one pupil at a time. The values that it meets are possible; a value that it
/// does not meet within its limit counts as impossible. It is the same on every run.
struct WitnessSearch {
  /// A topic and the part of each pupil.
  fileprivate struct Topic {
    let split: Split
    let nesting: Facts.Nesting?
    let partOfPupil: [Int]
    /// The counts that give the published figures, for each part.
    let allowed: [ClosedRange<Int>]
    let figures: [Publisher.PersistentFigure]
    var counts: [Int]
    /// The number of persistently absent pupils of the outer group who are not in this one.
    var outside: Int
  }

  /// Pupils of whom a small number are persistently absent, or are not.
  private struct Target {
    let topic: Group.Topic
    let contains: [Bool]
    /// The number of values that must stay possible.
    let needed: Int
    var count: Int
    var seen: Set<Int> = []
    var isSafe: Bool { seen.count >= needed }
  }

  private let publisher: Publisher
  private let pupils: [Facts.PupilFacts]
  private var topics: [Topic]
  private var targets: [Target] = []
  private var persistent: [Int]
  private var others: [Int]
  private var random: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The number of exchanges that are tried.
  private static let maxSteps = 60_000
  /// The number of exchanges after which the search begins again with the true set.
  private static let maxWalk = 3_000
  /// The largest distance from the published figures that an exchange may lead to.
  private static let maxDistance = 4

  init(_ publisher: Publisher, small: ClosedRange<Int>) {
    self.publisher = publisher
    let pupils = publisher.facts.pupils
    self.pupils = pupils
    persistent = pupils.indices.filter { pupils[$0].isPersistent }
    others = pupils.indices.filter { !pupils[$0].isPersistent }
    topics = publisher.splits.map { Topic($0, publisher, pupils) }
    for group in publisher.facts.members.keys.sorted() where Split.topics.contains(group.topic) {
      addTarget(group.topic, pupils.map { $0.groups.contains(group) }, small)
    }
    for nesting in Facts.Nesting.allCases {
      addTarget(nesting.topic, pupils.map { $0.outside.contains(nesting) }, small)
    }
  }

  private mutating func addTarget(_ topic: Group.Topic, _ contains: [Bool], _ small: ClosedRange<Int>) {
    let size = contains.count(where: \.self)
    let count = persistent.count { contains[$0] }
    guard small.contains(count) || small.contains(size - count) else { return }
    // So many values are possible if nothing but the whole count is known.
    let free = min(size, persistent.count) - max(0, size - others.count) + 1
    targets.append(
      Target(
        topic: topic, contains: contains, needed: min(CountSystem.minValues, free), count: count,
        seen: [count]))
  }

  /// Returns the fewest values found for a count, and the topics of counts with too few.
  mutating func run() -> CountSystem.Finding {
    var finding = CountSystem.Finding()
    guard !targets.isEmpty, !persistent.isEmpty, !others.isEmpty else { return finding }
    let start = self
    var distance = 0
    for step in 0..<WitnessSearch.maxSteps {
      guard let target = targets.indices.first(where: { !targets[$0].isSafe }) else { break }
      if step > 0, step % WitnessSearch.maxWalk == 0 { returnToTruth(start, &distance) }
      guard let (one, other) = exchange(for: target) else { continue }
      let new = distance + change(one, other)
      guard new <= distance || new <= WitnessSearch.maxDistance && next(4) == 0 else { continue }
      apply(one, other)
      distance = new
      guard distance == 0, topics.allSatisfy(isAsPublished) else { continue }
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
    for index in targets.indices { targets[index].count = start.targets[index].count }
    distance = 0
  }

  /// Returns the places of a pupil who is persistently absent and of one who is not; mostly such that the target's count
  /// changes.
  private mutating func exchange(for target: Int) -> (Int, Int)? {
    let isForTarget = next(2) == 0
    for _ in 0..<8 {
      let (one, other) = (next(persistent.count), next(others.count))
      let contains = targets[target].contains
      if !isForTarget || contains[persistent[one]] != contains[others[other]] { return (one, other) }
    }
    return nil
  }

  /// Returns by how much an exchange changes the distance from the published figures.
  private func change(_ one: Int, _ other: Int) -> Int {
    let (leaving, coming) = (persistent[one], others[other])
    var change = 0
    for topic in topics {
      let (from, to) = (topic.partOfPupil[leaving], topic.partOfPupil[coming])
      guard from != to else { continue }
      change += topic.distance(topic.counts[from] - 1, from) - topic.distance(topic.counts[from], from)
      change += topic.distance(topic.counts[to] + 1, to) - topic.distance(topic.counts[to], to)
    }
    return change
  }

  private mutating func apply(_ one: Int, _ other: Int) {
    let (leaving, coming) = (persistent[one], others[other])
    (persistent[one], others[other]) = (coming, leaving)
    for index in topics.indices {
      topics[index].counts[topics[index].partOfPupil[leaving]] -= 1
      topics[index].counts[topics[index].partOfPupil[coming]] += 1
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

  private func isAsPublished(_ topic: Topic) -> Bool {
    publisher.persistent(of: topic.split, counts: topic.counts, outside: topic.outside) == topic.figures
  }

  /// Returns a number below a limit, by SplitMix64.
  private mutating func next(_ limit: Int) -> Int {
    random &+= 0x9E37_79B9_7F4A_7C15
    var bits = random
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(limit))
  }
}

extension WitnessSearch.Topic {
  fileprivate init(_ split: Split, _ publisher: Publisher, _ pupils: [Facts.PupilFacts]) {
    self.split = split
    nesting = Facts.Nesting.allCases.first { $0.topic == split.topic }
    partOfPupil = pupils.map { pupil in
      split.parts.firstIndex { !$0.groups.isDisjoint(with: pupil.groups) } ?? 0
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
    self.figures = figures
  }

  fileprivate func distance(_ count: Int, _ part: Int) -> Int {
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
