import Registers
import TestSupport

@testable import Exports
@testable import Tabular

/// Files that are only bytes, for readers that take a closure.
enum InMemory {
  /// Reads the bytes, at most so many at a time.
  static func read(_ bytes: [UInt8], atMost most: Int = .max) -> ByteFeed.Read {
    var place = 0
    return { (buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int in
      let count = min(most, buffer.count, bytes.count - place)
      buffer.copyBytes(from: bytes[place..<(place + count)])
      place += count
      return count
    }
  }

  static func file(
    _ bytes: [UInt8], _ name: String = "autumn.csv", profile: SourceProfile = SourceProfile(),
    atMost most: Int = .max
  ) -> ExportFile {
    ExportFile(
      SourceFile(name) { () throws(TableFailure) -> ByteFeed.Read in read(bytes, atMost: most) },
      profile: profile)
  }

  static func file(
    _ text: String, _ name: String = "autumn.csv", profile: SourceProfile = SourceProfile()
  ) -> ExportFile {
    file(Array(text.utf8), name, profile: profile)
  }
}

/// Every row of a file, field by field, and the rows where a quote did not close.
struct Scanned: Equatable {
  var rows: [[String]] = []
  var openQuotes: [Int] = []

  init(
    _ bytes: [UInt8], delimiter: UInt8 = .comma, atMost most: Int = .max, pieceSize: Int = 64,
    stableFields: Int = 0
  ) throws {
    var rows = CSVRows(ByteFeed(pieceSize: pieceSize, read: InMemory.read(bytes, atMost: most)))
    _ = try rows.head(rows: 0, delimiter: delimiter)
    rows.stableFields = stableFields
    while try rows.next() {
      self.rows.append((0..<rows.count).map { rows.text($0) })
    }
    openQuotes = rows.openQuotes
  }

  init(_ text: String, delimiter: UInt8 = .comma, atMost most: Int = .max, stableFields: Int = 0) throws {
    try self.init(Array(text.utf8), delimiter: delimiter, atMost: most, stableFields: stableFields)
  }
}

extension Seeded {
  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &self)]
  }
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// Lends a value's bytes as the readers take them.
func withBytes<Result>(_ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
  bytes.withUnsafeBufferPointer(body)
}

func withBytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
  withBytes(Array(text.utf8), body)
}
