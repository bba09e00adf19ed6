/// A file that contains tables.
package struct SourceFile {
  /// The path that messages name.
  package let name: String
  /// Opens the file, each time from the start.
  package let open: () throws(TableFailure) -> ByteFeed.Read

  package init(_ name: String, open: @escaping () throws(TableFailure) -> ByteFeed.Read) {
    self.name = name
    self.open = open
  }
}

/// A delimited text file whose first row names its columns, read row by row. Any column names are allowed.
package struct TextTable: ~Copyable {
  /// The names of the columns, trimmed, in file order.
  package let columns: [String]
  private var rows: CSVRows
  private let file: String

  /// Opens the table.
  ///
  /// - Throws: A failure if the file is empty, is not delimited text, or has too many columns.
  package init(_ file: SourceFile) throws(TableFailure) {
    let (form, read) = try file.detectForm()
    guard case .delimited = form else {
      throw .notText(file: file.name, looksLike: "another kind of file than a table of text")
    }
    var rows = CSVRows(ByteFeed(read: read), file: file.name)
    var best: (columns: [String], delimiter: UInt8) = ([], .comma)
    for delimiter in CSVRows.delimiters {
      let columns = try rows.head(rows: 1, delimiter: delimiter).first ?? []
      if columns.count > best.columns.count { best = (columns, delimiter) }
    }
    _ = try rows.head(rows: 0, delimiter: best.delimiter)
    guard try rows.next() else { throw .empty(file: file.name) }
    guard rows.count <= TextTable.maxColumns else {
      throw .unusable(
        file: file.name, location: "row 1", reason: "the row has more than \(TextTable.maxColumns) columns",
        remedy: "Look at what parts the columns.")
    }
    columns = (0..<rows.count).map { rows.text($0) }
    self.rows = rows
    self.file = file.name
  }

  /// The maximum number of columns.
  private static let maxColumns = 4096

  /// The row counted from 1; the names are in row 1.
  package var row: Int { rows.row }

  /// Moves to the next row that is not blank. Returns `false` at the end of the file.
  ///
  /// - Throws: A failure if a row has not as many fields as there are columns, or a quotation mark does not
  ///   close.
  package mutating func next() throws(TableFailure) -> Bool {
    repeat {
      guard try rows.next() else { return false }
    } while rows.count == 1 && rows.bytes(0).trimmed.isEmpty
    guard rows.openQuotes.isEmpty, !rows.spansRows else {
      throw unusable("a quotation mark opens and does not close")
    }
    guard rows.count == columns.count else {
      throw unusable("the row has \(rows.count) fields, where there are \(columns.count) columns")
    }
    return true
  }

  /// Returns a field of the row, trimmed.
  package func text(_ column: Int) -> String { rows.text(column) }

  private func unusable(_ reason: String) -> TableFailure {
    .unusable(file: file, location: "row \(rows.row)", reason: reason, remedy: "Download the file again.")
  }
}
