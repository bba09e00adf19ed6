/// The rows of a source that is parsed a batch at a time.
package struct BatchRows: ~Copyable {
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
        (row.number, (0..<row.count).map { TextEncoding.head(of: bytes(batch, row.firstCell + $0).trimmed) })
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

/// Rows of cells parsed ahead of their reader, such as a piece of a worksheet or some records of a JSON
/// file.
///
/// A cell is a range of UTF-8 bytes, in the batch itself or, for a workbook's shared strings, in texts that
/// outlive it.
package final class RowBatch {
  struct Cell {
    var start: Int32
    var length: Int32
    /// A Boolean value that indicates whether the range is in the source's shared texts.
    var isShared: Bool
  }

  struct Row {
    /// The row counted from 1, or the number of a record, counted from 1.
    let number: Int
    let firstCell: Int
    fileprivate(set) var count: Int
  }

  /// The maximum number of cells in a row. A worksheet of a whole year has about 400 columns.
  package static let maxCells = 4096
  /// The number of leading rows in which a header is searched for.
  package static let maxHeaderRows = 30

  private(set) var cells: [Cell] = []
  private(set) var rows: [Row] = []
  private var texts: ByteBuffer

  /// The number of bytes.
  var count: Int { texts.count }
  var bytes: UnsafeMutablePointer<UInt8> { texts.base }

  init(capacity: Int = 1 << 16) { texts = ByteBuffer(capacity: capacity) }

  func removeAll() {
    cells.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    texts.truncate(to: 0)
  }

  func startRow(_ number: Int) {
    rows.append(Row(number: number, firstCell: cells.count, count: 0))
  }

  /// Adds a cell to the last row. Missing columns before it become empty cells. A column that already has a
  /// cell, or is beyond `maxCells`, is ignored.
  func add(_ text: UnsafeBufferPointer<UInt8>, column: Int) {
    guard pad(to: column) else { return }
    append(Cell(start: Int32(count), length: Int32(text.count), isShared: false))
    texts.append(text)
  }

  /// Adds a cell whose text is a range of the source's shared texts.
  func addShared(_ range: Range<Int>, column: Int) {
    guard pad(to: column) else { return }
    append(Cell(start: Int32(range.lowerBound), length: Int32(range.count), isShared: true))
  }

  private func append(_ cell: Cell) {
    cells.append(cell)
    rows[rows.count - 1].count += 1
  }

  private func pad(to column: Int) -> Bool {
    guard let row = rows.last, column >= row.count, column < RowBatch.maxCells else { return false }
    for _ in row.count..<column { append(Cell(start: 0, length: 0, isShared: false)) }
    return true
  }
}

/// A parser of rows, a batch at a time: a worksheet, or the records of a JSON or XML file.
///
/// The first row of records, numbered 0, has the names of their fields.
package protocol RowSource: AnyObject {
  /// Texts that cells of any batch may point into; empty if the source has none.
  var sharedTexts: UnsafeBufferPointer<UInt8> { get }

  /// Adds at least one row to an empty batch. Returns `false` if none is left.
  ///
  /// - Throws: A failure if the file is damaged, dangerous or exceeds a limit.
  func fill(_ batch: RowBatch) throws(TableFailure) -> Bool
}
