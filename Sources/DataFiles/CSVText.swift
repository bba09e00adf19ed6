import Registers

/// Text of comma-separated values by RFC 4180, lines ending in LF.
struct CSVText {
  private(set) var bytes: [UInt8] = []
  private var isAtLineStart = true

  mutating func field(_ text: String) {
    startField()
    guard text.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
      bytes += text.utf8
      return
    }
    bytes.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  mutating func field(_ number: Int) {
    startField()
    bytes += String(number).utf8
  }

  /// A number, or nothing where there is none.
  mutating func field(_ number: Int?) {
    if let number { field(number) } else { startField() }
  }

  mutating func field(_ flag: Bool) { field(flag ? 1 : 0) }

  /// Yes is 1, no is 0, unknown is nothing.
  mutating func field(_ status: Status) {
    switch status {
    case .yes: field(1)
    case .no: field(0)
    case .unknown: startField()
    }
  }

  mutating func endLine() {
    bytes.append(0x0A)
    isAtLineStart = true
  }

  private mutating func startField() {
    if !isAtLineStart { bytes.append(0x2C) }
    isAtLineStart = false
  }
}
