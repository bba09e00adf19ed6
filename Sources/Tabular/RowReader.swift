/// A table of a file read row by row, whatever the file's form: its cells as bytes, with no `String` for a row.
package protocol RowReader: ~Copyable {
  /// Whether every row should have as many cells as the header.
  static var hasFixedWidth: Bool { get }
  /// The row just read, as a spreadsheet counts it; of a record, its number.
  var row: Int { get }
  /// Cells of the row just read.
  var count: Int { get }

  /// How many leading cells are likely to repeat from row to row, such as a pupil's id and name.
  var stableFields: Int { get set }
  /// Whether those cells are the same bytes as in the row before: they need no second look.
  var repeatsStableFields: Bool { get }
  /// Rows in which a quotation mark opened and never closed.
  var openQuotes: [Int] { get }
  /// Whether a quotation mark of the row closes in the middle of a later line: the row may have taken others in.
  var spansRows: Bool { get }

  /// Moves to the next row; false at the end.
  mutating func next() throws(TableFailure) -> Bool
  /// The bytes of a cell; empty where the row has no such cell.
  func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8>
  /// A cell as text, trimmed. Missing: empty where the row has no such cell.
  func text(_ field: Int) -> String
}

/// The rows of a source that parses them a batch at a time.
package struct BatchRows: RowReader, ~Copyable {
  package static let hasFixedWidth = false

  private let source: any RowSource
  private let shared: UnsafeBufferPointer<UInt8>
  private var batch = RowBatch()
  /// Batches parsed already, for telling what the table is.
  private var ahead: [RowBatch] = []
  private var place = -1
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

  /// The first rows as text, without passing them; to be asked before the first `next`.
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
    place += 1
    while place >= batch.rows.count {
      place = 0
      if !ahead.isEmpty {
        batch = ahead.removeFirst()
        continue
      }
      batch.removeAll()
      guard try source.fill(batch) else {
        place = -1
        return false
      }
    }
    let found = batch.rows[place]
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
