/// A tokeniser of JSON, strict by RFC 8259. Objects on consecutive lines form one file.
struct JSONScanner: ~Copyable {
  enum Token { case beginObject, endObject, beginArray, endArray, key, string, number, yes, no, null, end }

  private enum Expected { case value, valueOrEnd, key, keyOrEnd, commaOrEnd, lineOrEnd }
  private enum Container { case object, array }

  private let file: String
  private let read: ByteFeed.Read
  private let buffer: UnsafeMutableRawBufferPointer
  private var index = 0
  private var end = 0
  private var isComplete = false
  private(set) var line = 1
  private var stack: [Container] = []
  private var expected = Expected.value
  private var isFirst = true
  private var hasEndedWithObject = false
  private var endLine = 0
  /// The last key, string or number, unescaped.
  private(set) var text = ByteBuffer()

  static let maxDepth = 64
  static let remedy = "Export it again, or export it as CSV."
  /// The maximum length of a text in bytes.
  private static let maxTextLength = 1 << 16

  init(_ read: @escaping ByteFeed.Read, file: String) throws(TableFailure) {
    self.file = file
    self.read = try UTF8Feed.read(read)
    buffer = .allocate(byteCount: 1 << 16, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// The number of open containers.
  var depth: Int { stack.count }

  /// Returns the next token.
  ///
  /// - Throws: A failure if the file is malformed, ends early or exceeds a limit.
  mutating func next() throws(TableFailure) -> Token {
    guard let byte = try nextVisible() else {
      if expected == .lineOrEnd { return .end }
      if isFirst { throw .empty(file: file) }
      throw failure("the file ends early, in the middle of its data")
    }
    isFirst = false
    switch expected {
    case .lineOrEnd:
      guard byte == UInt8(ascii: "{"), hasEndedWithObject, line > endLine else {
        throw failure("expected nothing after the end of the data")
      }
      return try value(byte)
    case .commaOrEnd:
      if byte == closing { return close() }
      guard byte == .comma else {
        throw failure("expected a comma or \(stack.last == .object ? "}" : "]") after a value")
      }
      index += 1
      expected = stack.last == .object ? .key : .value
      return try next()
    case .key, .keyOrEnd:
      if expected == .keyOrEnd, byte == closing { return close() }
      guard byte == .quote else { throw failure("expected a field name in quotation marks") }
      return try key()
    case .valueOrEnd where byte == closing: return close()
    case .value, .valueOrEnd: return try value(byte)
    }
  }

  func failure(_ reason: String) -> TableFailure {
    .unusable(file: file, location: "line \(line)", reason: reason, remedy: JSONScanner.remedy)
  }

  private var closing: UInt8 { stack.last == .object ? UInt8(ascii: "}") : UInt8(ascii: "]") }

  private mutating func close() -> Token {
    index += 1
    let container = stack.removeLast()
    finishValue(isObject: container == .object)
    return container == .object ? .endObject : .endArray
  }

  private mutating func finishValue(isObject: Bool = false) {
    expected = stack.isEmpty ? .lineOrEnd : .commaOrEnd
    guard stack.isEmpty else { return }
    hasEndedWithObject = isObject
    endLine = line
  }

  private mutating func open(_ container: Container) throws(TableFailure) {
    index += 1
    guard stack.count < JSONScanner.maxDepth else {
      throw failure("its values are nested more than \(JSONScanner.maxDepth) deep")
    }
    stack.append(container)
    expected = container == .object ? .keyOrEnd : .valueOrEnd
  }

  private mutating func key() throws(TableFailure) -> Token {
    try string()
    guard try nextVisible() == UInt8(ascii: ":") else { throw failure("expected a colon after a field name") }
    index += 1
    expected = .value
    return .key
  }

  private mutating func value(_ byte: UInt8) throws(TableFailure) -> Token {
    switch byte {
    case UInt8(ascii: "{"):
      try open(.object)
      return .beginObject
    case UInt8(ascii: "["):
      try open(.array)
      return .beginArray
    case .quote:
      try string()
      finishValue()
      return .string
    case UInt8(ascii: "t"): return try literal("true", .yes)
    case UInt8(ascii: "f"): return try literal("false", .no)
    case UInt8(ascii: "n"): return try literal("null", .null)
    default:
      try number()
      finishValue()
      return .number
    }
  }

  private mutating func literal(_ word: StaticString, _ token: Token) throws(TableFailure) -> Token {
    for letter in 0..<word.utf8CodeUnitCount {
      guard try peek() == word.utf8Start[letter] else { throw failure("expected the value \(word)") }
      index += 1
    }
    finishValue()
    return token
  }
}

