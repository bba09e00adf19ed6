import Measures
import Registers

/// The figures of a topic over the schools and the trust, in every period.
struct TopicTable {
  struct Key: Hashable {
    let place: Int
    let group: Group
  }

  /// The counts of a group in a period.
  private struct Counts {
    let enrolments: Int
    let persistent: Int
    let severe: Int
    /// Sessions present, approved, authorised, unauthorised and late: the others are sums of these.
    let sessions: InlineArray<5, Int>

    var hasSessions: Bool { sessions.indices.contains { sessions[$0] > 0 } }

    init(_ figures: GroupFigures) {
      (enrolments, persistent, severe) = (figures.enrolments, figures.persistent, figures.severe)
      let tally = figures.tally
      sessions = [tally.present, tally.approved, tally.authorised, tally.unauthorised, tally.late]
    }

    /// What is in no part of a whole.
    init(_ whole: Counts, without parts: [Counts]) {
      enrolments = max(0, parts.reduce(whole.enrolments) { $0 - $1.enrolments })
      persistent = max(0, parts.reduce(whole.persistent) { $0 - $1.persistent })
      severe = max(0, parts.reduce(whole.severe) { $0 - $1.severe })
      sessions = InlineArray { kind in
        max(0, parts.reduce(whole.sessions[kind]) { $0 - $1.sessions[kind] })
      }
    }
  }

  private let places: Int
  private let periods: [Period]
  /// The groups of the topic, then for each sum those in none of its parts.
  private let groups: [Group]
  private let columns: Int
  private let sums: [Trades.Sum]
  /// By cell and period. Missing: nil where there is no such row.
  private let counts: [Counts?]
  private let trades: Trades

  /// - Parameter places: The schools, and last the trust.
  init(_ topic: DisclosureTopic, of all: [any Figures], periods: [Period]) {
    places = all.count
    self.periods = periods
    let isNeeded = { (group: Group) in topic.sums.contains { $0.whole == group || $0.parts(group) } }
    let groups = Set(all.flatMap { $0.groups.values.flatMap(\.keys) }).filter(isNeeded).sorted()
    self.groups = groups
    columns = groups.count + topic.sums.count
    sums = topic.sums.enumerated().compactMap { number, sum in
      guard let whole = groups.firstIndex(of: sum.whole) else { return nil }
      let parts = groups.indices.filter { $0 != whole && sum.parts(groups[$0]) }
      return parts.isEmpty ? nil : Trades.Sum(parts: parts + [groups.count + number], whole: whole)
    }
    var counts = [Counts?](repeating: nil, count: places * columns * periods.count)
    for (place, figures) in all.enumerated() {
      for (slot, period) in periods.enumerated() {
        for (column, group) in groups.enumerated() {
          guard let figure = figures.groups[period]?[group] else { continue }
          counts[(place * columns + column) * periods.count + slot] = Counts(figure)
        }
        TopicTable.countTheRest(
          &counts, sums, from: place * columns * periods.count + slot, by: periods.count)
      }
    }
    self.counts = counts
    let exists = (0..<places * columns).map { cell in
      counts[cell * periods.count..<(cell + 1) * periods.count].contains { $0 != nil }
    }
    trades = Trades(groups: columns, sums: sums, exists: exists)
  }

  /// Those of a whole who are in none of its parts have no row, but follow from the others.
  private static func countTheRest(
    _ counts: inout [Counts?], _ sums: [Trades.Sum], from start: Int, by step: Int
  ) {
    func place(_ column: Int) -> Int { start + column * step }
    for sum in sums {
      guard let rest = sum.parts.last, let column = sum.whole, let whole = counts[place(column)] else {
        continue
      }
      let parts = sum.parts.compactMap { $0 == rest ? nil : counts[place($0)] }
      let left = Counts(whole, without: parts)
      if !parts.isEmpty, left.enrolments > 0 || left.hasSessions { counts[place(rest)] = left }
    }
  }
}

extension TopicTable {
  /// The rows, of which every count is withheld or none.
  func rows() -> ShareTable {
    var table = table(slots: Array(periods.indices), shifts: ShareTable.shifts(of: periods.count)) {
      $0.enrolments
    }
    // A row stands only where there is a pupil: so much everyone knows.
    table.measures = [table.measure(addsUp: false, falls: { $0 > 1 }) { self.count($0, $1)?.enrolments ?? 0 }]
    for kind in 0..<5 {
      table.measures.append(table.measure(addsUp: true) { self.count($0, $1)?.sessions[kind] ?? 0 })
    }
    return table
  }

