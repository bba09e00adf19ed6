import Measures
import Registers

// Persistent absence by group.
extension Publisher {
  /// Adds persistent absence by group, by rule 7 for a school and by rule 8 for several.
  mutating func addPersistentGroups() {
    for split in splits {
      let table: Figure.Table = split.topic == .ncYear ? .years : .groups
      func key(_ part: Split.Part, _ measure: Figure.Measure) -> Figure.Key {
        Figure.Key(table, split.topic, part.row, measure)
      }
      let found = isSchool ? persistent(of: split) : persistentSum(of: split)
      for (part, figure) in zip(split.parts, found) {
        set(key(part, .persistent), figure.count, .pupils, figure.rule)
        if let share = figure.share { set(key(part, .persistentShare), share, .percent, figure.rule) }
        if let schools = figure.schools { published.schoolsInSum[key(part, .persistent)] = schools }
      }
    }
  }

  struct PersistentFigure: Equatable {
    let count: Published
    var share: Published?
    let rule: Rule
    var schools: Int?
  }

  private func persistent(of split: Split) -> [PersistentFigure] {
    let nesting = Facts.Nesting.allCases.first { $0.topic == split.topic }
    return persistent(
      of: split, counts: split.parts.map { split.persistent(of: $0, facts) },
      outside: nesting.flatMap { facts.outside[$0]?.persistent } ?? 0)
  }

  /// Returns the figures that the rules give for counts of persistently absent pupils.
  ///
  /// - Parameters:
  ///   - counts: The count of each part.
  ///   - outside: The count of the outer group's pupils who are not in the topic's own group.
  func persistent(of split: Split, counts: [Int], outside: Int) -> [PersistentFigure] {
    let hiddenFigures = split.parts.map { _ in PersistentFigure(count: .notShown, rule: .noGroups) }
    let whole = published[Figure.Key(.headline, .persistent)]
    // Any SEN is the sum of parts that are shown by themselves.
    let isSum = split.topic == .sen && splits.contains { $0.topic == .senProvision }
    guard whole?.count != nil, !hidden.topics.contains(split.topic), !isSum || rules.isExact else {
      return hiddenFigures
    }
    let parts = zip(split.parts, counts).map { part, count in
      (pupils: split.pupils(of: part, in: .yearToDate, facts), persistent: count)
    }
    if parts.allSatisfy({ isLarge($0.persistent, of: $0.pupils) }), isLargeOutside(split.topic, outside) {
      return parts.map { part in
        PersistentFigure(
          count: .count(part.persistent),
          share: rules.share(part.persistent, of: part.pupils, isExact: false), rule: .exactGroups)
      }
    }
    guard
      parts.allSatisfy({ $0.pupils >= rules.minRounded && $0.pupils - $0.persistent >= rules.minLarge })
    else { return hiddenFigures }
    guard !split.parts.indices.contains(where: { isOneProven(split, $0, count: parts[$0].persistent) }) else {
      return hiddenFigures
    }
    var rounded = parts.map { rules.number($0.persistent) }
    let largest = rules.indexOfLargest(parts.map(\.pupils))
    rounded[largest] =
      year.persistent
      - rounded.enumerated().filter { $0.offset != largest }.map(\.element)
      .reduce(0, +)
    let shownPupils = rules.roundedParts(parts.map(\.pupils), sum: year.enrolments)[largest]
    guard 0...min(parts[largest].pupils, shownPupils) ~= rounded[largest] else { return hiddenFigures }
    return parts.indices.map { index in
      let value = index == largest ? Published.count(rounded[index]) : rules.rounded(parts[index].persistent)
      let share = value.count.flatMap { count in
        parts[index].pupils >= 50 ? rules.share(count, of: parts[index].pupils, isExact: false) : nil
      }
      return PersistentFigure(count: value, share: share, rule: .roundedGroups)
    }
  }

  /// Returns whether the rate of a part proves that one of its pupils is persistently absent, where "0-2" would leave only
  /// 1 and 2.
  private func isOneProven(_ split: Split, _ part: Int, count: Int) -> Bool {
    rules.number(count) == 0
      && provesPersistence(split.figures(of: split.parts[part], in: .yearToDate, facts))
  }

  /// Returns whether pupils together missed more than 10%, so that at least one of them did.
  func provesPersistence(_ figures: GroupFigures) -> Bool {
    !rules.isExact && 10 * figures.tally.absence > figures.tally.possible
  }

  private func isLarge(_ count: Int, of all: Int) -> Bool {
    count >= rules.minLarge && all - count >= rules.minLarge
  }

  /// Checks the pupils of the outer group who are not in the inner one, which a reader gets by subtraction.
  private func isLargeOutside(_ topic: Group.Topic, _ persistent: Int) -> Bool {
    guard let nesting = Facts.Nesting.allCases.first(where: { $0.topic == topic }),
      let outside = facts.outside[nesting], splits.contains(where: { $0.topic == nesting.outerTopic })
    else { return true }
    return isLarge(persistent, of: outside.pupils[.yearToDate] ?? 0)
  }

  /// Returns whether no school shows persistent absence of a topic and each shows its whole count exactly. Rule 7 then
  /// applies to the sum.
  func isByRule7(_ topic: Group.Topic) -> Bool {
    let isShown = schools.contains { school in
      school.published.figures.contains {
        $0.key.topic.map(topic.isAlike) ?? false && $0.key.measure == .persistent && $0.value.isShown
      }
    }
    return !isShown && schools.allSatisfy { $0.published[Figure.Key(.headline, .persistent)]?.count != nil }
  }

  /// The topics whose persistent absence is shown by rule 7 although no school shows it.
  var topicsByRule7: Set<Group.Topic> {
    Set(
      splits.filter { isByRule7($0.topic) && persistent(of: $0).contains { $0.count.isShown } }.map(\.topic))
  }

  /// Returns the sum of what the schools show, over the schools that show it.
  private func persistentSum(of split: Split) -> [PersistentFigure] {
    guard !isByRule7(split.topic) else { return persistent(of: split) }
    return split.parts.map { part in
      let table: Figure.Table = split.topic == .ncYear ? .years : .groups
      let key = Figure.Key(table, split.topic, part.row, .persistent)
      // A school's "All other pupils" may be of other groups.
      let showing = schools.filter { school in
        school.published[key]?.isShown == true
          && school.splits.contains { own in
            own.topic == split.topic
              && own.parts.contains { $0.row == part.row && own.isAlike($0, part, school.facts) }
          }
      }.map(\.published)
      guard !showing.isEmpty else {
        return PersistentFigure(count: .notShown, rule: .trustGroups)
      }
      let count = Published.sum(showing.map { ($0[key] ?? .notShown, 0) }, rules: rules)
      let pupils = showing.reduce(0) {
        $0 + ($1[Figure.Key(table, split.topic, part.row, .pupils)]?.count ?? 0)
      }
      return PersistentFigure(
        count: count,
        share: pupils >= 50 ? count.count.map { rules.share($0, of: pupils, isExact: false) } : nil,
        rule: .trustGroups, schools: showing.count)
    }
  }
}
