import Measures
import Registers

/// What a board may not see of the schools of a trust and of the trust, decided over all of it at once: a school's row and the
/// trust's would otherwise give each other away.
///
/// Sessions of half-terms add up to the year to date, so that a group withheld in one period is withheld in another too.
/// Source: rules, section 10.
package struct TrustDisclosure: Sendable {
  /// By the schools' places.
  package private(set) var schools: [Withholding]
  package private(set) var trust: Withholding

  /// - Parameter threshold: Unit: pupils. Counts from 1 to this are withheld; 0 withholds nothing.
  package init(schools: [SchoolFigures], trust: TrustFigures, threshold: Int) {
    self.schools = schools.map { _ in Withholding() }
    self.trust = Withholding()
    defer { self.trust.leavers = leavers(of: schools, threshold: threshold) }
    guard threshold > 0 else { return }
    let places: [any Figures] = schools + [trust]
    let periods = trust.periods
    let decided = Decided.decide(places, periods: periods, threshold: threshold)
    let withheld = decided.withheld
    let codes = CodeDisclosure(places, threshold: threshold).withheld
    for place in places.indices {
      var withholding = Withholding(groups: withheld[place] ?? [:], codes: codes[place])
      for (period, groups) in places[place].groups where period != .yearToDate || place == schools.count {
        withholding.groups[period, default: [:]].merge(OverlapDisclosure.everything(in: groups)) { $1 }
      }
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

extension TrustDisclosure {
  /// Why pupils left, of the schools whose leavers a board may count: those of others would follow from the sum.
  private func leavers(of schools: [SchoolFigures], threshold: Int) -> [LeaverGroup] {
    let counts = zip(schools, self.schools).filter { !$1.counts.contains(.leaver(.firstDay)) }
      .reduce(into: [LeavingReason: Int]()) { $0.merge($1.0.counts.leavingReasons, uniquingKeysWith: +) }
    return LeaverGroup.groups(of: counts, threshold: threshold)
  }
}

extension Withholding {
  /// With the counts, the weeks and the weekdays of a school that are not to be seen.
  fileprivate func adding(
    _ school: SchoolFigures, groups: [Group: GroupFigures.Withheld], threshold: Int
  ) -> Withholding {
    var withholding = self
    let overlaps = OverlapDisclosure(school, groups: groups, threshold: threshold).withheld
    withholding.groups[.yearToDate, default: [:]].merge(overlaps) { $1 }
    withholding.counts =
      CountDisclosure(school, groups: groups, codes: codes, threshold: threshold).withheld
    let calendar = CalendarDisclosure(school, groups: self.groups, threshold: threshold)
    withholding.weeks = calendar.weeks
    withholding.isByWeekdayWithheld = calendar.isByWeekdayWithheld
    return withholding
  }
}

/// What was decided topic by topic. The totals come first: a total that is withheld is so in every topic, or one of them would
/// give it away.
private struct Decided {
  let periods: [Period]
  let threshold: Int
  private(set) var withheld: [Int: [Period: [Group: GroupFigures.Withheld]]] = [:]
  private var rows = Totals()
  /// By period.
  private var persistent: [Totals]
  private var severe: [Totals]

  /// By place: totals withheld for groups that nothing else keeps secret.
  private let forced: [Slots]
  /// By place: the periods in which pupils of a group can be worked out still.
  private var open: [Slots]
  private var openSessions: [Slots]

  /// A place of as many rows as pupils has its groups known by its total alone: then that is withheld too.
  static func decide(_ places: [any Figures], periods: [Period], threshold: Int) -> Decided {
    var forced = [Slots](repeating: 0, count: places.count)
    while true {
      var decided = Decided(periods: periods, threshold: threshold, forced: forced)
      for topic in DisclosureTopic.all { decided.add(topic, of: places) }
      let before = forced
      for (place, slots) in decided.open.enumerated() {
        let isTold = (slots | decided.openSessions[place]) & decided.rows.withheld[place]
        forced[place] |= slots
        forced[places.count - 1] |= isTold
      }
      if forced == before { return decided }
    }
  }

  private init(periods: [Period], threshold: Int, forced: [Slots]) {
    self.periods = periods
    self.forced = forced
    open = forced.map { _ in 0 }
    openSessions = open
    self.threshold = threshold
    persistent = periods.map { _ in Totals() }
    severe = periods.map { _ in Totals() }
  }

  mutating func add(_ topic: DisclosureTopic, of places: [any Figures]) {
    let table = TopicTable(topic, of: places, periods: periods)
    let isOfTotals = topic.isOfTotals
    let cells = table.rows()
    guard isOfTotals || cells.work(threshold) <= Decided.mostWork else {
      for slot in periods.indices {
        mark(
          cells.exists.map { $0 >> UInt16(slot) & 1 }, of: table, .everything, in: periods[slot], but: .total)
      }
      return
    }
    var totals = rows
    let whole = decide(table, cells, beside: nil, &totals, isOfTotals: isOfTotals)
    rows = totals
    for (slot, period) in periods.enumerated() {
      mark(whole.map { $0 >> UInt16(slot) & 1 }, of: table, .everything, in: period)
    }
    guard topic.countsPupils else { return }
    for (slot, period) in periods.enumerated() {
      let rows = whole.map { $0 >> UInt16(slot) & 1 }
      totals = persistent[slot]
      let many = decide(
        table, table.persistent(in: slot), beside: rows, &totals, isOfTotals: isOfTotals)
      persistent[slot] = totals
      mark(many, of: table, .persistent, in: period)
      totals = severe[slot]
      let few = decide(table, table.severe(in: slot), beside: rows, &totals, isOfTotals: isOfTotals)
      severe[slot] = totals
      mark(few, of: table, .severe, in: period)
    }
  }

  /// A topic with more, such as many forms of one pupil each, is withheld whole: little of it could be shown, and finding that
  /// out would take minutes.
  private static let mostWork = 40_000_000

  /// What is withheld of some totals, and the exchanges that keep them secret.
  private struct Totals {
    var withheld: [Slots] = []
    var links: [ExchangeSearch.TotalLink] = []
  }

  private mutating func decide(
    _ table: TopicTable, _ cells: ShareTable, beside rows: [Slots]?, _ totals: inout Totals, isOfTotals: Bool
  ) -> [Slots] {
    var first = table.withTotals(totals.withheld, in: cells)
    if let rows { first = zip(first, rows).map { $0 | $1 } }
    var secret = cells.small(threshold)
    if isOfTotals, rows == nil {
      for (place, slots) in forced.enumerated() {
        secret[cells.cell(place, 0)] |= slots & cells.exists[cells.cell(place, 0)]
      }
    }
    let found = TableDisclosure(
      cells, first: first, links: totals.links, threshold: threshold, secret: secret)
    if rows == nil {
      open = zip(open, found.open).map { $0 | $1 }
      openSessions = zip(openSessions, found.openSessions).map { $0 | $1 }
    }
    if isOfTotals {
      totals = Totals(
        withheld: (0..<cells.places).map { found.withheld[cells.cell($0, 0)] },
        links: found.totalLinks(groups: cells.groups))
    }
    return found.withheld
  }

  private mutating func mark(
    _ cells: [Slots], of table: TopicTable, _ kind: GroupFigures.Withheld, in period: Period,
    but shown: Group? = nil
  ) {
    for (cell, isWithheld) in cells.enumerated() where isWithheld != 0 {
      guard let key = table.key(of: cell), key.group != shown else { continue }
      withheld[key.place, default: [:]][period, default: [:]][key.group, default: []].insert(kind)
    }
  }
}

extension TableDisclosure {
  /// Of a table of totals: each exchange goes along with groups of every topic.
  fileprivate func totalLinks(groups: Int) -> [ExchangeSearch.TotalLink] {
    var links: [ExchangeSearch.TotalLink] = []
    for exchange in exchanges.joined() where exchange.parts.count == 2 {
      let places = exchange.parts.map { $0.cell / groups }
      let other = exchange.parts[0].periods & ~(1 << UInt16(exchange.slot))
      let otherSlot = other == 0 ? nil : other.trailingZeroBitCount
      let link = ExchangeSearch.TotalLink(
        place: places[0], slot: exchange.slot, otherPlace: places[1], otherSlot: otherSlot)
      if !links.contains(link) { links.append(link) }
    }
    return links
  }
}
