import Measures
import Registers

/// A topic as parts that together hold every pupil once.
struct Split: Sendable {
  let topic: Group.Topic
  var parts: [Part]

  /// Pupils who are counted together.
  struct Part: Hashable, Sendable {
    let row: String
    /// The groups of the topic that are in the part.
    let groups: Set<Group>
  }

  /// A sum of exact figures of the groups of a part.
  func pupils(of part: Part, in period: Period, _ facts: Facts) -> Int {
    part.groups.reduce(0) { $0 + (facts.members[$1]?.pupils[period] ?? 0) }
  }

  func persistent(of part: Part, _ facts: Facts) -> Int {
    part.groups.reduce(0) { $0 + (facts.members[$1]?.persistent ?? 0) }
  }

  func figures(of part: Part, in period: Period, _ facts: Facts) -> GroupFigures {
    part.groups.reduce(into: .zero) { $0 += facts.figures.groups[period]?[$1] ?? .zero }
  }

  /// Returns a Boolean value indicating whether each part has enough pupils in a period.
  func isShown(in period: Period, _ facts: Facts, _ rules: DisclosureRules) -> Bool {
    parts.count > 1 && parts.allSatisfy { pupils(of: $0, in: period, facts) >= rules.minGroup }
  }

  /// Returns a Boolean value indicating whether two parts have the same pupils of a school.
  func isAlike(_ one: Part, _ other: Part, _ facts: Facts) -> Bool {
    one.groups.symmetricDifference(other.groups).allSatisfy {
      facts.members[$0]?.pupils[.yearToDate] ?? 0 == 0
    }
  }

  /// Returns a Boolean value indicating whether the pupils of some groups are those of some parts. Groups in which a
  /// school has no pupil do not matter.
  func derives(_ groups: Set<Group>, _ facts: Facts) -> Bool {
    func present(_ groups: Set<Group>) -> Set<Group> {
      groups.filter { facts.members[$0]?.pupils[.yearToDate] ?? 0 > 0 }
    }
    return parts.map { present($0.groups) }.filter { $0.isSubset(of: groups) }
      .reduce(into: Set<Group>()) { $0.formUnion($1) } == present(groups)
  }

  /// The topics of two parts: a group and all other pupils.
  static let pairs: [Group.Topic] = [
    .disadvantage, .freeSchoolMeals, .lookedAfter, .previouslyLookedAfter, .englishAdditional,
    .gypsyRomaTraveller,
  ]
}

/// The splits that the rules allow for a school, a set or the trust.
struct SplitFinder {
  let facts: Facts
  let rules: DisclosureRules
  /// The facts and splits of all schools of the trust, or an empty array for a school alone.
  var schools: [(facts: Facts, splits: [Split])] = []
  /// The indices of the schools in the sum.
  var members: [Int] = []
  /// The sums that are shown already.
  var others: [(members: [Int], facts: Facts, splits: [Split])] = []

  private func count(_ groups: Set<Group>) -> Int {
    groups.reduce(0) { $0 + (facts.members[$1]?.pupils[.yearToDate] ?? 0) }
  }

  private func isLarge(_ groups: Set<Group>) -> Bool { count(groups) >= rules.minGroup }

  /// Returns a Boolean value indicating whether the schools that do not show some groups have none or enough of their pupils.
  ///
  /// The same is required of the schools by which the sum differs from one that is shown already.
  private func hasRemainder(_ groups: Set<Group>, _ topic: Group.Topic) -> Bool {
    func shows(_ splits: [Split], _ facts: Facts) -> Bool {
      splits.contains { $0.topic.isAlike(topic) && $0.derives(groups, facts) }
    }
    func isAllowed(_ indices: [Int]) -> Bool {
      rules.isAllowed(
        indices.filter { !shows(schools[$0].splits, schools[$0].facts) }.reduce(0) { sum, index in
          groups.reduce(sum) { $0 + (schools[index].facts.members[$1]?.pupils[.yearToDate] ?? 0) }
        })
    }
    return isAllowed(members)
      && others.filter { shows($0.splits, $0.facts) }.allSatisfy { other in
        let (own, theirs) = (Set(members), Set(other.members))
        return !(own.isSubset(of: theirs) || theirs.isSubset(of: own))
          || isAllowed(own.symmetricDifference(theirs).sorted())
      }
  }

  private func canShow(_ groups: Set<Group>, _ topic: Group.Topic) -> Bool {
    isLarge(groups) && hasRemainder(groups, topic)
  }

  /// Returns the splits in the order of the topics.
  func splits() -> [Split] {
    guard facts.pupils(in: .yearToDate) >= rules.minGroup else { return [] }
    let found =
      [sex(), provision(), anySEN()] + Split.pairs.map(pair) + [years(), ethnicity()]
    let splits = found.compactMap(\.self).filter { $0.isShown(in: .yearToDate, facts, rules) }
    return splits.filter { split in isNested(split.topic, among: splits) && holdsRemainders(split) }
      .sorted { $0.topic < $1.topic }
  }

  /// Checks every union of parts that some school shows, and every union of neighbouring parts of the split, which its
  /// schools may show in other parts.
  private func holdsRemainders(_ split: Split) -> Bool {
    let unions = split.parts.indices.flatMap { first in
      split.parts.indices[first...].map { last in
        split.parts[first...last].reduce(into: Set<Group>()) { $0.formUnion($1.groups) }
      }
    }
    return unions.allSatisfy { hasRemainder($0, split.topic) } && holdsRemaindersOfParts(split)
  }

