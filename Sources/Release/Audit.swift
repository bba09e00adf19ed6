import Measures
import Registers

/// The figures that the audit has ruled out for a school, a set or the trust.
struct AuditDecision: Sendable {
  /// The topics whose persistent absence is not shown.
  var topics: Set<Group.Topic> = []
  /// The tables that are not shown.
  var tables: Set<Figure.Table> = []
  /// The indices of the policy's stages whose counts are not shown.
  var stages: Set<Int> = []
  var hidesSevere = false
}

/// The result of the audit of published figures, for the manifest.
package struct AuditSummary: Sendable, Equatable, Codable {
  /// The number of counts from 1 to the largest small count that are hidden, complements among them.
  package var hiddenCounts = 0
  /// The fewest values that a reader must still consider possible for one of them, or `nil` if none is hidden.
  package var fewestValues: Int?
  /// The number of sums that a reader can work out.
  package var sums = 0
  /// The number of parts, nested differences and remainders of groups that were checked.
  package var groups = 0
  /// The number of topics and tables that were left out.
  package var leftOut = 0

  enum CodingKeys: String, CodingKey {
    case hiddenCounts = "hidden_counts"
    case fewestValues = "fewest_values"
    case sums, groups
    case leftOut = "left_out"
  }

  static func += (left: inout AuditSummary, right: AuditSummary) {
    left.hiddenCounts += right.hiddenCounts
    left.fewestValues = [left.fewestValues, right.fewestValues].compactMap(\.self).min()
    left.sums += right.sums
    left.groups += right.groups
    left.leftOut += right.leftOut
  }
}

/// Counts of pupils as a reader knows them: each between two bounds, and sums among them.
///
/// Bounds are narrowed until no sum narrows them further.
struct CountSystem {
  private(set) var bounds: [ClosedRange<Int>] = []
  private var sums: [(whole: Int, parts: [Int])] = []
  private var hidden: [(index: Int, truth: Int, topic: Group.Topic?)] = []

  /// Adds a count and returns its index.
  ///
  /// - Parameter truth: The exact count, which must not follow if it is small.
  mutating func add(_ range: ClosedRange<Int>, truth: Int, topic: Group.Topic? = nil) -> Int {
    bounds.append(range)
    hidden.append((bounds.count - 1, truth, topic))
    return bounds.count - 1
  }

  mutating func addSum(_ whole: Int, _ parts: [Int]) { sums.append((whole, parts)) }

  /// Narrows the bounds, and returns `nil` if they contradict each other.
  private mutating func isConsistent() -> Bool {
    var isChanged = true
    while isChanged {
      isChanged = false
      for (whole, parts) in sums {
        let low = parts.reduce(0) { $0 + bounds[$1].lowerBound }
        let high = parts.reduce(0) { $0 + bounds[$1].upperBound }
        guard narrow(whole, low, high, &isChanged) else { return false }
        for part in parts {
          let own = bounds[part]
          guard
            narrow(
              part, bounds[whole].lowerBound - (high - own.upperBound),
              bounds[whole].upperBound - (low - own.lowerBound), &isChanged)
          else { return false }
          if isChanged { break }
        }
      }
    }
    return true
  }

  private mutating func narrow(_ index: Int, _ low: Int, _ high: Int, _ isChanged: inout Bool) -> Bool {
    let old = bounds[index]
    let (lower, upper) = (max(old.lowerBound, low), min(old.upperBound, high))
    guard lower <= upper else { return false }
    if lower...upper != old {
      bounds[index] = lower...upper
      isChanged = true
    }
    return true
  }

  /// The finding of an audit.
  struct Finding {
    var summary = AuditSummary()
    /// The topics, or `nil` for the whole and for movement, of which a small count follows or has too few values.
    var failed: [Group.Topic?] = []
    /// A Boolean value indicating whether a small count follows from counts at thresholds of attendance.
    var failsByThresholds = false
  }

  /// Returns how many values are left for each small hidden count.
  ///
  /// - Parameter small: The counts that must not follow.
  mutating func audit(small: ClosedRange<Int>) -> Finding {
    var finding = Finding()
    finding.summary.sums = sums.count
    let isConsistent = isConsistent()
    for (index, truth, topic) in hidden {
      guard isConsistent, bounds[index].contains(truth) else {
        finding.failed.append(topic)
        continue
      }
      guard small.contains(truth) else { continue }
      let values = bounds[index].count
      finding.summary.hiddenCounts += 1
      finding.summary.fewestValues = min(finding.summary.fewestValues ?? values, values)
      if values < CountSystem.minValues { finding.failed.append(topic) }
    }
    return finding
  }

  /// The number of values that must stay possible for a small count.
  static let minValues = 3
}

