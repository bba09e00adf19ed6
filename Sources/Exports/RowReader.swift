/// A table of a file read row by row, whatever the file's form: its cells as bytes, with no `String` for a row.
protocol RowReader: ~Copyable {
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
  mutating func next() throws(ExportFailure) -> Bool
  /// The bytes of a cell; empty where the row has no such cell.
  func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8>
  /// A cell as text, trimmed. Missing: empty where the row has no such cell.
  func text(_ field: Int) -> String
}

/// The rows of a source that parses them a batch at a time.
struct BatchRows: RowReader, ~Copyable {
  private let source: any RowSource
  private let shared: UnsafeBufferPointer<UInt8>
  private var batch = RowBatch()
  private var place = -1
  private(set) var row = 0
  private(set) var count = 0
  private var firstCell = 0
  var stableFields = 0

  var repeatsStableFields: Bool { false }
  var openQuotes: [Int] { [] }
  var spansRows: Bool { false }

  init(_ source: any RowSource) {
    self.source = source
    shared = source.sharedTexts
  }

  mutating func next() throws(ExportFailure) -> Bool {
    place += 1
    while place >= batch.rows.count {
      batch.removeAll()
      guard try source.fill(batch) else {
        place = -1
        return false
      }
      place = 0
    }
    let found = batch.rows[place]
    row = found.number
    count = found.count
    firstCell = found.firstCell
    return true
  }

  @inline(__always)
  func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8> {
    guard field < count else { return UnsafeBufferPointer(start: nil, count: 0) }
    let cell = batch.cells[firstCell + field]
    let base = cell.isShared ? shared.baseAddress : UnsafePointer(batch.bytes)
    return UnsafeBufferPointer(start: base.map { $0 + Int(cell.start) }, count: Int(cell.length))
  }

  func text(_ field: Int) -> String { TextEncoding.text(of: bytes(field).trimmed) }
}
