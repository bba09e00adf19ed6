/// A pseudorandom number generator that returns the same sequence for a seed on every machine.
///
/// Every draw uses integer arithmetic, because floating-point results can differ in the last bit between
/// machines. The algorithm is SplitMix64, from Steele, Lea and Flood, *Fast splittable pseudorandom number
/// generators* (2014).
struct SplitMix64: Sendable {
  private var state: UInt64

  /// The purpose of a sequence. A school or pupil has a separate sequence for each purpose.
  ///
  /// The raw values select the sequences, so a case that is moved changes the generated files.
  enum Purpose: Int {
    case transferringPupil, pupilDetails, quotas, marks, events, comments, rowErrors, illnessSubcodes
    /// Errors that only one export style has: corrupted weeks or a wrong percentage.
    case styleErrors
  }

  /// Creates the generator of one school, or of one pupil of it, for one purpose.
  ///
  /// Separate sequences keep the numbers of all other schools and pupils unchanged when one of them changes.
  init(seed: UInt64, school: Int, pupil: Int = -1, for purpose: Purpose, week: Int? = nil) {
    state = seed
    for key in [school, pupil, purpose.rawValue] { mix(in: key) }
    if let week { mix(in: week) }
  }

  private mutating func mix(in key: Int) {
    state = SplitMix64.mixed(state &+ SplitMix64.gamma &* UInt64(truncatingIfNeeded: key &+ 1))
  }

  private static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func next() -> UInt64 {
    state &+= SplitMix64.gamma
    return SplitMix64.mixed(state)
  }

  /// Returns an integer from 0 up to, but not including, `bound`, or 0 when `bound` is less than 1.
  mutating func integer(below bound: Int) -> Int {
    guard bound > 0 else { return 0 }
    return Int(truncatingIfNeeded: (next() >> 32 &* UInt64(bound)) >> 32)
  }

  mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + integer(below: range.upperBound - range.lowerBound + 1)
  }

  /// Returns `true` with a probability of `chances` in 100,000.
  mutating func bool(per100000 chances: Int) -> Bool { integer(below: 100_000) < chances }

  mutating func bool(percent: Int) -> Bool { integer(below: 100) < percent }

  /// Returns a random index into `weights`, with a probability proportional to the weight at that index.
  mutating func index(weights: [Int]) -> Int {
    var remainder = integer(below: weights.reduce(0, +))
    for (index, weight) in weights.enumerated() {
      if remainder < weight { return index }
      remainder -= weight
    }
    return 0
  }

  /// Returns a random element of `values`, which must not be empty.
  mutating func element<Value>(of values: [Value]) -> Value { values[integer(below: values.count)] }
}
