import Registers
import Tabular

/// A reader of marks, which follows the code table.
///
/// A code is also read in small letters, with the guards and escapes that programs put around it (`'/`,
/// `="/"`, `&#47;`, `\\\\`), and with words behind it (`/ - Present AM`) or before it (`Illness (I)`).
struct MarkReader: Sendable {
  /// The meaning of a mark.
  enum Result: Equatable, Sendable {
    case code(AttendanceCode)
    /// A code with the school's own subcode, such as `I02`. It counts as the code.
    case subcode(AttendanceCode)
    /// A code in small letters, or with other characters around it.
    case altered(AttendanceCode)
    case unknown

    /// The code, or `nil` if the mark is unknown.
    var code: AttendanceCode? {
      switch self {
      case .code(let code), .subcode(let code), .altered(let code): code
      case .unknown: nil
      }
    }
  }

  /// The code of each mark of one byte, or `nil` if the byte is not a mark.
  private var single = [AttendanceCode?](repeating: nil, count: 256)
  /// The code of each mark of two bytes, with the mark as a number.
  private var double: [UInt16: AttendanceCode] = [:]
  /// The source's own marks, with those in capitals or small letters also in small letters.
  private let customMarks: [String: Result]
  private let hasIDs: Bool

  /// - Parameters:
  ///   - marks: The codes of a source's own marks, such as `I02` for `;`.
  ///   - codes: The code of each id, if the column has ids instead of marks.
  init(marks: [String: String] = [:], codes: [String: String] = [:]) {
    let table = MarkReader()
    guard codes.isEmpty else {
      customMarks = codes.mapValues { code in
        marks[code].map(table.result(of:)) ?? table.result(of: code)
      }
      hasIDs = true
      return
    }
    hasIDs = false
    single = table.single
    double = table.double
    let own = marks.mapValues(table.result(of:))
    customMarks = own.merging(own.map { ($0.lowercased(), $1) }) { own, _ in own }
    // A mark of the source's own has its own code, so it must not be found in the table.
    for mark in marks.keys where mark.utf8.count == 1 {
      for byte in mark.utf8 { single[Int(byte)] = nil }
    }
  }

  /// Makes a reader of the code table alone.
  private init() {
    customMarks = [:]
    hasIDs = false
    for code in AttendanceCode.allCases {
      let bytes = Array(code.mark.utf8)
      if bytes.count == 1 { single[Int(bytes[0])] = code }
      if bytes.count == 2 { double[UInt16(bytes[0]) << 8 | UInt16(bytes[1])] = code }
    }
  }

