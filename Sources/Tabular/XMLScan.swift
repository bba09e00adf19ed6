import CExpat

/// What becomes of the events of an XML document, as `XMLScan` meets them.
class XMLHandler {
  enum Request { case goOn, pause, refuse }

  /// Elements open, the one that starts or ends among them.
  fileprivate(set) var depth = 0
  /// Set by a handler to stop the scan after the event.
  var request = Request.goOn
  /// Why it refused; the scan adds the line.
  var refusal: String?
  fileprivate var events = 0
  /// Where to ask for a stop; it outlives no scan.
  fileprivate var parser: OpaquePointer?
  fileprivate var hasDocumentType = false
  fileprivate var isTooDeep = false

  func start(_ name: XMLName, _ attributes: XMLAttributes) {}
  func end(_ name: XMLName) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

  final func refuse(_ reason: String) {
    refusal = refusal ?? reason
    request = .refuse
  }
}

/// The name of an element or attribute, without the prefix of its namespace; it lives as long as the event.
struct XMLName {
  let bytes: UnsafeBufferPointer<UInt8>
  /// Whether the name has a prefix or is `xmlns`: an attribute of XML's own, such as `xmlns:x` or `xsi:nil`.
  let hasPrefix: Bool

  @inline(__always) fileprivate init(_ name: UnsafePointer<CChar>) {
    var local = UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self)
    var end = local
    var hasPrefix = false
    while end.pointee != 0 {
      if end.pointee == UInt8(ascii: ":") {
        local = end + 1
        hasPrefix = true
      }
      end += 1
    }
    bytes = UnsafeBufferPointer(start: local, count: end - local)
    self.hasPrefix = hasPrefix
  }
}

/// The attributes of an element; they live as long as the event.
struct XMLAttributes: Sequence, IteratorProtocol {
  private var place: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  fileprivate init(_ first: UnsafeMutablePointer<UnsafePointer<CChar>?>?) { place = first }

  @inline(__always) mutating func next() -> (name: XMLName, value: UnsafeBufferPointer<UInt8>)? {
    guard let pair = place, let name = pair[0], let value = pair[1] else { return nil }
    place = pair + 2
    let start = UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self)
    var count = 0
    while start[count] != 0 { count += 1 }
    return (XMLName(name), UnsafeBufferPointer(start: start, count: count))
  }
}

/// An XML document read a piece at a time. It may not declare a document type, so that no entity of its own
/// exists.
struct XMLScan: ~Copyable {
  enum Outcome { case paused, ended }

  /// What the words of a failure need.
  struct Words {
    let file: String
    /// The part of the file, such as `sheet 7A`. Missing: nil where the document is the file.
    var part: String?
    let remedy: String
  }

  private let parser: OpaquePointer
  private let handler: XMLHandler
  private let words: Words
  private let read: ByteFeed.Read
  private var isPaused = false
  private var isLast = false
  private var silentBytes = 0
  private var eventsBefore = 0

  private static let deepest = 64
  private static let pieceSize: Int32 = 1 << 16
  /// Unit: bytes of one tag or comment, which expat keeps whole.
  private static let longestToken = 1 << 20

  /// Throws: where memory is out. Missing: with nil for the encoding, the document's own declaration holds.
  init(
    _ read: @escaping ByteFeed.Read, encoding: String? = nil, handler: XMLHandler, words: Words
  ) throws(TableFailure) {
    guard let parser = XML_ParserCreate(encoding) else {
      throw .unreadable(file: words.file, reason: "out of memory")
    }
    self.parser = parser
    self.handler = handler
    self.words = words
    self.read = read
    handler.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(handler).toOpaque())
    XMLScan.setHandlers(parser)
  }

  deinit {
    handler.parser = nil
    XML_ParserFree(parser)
  }

  /// Reads on until the handler asks for a pause or the document ends.
  ///
  /// Throws: where the document is malformed, declares a document type, or its handler refuses it.
  mutating func run() throws(TableFailure) -> Outcome {
    while true {
      let status = isPaused ? XML_ResumeParser(parser) : try parsePiece()
      isPaused = status == XML_STATUS_SUSPENDED
      if isPaused {
        handler.request = .goOn
        return .paused
      }
      guard status == XML_STATUS_OK else { throw failure(reason) }
      if isLast { return .ended }
    }
  }

  private mutating func parsePiece() throws(TableFailure) -> XML_Status {
    guard let buffer = XML_GetBuffer(parser, XMLScan.pieceSize) else {
      throw .unreadable(file: words.file, reason: "out of memory")
    }
    let piece = UnsafeMutableRawBufferPointer(start: buffer, count: Int(XMLScan.pieceSize))
    let count = try read(piece)
    isLast = count == 0
    silentBytes = handler.events == eventsBefore ? silentBytes + count : 0
    eventsBefore = handler.events
    guard silentBytes <= XMLScan.longestToken else { throw failure("one of its tags is longer than 1 MB") }
    return XML_ParseBuffer(parser, Int32(count), isLast ? 1 : 0)
  }

  private var reason: String {
    if handler.hasDocumentType { return "it declares a document type, which an export has no use for" }
    if handler.isTooDeep { return "its elements are nested more than \(XMLScan.deepest) deep" }
    if let refusal = handler.refusal { return refusal }
    let code = XML_GetErrorCode(parser)
    switch code {
    case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_UNCLOSED_CDATA_SECTION,
      XML_ERROR_PARTIAL_CHAR:
      return "the file ends early, before its last element is closed"
    default:
      let text = XML_ErrorString(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
      return "it is not well-formed XML: \(text)"
    }
  }

  private func failure(_ reason: String) -> TableFailure {
    let line = "line \(XML_GetCurrentLineNumber(parser))"
    let place = words.part ?? line
    return .unusable(file: words.file, place: place, reason: reason, remedy: words.remedy)
  }
}

