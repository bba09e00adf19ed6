/// Names in a workbook that are unique without regard to case.
struct UniqueNames {
  private var used: Set<String> = []

  /// Returns a name, or the name shortened and with a number that makes it unique.
  private mutating func unique(
    _ name: String, maxLength: Int, ending: (Int) -> String, cut: (String, Int) -> String = UniqueNames.cut
  ) -> String {
    var candidate = name
    var number = 2
    while !used.insert(candidate.lowercased()).inserted {
      let ending = ending(number)
      candidate = cut(name, maxLength - ending.utf16.count) + ending
      number += 1
    }
    return candidate
  }

  /// Returns a valid name of a worksheet: at most 31 characters, and none that Excel forbids.
  mutating func sheet(_ candidates: [String]) -> String {
    let legal = candidates.map(UniqueNames.withoutForbidden).filter { !$0.isEmpty }
    let fitting = legal.first { $0.utf16.count <= UniqueNames.maxSheetNameLength }
    var name =
      fitting ?? legal.first.map { UniqueNames.shortened($0, UniqueNames.maxSheetNameLength) } ?? "Table"
    // A short word or one with a digit may look like a reference to a cell, and Excel reserves History.
    let isOneWord = !name.contains(" ")
    if isOneWord, name.count < 4 || name.contains(where: \.isNumber) || name.lowercased() == "history" {
      name = UniqueNames.cut(name, UniqueNames.maxSheetNameLength - 6) + " table"
    }
    return unique(
      name, maxLength: UniqueNames.maxSheetNameLength, ending: { " (\($0))" }, cut: UniqueNames.shortened)
  }

  /// Returns a valid name of an Excel table: letters, digits and underscores, and no reference to a cell.
  mutating func table(_ candidate: String) -> String {
    var name = String(candidate.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    // References such as A1 and R1C1 have no underscores.
    if name.first?.isLetter != true || !name.contains("_") { name = "Table_" + name }
    return unique(String(name.prefix(200)), maxLength: 200, ending: { "_\($0)" })
  }

  /// Returns headers that have text and are unique, and otherwise are those of the report.
  static func headers(_ candidates: [String]) -> [String] {
    var names = UniqueNames()
    let headers = candidates.enumerated().map { index, candidate in
      let header = oneLine(candidate)
      return header.isEmpty ? "Column \(index + 1)" : cut(header, 255)
    }
    return headers.map { names.unique($0, maxLength: 255, ending: { " (\($0))" }) }
  }

  /// Returns text without line breaks and other control characters.
  static func oneLine(_ text: String) -> String {
    guard !isOneLine(text) else { return text }
    let words = text.withoutInvalidXML.split { $0.isWhitespace || ($0.unicodeScalars.first?.value ?? 0) < 32 }
    return words.joined(separator: " ")
  }

  /// Returns whether a text has only printable ASCII characters and single spaces, as most texts have.
  private static func isOneLine(_ text: String) -> Bool {
    var last: UInt8 = 0x20
    for byte in text.utf8 {
      guard 0x20..<0x7F ~= byte, byte != 0x20 || last != 0x20 else { return false }
      last = byte
    }
    return last != 0x20 || text.isEmpty
  }

  static let maxSheetNameLength = 31

  private static func withoutForbidden(_ text: String) -> String {
    oneLine(String(text.map { "[]:*?/\\".contains($0) ? " " : $0 }.filter { !"'’".contains($0) }))
  }

  private static func cut(_ text: String, _ length: Int) -> String {
    var cut = text
    while cut.utf16.count > length || cut.last == " " { cut.removeLast() }
    return cut
  }

  private static let functionWords: Set = [
    "a", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
  ]

  /// Returns the first words of a text, without a function word at the end.
  private static func shortened(_ text: String, _ length: Int) -> String {
    var words = text.split(separator: " ").map(String.init)
    while words.count > 1, words.joined(separator: " ").utf16.count > length { words.removeLast() }
    while words.count > 1, let last = words.last, functionWords.contains(last.lowercased()) {
      words.removeLast()
    }
    return cut(words.joined(separator: " "), length)
  }
}
