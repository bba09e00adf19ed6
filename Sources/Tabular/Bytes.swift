extension UInt8 {
  package static let quote = UInt8(ascii: "\"")
  package static let comma = UInt8(ascii: ",")
  package static let newline = UInt8(ascii: "\n")
  package static let carriageReturn = UInt8(ascii: "\r")

  @inline(__always) package var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A }

  /// 0 to 9. Missing: nil when the byte is no digit.
  @inline(__always) package var digit: Int? {
    let value = self &- UInt8(ascii: "0")
    return value < 10 ? Int(value) : nil
  }

  @inline(__always) package var uppercased: UInt8 { self >= 0x61 && self <= 0x7A ? self - 0x20 : self }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes without white space around them.
  @inline(__always) package var trimmed: UnsafeBufferPointer<UInt8> {
    guard let first = self.first, let last = self.last, first.isBlank || last.isBlank else { return self }
    var lower = 0
    var upper = count
    while lower < upper, self[lower].isBlank { lower += 1 }
    while upper > lower, self[upper - 1].isBlank { upper -= 1 }
    return UnsafeBufferPointer(rebasing: self[lower..<upper])
  }

  /// A whole number as some workbooks hold it, `4512.0`, without its decimal; anything else as it is.
  @inline(__always) package var withoutDecimalZero: UnsafeBufferPointer<UInt8> {
    guard count > 2, self[count - 1] == UInt8(ascii: "0"), self[count - 2] == UInt8(ascii: "."),
      self[..<(count - 2)].allSatisfy({ $0.digit != nil })
    else { return self }
    return UnsafeBufferPointer(rebasing: self[..<(count - 2)])
  }

  /// Whether the bytes are empty, or one of the words exports write for nothing: `NULL` (Arbor), `NA` (R, Go4Schools).
  package var saysNothing: Bool {
    switch count {
    case 0: true
    case 2: elementsEqual("NA".utf8)
    case 4: elementsEqual("NULL".utf8) || elementsEqual("null".utf8)
    default: false
    }
  }
}

extension String {
  /// The text in lower case with nothing but letters and digits of ASCII.
  package var reducedToLettersAndDigits: String {
    String(
      decoding: lowercased().utf8.filter {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
      }, as: UTF8.self)
  }
}