extension Published {
  /// Returns the counts that are possible for a reader.
  ///
  /// - Parameters:
  ///   - all: The number of pupils of whom the count is a part.
  ///   - rules: The rules by which the count is published.
  ///   - isRounded: A Boolean value indicating whether a number is to the nearest 5.
  func bounds(_ all: Int, rules: DisclosureRules, isRounded: Bool) -> ClosedRange<Int> {
    switch self {
    case .count(let count):
      isRounded ? max(0, count - 2)...min(max(all, count), count + 2) : count...count
    case .range(let range): range.clamped(to: 0...max(0, all))
    case .allBut(let range): max(0, all - range.upperBound)...max(0, all - range.lowerBound)
    case .decimal, .notShown, .notAvailable, .notApplicable: 0...max(0, all)
    }
  }
}

extension Publisher {
  /// Audits the published counts of a school.
  func audit() -> CountSystem.Finding {
    guard isShown(in: .yearToDate) else { return CountSystem.Finding() }
    var system = CountSystem()
    let all = year.enrolments
    func published(_ key: Figure.Key) -> Published { self.published[key] ?? .notShown }
    let roll = system.add(all...all, truth: all)
    // Persistent and severe absence, with the pupils who are not.
    let persistent = published(Figure.Key(.headline, .persistent))
    let isExact = persistent.count != nil
    let whole = system.add(
      isExact
        ? persistent.bounds(all, rules: rules, isRounded: false)
        : persistent.bounds(all, rules: rules, isRounded: true),
      truth: year.persistent)
    let rest = system.add(0...all, truth: all - year.persistent)
    system.addSum(roll, [whole, rest])
    let severe = published(Figure.Key(.headline, .severe))
    let severeIndex = system.add(severe.bounds(all, rules: rules, isRounded: false), truth: year.severe)
    system.addSum(whole, [severeIndex, system.add(0...all, truth: year.persistent - year.severe)])
    var counts: [Figure.Key: Int] = [:]
    for split in splits { add(split, to: &system, roll: roll, whole: whole, &counts) }
    addMovement(to: &system, whole: whole)
    addBands(to: &system, roll: roll, whole: whole)
    let small = 1...max(1, rules.maxSmall)
    var finding = system.audit(small: small)
    if isExact, !shownTopics.isEmpty {
      var search = WitnessSearch([self], small: small)
      let found = search.run()
      finding.summary += found.summary
      finding.failed += found.failed
    }
    if let (summary, isSafe) = searchThresholds() {
      finding.summary += summary
      finding.failsByThresholds = !isSafe
    }
    finding.summary.groups = splits.reduce(0) { $0 + $1.parts.count }
    return finding
  }

  /// The topics whose persistent absence is shown, from the one that a board needs least.
  private var shownTopics: [Group.Topic] {
    Split.leastNeeded.filter { topic in
      published.figures.contains {
        $0.key.topic == topic && $0.key.measure == .persistent && $0.value.isShown
      }
    }
  }

  /// Returns the topic whose persistent absence is left out where counts of some topics follow: one of them if a board can
  /// do without it, else the least needed of all that are shown, or `nil` if none is shown.
  private func topicToLeaveOut(_ failed: Set<Group.Topic>) -> Group.Topic? {
    guard !failed.isEmpty else { return nil }
    return shownTopics.first { failed.contains($0) && ![.disadvantage, .senProvision, .sen].contains($0) }
      ?? shownTopics.first
  }

  private func searchThresholds() -> (summary: AuditSummary, isSafe: Bool)? {
    var search = AttendanceSearch(self, stages: stages, small: 1...max(1, rules.maxSmall))
    return search?.run()
  }

  /// The first stage without whose count no small count follows, or all stages.
  private var stagesToLeaveOut: Set<Int> {
    let all = Set(stages.indices)
    guard hidden.stages.isEmpty else { return all }
    return all.sorted().lazy.map { Set([$0]) }.first { alone in
      var publisher = self
      publisher.hidden.stages = alone
      return publisher.searchThresholds()?.isSafe ?? true
    } ?? all
  }

  /// Adds to a decision what is left out for an audit's finding.
  ///
  /// - Returns: `false` if nothing more can be left out.
  func leaveOut(for finding: CountSystem.Finding, _ decision: inout AuditDecision) -> Bool {
    if let topic = topicToLeaveOut(Set(finding.failed.compactMap(\.self))) {
      return decision.topics.insert(topic).inserted
    }
    if finding.failsByThresholds, decision.stages.count < stages.count {
      decision.stages = stagesToLeaveOut
      return true
    }
    if finding.failsByThresholds, !decision.hidesSevere {
      decision.hidesSevere = true
      return true
    }
    let tables: [Figure.Table] = finding.failsByThresholds ? [.bands, .movement] : [.movement]
    guard let table = tables.first(where: { !decision.tables.contains($0) }) else { return false }
    return decision.tables.insert(table).inserted
  }