  private func holdsRemaindersOfParts(_ split: Split) -> Bool {
    let shown = members.reduce(into: Set<Set<Group>>()) { shown, index in
      for other in schools[index].splits where other.topic.isAlike(split.topic) {
        shown.formUnion(other.parts.map(\.groups))
      }
    }
    return shown.allSatisfy { !split.derives($0, facts) || hasRemainder($0, split.topic) }
  }

  private func isNested(_ topic: Group.Topic, among splits: [Split]) -> Bool {
    guard let nesting = Facts.Nesting.allCases.first(where: { $0.topic == topic }) else { return true }
    let isOuterShown = splits.contains { split in
      split.topic == nesting.outerTopic && split.parts.contains { $0.row == nesting.outerRow }
    }
    guard isOuterShown else { return true }
    return [facts.outside, facts.stray].allSatisfy {
      rules.isAllowed($0[nesting]?.pupils[.yearToDate] ?? 0)
    }
  }

  /// A group and all other pupils, or `nil` where the group has no pupils.
  private func pair(_ topic: Group.Topic) -> Split? {
    let yes = Group(topic, topic.name(of: .yes))
    let rest = Set(topic.breakdowns.map { Group(topic, $0) }).subtracting([yes])
    guard canShow([yes], topic), canShow(rest, topic) else { return nil }
    return Split(
      topic: topic,
      parts: [
        Split.Part(row: yes.breakdown, groups: [yes]), Split.Part(row: Figure.allOther, groups: rest),
      ])
  }

  private func sex() -> Split? {
    let female = Group(.sex, Sex.female.name)
    let rest = Set([Sex.male, .unknown].map { Group(.sex, $0.name) })
    guard canShow([female], .sex), canShow(rest, .sex) else { return nil }
    let isKnown = count([Group(.sex, Sex.unknown.name)]) == 0
    return Split(
      topic: .sex,
      parts: [
        Split.Part(row: female.breakdown, groups: [female]),
        Split.Part(row: isKnown ? Sex.male.name : Figure.allOther, groups: rest),
      ])
  }

  private static func provision(_ provisions: [SENProvision]) -> Set<Group> {
    Set(provisions.map { Group(.senProvision, $0.name) })
  }

  /// EHC plan, SEN support and all other pupils.
  private func provision() -> Split? {
    let parts: [(String, Set<Group>)] = [
      (SENProvision.ehcPlan.name, SplitFinder.provision([.ehcPlan])),
      (SENProvision.support.name, SplitFinder.provision([.support])),
      (Figure.allOther, SplitFinder.provision([.none, .unknown])),
    ]
    guard parts.allSatisfy({ canShow($0.1, .senProvision) }) else { return nil }
    return Split(topic: .senProvision, parts: parts.map { Split.Part(row: $0.0, groups: $0.1) })
  }

  private func anySEN() -> Split? {
    let (any, rest) = (
      SplitFinder.provision([.ehcPlan, .support]), SplitFinder.provision([.none, .unknown])
    )
    guard canShow(any, .senProvision), canShow(rest, .senProvision) else { return nil }
    return Split(
      topic: .sen,
      parts: [Split.Part(row: "Any SEN", groups: any), Split.Part(row: Figure.allOther, groups: rest)])
  }

  /// The ethnic groups that may be shown; the others are counted together.
  private func ethnicity() -> Split? {
    let topic = Group.Topic.ethnicity
    let unknown = Group(topic, Ethnicity.unknown.name)
    let found = topic.breakdowns.map { Group(topic, $0) }.filter { count([$0]) > 0 }
    var alone = found.filter { $0 != unknown && canShow([$0], topic) }
    var rest = Set(found).subtracting(alone)
    while !rest.isEmpty, !canShow(rest, topic) {
      guard let smallest = alone.min(by: { (count([$0]), $0) < (count([$1]), $1) }) else { return nil }
      alone.removeAll { $0 == smallest }
      rest.insert(smallest)
    }
    return Split(
      topic: topic,
      parts: alone.map { Split.Part(row: $0.breakdown, groups: [$0]) }
        + (rest.isEmpty ? [] : [Split.Part(row: Figure.allOther, groups: rest)]))
  }

  /// Year groups in the national scope; a small one is counted together with its neighbours.
  private func years() -> Split? {
    let topic = Group.Topic.ncYear
    // Years by date of birth may lie outside Years 1 to 11 and still count.
    let found = topic.breakdowns.map { Group(topic, $0) }.filter { count([$0]) > 0 }
    var parts: [[Group]] = []
    var open: [Group] = []
    for group in found {
      open.append(group)
      if canShow(Set(open), topic) {
        parts.append(open)
        open = []
      }
    }
    if !open.isEmpty {
      let last = parts.popLast() ?? []
      parts.append(last + open)
    }
    return Split(
      topic: topic, parts: parts.map { Split.Part(row: SplitFinder.label(ofYears: $0), groups: Set($0)) })
  }

  private static func label(ofYears groups: [Group]) -> String {
    let known = groups.filter { $0.breakdown != "Unknown" }.map(\.breakdown)
    let suffix = known.count < groups.count ? " and not known" : ""
    guard let first = known.first, let last = known.last else { return "Year not known" }
    guard known.count > 1 else { return first + suffix }
    guard known.allSatisfy({ $0.hasPrefix("Year ") }) else {
      return known.joined(separator: " and ") + suffix
    }
    let number = last.dropFirst("Year ".count)
    return "Years \(first.dropFirst("Year ".count)) \(known.count == 2 ? "and" : "to") \(number)\(suffix)"
  }
}

extension Group.Topic {
  /// Returns a Boolean value indicating whether two topics divide pupils by the same status.
  func isAlike(_ other: Group.Topic) -> Bool {
    func base(_ topic: Group.Topic) -> Group.Topic { topic == .sen ? .senProvision : topic }
    return base(self) == base(other)
  }
}
