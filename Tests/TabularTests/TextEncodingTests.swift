import TabularTestSupport
import Testing

@testable import Tabular

@Suite struct TextEncodingTests {
  /// Source: Python's codec cp1252 for 0x80 to 0x9F; a dash where it defines nothing.
  static let upper =
    "20AC - 201A 0192 201E 2026 2020 2021 02C6 2030 0160 2039 0152 - 017D - "
    + "- 2018 2019 201C 201D 2022 2013 2014 02DC 2122 0161 203A 0153 - 017E 0178"

  @Test func `every byte of Windows-1252 is its character`() throws {
    let upper = Self.upper.split(separator: " ")
    #expect(upper.count == 32)
    for byte in UInt8.min...UInt8.max {
      let text = withBytes([byte]) { TextEncoding.text(of: $0) }
      var expected = UInt32(byte)
      if 0x80...0x9F ~= byte {
        guard let defined = UInt32(upper[Int(byte) - 0x80], radix: 16) else { continue }
        expected = defined
      }
      #expect(text.unicodeScalars.map(\.value) == [expected], "byte \(byte)")
    }
  }

  @Test func `valid UTF-8 is read as UTF-8`() {
    for text in ["Zoë", "Łukasz", "İpek", "李", "O’Brien", "🙂", ""] {
      #expect(withBytes(text) { TextEncoding.text(of: $0) } == text)
    }
  }

  @Test func `one file may mix UTF-8 and Windows-1252`() throws {
    let bytes = Array("Zo".utf8) + [0xEB, .comma] + Array("Zoë\n".utf8)
    #expect(try Scanned(bytes).rows == [["Zoë", "Zoë"]])
  }

  @Test(
    arguments: [
      [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xF8, 0x88, 0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80],
    ] as [[UInt8]])
  func `invalid UTF-8 is read as Windows-1252 byte for byte`(bytes: [UInt8]) {
    #expect(withBytes(bytes) { TextEncoding.text(of: $0) }.unicodeScalars.count == bytes.count)
  }
}
