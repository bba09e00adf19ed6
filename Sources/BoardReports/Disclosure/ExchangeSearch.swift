/// Which cells of a table to withhold so that each secret one stands in an exchange of withheld ones, with little loss.
///
/// One secret after another takes the exchange that loses least besides what is withheld already; then each is looked for anew
/// while the others stand, as long as that loses less. Source: the cell suppression heuristic of Kelly, Golden and Assad
/// (1992), with trades for its linear programs.
struct ExchangeSearch {
  /// What an exchange is looked for.
  struct Task {
    let cell: Int
    let slot: Int
    /// Given where the total of a place is withheld: the other place and period of that exchange.
    var link: TotalLink?
    /// Cells that are few even together: what they come to must be open too. Missing: empty.
    var together: [Bool] = []
  }

  /// The exchange that keeps a withheld total secret: every topic must have groups that go along with it.
  struct TotalLink: Hashable {
    let place: Int
    let slot: Int
    let otherPlace: Int
    /// Missing: nil where periods have nothing to do with each other.
    let otherSlot: Int?
  }

  let table: ShareTable
  /// By place: the exchanges of its total.
  let links: [[TotalLink]]
  let isThorough: Bool
  /// By place: the others, the trust first, as it is one place for all schools.
  let otherPlaces: [[Int]]
  private let first: [Slots]
  private(set) var withheld: [Slots]
  private var uses: [Int32]
  private(set) var tasks: [Task] = []
  private(set) var exchanges: [[Exchange]] = []
  /// By task: the measures that stand in no exchange.
  private(set) var open: [[Int]] = []

  /// - Parameter first: What is withheld whatever it costs.
  init(_ table: ShareTable, first: [Slots], links: [TotalLink] = [], isThorough: Bool) {
    self.table = table
    self.first = first
    self.isThorough = isThorough
    var byPlace = [[TotalLink]](repeating: [], count: table.places)
    for link in links { byPlace[link.place].append(link) }
    self.links = byPlace
    otherPlaces = (0..<table.places).map { place in
      ([table.trust] + (0..<table.trust)).filter { $0 != place }
    }
    withheld = first
    uses = [Int32](repeating: 0, count: first.count * table.slots)
  }

  /// What is lost beyond what is withheld whatever it costs.
  var loss: Int {
    withheld.indices.reduce(0) { $0 + table.loss($1, withheld[$1], beside: first) }
  }

  mutating func run(_ tasks: [Task]) {
    for task in tasks { add(task) }
    for _ in 0..<(isThorough ? 4 : 1) {
      let before = loss
      for place in self.tasks.indices { renew(place) }
      if loss >= before { break }
    }
  }

  mutating func add(_ task: Task) {
    tasks.append(task)
    exchanges.append([])
    open.append([])
    renew(tasks.count - 1)
  }

  /// Looks for the exchanges of a task again, with what the others withhold.
  private mutating func renew(_ place: Int) {
    for exchange in exchanges[place] { count(exchange, -1) }
    let task = tasks[place]
    exchanges[place] = exchanges(for: task)
    open[place] = needed(for: task).filter { measure in
      !exchanges[place].contains { $0.serves(table.measures[measure]) }
    }
    for exchange in exchanges[place] { count(exchange, 1) }
  }

  private mutating func count(_ exchange: Exchange, _ change: Int32) {
    for part in exchange.parts {
      var periods = part.periods
      while periods != 0 {
        let slot = periods.trailingZeroBitCount
        periods &= periods - 1
        let place = part.cell * table.slots + slot
        uses[place] += change
        let bit: Slots = 1 << UInt16(slot)
        if uses[place] > 0 {
          withheld[part.cell] |= bit
        } else if first[part.cell] & bit == 0 {
          withheld[part.cell] &= ~bit
        }
      }
    }
  }

  private func needed(for task: Task) -> [Int] {
    table.measures.indices.filter { table.measures[$0].isThere[task.cell] >> UInt16(task.slot) & 1 == 1 }
  }

  /// The exchanges a task needs: one, unless some measure cannot be otherwise by it.
  private mutating func exchanges(for task: Task) -> [Exchange] {
    var needed = needed(for: task)
    var found: [Exchange] = []
    let own = table.trades.trades(of: task.cell)
    while !needed.isEmpty {
      var best = Best(needed: needed)
      look(for: task, own, shifts: table.shifts[task.slot], &best)
      // A group that is in no half-term has a year to date all of its own.
      if best.exchange == nil { look(for: task, own, shifts: [], &best) }
      guard let exchange = best.exchange else { break }
      found.append(exchange)
      needed = best.left
    }
    return found
  }

  /// The exchange found that loses least.
  struct Best {
    let needed: [Int]
    var loss = Int.max
    var exchange: Exchange?
    /// Measures the exchange does not serve.
    var left: [Int] = []

    /// Whether nothing can be better.
    var isFree: Bool { loss == 0 }

    init(needed: [Int]) { self.needed = needed }

    mutating func take(_ exchange: Exchange, loss: Int, _ table: ShareTable) {
      let left = needed.filter { !exchange.serves(table.measures[$0]) }
      // Each measure left takes another exchange: rather a row more.
      guard left.count < needed.count, loss + left.count * Best.penalty < self.loss else { return }
      self.loss = loss + left.count * Best.penalty
      self.exchange = exchange
      self.left = left
    }

    private static let penalty = 2_000
  }
}