  /// - Parameter indices: The counts of the parts of earlier splits, to which those of this one are added.
  private func add(
    _ split: Split, to system: inout CountSystem, roll: Int, whole: Int, _ indices: inout [Figure.Key: Int]
  ) {
    let table: Figure.Table = split.topic == .ncYear ? .years : .groups
    let all = year.enrolments
    let parts = split.parts.map { part in
      (
        pupils: split.pupils(of: part, in: .yearToDate, facts), persistent: split.persistent(of: part, facts),
        key: Figure.Key(table, split.topic, part.row, .persistent)
      )
    }
    let largest = rules.indexOfLargest(parts.map(\.pupils))
    let rule = published.figures.first { $0.key == parts.first?.key }?.rule
    var pupils: [Int] = []
    var counts: [Int] = []
    for (index, part) in parts.enumerated() {
      let value = published[part.key] ?? .notShown
      // The insider knows the size of every group.
      let size = system.add(part.pupils...part.pupils, truth: part.pupils, topic: split.topic)
      var bounds =
        rule == .exactGroups
        ? value.bounds(part.pupils, rules: rules, isRounded: false)
        : index == largest ? 0...part.pupils : value.bounds(part.pupils, rules: rules, isRounded: true)
      // The rule that was used tells how many are not.
      if rule == .roundedGroups {
        bounds = bounds.clamped(to: 0...max(0, part.pupils - rules.minLarge))
      }
      let count = system.add(bounds, truth: part.persistent, topic: split.topic)
      system.addSum(
        size, [count, system.add(0...all, truth: part.pupils - part.persistent, topic: split.topic)])
      pupils.append(size)
      counts.append(count)
      indices[part.key] = count
    }
    system.addSum(roll, pupils)
    system.addSum(whole, counts)
    guard let nesting = Facts.Nesting.allCases.first(where: { $0.topic == split.topic }),
      let inner = counts.first, let outside = facts.outside[nesting],
      (facts.stray[nesting]?.pupils[.yearToDate] ?? 0) == 0,
      let outer = indices[Figure.Key(.groups, nesting.outerTopic, nesting.outerRow, .persistent)]
    else { return }
    let difference = system.add(
      0...(outside.pupils[.yearToDate] ?? 0), truth: outside.persistent, topic: split.topic)
    system.addSum(outer, [inner, difference])
  }

  private func addMovement(to system: inout CountSystem, whole: Int) {
    guard published[Figure.Key(.movement, nil, Movement.before, .pupils)] != nil else { return }
    let indices = Movement.rows.map { row, key in
      let count = facts.counts[key] ?? 0
      let value = published[Figure.Key(.movement, nil, row, .pupils)] ?? .notShown
      return system.add(
        value.bounds(year.enrolments, rules: rules, isRounded: !rules.isExact), truth: count)
    }
    system.addSum(indices[0], [indices[1], indices[2]])
    system.addSum(whole, [indices[2], indices[3]])
  }

  /// Adds the bands below 90%, which together are the persistently absent pupils.
  private func addBands(to system: inout CountSystem, roll: Int, whole: Int) {
    let rows = published.rows(of: .bands)
    let values = rows.map { published[Figure.Key(.bands, nil, $0, .pupils)]?.count ?? 0 }
    let largest = rules.indexOfLargest(rows.map(truth(ofBand:)))
    let indices = rows.indices.map { index in
      let truth = truth(ofBand: rows[index])
      let all = year.enrolments
      return system.add(
        index == largest ? 0...all : max(0, values[index] - 2)...(values[index] + 2), truth: truth)
    }
    system.addSum(roll, indices)
    let below = rows.indices.filter { isBelow(rows[$0]) }.map { indices[$0] }
    if !below.isEmpty, below.count < rows.count, !rows.contains(where: isAcross) {
      system.addSum(whole, below)
    }
  }

  private func bands(of row: String) -> [Int] {
    let all = Array(PupilCounts.bands.indices)
    for first in all {
      for last in first..<all.count where PupilCounts.label(ofBands: Array(first...last)) == row {
        return Array(first...last)
      }
    }
    return []
  }

  private func truth(ofBand row: String) -> Int {
    bands(of: row).reduce(0) { $0 + (facts.counts[.band($1)] ?? 0) }
  }

  private func isBelow(_ row: String) -> Bool { bands(of: row).allSatisfy { PupilCounts.bands[$0] < 90 } }
  private func isAcross(_ row: String) -> Bool {
    !isBelow(row) && bands(of: row).contains { PupilCounts.bands[$0] < 90 }
  }
}
