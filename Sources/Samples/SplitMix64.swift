/// A stream of random numbers that is the same for a seed on every machine.
///
/// All draws are integer arithmetic: a floating-point draw could differ by a bit between machines.
/// Source: SplitMix64, Steele, Lea and Flood, *Fast splittable pseudorandom number generators* (2014).
struct SplitMix64: Sendable {
  private var state: UInt64

  /// The stream of a seed for one purpose, named by keys such as the school's and the pupil's number, so that a
  /// change to one school or pupil leaves the numbers of all others alone.
  init(seed: UInt64, _ keys: Int...) {
    state = seed
    for key in keys {
      state = SplitMix64.mixed(state &+ SplitMix64.gamma &* UInt64(truncatingIfNeeded: key &+ 1))
    }
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

  /// A number from 0 up to, but not including, the bound; 0 for a bound below 1.
  mutating func below(_ bound: Int) -> Int {
    guard bound > 0 else { return 0 }
    return Int(truncatingIfNeeded: (next() >> 32 &* UInt64(bound)) >> 32)
  }

  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// Whether something with this chance happens. Unit: chances in 100,000.
  mutating func chance(_ inHundredThousand: Int) -> Bool { below(100_000) < inHundredThousand }

  mutating func percent(_ chance: Int) -> Bool { below(100) < chance }

  /// The position of one of the weights, each as likely as it is heavy.
  mutating func weighted(_ weights: [Int]) -> Int {
    var left = below(weights.reduce(0, +))
    for (position, weight) in weights.enumerated() {
      if left < weight { return position }
      left -= weight
    }
    return 0
  }

  /// One of the values; the list may not be empty.
  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}
