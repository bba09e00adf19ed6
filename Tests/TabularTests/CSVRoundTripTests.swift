import TabularTestSupport
import TestSupport
import Testing

@testable import Tabular

@Suite struct CSVRoundTripTests {
  /// A table, and its text as a correct writer produces it.
  struct Table {
    var fields: [[String]] = []
    var text = ""

    init(seed: UInt64) {
      var random = Seeded(seed)
      let alphabet = ["a", "7", "\\", "/", "\"", ",", ";", "\n", "\r", "\r\n", "é", "£", "#", "-", " x"]
      let lineEnd = random.pick(["\n", "\r\n", "\r"])
      let width = Int.random(in: 2...9, using: &random)
      for number in 0..<Int.random(in: 0...40, using: &random) {
        var row: [String] = []
        for index in 0..<width {
          if number > 0, index < 3, random.chance(70) {
            row.append(fields[number - 1][index])
          } else {
            row.append(
              (0..<Int.random(in: 0...random.pick([1, 4, 40]), using: &random))
                .map { _ in random.pick(alphabet) }.joined())
          }
        }
        fields.append(row)
        text += row.map { Table.written($0, always: random.chance(30)) }.joined(separator: ",") + lineEnd
      }
      if random.chance(30), !fields.isEmpty { text = String(text.dropLast()) }
      if random.chance(30) { text = "\u{FEFF}" + text }
    }

    static func written(_ field: String, always: Bool) -> String {
      guard always || field.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else {
        return field
      }
      return "\"\(field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }

    /// The fields without white space at either end.
    var trimmed: [[String]] {
      fields.map { $0.map { withBytes($0) { TextEncoding.text(of: $0.trimmed) } } }
    }
  }

  @Test(arguments: 1...300) func `a written table is read back unchanged`(seed: Int) throws {
    let table = Table(seed: UInt64(seed))
    for piece in [1, 2, 5, 63, 64, 65, Int.max] {
      for stable in [0, 1, 2, 3, 7] {
        let scanned = try Scanned(table.text, atMost: piece, stableFields: stable)
        #expect(scanned.rows == table.trimmed, "seed \(seed), pieces of \(piece), stable \(stable)")
        #expect(scanned.openQuotes == [], "seed \(seed)")
      }
    }
  }

  @Test(arguments: 1...300) func `damaged text is read the same in any pieces`(seed: Int) throws {
    var random = Seeded(UInt64(seed))
    var bytes = Array(Table(seed: UInt64(seed)).text.utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let index = Int.random(in: 0...bytes.count, using: &random)
      bytes.insert(random.pick([.quote, .comma, .newline, .carriageReturn, 0x80, 0xFF, 0]), at: index)
    }
    let whole = try Scanned(bytes, pieceSize: 1 << 18)
    for piece in [1, 3, 64, Int.max] {
      for stable in [0, 2, 4] {
        let scanned = try Scanned(bytes, atMost: piece, stableFields: stable)
        #expect(scanned == whole, "seed \(seed), pieces of \(piece), stable \(stable)")
      }
    }
  }
}