  /// Those persistently absent in a period.
  func persistent(in slot: Int) -> ShareTable { counted(in: slot, \.persistent, of: \.enrolments) }

  /// Those severely absent in a period.
  func severe(in slot: Int) -> ShareTable { counted(in: slot, \.severe, of: \.persistent) }

  private func counted(
    in slot: Int, _ path: KeyPath<Counts, Int>, of whole: KeyPath<Counts, Int>
  ) -> ShareTable {
    var table = table(slots: [slot], shifts: [[]]) { $0[keyPath: path] }
    var measure = table.measure(addsUp: false) { cell, _ in count(cell, slot)?[keyPath: path] ?? 0 }
    for cell in measure.canRise.indices {
      if let counts = count(cell, slot), counts[keyPath: path] >= counts[keyPath: whole] {
        measure.canRise[cell] = 0
      }
    }
    table.measures = [measure]
    return table
  }

  private func count(_ cell: Int, _ slot: Int) -> Counts? { counts[cell * periods.count + slot] }

  private func table(
    slots: [Int], shifts: [[ShareTable.Shift]], _ pupils: (Counts) -> Int
  ) -> ShareTable {
    let cells = 0..<places * columns
    var table = ShareTable(
      places: places, groups: columns, sums: sums, trades: trades,
      total: sums.isEmpty ? nil : groups.firstIndex(of: .total), slots: slots.count, shifts: shifts,
      exists: [Slots](repeating: 0, count: cells.count))
    for cell in cells {
      let (place, column) = cell.quotientAndRemainder(dividingBy: columns)
      for (number, slot) in slots.enumerated() {
        let counts = count(cell, slot)
        if counts != nil { table.exists[cell] |= 1 << UInt16(number) }
        let pupils = counts.map(pupils) ?? 0
        table.pupils.append(pupils)
        table.weights.append(weight(of: column, at: place, in: slot, pupils: pupils))
      }
    }
    return table
  }

  private func weight(of column: Int, at place: Int, in slot: Int, pupils: Int) -> Int {
    guard column < groups.count else { return 0 }
    // A total is decided among the totals, and never withheld for one topic alone.
    if groups[column] == .total, !sums.isEmpty { return ShareTable.forbidden }
    return BoardLoss.weight(
      of: groups[column], isTrust: place == places - 1, period: periods[slot], pupils: pupils)
  }

  /// The cells whose figures of all pupils are withheld for another topic's sake.
  func withTotals(_ totals: [Slots], in table: ShareTable) -> [Slots] {
    var first = [Slots](repeating: 0, count: table.exists.count)
    for cell in first.indices where cell % columns >= groups.count { first[cell] = table.exists[cell] }
    guard let total = table.total else { return first }
    for (place, slots) in totals.enumerated() {
      first[table.cell(place, total)] = slots & table.exists[table.cell(place, total)]
    }
    return first
  }

  /// The group of a cell. Missing: nil for those who have no row.
  func key(of cell: Int) -> Key? {
    let (place, column) = cell.quotientAndRemainder(dividingBy: columns)
    return column < groups.count ? Key(place: place, group: groups[column]) : nil
  }
}

extension ShareTable {
  /// - Parameter falls: Whether a count could be one less.
  func measure(
    addsUp: Bool, falls: (Int) -> Bool = { $0 > 0 }, _ count: (_ cell: Int, _ slot: Int) -> Int
  ) -> Measure {
    let none = [Slots](repeating: 0, count: exists.count)
    var measure = Measure(addsUp: addsUp, canFall: none, canRise: exists, isThere: none)
    for cell in exists.indices where exists[cell] != 0 {
      for slot in 0..<slots where exists[cell] >> UInt16(slot) & 1 == 1 {
        let value = count(cell, slot)
        if value > 0 { measure.isThere[cell] |= 1 << UInt16(slot) }
        if falls(value) { measure.canFall[cell] |= 1 << UInt16(slot) }
      }
    }
    return measure
  }
}
