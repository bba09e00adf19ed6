import Registers
import Tabular

/// Reads the session column of a long table.
struct SessionReader: Sendable {
  enum Reading: Equatable { case half(DayHalf), lesson, unknown }

  /// Whether 1 and 2 are the sessions. Where the column also has AM and PM, or a 3, they are lessons.
  let readsDigits: Bool

  /// - Parameter first: The first texts of the column.
  init(first: [String]) {
    readsDigits = first.allSatisfy { SessionReader.isDigit($0) || SessionReader.reading(of: $0) == .unknown }
  }

  /// Whether the text shows that 1 and 2 are lessons.
  func contradictsDigits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = bytes.trimmed
    guard readsDigits, !bytes.isEmpty else { return false }
    let text = TextEncoding.text(of: bytes)
    return !SessionReader.isDigit(text) && SessionReader.reading(of: text) != .unknown
  }

  private static func isDigit(_ text: String) -> Bool { text == "1" || text == "2" }

  /// `AM`, `PM`, `Morning`, `AFTERNOON`, `1`, `2`; a lesson such as `P3` or `Period 1` is neither.
  @inline(__always)
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading {
    if bytes.count == 2, bytes[1].uppercased == UInt8(ascii: "M") {
      if bytes[0].uppercased == UInt8(ascii: "A") { return .half(.morning) }
      if bytes[0].uppercased == UInt8(ascii: "P") { return .half(.afternoon) }
    }
    return readSlowly(bytes)
  }

  private func readSlowly(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading {
    let text = TextEncoding.text(of: bytes.trimmed)
    guard readsDigits, SessionReader.isDigit(text) else { return SessionReader.reading(of: text) }
    return .half(text == "1" ? .morning : .afternoon)
  }

  private static func reading(of text: String) -> Reading {
    let words = text.lowercased()
    switch words {
    case "am", "a", "morning", "am session", "am reg", "am registration": return .half(.morning)
    case "pm", "p", "afternoon", "pm session", "pm reg", "pm registration": return .half(.afternoon)
    default: break
    }
    let isLesson =
      words.contains { $0.isASCII && $0.isNumber }
      || ["lesson", "period", "tutor", "assembly", "lunch", "break"].contains { words.contains($0) }
    return isLesson ? .lesson : .unknown
  }
}
