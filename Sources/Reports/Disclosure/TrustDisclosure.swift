import Measures
import Registers

/// What a board may not see of the schools of a trust and of the trust, decided over all of it at once: a school's row and the
/// trust's would otherwise give each other away.
///
/// A group is withheld in every period or in none, so that half-terms and the year to date do not tell on each other.
/// Source: rules, section 10.
public struct TrustDisclosure: Sendable {
  /// By the schools' places.
  public private(set) var schools: [Withholding]
  public private(set) var trust: Withholding

  /// - Parameter threshold: Unit: pupils. Counts from 1 to this are withheld; 0 withholds nothing.
  public init(schools: [SchoolFigures], trust: TrustFigures, threshold: Int) {
    self.schools = schools.map { _ in Withholding() }
    self.trust = Withholding()
    guard threshold > 0 else { return }
    let places: [any Figures] = schools + [trust]
    let periods = trust.periods
    var decided = Decided(periods: periods)
    for topic in DisclosureTopic.all { decided.add(topic, of: places, threshold: threshold) }
    let withheld = decided.withheld
    let codes = CodeDisclosure(places, threshold: threshold).withheld
    for place in places.indices {
      let withholding = Withholding(groups: withheld[place] ?? [:], codes: codes[place])
      let groups = withholding.groups[.yearToDate] ?? [:]
      guard place < schools.count else {
        self.trust = withholding
        // One school alone would be the trust less the others.
        self.trust.isByWeekdayWithheld =
          self.schools.contains(where: \.isByWeekdayWithheld)
          || CalendarDisclosure.isByWeekdayWithheld(trust, groups: groups, threshold: threshold)
        continue
      }
      self.schools[place] = withholding.adding(schools[place], groups: groups, threshold: threshold)
    }
  }
}

extension Withholding {
  /// With the counts, the weeks and the weekdays of a school that are not to be seen.
  fileprivate func adding(
    _ school: SchoolFigures, groups: [Group: GroupFigures.Withheld], threshold: Int
  ) -> Withholding {
    var withholding = self
    withholding.counts =
      CountDisclosure(school, groups: groups, codes: codes, threshold: threshold).withheld
    let calendar = CalendarDisclosure(school, groups: groups, threshold: threshold)
    withholding.weeks = calendar.weeks
    withholding.isByWeekdayWithheld = calendar.isByWeekdayWithheld
    return withholding
  }
}

/// What was decided topic by topic. The totals come first: a total that is withheld is so in every topic, or one of them would
/// give it away.
private struct Decided {
  let periods: [Period]
  private(set) var withheld: [Int: [Period: [Group: GroupFigures.Withheld]]] = [:]
  private var totals: [String: Set<TopicTable.Key>] = [:]

  init(periods: [Period]) { self.periods = periods }

  mutating func add(_ topic: DisclosureTopic, of places: [any Figures], threshold: Int) {
    let isLocal = topic.isLocal && places.count > 2
    let table = TopicTable(topic, of: places, hasTrust: !isLocal)
    if isLocal, let trust = places.last {
      let groups = Set(trust.groups.values.flatMap(\.keys)).filter(topic.sums[0].parts)
      let keys = Set(groups.map { TopicTable.Key(place: places.count - 1, group: $0) })
      for period in periods { mark(keys, .everything, in: period) }
    }
    let whole = table.withheld(threshold: threshold, forced: totals["everything"] ?? []) { figures in
      periods.map { figures[$0]?.enrolments }
    }
    if topic.isOfTotals { totals["everything"] = whole }
    for period in periods { mark(whole, .everything, in: period) }
    guard topic.countsPupils else { return }
    for period in periods {
      let counts: [(KeyPath<GroupFigures, Int>, GroupFigures.Withheld)] = [
        (\.persistent, .persistent), (\.severe, .severe),
      ]
      for (path, kind) in counts {
        let name = "\(period.name) \(kind.rawValue)"
        let few = table.withheld(threshold: threshold, forced: whole.union(totals[name] ?? [])) {
          [$0[period]?[keyPath: path]]
        }
        if topic.isOfTotals { totals[name] = few }
        mark(few, kind, in: period)
      }
    }
  }

  private mutating func mark(_ keys: Set<TopicTable.Key>, _ kind: GroupFigures.Withheld, in period: Period) {
    for key in keys {
      withheld[key.place, default: [:]][period, default: [:]][key.group, default: []].insert(kind)
    }
  }
}
