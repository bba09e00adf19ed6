extension UInt8 {
  package static let quote = UInt8(ascii: "\"")
  package static let comma = UInt8(ascii: ",")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  @inlinable @inline(__always) package var isBlank: Bool {
    self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A
  }

  /// A Boolean value that indicates whether the byte may be part of white space.
  @inlinable @inline(__always) var mayBeSpace: Bool { self <= 0x20 || self >= 0x80 }

  /// The value from 0 to 9, or `nil` if the byte is not a digit.
  @inlinable @inline(__always) package var digit: Int? {
    let value = self &- UInt8(ascii: "0")
    return value < 10 ? Int(value) : nil
  }

  @inlinable @inline(__always) package var uppercased: UInt8 {
    self >= 0x61 && self <= 0x7A ? self - 0x20 : self
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes without white space of any kind at either end: spaces, tabs, line ends, no-break spaces,
  /// spaces of no width and byte order marks.
  @inlinable @inline(__always) package var trimmed: UnsafeBufferPointer<UInt8> {
    guard let first = self.first, let last = self.last, first.mayBeSpace || last.mayBeSpace else {
      return self
    }
    return trimmedOfSpaces
  }

  @usableFromInline package var trimmedOfSpaces: UnsafeBufferPointer<UInt8> {
    var lower = 0
    var upper = count
    while lower < upper {
      let length = spaceLength(from: lower)
      guard length > 0 else { break }
      lower += length
    }
    while upper > lower {
      let length = spaceLength(before: upper, from: lower)
      guard length > 0 else { break }
      upper -= length
    }
    return UnsafeBufferPointer(rebasing: self[lower..<upper])
  }

  /// Returns the number of bytes of the space that starts at an index, or 0 if none does.
  package func spaceLength(from index: Int) -> Int {
    let byte = self[index]
    if byte.isBlank { return 1 }
    // A no-break space of Windows-1252: in UTF-8 no character starts with this byte.
    if byte == 0xA0 { return 1 }
    if byte == 0xC2, index + 1 < count, self[index + 1] == 0xA0 { return 2 }
    guard index + 2 < count else { return 0 }
    switch (byte, self[index + 1], self[index + 2]) {
    case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F...0xA4),
      (0xE3, 0x80, 0x80),
      (0xEF, 0xBB, 0xBF):
      return 3
    default: return 0
    }
  }

  private func spaceLength(before index: Int, from first: Int) -> Int {
    let byte = self[index - 1]
    if byte.isBlank { return 1 }
    guard byte >= 0x80 else { return 0 }
    if index - first >= 3, spaceLength(from: index - 3) == 3 { return 3 }
    if index - first >= 2, self[index - 2] == 0xC2, byte == 0xA0 { return 2 }
    return byte == 0xA0 && (index - first == 1 || self[index - 2] < 0x80) ? 1 : 0
  }

  /// A whole number such as `4512.0`, as in some workbooks, without its decimal; anything else
  /// unchanged.
  @inlinable @inline(__always) package var withoutDecimalZero: UnsafeBufferPointer<UInt8> {
    guard count > 2, self[count - 1] == UInt8(ascii: "0"), self[count - 2] == UInt8(ascii: "."),
      self[..<(count - 2)].allSatisfy({ $0.digit != nil })
    else { return self }
    return UnsafeBufferPointer(rebasing: self[..<(count - 2)])
  }

  /// A Boolean value that indicates whether the bytes are empty, or a word that exports write for an empty
  /// value: `NULL` (Arbor), `NA` (R, Go4Schools).
  package var isEmptyValue: Bool {
    switch count {
    case 0: true
    case 2: elementsEqual("NA".utf8)
    case 4: elementsEqual("NULL".utf8) || elementsEqual("null".utf8)
    default: false
    }
  }
}

extension String {
  /// The text in lower case, with only its ASCII letters and digits.
  package var reducedToLettersAndDigits: String {
    String(
      decoding: lowercased().utf8.filter {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
      }, as: UTF8.self)
  }
}

/// Bytes that grow at their end, at a stable address so that parsers can point into them.
struct ByteBuffer: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 4096) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  subscript(range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    (base + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte) }
  }

  mutating func truncate(to count: Int) { self.count = min(count, self.count) }

  private mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Returns whether the bytes are the text.
  @inline(__always) func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[index] != text.utf8Start[index] { return false }
    return true
  }
}

extension UInt8 {
  /// The value from 0 to 15, or `nil` if the byte is not a hexadecimal digit.
  var hexadecimalDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
