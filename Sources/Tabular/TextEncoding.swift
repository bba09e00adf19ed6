/// A decoder of fields: UTF-8 if the bytes are valid, else Windows-1252.
///
/// Each field is decoded by itself, since some trusts' exports mix the two in one report.
package enum TextEncoding {
  package static func text(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(scalar(of: byte)) }
    return String(text)
  }

  /// The number of bytes that are enough for the name of a column and for what is around it.
  private static let headLength = 1 << 10

  /// Returns the beginning of a text, for the rows in which the header is looked for.
  static func head(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    text(of: UnsafeBufferPointer(rebasing: bytes.prefix(headLength)))
  }

  /// Returns the beginning of a text, for the rows in which the header is looked for.
  static func head(of text: String) -> String {
    text.utf8.count <= headLength ? text : String(text.prefix(headLength))
  }

  private static func scalar(of byte: UInt8) -> Unicode.Scalar {
    guard 0x80...0x9F ~= byte else { return Unicode.Scalar(byte) }
    return Unicode.Scalar(upperControls[Int(byte - 0x80)]) ?? "\u{FFFD}"
  }

  /// The characters of Windows-1252 from 0x80 to 0x9F; the others are as in Unicode.
  /// Source: the WHATWG Encoding Standard.
  private static let upperControls: [UInt32] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
  ]
}

/// A converter of text to UTF-8 without a byte order mark, from UTF-8 or UTF-16.
enum UTF8Feed {
  static func read(_ read: @escaping ByteFeed.Read) throws(TableFailure) -> ByteFeed.Read {
    var opening: [UInt8] = []
    while opening.count < 4, try addPiece(read, to: &opening) {}
    if opening.starts(with: [0xEF, 0xBB, 0xBF]) { return prefixed(Array(opening.dropFirst(3)), read) }
    let isLittleEndian = opening.starts(with: [0xFF, 0xFE])
    if isLittleEndian || opening.starts(with: [0xFE, 0xFF]) {
      return decoded(Array(opening.dropFirst(2)), read, isLittleEndian: isLittleEndian)
    }
    // Without a byte order mark, UTF-16 is recognised by the zeros in its first letters.
    if opening.count > 1, (opening[0] == 0) != (opening[1] == 0) {
      return decoded(opening, read, isLittleEndian: opening[1] == 0)
    }
    return prefixed(opening, read)
  }

  /// Returns a reader of the bytes that were read ahead and then of the rest.
  static func prefixed(_ opening: [UInt8], _ read: @escaping ByteFeed.Read) -> ByteFeed.Read {
    var index = 0
    return { (buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int in
      guard index < opening.count else { return try read(buffer) }
      let count = min(buffer.count, opening.count - index)
      buffer.copyBytes(from: opening[index..<(index + count)])
      index += count
      return count
    }
  }

  private static func addPiece(_ read: ByteFeed.Read, to bytes: inout [UInt8]) throws(TableFailure) -> Bool {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1024, alignment: 16)
    defer { piece.deallocate() }
    let count = try read(piece)
    bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[..<count]))
    return count > 0
  }

  private static func decoded(
    _ opening: [UInt8], _ read: @escaping ByteFeed.Read, isLittleEndian: Bool
  ) -> ByteFeed.Read {
    let source = prefixed(opening, read)
    var pending: [UInt8] = []
    var index = 0
    var decoder = UnitDecoder(isLittleEndian: isLittleEndian)
    return { (buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int in
      while index == pending.count {
        index = 0
        var bytes: [UInt8] = []
        let isMore = try addPiece(source, to: &bytes)
        pending = decoder.decode(bytes, isLast: !isMore)
        if !isMore, pending.isEmpty { return 0 }
      }
      let count = min(buffer.count, pending.count - index)
      buffer.copyBytes(from: pending[index..<(index + count)])
      index += count
      return count
    }
  }

  /// A decoder of UTF-16 whose byte pairs and surrogate pairs may be split between pieces.
  private struct UnitDecoder {
    let isLittleEndian: Bool
    private var half: UInt8?
    private var lead: UInt16?

    init(isLittleEndian: Bool) { self.isLittleEndian = isLittleEndian }

    mutating func decode(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
      var units: [UInt16] = lead.map { [$0] } ?? []
      lead = nil
      for byte in bytes {
        guard let first = half else {
          half = byte
          continue
        }
        units.append(isLittleEndian ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte))
        half = nil
      }
      if isLast {
        if half != nil { units.append(0xFFFD) }
        half = nil
      } else if let last = units.last, UTF16.isLeadSurrogate(last) {
        lead = units.removeLast()
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    }
  }
}
