import Registers
import Tabular

/// Turns the bytes of a mark into a code, exactly as the code table has it.
struct MarkReader: Sendable {
  /// What a mark says.
  enum Reading: Equatable, Sendable {
    case code(AttendanceCode)
    /// A code with a subcode of the school's own, such as `I02`: it counts as the code.
    case subcode(AttendanceCode)
    case unknown
  }

  /// For marks of one byte. Missing: nil for a byte that is none.
  private var single = [AttendanceCode?](repeating: nil, count: 256)
  private let map: [String: Reading]
  private let readsIDs: Bool

  /// - Parameters:
  ///   - marks: What the marks of a source stand for, such as `;` for `I02`.
  ///   - codes: The code of each id, where the column holds ids of marks and no marks.
  init(marks: [String: String] = [:], codes: [String: String] = [:]) {
    guard codes.isEmpty else {
      map = codes.mapValues { code in
        marks[code].map(MarkReader.plainReading) ?? MarkReader.plainReading(code)
      }
      readsIDs = true
      return
    }
    readsIDs = false
    for code in AttendanceCode.allCases where code.mark.utf8.count == 1 {
      for byte in code.mark.utf8 { single[Int(byte)] = code }
    }
    map = marks.mapValues(MarkReader.plainReading)
    // A mark that the source's own map names goes the long way round.
    for mark in marks.keys where mark.utf8.count == 1 {
      for byte in mark.utf8 { single[Int(byte)] = nil }
    }
  }

  @inline(__always)
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading {
    if bytes.count == 1, let code = single[Int(bytes[0])] { return .code(code) }
    return readSlowly(bytes)
  }

  /// Whether the byte is a mark by itself, or a blank for a missing one.
  func knows(_ byte: UInt8) -> Bool {
    single[Int(byte)] != nil || byte.isBlank || map[String(UnicodeScalar(byte))] != nil
  }

  private func readSlowly(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading {
    let bytes = bytes.trimmed
    if bytes.saysNothing { return .code(.noMark) }
    let mark = TextEncoding.text(of: bytes)
    return map[mark] ?? (readsIDs ? .unknown : MarkReader.plainReading(mark))
  }

  /// A mark of the code table, or one letter of it with a subcode of two digits.
  private static func plainReading(_ mark: String) -> Reading {
    if let code = AttendanceCode(mark: mark) { return .code(code) }
    guard mark.utf8.count == 3, let letter = mark.first,
      mark.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }),
      let code = AttendanceCode(mark: String(letter)), code != .noMark
    else { return .unknown }
    return .subcode(code)
  }
}
