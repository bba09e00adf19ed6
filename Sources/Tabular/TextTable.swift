/// A file that tables are read from.
package struct SourceFile {
  /// The path by which messages name the file.
  package let name: String
  /// Opens the bytes, from the start each time.
  package let open: () throws(TableFailure) -> ByteFeed.Read

  package init(_ name: String, open: @escaping () throws(TableFailure) -> ByteFeed.Read) {
    self.name = name
    self.open = open
  }
}

/// A delimited text file whose first row names its columns, read row by row. It is no register: any names will do.
package struct TextTable: ~Copyable {
  /// The names of the columns, trimmed, in the order of the file.
  package let columns: [String]
  private var rows: CSVRows
  private let file: String

  /// Throws: where the file is empty, no delimited text, or wider than any table.
  package init(_ file: SourceFile) throws(TableFailure) {
    let rest = try file.open()
    var opening = [UInt8](repeating: 0, count: FileForm.openingLength)
    let count = try opening.fill(from: rest)
    opening.removeSubrange(count...)
    guard case .delimited(let text) = try FileForm(opening, file: file.name) else {
      throw .notText(file: file.name, looksLike: "another kind of file than a table of text")
    }
    let read = UTF8Feed.prefixed(opening, rest)
    var rows = CSVRows(ByteFeed(read: text.isUTF16 ? try UTF8Feed.read(read) : read), file: file.name)
    var best: (columns: [String], delimiter: UInt8) = ([], .comma)
    for delimiter in [UInt8.comma, UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|")] {
      let columns = try rows.head(rows: 1, delimiter: delimiter).first ?? []
      if columns.count > best.columns.count { best = (columns, delimiter) }
    }
    _ = try rows.head(rows: 0, delimiter: best.delimiter)
    guard try rows.next() else { throw .empty(file: file.name) }
    guard rows.count <= TextTable.mostColumns else {
      throw .unusable(
        file: file.name, place: "row 1", reason: "the row has more than \(TextTable.mostColumns) columns",
        remedy: "Look at what parts the columns.")
    }
    columns = (0..<rows.count).map { rows.text($0) }
    self.rows = rows
    self.file = file.name
  }

  /// As many fields as are kept of a row.
  private static let mostColumns = 4096

  /// The row as a spreadsheet counts it: the names are row 1.
  package var row: Int { rows.row }

  /// Moves to the next row that is not blank; false at the end of the file.
  ///
  /// Throws: where a row has not as many fields as there are columns, or a quotation mark does not close.
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

  /// A field of the row, trimmed.
  package func text(_ column: Int) -> String { rows.text(column) }

  private func unusable(_ reason: String) -> TableFailure {
    .unusable(file: file, place: "row \(rows.row)", reason: reason, remedy: "Download the file again.")
  }
}
