import Tabular

/// A table read row by row from a file of any form, with its cells as bytes and no `String` for each row.
protocol RowReader: ~Copyable {
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

extension BatchRows: RowReader {}

/// The rows of delimited text.
///
/// The loops over marks look at several cells of each row. They find them here, in their own module: a call into another
/// module for each cell would pass the whole reader along.
struct DelimitedRows: RowReader, ~Copyable {
  static let hasFixedWidth = true

  private var rows: CSVRows
  private var fields: UnsafeMutablePointer<CSVRows.Field>
  private var rowBase: UnsafePointer<UInt8>
  private(set) var row = 0
  private(set) var count = 0
  private(set) var repeatsStableFields = false
  private(set) var spansRows = false

  init(_ rows: consuming CSVRows) {
    fields = rows.fields
    rowBase = rows.rowBase
    row = rows.row
    count = rows.count
    self.rows = rows
  }

  var stableFields: Int {
    get { rows.stableFields }
    set { rows.stableFields = newValue }
  }
  var openQuotes: [Int] { rows.openQuotes }

  mutating func next() throws(TableFailure) -> Bool {
    guard try rows.next() else { return false }
    rowBase = rows.rowBase
    row = rows.row
    count = rows.count
    repeatsStableFields = rows.repeatsStableFields
    spansRows = rows.spansRows
    return true
  }

  @inline(__always)
  func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8> {
    guard field < count, field < CSVRows.maxFields else { return UnsafeBufferPointer(start: nil, count: 0) }
    let range = fields[field]
    return UnsafeBufferPointer(start: rowBase + Int(range.start), count: Int(range.end - range.start))
  }

  func text(_ field: Int) -> String { rows.text(field) }
}
