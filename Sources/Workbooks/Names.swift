/// Names given in a workbook, each unique whatever its case.
struct Names {
  private var given: Set<String> = []

  /// The name, or the name cut short and with a number that makes it unique.
  private mutating func unique(
    _ name: String, longest: Int, ending: (Int) -> String, cut: (String, Int) -> String = Names.cut
  ) -> String {
    var candidate = name
    var number = 2
    while !given.insert(candidate.lowercased()).inserted {
      let ending = ending(number)
      candidate = cut(name, longest - ending.utf16.count) + ending
      number += 1
    }
    return candidate
  }

  /// A name a worksheet may have: 31 characters, none of those Excel forbids.
  mutating func sheet(_ wishes: [String]) -> String {
    let legal = wishes.map(Names.withoutForbidden).filter { !$0.isEmpty }
    let fitting = legal.first { $0.utf16.count <= Names.longestSheetName }
    var name = fitting ?? legal.first.map { Names.shortened($0, Names.longestSheetName) } ?? "Table"
    // A short word or one with a digit may read as a reference to a cell, and History is Excel's own.
    let isOneWord = !name.contains(" ")
    if isOneWord, name.count < 4 || name.contains(where: \.isNumber) || name.lowercased() == "history" {
      name = Names.cut(name, Names.longestSheetName - 6) + " table"
    }
    return unique(name, longest: Names.longestSheetName, ending: { " (\($0))" }, cut: Names.shortened)
  }

  /// A name an Excel table may have: letters, digits and underscores, and no reference to a cell.
  mutating func table(_ wish: String) -> String {
    var name = String(wish.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    // Every reference, A1 or R1C1, is free of underscores.
    if name.first?.isLetter != true || !name.contains("_") { name = "Table_" + name }
    return unique(String(name.prefix(200)), longest: 200, ending: { "_\($0)" })
  }

  /// Headers, filled and unique; the report's own where they are already.
  static func headers(_ wishes: [String]) -> [String] {
    var names = Names()
    let own = wishes.enumerated().map { place, wish in
      let header = oneLine(wish)
      return header.isEmpty ? "Column \(place + 1)" : cut(header, 255)
    }
    return own.map { names.unique($0, longest: 255, ending: { " (\($0))" }) }
  }

  /// Text without line breaks and other control characters, which have no place in names and titles.
  static func oneLine(_ text: String) -> String {
    guard !isOneLine(text) else { return text }
    let words = text.legible.split { $0.isWhitespace || ($0.unicodeScalars.first?.value ?? 0) < 32 }
    return words.joined(separator: " ")
  }

  /// Whether text is of plain characters with single spaces between words, as most is.
  private static func isOneLine(_ text: String) -> Bool {
    var last: UInt8 = 0x20
    for byte in text.utf8 {
      guard 0x20..<0x7F ~= byte, byte != 0x20 || last != 0x20 else { return false }
      last = byte
    }
    return last != 0x20 || text.isEmpty
  }

  static let longestSheetName = 31

  private static func withoutForbidden(_ text: String) -> String {
    oneLine(String(text.map { "[]:*?/\\".contains($0) ? " " : $0 }.filter { !"'’".contains($0) }))
  }

  private static func cut(_ text: String, _ length: Int) -> String {
    var cut = text
    while cut.utf16.count > length || cut.last == " " { cut.removeLast() }
    return cut
  }

  private static let littleWords: Set = [
    "a", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
  ]

  /// Whole words, and no little word at the end.
  private static func shortened(_ text: String, _ length: Int) -> String {
    var words = text.split(separator: " ").map(String.init)
    while words.count > 1, words.joined(separator: " ").utf16.count > length { words.removeLast() }
    while words.count > 1, let last = words.last, littleWords.contains(last.lowercased()) {
      words.removeLast()
    }
    return cut(words.joined(separator: " "), length)
  }
}
