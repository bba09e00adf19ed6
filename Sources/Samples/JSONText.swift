import Registers

/// A JSON value as systems built on PHP write it: compact, letters that are not ASCII escaped.
struct JSONText {
  let text: String

  init(_ text: String) {
    guard !text.isEmpty else {
      self = .null
      return
    }
    self.text = "\"" + text.utf16.map(JSONText.escaped).joined() + "\""
  }

  init(_ number: Int) { text = String(number) }

  init(_ value: PupilValue) {
    switch value {
    case .text(let text): self.init(text)
    case .day(let day): self = day.map { JSONText($0.iso) } ?? .null
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

  /// The bytes of a file that holds records, one a line.
  static func file(of records: [JSONText]) -> [UInt8] {
    let pages = object([
      ("more", JSONText(literal: "false")), ("per_page", JSONText(records.count)),
      ("current_page", JSONText(1)),
    ])
    let meta = object([("pagination", pages)])
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
