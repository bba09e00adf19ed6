import Registers

/// Text output as UTF-8 bytes, independent of any locale.
extension [UInt8] {
  mutating func append(text: String) { append(contentsOf: text.utf8) }

  /// Appends a number of 0 or more in decimal, with leading zeros up to `width` digits.
  mutating func append(decimal value: Int, width: Int = 1) {
    let digits = String(value)
    append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Swift.max(0, width - digits.utf8.count)))
    append(text: digits)
  }

  /// Appends a field of a CSV row, with quotation marks only where RFC 4180 requires them.
  mutating func append(field text: String) {
    let needsQuotationMarks = text.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    guard needsQuotationMarks else { return append(text: text) }
    append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }

  mutating func append(row fields: [String], end: String) {
    for (index, field) in fields.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(field: field)
    }
    append(text: end)
  }
}

/// The format of the dates in an export.
enum DateStyle: Sendable {
  case iso, dayFirst

  func formatted(_ day: Day) -> String {
    switch self {
    case .iso: return day.iso
    case .dayFirst:
      let (year, month, dayOfMonth) = day.date
      var bytes: [UInt8] = []
      bytes.append(decimal: dayOfMonth, width: 2)
      bytes.append(UInt8(ascii: "/"))
      bytes.append(decimal: month, width: 2)
      bytes.append(UInt8(ascii: "/"))
      bytes.append(decimal: year, width: 4)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}

/// The character encoding of an export.
enum ExportEncoding: Sendable {
  case utf8, utf8WithByteOrderMark, windows1252

  /// Returns `text`, which is UTF-8, in this encoding.
  func encoded(_ text: [UInt8]) -> [UInt8] {
    switch self {
    case .utf8: text
    case .utf8WithByteOrderMark: [0xEF, 0xBB, 0xBF] + text
    case .windows1252:
      String(decoding: text, as: UTF8.self).unicodeScalars.map(ExportEncoding.windows1252Byte)
    }
  }

  /// Returns the Windows-1252 byte of a character. Letters outside the encoding lose their accents.
  private static func windows1252Byte(_ scalar: Unicode.Scalar) -> UInt8 {
    switch scalar.value {
    case 0..<0x80, 0xA0...0xFF: UInt8(scalar.value)
    default: otherBytes[scalar] ?? UInt8(ascii: "?")
    }
  }

  /// The bytes of the WHATWG Encoding Standard's index windows-1252, and plain letters for other letters.
  private static let otherBytes: [Unicode.Scalar: UInt8] = [
    "€": 0x80, "‘": 0x91, "’": 0x92, "“": 0x93, "”": 0x94, "–": 0x96, "—": 0x97, "Š": 0x8A, "š": 0x9A,
    "Ž": 0x8E, "ž": 0x9E, "Œ": 0x8C, "œ": 0x9C, "Ÿ": 0x9F,
    "ł": 0x6C, "Ł": 0x4C, "ń": 0x6E, "ą": 0x61, "ę": 0x65, "ś": 0x73, "ć": 0x63, "ż": 0x7A, "ź": 0x7A,
    "č": 0x63, "ș": 0x73, "ş": 0x73, "ţ": 0x74, "ă": 0x61, "ğ": 0x67, "ı": 0x69, "ė": 0x65, "ț": 0x74,
  ]
}

/// A JSON value as text in the style of PHP: compact, with characters outside ASCII and slashes escaped.
struct JSONText {
  let text: String

  /// Creates a string, or `null` from an empty string.
  init(_ text: String) {
    self.text = text.isEmpty ? "null" : "\"" + text.utf16.map(JSONText.escaped).joined() + "\""
  }

  init(_ number: Int) { text = String(number) }

  init(_ value: PupilValue) {
    switch value {
    case .text(let text): self.init(text)
    case .day(let day): self.init(day?.iso ?? "")
    case .status(.yes): self.init(literal: "true")
    case .status(.no): self.init(literal: "false")
    case .status(.unknown): self = .null
    }
  }

  private init(literal: String) { text = literal }

  static let null = JSONText(literal: "null")

  static func object(_ members: [(String, JSONText)]) -> JSONText {
    let members = members.map { JSONText($0.0).text + ":" + $0.1.text }
    return JSONText(literal: "{" + members.joined(separator: ",") + "}")
  }

  /// Returns the bytes of a file with one record on each line.
  static func file(of records: [JSONText]) -> [UInt8] {
    let pagination = object([
      ("more", JSONText(literal: "false")), ("per_page", JSONText(records.count)),
      ("current_page", JSONText(1)),
    ])
    let meta = object([("pagination", pagination)])
    return Array(
      ("{\"data\":[\n" + records.map(\.text).joined(separator: ",\n") + "\n],\"meta\":\(meta.text)}\n").utf8)
  }

  private static func escaped(_ unit: UInt16) -> String {
    switch unit {
    case 0x0A: return "\\n"
    case 0x22, 0x2F, 0x5C: return "\\" + String(UnicodeScalar(UInt8(unit)))
    case 0x20..<0x7F: return String(UnicodeScalar(UInt8(unit)))
    default:
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}
