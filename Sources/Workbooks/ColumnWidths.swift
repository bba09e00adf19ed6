import Reports

/// How wide a table's columns are, found from what they hold. Unit: pixels.
struct ColumnWidths {
  let pixels: [Int]

  var total: Int { pixels.reduce(0, +) }

  init(of columns: [Table.Column], rows: [[Cell]], filters: Bool) {
    let texts = columns.count { $0.holds == .text }
    let widest = columns.count <= 3 ? 960 / max(texts, 1) : 300
    pixels = columns.indices.map { place in
      let held = rows.reduce(0) { max($0, ColumnWidths.width(of: $1[place])) }
      let header = ColumnWidths.width(ofHeader: columns[place].header, filters: filters)
      return max(header, min(held + ColumnWidths.padding, widest), place == 0 ? 140 : 80)
    }
  }

  /// The space left and right of what a cell holds.
  private static let padding = 20
  private static let filterButton = 20

  /// Headers wrap, to three lines or so.
  private static func width(ofHeader header: String, filters: Bool) -> Int {
    let third = TextWidth.of(header, bold: true) * 2 / 5
    return max(TextWidth.ofLongestWord(header, bold: true), third) + padding + (filters ? filterButton : 0)
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
