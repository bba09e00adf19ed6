/// What is withheld of a table, and the exchanges that keep it secret.
struct TableDisclosure {
  let withheld: [Slots]
  /// By secret: the exchanges it stands in. Missing: empty where nothing could be withheld beside it.
  let exchanges: [[Exchange]]
  /// By place: the periods in which pupils can be worked out, whatever is withheld but a total.
  let open: [Slots]
  /// By place: the same for sessions.
  let openSessions: [Slots]

  /// - Parameters:
  ///   - first: Withheld already.
  ///   - threshold: Unit: pupils. Counts from 1 to this are secret.
  ///   - mindsTogether: Whether withheld cells may not be few even together.
  init(
    _ table: ShareTable, first: [Slots], links: [ExchangeSearch.TotalLink] = [], threshold: Int,
    mindsTogether: Bool = true, secret: [Slots]? = nil
  ) {
    let secret = secret ?? table.small(threshold)
    let isThorough = table.exists.count <= TableDisclosure.fewCells
    let start = zip(first, secret).map { $0 | $1 }
    var best: ExchangeSearch?
    for order in isThorough ? Order.allCases : [.asItStands] {
      var search = ExchangeSearch(table, first: start, links: links, isThorough: isThorough)
      search.run(TableDisclosure.tasks(table, secret, links, order))
      if mindsTogether { search.openSums(threshold: threshold, secret: secret) }
      if search.loss < best?.loss ?? .max { best = search }
      if search.loss == 0 { break }
    }
    withheld = best?.withheld ?? start
    exchanges = best?.exchanges ?? []
    var open = [Slots](repeating: 0, count: table.places)
    var openSessions = open
    if let best {
      for (task, measures) in zip(best.tasks, best.open) where !measures.isEmpty {
        let (place, bit) = (task.cell / table.groups, Slots(1) << UInt16(task.slot))
        if measures.contains(0) { open[place] |= bit }
        openSessions[place] |= bit
      }
    }
    self.openSessions = openSessions
    self.open = open
  }

  /// Tables of more cells are searched once, which takes long enough.
  private static let fewCells = 400

  /// In which order secrets take what is withheld beside them.
  private enum Order: CaseIterable {
    case asItStands, backwards, dearestFirst
  }

  private static func tasks(
    _ table: ShareTable, _ secret: [Slots], _ links: [ExchangeSearch.TotalLink], _ order: Order
  ) -> [ExchangeSearch.Task] {
    // With a total its groups: those go first, as nothing else can take their place.
    let ofTotals = table.total.map { total in
      links.map { ExchangeSearch.Task(cell: table.cell($0.place, total), slot: $0.slot, link: $0) }
    }
    var tasks: [ExchangeSearch.Task] = []
    for slot in 0..<table.slots {
      for cell in secret.indices
      where secret[cell] >> UInt16(slot) & 1 == 1 && cell % table.groups != table.total {
        tasks.append(ExchangeSearch.Task(cell: cell, slot: slot))
      }
    }
    switch order {
    case .asItStands: break
    case .backwards: tasks.reverse()
    case .dearestFirst:
      let weights = tasks.map { table.weights[$0.cell * table.slots + $0.slot] }
      let places = tasks.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
      tasks = places.map { tasks[$0] }
    }
    return (ofTotals ?? []) + tasks
  }
}

extension ShareTable {
  /// About how many trades a search has to look at: for each cell of few pupils those of its place's groups, with every place.
  func work(_ threshold: Int) -> Int {
    let small = small(threshold)
    return (0..<places).reduce(0) { work, place in
      let cells = (0..<groups).map { cell(place, $0) }
      let secrets = cells.reduce(0) { $0 + small[$1].nonzeroBitCount }
      let present = cells.count { exists[$0] != 0 }
      return work + secrets * present * present * places
    }
  }

  /// The cells of few pupils.
  func small(_ threshold: Int) -> [Slots] {
    exists.indices.map { cell in
      (0..<slots).reduce(0) { found, slot in
        let isSmall = threshold > 0 && 1...max(1, threshold) ~= pupils[cell * slots + slot]
        return isSmall && exists[cell] >> UInt16(slot) & 1 == 1 ? found | 1 << UInt16(slot) : found
      }
    }
  }
}

extension ExchangeSearch {
  /// Withholds more where what is withheld of a sum is few even together.
  mutating func openSums(threshold: Int, secret: [Slots]) {
    var tried = 0
    while tried < 6 {
      let tasks = fewTogether(threshold: threshold, secret: secret)
      if tasks.isEmpty { return }
      for task in tasks { add(task) }
      tried += 1
    }
  }

  private func fewTogether(threshold: Int, secret: [Slots]) -> [Task] {
    var tasks: [Task] = []
    for slot in 0..<table.slots {
      let bit = Slots(1) << UInt16(slot)
      func look(_ parts: [Int], _ whole: Int?) {
        if let whole, withheld[whole] & bit != 0 { return }
        let open = parts.filter { withheld[$0] & table.exists[$0] & bit != 0 }
        guard let first = open.first(where: { secret[$0] & bit != 0 }) else { return }
        let together = open.reduce(0) { $0 + table.pupils[$1 * table.slots + slot] }
        guard together <= threshold else { return }
        var isIn = [Bool](repeating: false, count: withheld.count)
        for cell in open { isIn[cell] = true }
        tasks.append(Task(cell: first, slot: slot, together: isIn))
      }
      for place in 0..<table.places {
        for sum in table.sums {
          look(sum.parts.map { table.cell(place, $0) }, sum.whole.map { table.cell(place, $0) })
        }
      }
      for group in 0..<table.groups where table.places > 1 {
        look((0..<table.trust).map { table.cell($0, group) }, table.cell(table.trust, group))
      }
    }
    return tasks
  }
}
