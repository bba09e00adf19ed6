import Registers

/// The probabilities of absence and lateness of one pupil, drawn once for the whole year.
///
/// All probabilities are chances in 100,000.
struct AbsencePropensity: Sendable {
  /// The probability that illness begins on a day.
  let illness: Int
  /// The probability that a spell of absence other than ordinary illness begins on a day.
  let spell: Int
  /// The probability that such a spell continues for another day.
  let spellContinuation: Int
  /// The probability of lateness on a morning.
  let lateness: Int

  init(of pupil: SamplePupil, rates: PhaseRates, using random: inout SplitMix64) {
    let risk = pupil.absenceRisk
    var pattern = AttendancePattern(risk: risk, rates: rates, using: &random)
    // Most schools have few looked-after pupils. With a single draw, many would have none with high absence.
    if pupil.lookedAfter == .yes {
      pattern = max(pattern, AttendancePattern(risk: risk, rates: rates, using: &random))
    }
    let illnessPercent = random.integer(in: 40...160)
    // The risk also has a small effect within each pattern, not only on the choice of pattern.
    let riskPercent = 75 + risk / 3
    illness = rates.illness * illnessPercent / 100 * pattern.illnessPercent / 100 * riskPercent / 100
    spell =
      pattern.spell * rates.spellPercent / 100 * random.integer(in: 60...140) / 100 * riskPercent / 100
    spellContinuation = pattern.spellContinuation
    let latenessPercent = [25, 200, 650][random.index(weights: [72, 20, 8])]
    lateness = min(60_000, rates.lateness * latenessPercent * (100 + risk) / 20_000)
  }

  /// A category of attendance. A small number of pupils cause most of the absence.
  private enum AttendancePattern: Int, Comparable {
    case regular, occasional, persistent, severe

    init(risk: Int, rates: PhaseRates, using random: inout SplitMix64) {
      let weights = rates.patternWeights.map { min(600, $0 * risk / 100) }
      let regularWeight = max(60, 1000 - weights.reduce(0, +))
      self = AttendancePattern(rawValue: random.index(weights: [regularWeight] + weights)) ?? .regular
    }

    static func < (left: AttendancePattern, right: AttendancePattern) -> Bool {
      left.rawValue < right.rawValue
    }

    /// The probability of illness, as a percentage of the average.
    var illnessPercent: Int {
      switch self {
      case .regular: 75
      case .occasional: 165
      case .persistent: 270
      case .severe: 160
      }
    }

    var spell: Int {
      switch self {
      case .regular: 120
      case .occasional: 1100
      case .persistent: 5600
      case .severe: 17_000
      }
    }

    var spellContinuation: Int {
      switch self {
      case .regular: 15_000
      case .occasional: 30_000
      case .persistent: 48_000
      case .severe: 86_000
      }
    }
  }
}

/// The frequencies of events in schools of a phase.
///
/// The frequencies are chances in 100,000 unless the name ends in `Percent`. They were adjusted until the
/// share of each code was close to the national figure in DfE, *Pupil attendance in schools*, 2025/26.
struct PhaseRates: Sendable {
  /// The probability that illness begins on a day, for an average pupil.
  let illness: Int
  /// The probability of spells of absence, as a percentage of the average over phases.
  let spellPercent: Int
  /// The numbers of pupils with occasional, persistent and severe absence per thousand of average risk.
  let patternWeights: [Int]
  /// The probability of a medical or dental appointment on a day.
  let medicalAppointment: Int
  /// The probability of lateness on a morning, for an average pupil.
  let lateness: Int
  /// The percentage of late pupils who arrive after the register closes.
  let lateAfterClosePercent: Int
  /// The probability of an unauthorised holiday at the end of a half-term.
  let holiday: Int
  /// The probability that leave in exceptional circumstances begins on a day.
  let exceptionalLeave: Int
  /// The percentage of late marks with minutes recorded.
  let minutesRecordedPercent: Int
  /// The percentage of spells of absence that are recorded as illness.
  let spellAsIllnessPercent: Int

  static func of(_ phase: School.Phase) -> PhaseRates {
    switch phase {
    case .primary:
      PhaseRates(
        illness: 850, spellPercent: 80, patternWeights: [215, 72, 6], medicalAppointment: 520,
        lateness: 2000, lateAfterClosePercent: 13, holiday: 2300, exceptionalLeave: 200,
        minutesRecordedPercent: 86, spellAsIllnessPercent: 35)
    case .secondary:
      PhaseRates(
        illness: 1010, spellPercent: 122, patternWeights: [165, 80, 17], medicalAppointment: 720,
        lateness: 4900, lateAfterClosePercent: 10, holiday: 1300, exceptionalLeave: 230,
        minutesRecordedPercent: 76, spellAsIllnessPercent: 22)
    case .special:
      PhaseRates(
        illness: 850, spellPercent: 78, patternWeights: [110, 82, 9], medicalAppointment: 1900,
        lateness: 1500, lateAfterClosePercent: 25, holiday: 1700, exceptionalLeave: 900,
        minutesRecordedPercent: 91, spellAsIllnessPercent: 40)
    case .alternative:
      PhaseRates(
        illness: 1300, spellPercent: 155, patternWeights: [240, 250, 105], medicalAppointment: 900,
        lateness: 12_000, lateAfterClosePercent: 32, holiday: 900, exceptionalLeave: 400,
        minutesRecordedPercent: 64, spellAsIllnessPercent: 16)
    }
  }
}