extension JSONScanner {
  private mutating func number() throws(TableFailure) {
    text.truncate(to: 0)
    _ = try take(UInt8(ascii: "-"))
    if try !take(UInt8(ascii: "0")) { try digits() }
    if try take(UInt8(ascii: ".")) { try digits() }
    let hasLetter = try take(UInt8(ascii: "e")) ? true : try take(UInt8(ascii: "E"))
    if hasLetter {
      if try !take(UInt8(ascii: "+")) { _ = try take(UInt8(ascii: "-")) }
      try digits()
    }
  }

  private mutating func take(_ byte: UInt8) throws(TableFailure) -> Bool {
    guard try peek() == byte else { return false }
    text.append(byte)
    index += 1
    return true
  }

  private mutating func digits() throws(TableFailure) {
    guard try peek()?.digit != nil else {
      throw failure(text.count == 0 ? "expected a value" : "expected a digit in a number")
    }
    while let byte = try peek(), byte.digit != nil {
      text.append(byte)
      index += 1
      try checkLength()
    }
  }

  private mutating func string() throws(TableFailure) {
    text.truncate(to: 0)
    index += 1
    while let byte = try peek() {
      switch byte {
      case .quote:
        index += 1
        return
      case UInt8(ascii: "\\"):
        index += 1
        try escape()
      case ..<0x20: throw failure("expected no line break or control character inside quotation marks")
      default: appendPlainBytes()
      }
      try checkLength()
    }
    throw failure("the file ends early, inside quotation marks")
  }

  /// Appends the bytes in the buffer up to a quote, an escape or a control character.
  private mutating func appendPlainBytes() {
    let bytes = UnsafeRawBufferPointer(buffer).assumingMemoryBound(to: UInt8.self)
    let start = index
    while index < end, bytes[index] != .quote, bytes[index] != UInt8(ascii: "\\"), bytes[index] >= 0x20 {
      index += 1
    }
    text.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
  }

  private mutating func checkLength() throws(TableFailure) {
    if text.count > JSONScanner.maxTextLength { throw failure("it has a text longer than 64 KB") }
  }

  private mutating func escape() throws(TableFailure) {
    guard let byte = try peek() else { throw failure("the file ends early, inside quotation marks") }
    index += 1
    switch byte {
    case UInt8(ascii: "u"): try unicodeEscape()
    case .quote, UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "n"): text.append(UInt8.newline)
    case UInt8(ascii: "r"): text.append(UInt8.carriageReturn)
    case UInt8(ascii: "t"): text.append(0x09 as UInt8)
    case UInt8(ascii: "b"): text.append(0x08 as UInt8)
    case UInt8(ascii: "f"): text.append(0x0C as UInt8)
    default: throw failure("expected one of \"\\/bfnrtu after a backslash")
    }
  }

  /// Appends a character by its number. Half of a surrogate pair becomes the replacement character.
  private mutating func unicodeEscape() throws(TableFailure) {
    var unit = try codeUnit()
    while UTF16.isLeadSurrogate(unit) {
      guard try peek() == UInt8(ascii: "\\") else { return text.append("\u{FFFD}" as Unicode.Scalar) }
      index += 1
      guard try peek() == UInt8(ascii: "u") else {
        text.append("\u{FFFD}" as Unicode.Scalar)
        return try escape()
      }
      index += 1
      let next = try codeUnit()
      if UTF16.isTrailSurrogate(next) {
        return text.append(UTF16.decode(UTF16.EncodedScalar([unit, next])))
      }
      text.append("\u{FFFD}" as Unicode.Scalar)
      try checkLength()
      unit = next
    }
    text.append(Unicode.Scalar(unit) ?? "\u{FFFD}")
  }

  private mutating func codeUnit() throws(TableFailure) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let nibble = try peek()?.hexadecimalDigit else {
        throw failure("expected four hexadecimal digits after \\u")
      }
      index += 1
      unit = unit << 4 | UInt16(nibble)
    }
    return unit
  }

  private mutating func nextVisible() throws(TableFailure) -> UInt8? {
    while let byte = try peek() {
      guard byte.isBlank else { return byte }
      if byte == .newline { line += 1 }
      index += 1
    }
    return nil
  }

  @inline(__always) private mutating func peek() throws(TableFailure) -> UInt8? {
    if index == end {
      guard !isComplete else { return nil }
      index = 0
      end = try read(buffer)
      isComplete = end == 0
      guard end > 0 else { return nil }
    }
    return buffer[index]
  }
}
