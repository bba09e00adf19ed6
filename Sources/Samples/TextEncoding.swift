/// How an export turns its text into bytes.
enum TextEncoding: Sendable {
  case utf8, utf8WithMark, windows1252

  func bytes(_ text: [UInt8]) -> [UInt8] {
    switch self {
    case .utf8: text
    case .utf8WithMark: [0xEF, 0xBB, 0xBF] + text
    case .windows1252: String(decoding: text, as: UTF8.self).unicodeScalars.map(TextEncoding.windows1252Byte)
    }
  }

  /// The byte of a character in Windows-1252; like Windows itself, a letter it lacks loses its accent.
  ///
  /// Source: the WHATWG Encoding Standard, index windows-1252, for the part above 0x7F.
  private static func windows1252Byte(_ scalar: Unicode.Scalar) -> UInt8 {
    switch scalar.value {
    case 0..<0x80, 0xA0...0xFF: return UInt8(scalar.value)
    default: return upperHalf[scalar] ?? UInt8(ascii: "?")
    }
  }

  private static let upperHalf: [Unicode.Scalar: UInt8] = [
    "€": 0x80, "‘": 0x91, "’": 0x92, "“": 0x93, "”": 0x94, "–": 0x96, "—": 0x97, "Š": 0x8A, "š": 0x9A,
    "Ž": 0x8E,
    "ž": 0x9E, "Œ": 0x8C, "œ": 0x9C, "Ÿ": 0x9F,
    "ł": 0x6C, "Ł": 0x4C, "ń": 0x6E, "ą": 0x61, "ę": 0x65, "ś": 0x73, "ć": 0x63, "ż": 0x7A, "ź": 0x7A,
    "č": 0x63,
    "ș": 0x73, "ş": 0x73, "ţ": 0x74, "ă": 0x61, "ğ": 0x67, "ı": 0x69, "ė": 0x65, "ț": 0x74,
  ]
}
