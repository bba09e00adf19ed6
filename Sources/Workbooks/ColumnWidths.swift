import ReportModel

/// The widths of a table's columns in pixels, computed from their contents.
struct ColumnWidths {
  let pixels: [Int]
  /// The columns with text that is too wide for one line.
  let wrapping: [Int]

  var total: Int { pixels.reduce(0, +) }

  init(of columns: [Table.Column], rows: [[Cell]], filters: Bool) {
    let texts = columns.count { $0.unit == .text }
    let maxWidth = columns.count > 3 ? 300 : texts > 1 ? 600 : 960
    let contentWidths = columns.indices.map { column in
      rows.reduce(0) { max($0, ColumnWidths.width(of: $1[column])) } + ColumnWidths.padding
    }
    let pixels = columns.indices.map { column in
      let header = ColumnWidths.width(ofHeader: columns[column], filters: filters)
      return max(header, min(contentWidths[column], maxWidth), column == 0 ? 140 : 80)
    }
    self.pixels = pixels
    wrapping = columns.indices.filter {
      contentWidths[$0] > pixels[$0] || ColumnWidths.hasBreaks(in: $0, rows)
    }
  }

  /// Returns the number of lines of a row.
  func lineCount(of row: [Cell]) -> Int {
    wrapping.reduce(1) { lines, column in
      guard case .text(let text) = row[column] else { return lines }
      return max(lines, TextWidth.lineCount(of: text, within: pixels[column] - ColumnWidths.padding / 2))
    }
  }

  /// Returns the number of lines of the header row.
  func lineCount(ofHeaders columns: [Table.Column], filters: Bool) -> Int {
    let used = ColumnWidths.padding / 2 + (filters ? ColumnWidths.filterButton : 0)
    return zip(columns, pixels).reduce(1) { lines, column in
      max(lines, TextWidth.lineCount(of: column.0.header, within: column.1 - used, bold: true))
    }
  }

  private static func hasBreaks(in column: Int, _ rows: [[Cell]]) -> Bool {
    rows.contains { row in
      if case .text(let text) = row[column] { text.utf8.contains(10) } else { false }
    }
  }

  /// The space to the left and right of a cell's contents.
  private static let padding = 30
  private static let filterButton = 20

  /// Returns the width of a header. Headers of figures wrap to about three lines.
  private static func width(ofHeader column: Table.Column, filters: Bool) -> Int {
    let oneLine = TextWidth.of(column.header, bold: true)
    let preferred = column.holdsFigures ? oneLine * 9 / 20 : min(oneLine + 5, 300)
    let word = TextWidth.ofLongestWord(column.header, bold: true) + 5
    return max(word, preferred) + padding + (filters ? filterButton : 0)
  }

  private static func width(of cell: Cell) -> Int {
    switch cell {
    case .text(let text): max(TextWidth.of(text), 30)
    case .pupils(let count), .sessions(let count, _), .minutes(let count, _), .number(let count):
      digitWidth * String(count).utf8.count * 4 / 3
    case .rate, .share, .points: digitWidth * 5
    case .decimal(let scaled, _, _), .percent(let scaled, _), .difference(let scaled, _):
      digitWidth * (String(scaled).utf8.count + 2) * 4 / 3
    case .day: digitWidth * 16
    case .shorthand: digitWidth * 3
    }
  }

  /// The width of a digit in pixels.
  private static let digitWidth = 9
}

/// The approximate width of text in 12-point Arial on a screen.
enum TextWidth {
  /// Returns the width of text in pixels at 96 pixels per inch.
  static func of(_ text: some StringProtocol, bold: Bool = false) -> Int {
    of(bytes: text.utf8, bold: bold)
  }

  private static func of(bytes: some Sequence<UInt8>, bold: Bool) -> Int {
    var thousandths = 0
    for byte in bytes {
      switch byte {
      case 32..<127: thousandths += Int(widths[Int(byte) - 32])
      case 0xC0...: thousandths += 700
      default: break
      }
    }
    return (bold ? thousandths * 110 / 100 : thousandths) * 16 / 1000
  }

  /// Returns the width in pixels of the longest word, the minimum width of a column that wraps.
  static func ofLongestWord(_ text: String, bold: Bool = false) -> Int {
    text.split(separator: " ").reduce(0) { max($0, of($1, bold: bold)) }
  }

  /// Returns the number of lines of text that wraps within a width in pixels, rather one too many than one too few.
  static func lineCount(of text: String, within pixels: Int, bold: Bool = false) -> Int {
    text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).reduce(0) { lines, paragraph in
      if of(bytes: paragraph, bold: bold) <= pixels { return lines + 1 }
      var (count, used) = (1, 0)
      for word in paragraph.split(separator: 0x20) {
        let width = of(bytes: word, bold: bold) + 5
        if used + width > pixels, used > 0 { (count, used) = (count + 1, 0) }
        count += max(0, width - 1) / max(pixels, 1)
        used += width
      }
      return lines + count
    }
  }

  /// Returns text in lines with a maximum width in pixels, broken after sentences if possible, else between words.
  static func lines(of text: String, within pixels: Int) -> [String] {
    guard of(text) > pixels else { return [text] }
    let pieces = sentences(of: text).flatMap { of($0) > pixels ? filled(words(of: $0), pixels) : [$0] }
    return filled(pieces, pixels)
  }

  private static func filled(_ pieces: [String], _ pixels: Int) -> [String] {
    var lines: [String] = []
    for piece in pieces {
      if let last = lines.last, of(last) + of(" ") + of(piece) <= pixels {
        lines[lines.count - 1] = last + " " + piece
      } else {
        lines.append(piece)
      }
    }
    return lines
  }

  private static func words(of text: String) -> [String] { text.split(separator: " ").map(String.init) }

  private static func sentences(of text: String) -> [String] {
    var sentences: [String] = []
    var current: [String] = []
    for word in words(of: text) {
      if let last = current.last?.last, ".?!".contains(last), word.first?.isUppercase == true {
        sentences.append(current.joined(separator: " "))
        current = []
      }
      current.append(word)
    }
    return sentences + [current.joined(separator: " ")]
  }

  /// The widths of the characters from space to tilde in thousandths of the font size.
  ///
  /// Source: the metrics of Helvetica, which Arial shares.
  private static let widths: [Int16] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]
}
