/// The header row of a file: which column holds what.
struct HeaderRow: Sendable {
  /// The row as a spreadsheet counts it.
  let row: Int
  let delimiter: UInt8
  let headers: [String]
  private(set) var places: [Column: Int]

  func place(of column: Column) -> Int? { places[column] }
  func has(_ column: Column) -> Bool { places[column] != nil }

  /// The first place any of the columns stands at. Missing: nil when the file has none of them.
  func first(of columns: [Column]) -> Int? { columns.compactMap(place).min() }

  init(row: Int, delimiter: UInt8, headers: [String]) {
    self.row = row
    self.delimiter = delimiter
    self.headers = headers
    let reduced = headers.map(HeaderRow.reduced)
    places = [:]
    for column in Column.allCases {
      for synonym in column.synonyms {
        guard let place = reduced.firstIndex(of: synonym) else { continue }
        places[column] = place
        break
      }
    }
  }

  /// The header row of a file: of its first 30 rows, under any delimiter, the one with most known names.
  ///
  /// Missing: nil when no row has a known name.
  static func find(in rows: inout CSVRows) throws(ExportFailure) -> HeaderRow? {
    var best: HeaderRow?
    for delimiter in [UInt8.comma, UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|")] {
      for (place, texts) in try rows.head(rows: 30, delimiter: delimiter).enumerated() {
        let candidate = HeaderRow(row: place + 1, delimiter: delimiter, headers: texts)
        if candidate.places.count > best?.places.count ?? 0 { best = candidate }
      }
    }
    return best
  }

  /// Lets a trust file's profile say which header holds a column.
  ///
  /// Throws: where the file is the column's own and has no such header.
  mutating func overrule(
    with columns: [Column: String], content: ExportFile.Content, file: String
  ) throws(ExportFailure) {
    let reduced = headers.map(HeaderRow.reduced)
    for (column, header) in columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      if let place = reduced.firstIndex(of: HeaderRow.reduced(header)) {
        places[column] = place
      } else if column.home == content {
        throw .profileColumnMissing(
          file: file, row: row, column: column.rawValue, header: header, found: headers)
      }
    }
  }

  /// A header in lower case with nothing but letters and digits.
  static func reduced(_ header: String) -> String {
    String(
      header.lowercased().unicodeScalars.filter { "a"..."z" ~= $0 || "0"..."9" ~= $0 }.map(Character.init))
  }
}
