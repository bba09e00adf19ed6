import Tabular

/// The decisions about a table that follow from its bytes.
struct TableFacts {
  var form: FileForm
  /// The delimiter, or `nil` if the form has none.
  var delimiter: UInt8?
  /// The sheet that findings name, or `nil` in a file with one table.
  var sheet: String?
  /// The name of the sheet, or `nil` if the form has no sheets.
  var sheetName: String?
  var countsFrom1904 = false

  init(form: FileForm, delimiter: UInt8? = nil) {
    self.form = form
    self.delimiter = delimiter
  }
}

/// A table of a file, read up to its header.
struct ExportTable<Rows: RowReader & ~Copyable>: ~Copyable {
  var rows: Rows
  let header: HeaderRow
  /// The first rows below the header, for detecting the layout.
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

  /// Returns the index of a required column, or of another that may replace it.
  func require(_ column: Column, orElse others: Column...) throws(TableFailure) -> Int {
    for column in [column] + others {
      if let index = header.index(of: column) { return index }
    }
    let remedy =
      header.has(.date) || header.has(.mark)
      ? "If another column has it, name that column under profile: columns in the trust file."
      : "If the file has pupil details, list it under pupils in the trust file."
    throw .missingColumn(
      file: file, row: header.row, column: column.label, found: header.quotable,
      remedy: remedy)
  }

  /// Refuses a column of dates if none in the first rows can be read.
  func refuseUnreadableDates(at index: Int, profile: SourceProfile) throws(TableFailure) {
    let written = first.compactMap { index < $0.count ? $0[index] : nil }.filter { !$0.isEmpty }
    var dates = DateReader(order: profile.dates, countsFrom1904: facts.countsFrom1904)
    guard written.count > 2, written.allSatisfy({ dates.day(of: $0) == nil }) else { return }
    // Without an order the text is month first, or no date at all.
    if profile.dates == nil { try refuseOrder(of: dates, profile: profile) }
    throw .unusable(
      file: file, location: facts.sheet.map { "sheet \($0)" },
      reason:
        "the column \"\(header.headers[index])\" has no date that can be read, such as \(Issue.quoted(written[0]))",
      remedy:
        "Export the dates as 08/09/2025, or name the column of the dates under profile: columns, or their "
        + "order under profile: dates, in the trust file.")
  }

  /// Refuses dates in an order other than that in which they would be read. Otherwise half of them would be
  /// read as other days.
  func refuseOrder(of dates: DateReader, profile: SourceProfile) throws(TableFailure) {
    try dates.refuseOrder(file: file, sheet: facts.sheet, profile: profile)
  }

  /// A Boolean value that indicates whether the row repeats the header, as on each page of a printed
  /// register.
  var repeatsHeader: Bool {
    guard rows.count > 1, rows.text(0) == header.headers.first else { return false }
    return (1..<min(rows.count, header.headers.count)).allSatisfy {
      header.captions[$0] != nil || rows.text($0) == header.headers[$0]
    }
  }

  /// Returns the number of cells in the row that are not empty, counted up to `limit`.
  func filledCells(upTo limit: Int) -> Int {
    var filled = 0
    for field in 0..<rows.count where !rows.bytes(field).trimmed.isEmpty {
      filled += 1
      if filled == limit { break }
    }
    return filled
  }
}

extension DateReader {
  /// Refuses a column of dates in an order other than that in which they were read.
  func refuseOrder(file: String, sheet: String?, profile: SourceProfile) throws(TableFailure) {
    guard let problem = evidence.problem(given: profile.dates) else { return }
    let location = sheet.map { "sheet \($0)" }
    switch problem {
    case .monthFirst(let example):
      throw .unusable(
        file: file, location: location, reason: "the dates look month first, such as \(example)",
        remedy: "Set dates: month-first under profile in the trust file, or correct the dates.")
    case .againstProfile(let example):
      throw .unusable(
        file: file, location: location,
        reason:
          "the trust file says dates: \(profile.dates?.rawValue ?? ""), but the dates are in a different order, such "
          + "as \(example)",
        remedy: "Correct dates under profile in the trust file.")
    case .shortYearFirst(let example):
      throw .unusable(
        file: file, location: location,
        reason: "the dates look like a year of two digits, then month and day, such as \(example)",
        remedy: "Export the dates as 08/09/2025 or as 2025-09-08.")
    case .halfConverted(let example):
      throw .unusable(
        file: file, location: location,
        reason:
          "some dates are spreadsheet dates and others are text in a different order, such as \(example), so day and "
          + "month may be swapped",
        remedy: "Export the register again as CSV, or as a workbook with all dates in one form.")
    }
  }
}

/// Rows about no pupil.
enum OtherRow {
  /// Returns whether a text opens a line that closes a table or a page.
  static func isClosing(_ text: String) -> Bool {
    guard !text.isEmpty else { return false }
    let words = text.lowercased()
    return [
      "total", "totals", "present", "absent", "authorised", "unauthorised", "number of", "percentage", "%",
      "average",
      "printed", "report", "page", "end of", "records", "rows", "late", "missing", "possible", "attendance",
    ].contains { words.hasPrefix($0) && words.dropFirst($0.count).first?.isLetter != true }
  }

  /// Returns whether a text opens a legend of codes, below which there are no pupils.
  static func isLegend(_ text: String) -> Bool {
    let words = text.lowercased()
    return ["key", "legend", "codes", "attendance codes", "code", "mark codes", "register codes"].contains {
      words == $0 || words.hasPrefix($0 + ":") || words.hasPrefix($0 + " ") && words.utf8.count < 40
    }
  }
}
