/// Rows of cells parsed ahead of their reader, such as a piece of a worksheet or some records of a JSON file.
///
/// A cell is a range of bytes in UTF-8, in the batch itself or, for a workbook's shared strings, in texts that outlive it.
package final class RowBatch {
  struct Cell {
    var start: Int32
    var length: Int32
    /// Whether the range is one of the source's shared texts.
    var isShared: Bool
  }

  struct Row {
    /// As a spreadsheet counts rows; of a record, its number, the first being 1.
    let number: Int
    let firstCell: Int
    fileprivate(set) var count: Int
  }

  /// Cells kept of a row; a worksheet of a whole year has some 400 columns.
  package static let mostCells = 4096
  /// The number of leading rows in which a header is looked for.
  package static let headRows = 30

  private(set) var cells: [Cell] = []
  private(set) var rows: [Row] = []
  private var texts: ByteBuffer

  /// Unit: bytes.
  var count: Int { texts.count }
  var bytes: UnsafeMutablePointer<UInt8> { texts.base }

  init(capacity: Int = 1 << 16) { texts = ByteBuffer(capacity: capacity) }

  func removeAll() {
    cells.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    texts.cut(to: 0)
  }

  func startRow(_ number: Int) {
    rows.append(Row(number: number, firstCell: cells.count, count: 0))
  }

  /// Adds a cell to the row started last; columns before it that got no cell are empty. A column that has a cell already,
  /// or lies beyond `mostCells`, is left out.
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
    guard let row = rows.last, column >= row.count, column < RowBatch.mostCells else { return false }
    for _ in row.count..<column { append(Cell(start: 0, length: 0, isShared: false)) }
    return true
  }
}

/// Something that parses rows a batch at a time: a worksheet, the records of a JSON or XML file.
///
/// Records come with a first row, numbered 0, of the names of their fields.
package protocol RowSource: AnyObject {
  /// Texts that cells of any batch may point into. Missing: empty where the source has none.
  var sharedTexts: UnsafeBufferPointer<UInt8> { get }

  /// Adds at least one row to an empty batch; false at the end, when none is left.
  ///
  /// Throws: where the file is damaged, dangerous or larger than the limits.
  func fill(_ batch: RowBatch) throws(TableFailure) -> Bool
}
