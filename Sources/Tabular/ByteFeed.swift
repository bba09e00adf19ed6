import Foundation

/// The bytes of a file, a piece at a time, in a buffer that moves along.
///
/// It reads the file instead of mapping it, so that a file cut short by another program ends early and
/// causes no crash.
package struct ByteFeed: ~Copyable {
  /// Fills a buffer and returns the number of bytes, 0 at the end of the file.
  package typealias Read = (UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int

  private let read: Read
  private var buffer: UnsafeMutableRawBufferPointer
  private(set) var start = 0
  private(set) var end = 0
  private(set) var isComplete = false

  /// - Parameter pieceSize: The initial size of the buffer in bytes. It grows if a row needs more.
  package init(pieceSize: Int = 1 << 18, read: @escaping Read) {
    self.read = read
    buffer = .allocate(byteCount: max(pieceSize, 64), alignment: 64)
  }

  deinit { buffer.deallocate() }

  /// The first byte of the buffer.
  var base: UnsafePointer<UInt8> {
    UnsafePointer(buffer.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self))
  }

  /// The number of bytes in the buffer's byte order mark of UTF-8: 3 or 0.
  var byteOrderMarkLength: Int {
    end >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF ? 3 : 0
  }

  mutating func pass(_ count: Int) { start += count }
  mutating func rewind(to start: Int) { self.start = start }

  /// Reads until the buffer is full or the file ends.
  mutating func fill() throws(TableFailure) {
    while end < buffer.count, try readMore() {}
  }

  /// Moves the remaining bytes to the front and reads more after them. Returns `false` at the end of the
  /// file.
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
  /// Fills the array from its start and returns the number of bytes, fewer than its count if the file ends.
  mutating func fill(from read: ByteFeed.Read) throws(TableFailure) -> Int {
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

/// All bytes of a file at once, for forms that are read from their end, such as a workbook.
package final class WholeFile {
  private(set) var start: UnsafeMutableRawPointer?
  private(set) var count = 0
  private var capacity = 0

  /// The maximum size of a file in bytes. A workbook with 300,000 marks has about 10 MB.
  private static let maxSize = 64 << 20
  private static let pieceSize = 1 << 20

  /// Reads a file to its end.
  ///
  /// - Throws: A failure if the file is larger than the limit or cannot be read.
  package init(reading read: ByteFeed.Read, file: String) throws(TableFailure) {
    while true {
      reserve(count + WholeFile.pieceSize)
      let more = try read(
        UnsafeMutableRawBufferPointer(start: start.map { $0 + count }, count: capacity - count))
      guard more > 0 else { return }
      count += more
      guard count <= WholeFile.maxSize else {
        throw .unusable(
          file: file, location: nil, reason: "the file is larger than \(WholeFile.maxSize >> 20) MB",
          remedy: "Export a shorter period, or fewer pupils, to one file.")
      }
    }
  }

  package init(_ bytes: [UInt8]) {
    reserve(max(bytes.count, 1))
    bytes.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(start: start, count: $0.count).copyMemory(from: $0)
    }
    count = bytes.count
  }

  deinit { free(start) }

  /// The bytes, which are valid as long as the file is.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(start: start, count: count).assumingMemoryBound(to: UInt8.self)
  }

  /// Makes room. The system moves large memory without copying it.
  private func reserve(_ size: Int) {
    guard size > capacity else { return }
    capacity = max(size, capacity + capacity / 2)
    start = realloc(start, capacity)
  }
}
