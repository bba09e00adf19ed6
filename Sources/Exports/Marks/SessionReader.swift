import Registers
import Tabular

/// A reader of the session column of a long table.
struct SessionReader: Sendable {
  enum Result: Equatable { case half(DayHalf), lesson, unknown }

  /// A Boolean value that indicates whether 1 and 2 are sessions. If the column also has AM, PM or 3, they
  /// are lessons.
  let hasDigitSessions: Bool

  /// - Parameter first: The first cells of the column.
  init(first: [String]) {
    hasDigitSessions = first.allSatisfy {
      SessionReader.isDigit($0) || SessionReader.result(of: $0) == .unknown
    }
  }

  /// Returns whether the text shows that 1 and 2 are lessons.
  func contradictsDigits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = bytes.trimmed
    guard hasDigitSessions, !bytes.isEmpty else { return false }
    let text = TextEncoding.text(of: bytes)
    return !SessionReader.isDigit(text) && SessionReader.result(of: text) != .unknown
  }

  private static func isDigit(_ text: String) -> Bool { text == "1" || text == "2" }

  /// Reads `AM`, `PM`, `Morning`, `AFTERNOON`, `1` and `2`. A lesson such as `P3` or `Period 1` is neither
  /// session.
  @inline(__always)
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    if bytes.count == 2, bytes[1].uppercased == UInt8(ascii: "M") {
      if bytes[0].uppercased == UInt8(ascii: "A") { return .half(.morning) }
      if bytes[0].uppercased == UInt8(ascii: "P") { return .half(.afternoon) }
    }
    return readSlowly(bytes)
  }

  private func readSlowly(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    let text = TextEncoding.text(of: bytes.trimmed)
    guard hasDigitSessions, SessionReader.isDigit(text) else { return SessionReader.result(of: text) }
    return .half(text == "1" ? .morning : .afternoon)
  }

  private static func result(of text: String) -> Result {
    let text = text.lowercased()
    switch text {
    case "am", "a", "morning", "am session", "am reg", "am registration": return .half(.morning)
    case "pm", "p", "afternoon", "pm session", "pm reg", "pm registration": return .half(.afternoon)
    default: break
    }
    let isLesson =
      text.contains { $0.isASCII && $0.isNumber }
      || ["lesson", "period", "tutor", "assembly", "lunch", "break"].contains { text.contains($0) }
    return isLesson ? .lesson : .unknown
  }
}
