import Registers
import Tabular

/// A reader of marks, which follows the code table exactly.
struct MarkReader: Sendable {
  /// The meaning of a mark.
  enum Result: Equatable, Sendable {
    case code(AttendanceCode)
    /// A code with the school's own subcode, such as `I02`. It counts as the code.
    case subcode(AttendanceCode)
    case unknown
  }

  /// The code of each mark of one byte, or `nil` if the byte is not a mark.
  private var single = [AttendanceCode?](repeating: nil, count: 256)
  private let customMarks: [String: Result]
  private let hasIDs: Bool

  /// - Parameters:
  ///   - marks: The codes of a source's own marks, such as `I02` for `;`.
  ///   - codes: The code of each id, if the column holds ids instead of marks.
  init(marks: [String: String] = [:], codes: [String: String] = [:]) {
    guard codes.isEmpty else {
      customMarks = codes.mapValues { code in
        marks[code].map(MarkReader.plainResult) ?? MarkReader.plainResult(code)
      }
      hasIDs = true
      return
    }
    hasIDs = false
    for code in AttendanceCode.allCases where code.mark.utf8.count == 1 {
      for byte in code.mark.utf8 { single[Int(byte)] = code }
    }
    customMarks = marks.mapValues(MarkReader.plainResult)
    // A mark of the source's own has its own code, so it must not be found in the table.
    for mark in marks.keys where mark.utf8.count == 1 {
      for byte in mark.utf8 { single[Int(byte)] = nil }
    }
  }

  @inline(__always)
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    if bytes.count == 1, let code = single[Int(bytes[0])] { return .code(code) }
    return readSlowly(bytes)
  }

  /// Returns whether the byte by itself is a mark or a blank for a missing mark.
  func isMark(_ byte: UInt8) -> Bool {
    single[Int(byte)] != nil || byte.isBlank || customMarks[String(UnicodeScalar(byte))] != nil
  }

  private func readSlowly(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    let bytes = bytes.trimmed
    if bytes.isEmptyValue { return .code(.noMark) }
    let mark = TextEncoding.text(of: bytes)
    return customMarks[mark] ?? (hasIDs ? .unknown : MarkReader.plainResult(mark))
  }

  /// Reads a mark of the code table, or one letter of it with a subcode of two digits.
  private static func plainResult(_ mark: String) -> Result {
    if let code = AttendanceCode(mark: mark) { return .code(code) }
    guard mark.utf8.count == 3, let letter = mark.first,
      mark.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }),
      let code = AttendanceCode(mark: String(letter)), code != .noMark
    else { return .unknown }
    return .subcode(code)
  }
}
