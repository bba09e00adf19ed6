import Registers

/// Writing of text as bytes, with nothing that looks at a locale.
extension [UInt8] {
  mutating func append(text: String) { append(contentsOf: text.utf8) }

  mutating func appendDecimal(_ value: Int, width: Int = 1) {
    var power = 10
    for _ in 1..<Swift.max(width, 1) { power *= 10 }
    while power <= value { power *= 10 }
    while power > 1 {
      power /= 10
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / power % 10))
    }
  }

  /// The text as a field of a CSV row: quoted only when it must be. Source: RFC 4180.
  mutating func append(field text: String) {
    let mustBeQuoted = text.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
        || $0 == UInt8(ascii: "\r")
    }
    guard mustBeQuoted else { return append(text: text) }
    append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }

  mutating func append(row fields: [String], end: String) {
    for (position, field) in fields.enumerated() {
      if position > 0 { append(UInt8(ascii: ",")) }
      append(field: field)
    }
    append(text: end)
  }
}

/// How an export writes a date.
enum DateStyle: Sendable {
  case iso, dayFirst

  func text(_ day: Day) -> String {
    switch self {
    case .iso: return day.iso
    case .dayFirst:
      let (year, month, dayOfMonth) = day.date
      var bytes: [UInt8] = []
      bytes.appendDecimal(dayOfMonth, width: 2)
      bytes.append(UInt8(ascii: "/"))
      bytes.appendDecimal(month, width: 2)
      bytes.append(UInt8(ascii: "/"))
      bytes.appendDecimal(year, width: 4)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
