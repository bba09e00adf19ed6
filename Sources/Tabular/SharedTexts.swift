/// The shared strings of a workbook, which its cells refer to by number.
final class SharedTexts: XMLHandler {
  private var texts = ByteBuffer(capacity: 1 << 16)
  /// The end of each text, which is the start of the next.
  private var ends: [Int32] = []
  private var start = 0
  private var isInRun = false
  private var isCollecting = false

  /// The maximum number of bytes. Names and marks repeat, so that a whole school needs about 100 KB.
  static let maxBytes = 64 << 20
  private static let maxTexts = 8 << 20

  var bytes: UnsafeBufferPointer<UInt8> { texts.bytes }

  /// Returns the range of a text, or `nil` if the workbook has no text of that number.
  @inline(__always) func range(of number: Int) -> Range<Int>? {
    guard ends.indices.contains(number) else { return nil }
    return (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    switch depth {
    case 2: start = texts.count
    case 3:
      isInRun = name.bytes.equals("r")
      isCollecting = name.bytes.equals("t")
    // Phonetic runs (`rPh`) repeat the text as it is spoken, so only those of `r` count.
    case 4: isCollecting = isInRun && name.bytes.equals("t")
    default: break
    }
  }

  override func end(_ name: XMLName) {
    switch depth {
    case 2 where name.bytes.equals("si"): finish()
    case 3, 4: isCollecting = false
    default: break
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isCollecting else { return }
    texts.append(bytes)
    if texts.count - start > SheetCells.maxTextLength { return refuse("it has \(SheetCells.tooLong)") }
    if texts.count > SharedTexts.maxBytes { refuse("its texts take more than 64 MB") }
  }

  private func finish() {
    EscapedText.decode(&texts, from: start)
    let text = UnsafeBufferPointer(rebasing: texts.bytes[start...])
    if SheetCells.isTooLong(text) { return refuse("it has \(SheetCells.tooLong)") }
    ends.append(Int32(texts.count))
    if ends.count > SharedTexts.maxTexts { refuse("it has more than \(SharedTexts.maxTexts) texts") }
  }
}

/// Characters that workbooks write as `_x000D_`, because XML cannot contain them.
///
/// Source: ECMA-376, part 1, 22.9.2.19 (ST_Xstring).
enum EscapedText {
  /// Decodes the bytes from `start` to the end in place.
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
    text.truncate(to: written)
  }

  private static let escapeLength = 7

  private static func firstEscape(_ text: borrowing ByteBuffer, from start: Int) -> Int? {
    var index = start
    while index + escapeLength <= text.count {
      if text.base[index] == UInt8(ascii: "_"), unit(text, at: index) != nil { return index }
      index += 1
    }
    return nil
  }

  private static func unit(_ text: borrowing ByteBuffer, at index: Int) -> UInt16? {
    guard index + escapeLength <= text.count, text.base[index] == UInt8(ascii: "_"),
      text.base[index + 1] == UInt8(ascii: "x"), text.base[index + 6] == UInt8(ascii: "_")
    else { return nil }
    var value: UInt16 = 0
    for digit in index + 2..<index + 6 {
      guard let nibble = text.base[digit].hexadecimalDigit else { return nil }
      value = value << 4 | UInt16(nibble)
    }
    return value
  }
}
