/// Characters that workbooks write as `_x000D_`, since XML cannot hold them.
///
/// Source: ECMA-376, part 1, 22.9.2.19 (ST_Xstring).
enum EscapedText {
  /// Decodes in place what lies from `start` to the end.
  static func decode(_ text: inout ByteBuffer, from start: Int) {
    guard firstEscape(text, from: start) != nil else { return }
    var read = start
    var written = start
    while read < text.count {
      guard let unit = unit(text, at: read) else {
        text.base[written] = text.base[read]
        read += 1
        written += 1
        continue
      }
      read += escapeLength
      var scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
      if UTF16.isLeadSurrogate(unit), let trail = self.unit(text, at: read), UTF16.isTrailSurrogate(trail) {
        read += escapeLength
        scalar = UTF16.decode(UTF16.EncodedScalar([unit, trail]))
      }
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        text.base[written] = byte
        written += 1
      }
    }
    text.cut(to: written)
  }

  private static let escapeLength = 7

  private static func firstEscape(_ text: borrowing ByteBuffer, from start: Int) -> Int? {
    var place = start
    while place + escapeLength <= text.count {
      if text.base[place] == UInt8(ascii: "_"), unit(text, at: place) != nil { return place }
      place += 1
    }
    return nil
  }

  private static func unit(_ text: borrowing ByteBuffer, at place: Int) -> UInt16? {
    guard place + escapeLength <= text.count, text.base[place] == UInt8(ascii: "_"),
      text.base[place + 1] == UInt8(ascii: "x"), text.base[place + 6] == UInt8(ascii: "_")
    else { return nil }
    var value: UInt16 = 0
    for digit in place + 2..<place + 6 {
      guard let nibble = text.base[digit].hexadecimalDigit else { return nil }
      value = value << 4 | UInt16(nibble)
    }
    return value
  }
}
