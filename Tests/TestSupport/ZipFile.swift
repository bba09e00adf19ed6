/// A zip file written byte by byte, so that odd and broken ones can be written too.
package struct ZipFile: Sendable {
  package struct Part: Sendable {
    package var name: String
    /// The bytes as stored in the file.
    package var bytes: [UInt8]
    /// 0 stored, 8 deflated.
    package var method: UInt16 = 0
    package var flags: UInt16 = 0
    package var sum: UInt32
    package var size: Int

    package init(_ name: String, _ bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
      sum = ZipFile.sum(bytes)
      size = bytes.count
    }

    package init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
  }

  package var parts: [Part]

  package init(parts: [Part] = []) { self.parts = parts }

  package subscript(name: String) -> Part? {
    get { parts.first { $0.name == name } }
    set {
      parts.removeAll { $0.name == name }
      if let newValue { parts.append(newValue) }
    }
  }

  package var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let start = file.count
      let common =
        two(20) + two(part.flags) + two(part.method) + two(0) + two(0x21) + four(part.sum)
        + four(UInt32(part.bytes.count)) + four(UInt32(part.size)) + two(UInt16(part.name.utf8.count))
        + two(0)
      file += four(0x0403_4B50) + common + Array(part.name.utf8) + part.bytes
      directory += four(0x0201_4B50) + two(20) + common + two(0) + two(0) + two(0) + four(0)
      directory += four(UInt32(start)) + Array(part.name.utf8)
    }
    let count = UInt16(parts.count)
    let ending =
      four(0x0605_4B50) + two(0) + two(0) + two(count) + two(count) + four(UInt32(directory.count))
      + four(UInt32(file.count)) + two(0)
    return file + directory + ending
  }

  private func two(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }
  private func four(_ value: UInt32) -> [UInt8] {
    two(UInt16(value & 0xFFFF)) + two(UInt16(value >> 16))
  }

  /// The CRC-32 of zip files.
  package static func sum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}

/// Spaces with maximum deflate compression, 258 of them in two bits, after some bytes as they are.
package enum DeflatedSpaces {
  package static func bytes(after opening: String, runs: Int) -> [UInt8] {
    let count = UInt8(opening.utf8.count)
    var bits = Bits(bytes: [0, count, 0, ~count, 0xFF] + Array(opening.utf8))
    bits.add(0b101, 3)  // the last block, with codes of its own
    bits.add(29, 5)
    bits.add(0, 5)
    bits.add(14, 4)
    // Lengths of the codes of lengths, in their odd order: 18 has one bit, 2 and 1 have two.
    for length in [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2] { bits.add(length, 3) }
    func zeros(_ count: Int) {
      bits.add(0, 1)
      bits.add(count - 11, 7)
    }
    let one = (0b01, 2)
    let two = (0b11, 2)
    zeros(32)
    bits.add(two.0, two.1)  // a space: two bits
    zeros(138)
    zeros(85)
    bits.add(two.0, two.1)  // the end: two bits
    zeros(28)
    bits.add(one.0, one.1)  // 258 bytes again: one bit
    bits.add(one.0, one.1)  // from one byte back: one bit
    bits.add(0b01, 2)
    for _ in 0..<runs { bits.add(0, 2) }
    bits.add(0b11, 2)
    return bits.bytes
  }

  private struct Bits {
    var bytes: [UInt8]
    private var used = 8

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func add(_ value: Int, _ count: Int) {
      for bit in 0..<count {
        if used == 8 {
          bytes.append(0)
          used = 0
        }
        bytes[bytes.count - 1] |= UInt8(value >> bit & 1) << used
        used += 1
      }
    }
  }
}
