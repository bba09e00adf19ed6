import Registers

/// How one pupil tends to attend, drawn once and followed through the year.
struct Tendency: Sendable {
  /// Illness that begins on a day. Unit: chances in 100,000.
  let illness: Int
  /// Absence without leave that begins on a day. Unit: chances in 100,000.
  let spell: Int
  /// Whether such an absence goes on for another day. Unit: chances in 100,000.
  let spellGoesOn: Int
  /// Lateness on a morning. Unit: chances in 100,000.
  let late: Int

  init(of pupil: SamplePupil, rates: PhaseRates, from stream: inout SplitMix64) {
    let risk = pupil.risk
    var attender = Attender(risk: risk, rates: rates, from: &stream)
    // Schools of a few looked-after pupils would else often have none who is absent much.
    if pupil.lookedAfter == .yes {
      attender = max(attender, Attender(risk: risk, rates: rates, from: &stream))
    }
    let frailty = stream.within(40...160)
    // Risk shows a little in everyone, and not only in how many are persistently absent.
    let everyday = 75 + risk / 3
    illness = rates.illness * frailty / 100 * attender.illness / 100 * everyday / 100
    spell = attender.spell * rates.unauthorised / 100 * stream.within(60...140) / 100 * everyday / 100
    spellGoesOn = attender.spellGoesOn
    let lateness = [25, 200, 650][stream.weighted([72, 20, 8])]
    late = min(60_000, rates.late * lateness * (100 + risk) / 20_000)
  }

  /// What sort of attender a pupil is; most absence comes from few pupils.
  private enum Attender: Int, Comparable {
    case steady, occasional, persistent, severe

    init(risk: Int, rates: PhaseRates, from stream: inout SplitMix64) {
      let weights = rates.attenders.map { min(600, $0 * risk / 100) }
      let others = max(60, 1000 - weights.reduce(0, +))
      switch stream.weighted([others] + weights) {
      case 1: self = .occasional
      case 2: self = .persistent
      case 3: self = .severe
      default: self = .steady
      }
    }

    static func < (left: Attender, right: Attender) -> Bool { left.rawValue < right.rawValue }

    /// Unit: per cent of what is usual.
    var illness: Int {
      switch self {
      case .steady: 75
      case .occasional: 165
      case .persistent: 270
      case .severe: 160
      }
    }

    /// Unit: chances in 100,000 on a day.
    var spell: Int {
      switch self {
      case .steady: 120
      case .occasional: 1100
      case .persistent: 5600
      case .severe: 17_000
      }
    }

    /// Unit: chances in 100,000 on a day.
    var spellGoesOn: Int {
      switch self {
      case .steady: 15_000
      case .occasional: 30_000
      case .persistent: 48_000
      case .severe: 86_000
      }
    }
  }
}