  @inline(__always)
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    if bytes.count == 1, let code = single[Int(bytes[0])] { return .code(code) }
    return readSlowly(bytes)
  }

  /// Returns the meaning of a mark that is given as text.
  func result(of mark: String) -> Result {
    var mark = mark
    return mark.withUTF8 { read($0) }
  }

  /// Returns whether the byte by itself is a mark or a blank for a missing mark.
  func isMark(_ byte: UInt8) -> Bool {
    single[Int(byte)] != nil || byte.isBlank || customMarks[String(UnicodeScalar(byte))] != nil
      || single[Int(byte.uppercased)] != nil
  }

  private func readSlowly(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    let bytes = bytes.trimmed
    if bytes.isEmptyValue || bytes.count == 2 && bytes.elementsEqual("--".utf8) { return .code(.noMark) }
    if hasIDs { return customMarks[TextEncoding.text(of: bytes)] ?? .unknown }
    let plain = plainResult(bytes)
    if plain != .unknown { return plain }
    let inner = bytes.withoutGuards
    let result = inner.escapedByte.flatMap { single[Int($0)] }.map(Result.code) ?? plainResult(inner)
    if result != .unknown { return MarkReader.altered(result) }
    return MarkReader.altered(resultWithWords(inner))
  }

  private static func altered(_ result: Result) -> Result {
    if case .code(let code) = result { .altered(code) } else { result }
  }

  /// Reads a mark of the source's own or of the code table, or one letter of it with a subcode of two
  /// digits, in capitals or small letters.
  private func plainResult(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    if !customMarks.isEmpty {
      let mark = TextEncoding.text(of: bytes)
      if let custom = customMarks[mark] ?? customMarks[mark.lowercased()] { return custom }
    }
    switch bytes.count {
    case 1:
      if let code = single[Int(bytes[0])] { return .code(code) }
      return single[Int(bytes[0].uppercased)].map(Result.altered) ?? .unknown
    case 2:
      let key = UInt16(bytes[0].uppercased) << 8 | UInt16(bytes[1])
      guard let code = double[key] else { return .unknown }
      return bytes[0] == bytes[0].uppercased ? .code(code) : .altered(code)
    case 3:
      guard bytes[1].digit != nil, bytes[2].digit != nil, let code = single[Int(bytes[0].uppercased)],
        code != .noMark
      else { return .unknown }
      return .subcode(code)
    default: return .unknown
    }
  }

  /// Reads `/ - Present AM`, `I: Illness`, `I (Illness)` and `Illness (I)`.
  private func resultWithWords(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    for length in [3, 2, 1] where length + 2 < bytes.count {
      let rest = UnsafeBufferPointer(rebasing: bytes[length...]).trimmed
      guard let separator = rest.first, separator.isMarkSeparator,
        rest.count(where: \.isASCIILetter) > 1
      else { continue }
      let result = plainResult(UnsafeBufferPointer(rebasing: bytes[..<length]).trimmed)
      if result != .unknown { return result }
    }
    guard let last = bytes.last, last == UInt8(ascii: ")") || last == UInt8(ascii: "]"),
      let open = bytes.lastIndex(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }), open > 0
    else { return .unknown }
    return plainResult(UnsafeBufferPointer(rebasing: bytes[(open + 1)..<(bytes.count - 1)]).trimmed)
  }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool { 0x41...0x5A ~= uppercased }

  /// A Boolean value that indicates whether the byte may separate a code and its words. A long dash
  /// starts with 0xE2 in UTF-8, and is 0x96 or 0x97 in Windows-1252.
  fileprivate var isMarkSeparator: Bool {
    switch self {
    case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "|"),
      UInt8(ascii: "="), UInt8(ascii: ","), 0xE2, 0x96, 0x97:
      true
    default: false
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes without the guards that programs put around a value so that a spreadsheet keeps it as it is:
  /// an apostrophe before it, quotation marks around it, or `="…"`.
  var withoutGuards: UnsafeBufferPointer<UInt8> {
    var bytes = self.trimmed
    for _ in 0..<3 {
      var lower = 0
      var upper = bytes.count
      guard upper > 1 else { break }
      if bytes[0] == UInt8(ascii: "="), bytes[1] == .quote { lower = 1 }
      if upper - lower > 2, bytes[lower] == bytes[upper - 1],
        bytes[lower] == .quote || bytes[lower] == UInt8(ascii: "'")
      {
        lower += 1
        upper -= 1
      } else if bytes[0] == UInt8(ascii: "'") {
        lower = 1
      } else if upper > 3, bytes[0] == 0xE2, bytes[1] == 0x80, bytes[2] == 0x98 || bytes[2] == 0x99 {
        lower = 3
      } else {
        break
      }
      bytes = UnsafeBufferPointer(rebasing: bytes[lower..<upper]).trimmed
    }
    return bytes
  }

  /// The byte of a slash that is written with an escape, such as `&#47;`, `%2F` or a doubled backslash, or
  /// `nil` for anything else.
  fileprivate var escapedByte: UInt8? {
    guard 2...8 ~= count else { return nil }
    if allSatisfy({ $0 == UInt8(ascii: "\\") }) { return count == 2 || count == 4 ? UInt8(ascii: "\\") : nil }
    let slashes: [StaticString] = ["\\/", "&#47;", "&#x2f;", "&sol;", "&frasl;", "%2f", "\\u002f", "\\x2f"]
    if slashes.contains(where: equalsInAnyCase) { return UInt8(ascii: "/") }
    let backslashes: [StaticString] = ["&#92;", "&#x5c;", "&bsol;", "%5c", "\\u005c", "\\x5c"]
    return backslashes.contains(where: equalsInAnyCase) ? UInt8(ascii: "\\") : nil
  }

  private func equalsInAnyCase(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    return indices.allSatisfy { self[$0].uppercased == text.utf8Start[$0].uppercased }
  }
}
