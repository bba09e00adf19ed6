/// A set of periods, a bit for each.
typealias Slots = UInt16

/// The cells of a topic over the places of a trust and its groups, in several periods, with what is known of them.
struct ShareTable {
  /// A kind of count in the cells, such as sessions present.
  struct Measure {
    /// Whether its half-terms add up to the year to date.
    let addsUp: Bool
    /// By cell: in which periods it could be one less, or one more, than it is.
    var canFall: [Slots]
    var canRise: [Slots]
    /// By cell: in which periods it is more than 0. What is 0 is not kept secret.
    var isThere: [Slots]
  }

  /// Periods between which a count may move, so that the year to date stays: from one half-term to another, or in one half-term
  /// and in the year to date at once.
  struct Shift {
    let slot: Int
    /// 1 where the other period changes the same way, -1 where it changes the other way.
    let sign: Int
  }

  /// The schools, and last the trust.
  let places: Int
  let groups: Int
  let sums: [Trades.Sum]
  let trades: Trades
  /// The group of all pupils. Missing: nil where the table has no such group.
  let total: Int?
  let slots: Int
  /// By period. Missing: empty where the periods have nothing to do with each other.
  let shifts: [[Shift]]
  var exists: [Slots]
  /// By cell and period: what a board loses with it. Missing: `forbidden` for what is never withheld for others.
  var weights: [Int]
  /// The first counts pupils.
  var measures: [Measure]
  /// By cell and period; unit: pupils.
  var pupils: [Int]

  init(
    places: Int, groups: Int, sums: [Trades.Sum], trades: Trades, total: Int? = nil, slots: Int,
    shifts: [[Shift]], exists: [Slots], weights: [Int] = [], measures: [Measure] = [], pupils: [Int] = []
  ) {
    (self.places, self.groups, self.sums, self.total) = (places, groups, sums, total)
    (self.slots, self.shifts, self.trades) = (slots, shifts, trades)
    (self.exists, self.weights, self.measures, self.pupils) = (exists, weights, measures, pupils)
  }

  static let forbidden = 1 << 40

  var trust: Int { places - 1 }
  func cell(_ place: Int, _ group: Int) -> Int { place * groups + group }

  /// What is lost besides what is withheld already.
  func loss(_ cell: Int, _ periods: Slots, beside withheld: [Slots]) -> Int {
    var more = periods & ~withheld[cell]
    var loss = 0
    while more != 0 {
      loss += weights[cell * slots + more.trailingZeroBitCount]
      more &= more - 1
    }
    return loss
  }

  /// The shifts between the year to date, which comes first, and its half-terms.
  static func shifts(of slots: Int) -> [[Shift]] {
    (0..<slots).map { slot in
      (0..<slots).filter { $0 != slot }.map { Shift(slot: $0, sign: slot == 0 || $0 == 0 ? 1 : -1) }
    }
  }
}

/// Withheld counts that could be otherwise while every figure shown stays: proof that none of them can be worked out.
struct Exchange {
  struct Part {
    let cell: Int
    /// The periods in which it is one more, and those in which it is one less; or the other way round.
    let gains: Slots
    let loses: Slots

    var periods: Slots { gains | loses }
  }

  let parts: [Part]
  /// The period it is looked for.
  let slot: Int

  /// Whether a measure could be otherwise by it: no count of pupils or sessions is below 0.
  func serves(_ measure: ShareTable.Measure) -> Bool {
    let periods: Slots = measure.addsUp ? .max : 1 << UInt16(slot)
    var (there, back) = (true, true)
    for part in parts {
      let (up, down) = (part.gains & periods, part.loses & periods)
      let (rise, fall) = (measure.canRise[part.cell], measure.canFall[part.cell])
      if up & ~rise != 0 || down & ~fall != 0 { there = false }
      if up & ~fall != 0 || down & ~rise != 0 { back = false }
    }
    return there || back
  }

  /// By how much the cells of a set come to more in the period; 0 where they give to each other only.
  func change(of isIn: [Bool]) -> Int {
    let bit: Slots = 1 << UInt16(slot)
    return parts.reduce(0) { sum, part in
      isIn[part.cell] ? sum + (part.gains & bit != 0 ? 1 : 0) - (part.loses & bit != 0 ? 1 : 0) : sum
    }
  }
}
