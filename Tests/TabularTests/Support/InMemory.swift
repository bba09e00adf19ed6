import Tabular
import TestSupport

/// Files that exist only as bytes, for readers that take a closure.
package enum InMemory {
  /// Returns a reader of the bytes, at most `limit` at a time.
  package static func read(_ bytes: [UInt8], atMost limit: Int = .max) -> ByteFeed.Read {
    var position = 0
    return { (buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int in
      let count = min(limit, buffer.count, bytes.count - position)
      buffer.copyBytes(from: bytes[position..<(position + count)])
      position += count
      return count
    }
  }
}

/// Every row of a file, field by field, and the rows with an unclosed quote.
package struct Scanned: Equatable {
  package var rows: [[String]] = []
  package var openQuotes: [Int] = []

  package init(
    _ bytes: [UInt8], delimiter: UInt8 = .comma, atMost limit: Int = .max, pieceSize: Int = 64,
    stableFields: Int = 0
  ) throws {
    var rows = CSVRows(ByteFeed(pieceSize: pieceSize, read: InMemory.read(bytes, atMost: limit)))
    _ = try rows.head(rows: 0, delimiter: delimiter)
    rows.stableFields = stableFields
    while try rows.next() {
      self.rows.append((0..<rows.count).map { rows.text($0) })
    }
    openQuotes = rows.openQuotes
  }

  package init(_ text: String, delimiter: UInt8 = .comma, atMost limit: Int = .max, stableFields: Int = 0)
    throws
  {
    try self.init(Array(text.utf8), delimiter: delimiter, atMost: limit, stableFields: stableFields)
  }
}

extension Seeded {
  package mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &self)]
  }
  package mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// Calls `body` with a value's bytes.
package func withBytes<Result>(_ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
  bytes.withUnsafeBufferPointer(body)
}

package func withBytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
  withBytes(Array(text.utf8), body)
}