extension XMLScan {
  private static func setHandlers(_ parser: OpaquePointer) {
    XML_SetElementHandler(
      parser,
      { context, name, attributes in
        guard let name else { return }
        XMLScan.withHandler(context) { handler in
          handler.depth += 1
          guard handler.depth <= XMLScan.deepest else {
            handler.isTooDeep = true
            handler.request = .refuse
            return
          }
          handler.start(XMLName(name), XMLAttributes(attributes))
        }
      },
      { context, name in
        guard let name else { return }
        XMLScan.withHandler(context) { handler in
          if handler.depth <= XMLScan.deepest { handler.end(XMLName(name)) }
          handler.depth -= 1
        }
      })
    XML_SetCharacterDataHandler(parser) { context, text, count in
      guard let text else { return }
      XMLScan.withHandler(context) { handler in
        let start = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        handler.text(UnsafeBufferPointer(start: start, count: Int(count)))
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
      XMLScan.withHandler(context) { handler in
        handler.hasDocumentType = true
        handler.request = .refuse
      }
    }
    // Comments are of no interest, but a document that is at one is not stuck in a tag.
    XML_SetCommentHandler(parser) { context, _ in XMLScan.withHandler(context) { _ in } }
    XML_SetUnknownEncodingHandler(parser, { _, name, map in XMLScan.setWindows1252(name, map) }, nil)
  }

  @inline(__always)
  private static func withHandler(_ context: UnsafeMutableRawPointer?, _ body: (XMLHandler) -> Void) {
    guard let context else { return }
    Unmanaged<XMLHandler>.fromOpaque(context)._withUnsafeGuaranteedRef { handler in
      handler.events &+= 1
      body(handler)
      if handler.request != .goOn { stop(handler) }
    }
  }

  private static func stop(_ handler: XMLHandler) {
    guard let parser = handler.parser else { return }
    var state = XML_ParsingStatus()
    XML_GetParsingStatus(parser, &state)
    // Events that would be lost still come after a stop, and a second stop is an error.
    guard state.parsing == XML_PARSING else { return }
    let mayResume = handler.request == .pause ? XML_Bool(1) : XML_Bool(0)
    if XML_StopParser(parser, mayResume) != XML_STATUS_OK { handler.refuse("it could not be read on") }
  }

  /// Teaches expat the encoding of old Windows programs, which it does not know; any other is refused.
  private static func setWindows1252(
    _ name: UnsafePointer<CChar>?, _ encoding: UnsafeMutablePointer<XML_Encoding>?
  ) -> Int32 {
    guard let name, let encoding else { return Int32(XML_STATUS_ERROR.rawValue) }
    let known = ["windows-1252", "cp1252", "ansi"]
    guard known.contains(String(cString: name).lowercased()) else { return Int32(XML_STATUS_ERROR.rawValue) }
    withUnsafeMutableBytes(of: &encoding.pointee.map) { map in
      let map = map.assumingMemoryBound(to: Int32.self)
      for byte in 0..<256 { map[byte] = Int32(TextEncoding.scalar(ofWindows1252: UInt8(byte)).value) }
    }
    encoding.pointee.convert = nil
    encoding.pointee.release = nil
    return Int32(XML_STATUS_OK.rawValue)
  }
}

extension TextEncoding {
  fileprivate static func scalar(ofWindows1252 byte: UInt8) -> Unicode.Scalar {
    guard byte >= 0x80 else { return Unicode.Scalar(byte) }
    // One such byte alone is never UTF-8, so that it is read as Windows-1252.
    let text = withUnsafeBytes(of: byte) { bytes in self.text(of: bytes.assumingMemoryBound(to: UInt8.self)) }
    return text.unicodeScalars.first ?? "\u{FFFD}"
  }
}
