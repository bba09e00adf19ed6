/// A table read row by row from a file of any form, with its cells as bytes and no `String` for each row.
package protocol RowReader: ~Copyable {
  /// A Boolean value that indicates whether every row should have as many cells as the header.
  static var hasFixedWidth: Bool { get }
  /// The row just read, counted from 1, or the number of a record.
  var row: Int { get }
  /// The number of cells in the row just read.
  var count: Int { get }

  /// The number of leading cells that are likely to repeat from row to row, such as a pupil's id and name.
  var stableFields: Int { get set }
  /// A Boolean value that indicates whether those cells are the same bytes as in the row before.
  var repeatsStableFields: Bool { get }
  /// Rows in which a quotation mark opens and never closes.
  var openQuotes: [Int] { get }
  /// A Boolean value that indicates whether a quotation mark in the row closes in the middle of a later
  /// line, so that the row may contain others.
  var spansRows: Bool { get }

  /// Moves to the next row. Returns `false` at the end.
  mutating func next() throws(TableFailure) -> Bool
  /// Returns the bytes of a cell, empty if the row has no such cell.
  func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8>
  /// Returns a cell as trimmed text, empty if the row has no such cell.
  func text(_ field: Int) -> String
}

/// The rows of a source that is parsed a batch at a time.
package struct BatchRows: RowReader, ~Copyable {
  package static let hasFixedWidth = false

  private let source: any RowSource
  private let shared: UnsafeBufferPointer<UInt8>
  private var batch = RowBatch()
  /// Batches parsed to find the header, and not yet read.
  private var ahead: [RowBatch] = []
  private var index = -1
  package private(set) var row = 0
  package private(set) var count = 0
  private var firstCell = 0
  package var stableFields = 0

  package var repeatsStableFields: Bool { false }
  package var openQuotes: [Int] { [] }
  package var spansRows: Bool { false }

  package init(_ source: any RowSource) {
    self.source = source
    shared = source.sharedTexts
  }

  /// Returns the first rows as text without moving past them. It must be called before the first `next`.
  package mutating func head(rows limit: Int) throws(TableFailure) -> [(row: Int, texts: [String])] {
    while ahead.reduce(0, { $0 + $1.rows.count }) < limit {
      let next = RowBatch()
      guard try source.fill(next) else { break }
      ahead.append(next)
    }
    return ahead.flatMap { batch in
      batch.rows.map { row in
        (row.number, (0..<row.count).map { TextEncoding.text(of: bytes(batch, row.firstCell + $0).trimmed) })
      }
    }.prefix(limit).map(\.self)
  }

  package mutating func next() throws(TableFailure) -> Bool {
    index += 1
    while index >= batch.rows.count {
      index = 0
      if !ahead.isEmpty {
        batch = ahead.removeFirst()
        continue
      }
      batch.removeAll()
      guard try source.fill(batch) else {
        index = -1
        return false
      }
    }
    let found = batch.rows[index]
    row = found.number
    count = found.count
    firstCell = found.firstCell
    return true
  }

  @inline(__always)
  package func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8> {
    guard field < count else { return UnsafeBufferPointer(start: nil, count: 0) }
    return bytes(batch, firstCell + field)
  }

  @inline(__always)
  private func bytes(_ batch: RowBatch, _ cell: Int) -> UnsafeBufferPointer<UInt8> {
    let cell = batch.cells[cell]
    let base = cell.isShared ? shared.baseAddress : UnsafePointer(batch.bytes)
    return UnsafeBufferPointer(start: base.map { $0 + Int(cell.start) }, count: Int(cell.length))
  }

  package func text(_ field: Int) -> String { TextEncoding.text(of: bytes(field).trimmed) }
}
