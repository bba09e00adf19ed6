/// Turns text in UTF-16 into UTF-8 while it is read.
final class UTF16Feed {
  private let read: ByteFeed.Read
  private let isBigEndian: Bool
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 15, alignment: 8)
  /// Bytes read and not yet decoded: half a character.
  private var held: [UInt8] = []
  /// Bytes decoded and not yet given.
  private var output: [UInt8] = []
  private var given = 0
  private var isAtEnd = false

  private init(_ read: @escaping ByteFeed.Read, isBigEndian: Bool) {
    self.read = read
    self.isBigEndian = isBigEndian
  }

  deinit { input.deallocate() }

  static func decoding(_ read: @escaping ByteFeed.Read, isBigEndian: Bool) -> ByteFeed.Read {
    let feed = UTF16Feed(read, isBigEndian: isBigEndian)
    return { (buffer: UnsafeMutableRawBufferPointer) throws(ExportFailure) -> Int in try feed.fill(buffer) }
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(ExportFailure) -> Int {
    while given == output.count, !isAtEnd { try decodeMore() }
    let count = min(buffer.count, output.count - given)
    buffer.copyBytes(from: output[given..<(given + count)])
    given += count
    return count
  }

  private func decodeMore() throws(ExportFailure) {
    let count = try read(input)
    isAtEnd = count == 0
    held.append(contentsOf: input[..<count])
    var units: [UInt16] = []
    for place in stride(from: 0, to: held.count - 1, by: 2) {
      let (first, second) = (UInt16(held[place]), UInt16(held[place + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
    }
    // A character of two units may lie across two pieces.
    if !isAtEnd, let last = units.last, UTF16.isLeadSurrogate(last) { units.removeLast() }
    held.removeFirst(isAtEnd ? held.count : units.count * 2)
    if units.first == 0xFEFF, given == 0, output.isEmpty { units.removeFirst() }
    output = Array(String(decoding: units, as: UTF16.self).utf8)
    given = 0
  }
}
