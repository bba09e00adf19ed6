/// The width of text in Arial 12 on a screen, near enough to set a column by.
enum TextWidth {
  /// Unit: pixels at 96 to the inch.
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

  /// The longest word, which a column that wraps must hold. Unit: pixels.
  static func ofLongestWord(_ text: String, bold: Bool = false) -> Int {
    text.split(separator: " ").reduce(0) { max($0, of($1, bold: bold)) }
  }

  /// How many lines text takes where it wraps within this many pixels; rather one too many than one too few.
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

  /// Text as lines of at most this many pixels, broken after sentences where that will do, else between words.
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

  /// Unit: thousandths of the font's size, from space to tilde. Source: Helvetica's metrics, which Arial shares.
  private static let widths: [Int16] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]
}
