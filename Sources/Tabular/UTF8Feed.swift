/// Turns the bytes of a text into UTF-8 without a byte order mark: from UTF-8 as they are, from UTF-16 by
/// decoding.
package enum UTF8Feed {
  package static func read(_ read: @escaping ByteFeed.Read) throws(TableFailure) -> ByteFeed.Read {
    var opening: [UInt8] = []
    while opening.count < 4, try addPiece(read, to: &opening) {}
    if opening.starts(with: [0xEF, 0xBB, 0xBF]) { return prefixed(Array(opening.dropFirst(3)), read) }
    let lowFirst = opening.starts(with: [0xFF, 0xFE])
    if lowFirst || opening.starts(with: [0xFE, 0xFF]) {
      return decoded(Array(opening.dropFirst(2)), read, isLowFirst: lowFirst)
    }
    // Without a mark, UTF-16 shows by the zeros of its first letters.
    if opening.count > 1, (opening[0] == 0) != (opening[1] == 0) {
      return decoded(opening, read, isLowFirst: opening[1] == 0)
    }
    return prefixed(opening, read)
  }

  /// The bytes that were read ahead, then the rest.
  package static func prefixed(_ opening: [UInt8], _ read: @escaping ByteFeed.Read) -> ByteFeed.Read {
    var place = 0
    return { (buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int in
      guard place < opening.count else { return try read(buffer) }
      let count = min(buffer.count, opening.count - place)
      buffer.copyBytes(from: opening[place..<(place + count)])
      place += count
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
    _ opening: [UInt8], _ read: @escaping ByteFeed.Read, isLowFirst: Bool
  ) -> ByteFeed.Read {
    let source = prefixed(opening, read)
    var pending: [UInt8] = []
    var place = 0
    var decoder = UnitDecoder(isLowFirst: isLowFirst)
    return { (buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int in
      while place == pending.count {
        place = 0
        var bytes: [UInt8] = []
        let isMore = try addPiece(source, to: &bytes)
        pending = decoder.decode(bytes, isLast: !isMore)
        if !isMore, pending.isEmpty { return 0 }
      }
      let count = min(buffer.count, pending.count - place)
      buffer.copyBytes(from: pending[place..<(place + count)])
      place += count
      return count
    }
  }

  /// Decodes UTF-16 whose pairs of bytes and of surrogates may be split between pieces.
  private struct UnitDecoder {
    let isLowFirst: Bool
    private var half: UInt8?
    private var lead: UInt16?

    init(isLowFirst: Bool) { self.isLowFirst = isLowFirst }

    mutating func decode(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
      var units: [UInt16] = lead.map { [$0] } ?? []
      lead = nil
      for byte in bytes {
        guard let first = half else {
          half = byte
          continue
        }
        units.append(isLowFirst ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte))
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
