import ReportModel

/// How wide a table's columns are, found from what they hold. Unit: pixels.
struct ColumnWidths {
  let pixels: [Int]
  /// The columns that hold text too wide for one line.
  let wrapping: [Int]

  var total: Int { pixels.reduce(0, +) }

  init(of columns: [Table.Column], rows: [[Cell]], filters: Bool) {
    let texts = columns.count { $0.unit == .text }
    let widest = columns.count > 3 ? 300 : texts > 1 ? 600 : 960
    let held = columns.indices.map { place in
      rows.reduce(0) { max($0, ColumnWidths.width(of: $1[place])) } + ColumnWidths.padding
    }
    let pixels = columns.indices.map { place in
      let header = ColumnWidths.width(ofHeader: columns[place], filters: filters)
      return max(header, min(held[place], widest), place == 0 ? 140 : 80)
    }
    self.pixels = pixels
    wrapping = columns.indices.filter { held[$0] > pixels[$0] || ColumnWidths.hasBreaks(in: $0, rows) }
  }

  /// How many lines a row takes, from the columns that may wrap.
  func lineCount(of row: [Cell]) -> Int {
    wrapping.reduce(1) { most, place in
      guard case .text(let text) = row[place] else { return most }
      return max(most, TextWidth.lineCount(of: text, within: pixels[place] - ColumnWidths.padding / 2))
    }
  }

  func lineCount(ofHeaders columns: [Table.Column], filters: Bool) -> Int {
    let used = ColumnWidths.padding / 2 + (filters ? ColumnWidths.filterButton : 0)
    return zip(columns, pixels).reduce(1) { most, column in
      max(most, TextWidth.lineCount(of: column.0.header, within: column.1 - used, bold: true))
    }
  }

  private static func hasBreaks(in column: Int, _ rows: [[Cell]]) -> Bool {
    rows.contains { row in
      if case .text(let text) = row[column] { text.utf8.contains(10) } else { false }
    }
  }

  /// The space left and right of what a cell holds.
  private static let padding = 30
  private static let filterButton = 20

  /// Headers of figures wrap, to three lines or so; those of text need not.
  private static func width(ofHeader column: Table.Column, filters: Bool) -> Int {
    let whole = TextWidth.of(column.header, bold: true)
    let wished = column.holdsFigures ? whole * 9 / 20 : min(whole + 5, 300)
    let word = TextWidth.ofLongestWord(column.header, bold: true) + 5
    return max(word, wished) + padding + (filters ? filterButton : 0)
  }

  private static func width(of cell: Cell) -> Int {
    switch cell {
    case .text(let text): max(TextWidth.of(text), 30)
    case .pupils(let count), .sessions(let count, _), .minutes(let count, _), .number(let count):
      digits * String(count).utf8.count * 4 / 3
    case .rate, .share, .points: digits * 5
    case .decimal(let scaled, _, _): digits * (String(scaled).utf8.count + 2) * 4 / 3
    case .day: digits * 16
    case .shorthand: digits * 3
    }
  }

  /// Unit: pixels of one digit.
  private static let digits = 9
}
