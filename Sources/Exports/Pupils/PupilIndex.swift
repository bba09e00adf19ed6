import Tabular

/// An identifier as a number, which can be compared and found without a `String`.
///
/// Up to 15 bytes are the number itself; longer identifiers are hashed to 120 bits. Case is ignored.
struct PupilKey: Hashable {
  let number: UInt128

  /// Returns `nil` if the identifier is empty.
  init?(_ bytes: some Collection<UInt8>) {
    guard !bytes.isEmpty else { return nil }
    var number: UInt128 = 0
    if bytes.count <= 15 {
      for byte in bytes { number = number << 8 | UInt128(byte.uppercased) }
      self.number = number << 8 | UInt128(bytes.count)
    } else {
      // This is FNV-1a with its parameters for 128 bits.
      number = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
      for byte in bytes {
        number = (number ^ UInt128(byte.uppercased)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B
      }
      self.number = number | 0xFF
    }
  }

  /// Makes a key of a number whose leading zeros a spreadsheet may have removed.
  init?(withoutLeadingZeros bytes: some Collection<UInt8>) {
    let digits = bytes.drop { $0 == UInt8(ascii: "0") }
    self.init(digits.isEmpty ? bytes.prefix(1) : digits)
  }
}

/// The pupils of a school by one of their identifiers, in a hash table with open addressing.
struct PupilIndex {
  private var keys: [UInt128] = Array(repeating: 0, count: 64)
  private var pupils: [Int32] = Array(repeating: -1, count: 64)
  private var count = 0

  subscript(key: PupilKey) -> Int? {
    var index = slot(key.number)
    while keys[index] != 0 {
      if keys[index] == key.number { return Int(pupils[index]) }
      index = (index + 1) & (keys.count - 1)
    }
    return nil
  }

  /// Adds a pupil. Returns `false` if the identifier already has a pupil, who keeps it.
  @discardableResult
  mutating func add(_ key: PupilKey, pupil: Int) -> Bool {
    if self[key] != nil { return false }
    if 2 * count >= keys.count { grow() }
    put(key.number, Int32(pupil))
    count += 1
    return true
  }

  private mutating func put(_ number: UInt128, _ pupil: Int32) {
    var index = slot(number)
    while keys[index] != 0 { index = (index + 1) & (keys.count - 1) }
    keys[index] = number
    pupils[index] = pupil
  }

  private mutating func grow() {
    let old = zip(keys, pupils).filter { $0.0 != 0 }
    let size = keys.count * 2
    keys = Array(repeating: 0, count: size)
    pupils = Array(repeating: -1, count: size)
    for (number, pupil) in old { put(number, pupil) }
  }

  private func slot(_ number: UInt128) -> Int {
    let folded =
      UInt64(truncatingIfNeeded: number) ^ UInt64(truncatingIfNeeded: number >> 64) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (folded &* 0xBF58_476D_1CE4_E5B9) >> 33) & (keys.count - 1)
  }
}
