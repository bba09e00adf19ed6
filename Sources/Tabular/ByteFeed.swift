/// The bytes of a file, a piece at a time, in a buffer that moves along.
///
/// It reads rather than maps: a file that is cut short while it is read ends early, and does not end the program.
package struct ByteFeed: ~Copyable {
  /// Fills a buffer and gives the number of bytes, 0 at the end of the file.
  package typealias Read = (UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int

  private let read: Read
  private var buffer: UnsafeMutableRawBufferPointer
  private(set) var start = 0
  private(set) var end = 0
  private(set) var isComplete = false

  /// Unit: bytes of the buffer to begin with; it grows where one row needs more.
  package init(pieceSize: Int = 1 << 18, read: @escaping Read) {
    self.read = read
    buffer = .allocate(byteCount: max(pieceSize, 64), alignment: 64)
  }

  deinit { buffer.deallocate() }

  /// The bytes read and not yet passed, as far as they are in the buffer.
  var base: UnsafePointer<UInt8> {
    UnsafePointer(buffer.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self))
  }

  /// Unit: bytes. 3 where the buffer opens with the byte order mark of UTF-8.
  var byteOrderMarkLength: Int {
    end >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF ? 3 : 0
  }

  mutating func pass(_ count: Int) { start += count }
  mutating func rewind(to start: Int) { self.start = start }

  /// Reads until the buffer is full or the file at its end.
  mutating func fill() throws(TableFailure) {
    while end < buffer.count, try readMore() {}
  }

  /// Moves what is not yet passed to the front and reads more behind it; false at the end of the file.
  mutating func readMore() throws(TableFailure) -> Bool {
    guard !isComplete else { return false }
    let kept = end - start
    if kept == buffer.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 64)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
      buffer.deallocate()
      buffer = larger
    } else if start > 0, kept > 0, let base = buffer.baseAddress {
      base.copyMemory(from: base + start, byteCount: kept)
    }
    start = 0
    end = kept
    let count = try read(UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
    end += count
    isComplete = count == 0
    return count > 0
  }
}

extension [UInt8] {
  /// Fills the array from its start as far as there are bytes. Unit of the result: bytes read.
  package mutating func fill(from read: ByteFeed.Read) throws(TableFailure) -> Int {
    var filled = 0
    while filled < count {
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: count - filled, alignment: 1)
      defer { piece.deallocate() }
      let more = try read(piece)
      guard more > 0 else { break }
      replaceSubrange(filled..<(filled + more), with: piece[..<more])
      filled += more
    }
    return filled
  }
}
