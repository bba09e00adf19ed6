extension UInt8 {
  package static let quote = UInt8(ascii: "\"")
  package static let comma = UInt8(ascii: ",")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  @inlinable @inline(__always) package var isBlank: Bool {
    self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A
  }

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
  /// The bytes without white space at either end.
  @inlinable @inline(__always) package var trimmed: UnsafeBufferPointer<UInt8> {
    guard let first = self.first, let last = self.last, first.isBlank || last.isBlank else { return self }
    var lower = 0
    var upper = count
    while lower < upper, self[lower].isBlank { lower += 1 }
    while upper > lower, self[upper - 1].isBlank { upper -= 1 }
    return UnsafeBufferPointer(rebasing: self[lower..<upper])
  }

  /// A whole number such as `4512.0`, as some workbooks hold it, without its decimal; anything else
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
