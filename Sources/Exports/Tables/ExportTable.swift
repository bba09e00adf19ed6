import Tabular

/// What was decided about a table from its bytes.
struct TableFacts {
  var form: FileForm
  /// Missing: nil where the form has none.
  var delimiter: UInt8?
  /// The sheet findings name. Missing: nil in a file with one table.
  var sheet: String?
  /// Missing: nil where the form has no sheets.
  var sheetName: String?
  var countsFrom1904 = false

  init(form: FileForm, delimiter: UInt8? = nil) {
    self.form = form
    self.delimiter = delimiter
  }
}

/// A table of a file, read as far as its header.
struct ExportTable<Rows: RowReader & ~Copyable>: ~Copyable {
  var rows: Rows
  let header: HeaderRow
  /// The first rows below the header, for telling how they are laid out.
  let first: [[String]]
  let facts: TableFacts
  let file: String

  init(
    _ rows: consuming Rows, header: HeaderRow, first: [[String]], facts: TableFacts, file: String
  ) {
    self.rows = rows
    self.header = header
    self.first = first
    self.facts = facts
    self.file = file
  }

  /// The place of a column the table cannot do without, or of another that may stand for it.
  func require(_ column: Column, orElse others: Column...) throws(TableFailure) -> Int {
    for column in [column] + others {
      if let place = header.place(of: column) { return place }
    }
    let remedy =
      header.has(.date) || header.has(.mark)
      ? "If another column holds it, name it under profile: columns in the trust file."
      : "If the file holds pupil details, list it under pupils in the trust file."
    throw .missingColumn(
      file: file, row: header.row, column: column.words, found: header.quotable,
      remedy: remedy)
  }

  /// Refuses dates that can only be month first, where nothing says that they are: half of them would be taken for other days.
  func refuseMonthFirst(at place: Int, profile: SourceProfile) throws(TableFailure) {
    guard profile.dates == nil else { return }
    let dates = first.compactMap { place < $0.count ? $0[place] : nil }.compactMap(NumericDate.init)
    // One or two may be mistyped, and are findings.
    guard let example = dates.first(where: { $0.second > 12 }), dates.allSatisfy({ $0.first <= 12 }),
      dates.count(where: { $0.second > 12 }) > 2
    else { return }
    throw .unusable(
      file: file, place: facts.sheet.map { "sheet \($0)" },
      reason: "the dates look month first, such as \(example.first)/\(example.second)",
      remedy: "Set dates: month-first under profile in the trust file, or correct the dates.")
  }

  /// Whether the row has a field for each header; systems that end each row with a comma write one more.
  private var rowFitsHeader: Bool {
    let fields = header.headers.count
    if rows.count == fields || !Rows.hasFixedWidth { return true }
    return rows.count > fields && (fields..<rows.count).allSatisfy { rows.bytes($0).isEmpty }
  }

  /// Why the fields of the row cannot be told apart. Missing: nil when they can.
  var misfit: Issue? {
    if rows.spansRows { return .openQuote }
    return rowFitsHeader ? nil : .unreadableRow(fields: rows.count, headers: header.headers.count)
  }

  /// Whether the row repeats the header, as on each page of a printed register.
  var repeatsHeader: Bool {
    guard rows.count > 1, rows.text(0) == header.headers.first else { return false }
    return (1..<min(rows.count, header.headers.count)).allSatisfy {
      header.captions[$0] != nil || rows.text($0) == header.headers[$0]
    }
  }

  /// Cells of the row with anything in them, counted as far as `most`.
  func filledCells(atMost most: Int) -> Int {
    var filled = 0
    for field in 0..<rows.count where !rows.bytes(field).trimmed.isEmpty {
      filled += 1
      if filled == most { break }
    }
    return filled
  }
}

/// The first two numbers of a date written with its year last.
private struct NumericDate {
  let first: Int
  let second: Int

  /// Missing: nil when the text is no such date.
  init?(_ text: String) {
    let parts = text.split(separator: " ").first?.split { "/-.".contains($0) } ?? []
    guard parts.count == 3, parts[0].count <= 2, let first = Int(parts[0]), let second = Int(parts[1]),
      1...12 ~= min(first, second), max(first, second) <= 31
    else { return nil }
    self.first = first
    self.second = second
  }
}
