import CExpat

/// A receiver of XML parsing events from `XMLScan`.
class XMLHandler {
  enum Request { case proceed, pause, refuse }

  /// The number of open elements, with the one that starts or ends.
  fileprivate(set) var depth = 0
  /// The handler's request to pause or stop after the event.
  var request = Request.proceed
  /// The reason for refusing; the scan adds the line.
  var refusal: String?
  fileprivate var events = 0
  /// The parser to stop, set while a scan exists.
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

/// The name of an element or attribute, without the prefix of its namespace. It is valid only during the
/// event.
struct XMLName {
  let bytes: UnsafeBufferPointer<UInt8>
  /// A Boolean value that indicates whether the name has a prefix or is `xmlns`, as in `xmlns:x` and
  /// `xsi:nil`.
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

/// The attributes of an element, valid only during the event.
struct XMLAttributes: Sequence, IteratorProtocol {
  private var pointer: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  fileprivate init(_ first: UnsafeMutablePointer<UnsafePointer<CChar>?>?) { pointer = first }

  @inline(__always) mutating func next() -> (name: XMLName, value: UnsafeBufferPointer<UInt8>)? {
    guard let pair = pointer, let name = pair[0], let value = pair[1] else { return nil }
    pointer = pair + 2
    let start = UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self)
    var count = 0
    while start[count] != 0 { count += 1 }
    return (XMLName(name), UnsafeBufferPointer(start: start, count: count))
  }
}

/// An XML document read a piece at a time. It may not declare a document type, so that it cannot define
/// entities.
struct XMLScan: ~Copyable {
  enum Outcome { case paused, ended }

  /// The file and part that failures name.
  struct Source {
    let file: String
    /// The part of the file, such as `sheet 7A`, or `nil` if the document is the file.
    var part: String?
    let remedy: String
  }

  private let parser: OpaquePointer
  private let handler: XMLHandler
  private let source: Source
  private let read: ByteFeed.Read
  private var isPaused = false
  private var isLast = false
  private var silentBytes = 0
  private var eventsBefore = 0

  private static let maxDepth = 64
  private static let pieceSize: Int32 = 1 << 16
  /// The maximum length in bytes of a tag or comment, which expat keeps in memory.
  private static let maxTokenLength = 1 << 20

  /// Creates a parser.
  ///
  /// - Parameter encoding: The encoding, or `nil` for the document's own declaration.
  /// - Throws: A failure if memory is exhausted.
  init(
    _ read: @escaping ByteFeed.Read, encoding: String? = nil, handler: XMLHandler, source: Source
  ) throws(TableFailure) {
    guard let parser = XML_ParserCreate(encoding) else {
      throw .unreadable(file: source.file, reason: "out of memory")
    }
    self.parser = parser
    self.handler = handler
    self.source = source
    self.read = read
    handler.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(handler).toOpaque())
    XMLScan.setHandlers(parser)
  }

  deinit {
    handler.parser = nil
    XML_ParserFree(parser)
  }

  /// Reads until the handler requests a pause or the document ends.
  ///
  /// - Throws: A failure if the document is malformed, declares a document type, or is refused by its
  ///   handler.
  mutating func run() throws(TableFailure) -> Outcome {
    while true {
      let status = isPaused ? XML_ResumeParser(parser) : try parsePiece()
      isPaused = status == XML_STATUS_SUSPENDED
      if isPaused {
        handler.request = .proceed
        return .paused
      }
      guard status == XML_STATUS_OK else { throw failure(reason) }
      if isLast { return .ended }
    }
  }

  private mutating func parsePiece() throws(TableFailure) -> XML_Status {
    guard let buffer = XML_GetBuffer(parser, XMLScan.pieceSize) else {
      throw .unreadable(file: source.file, reason: "out of memory")
    }
    let piece = UnsafeMutableRawBufferPointer(start: buffer, count: Int(XMLScan.pieceSize))
    let count = try read(piece)
    isLast = count == 0
    silentBytes = handler.events == eventsBefore ? silentBytes + count : 0
    eventsBefore = handler.events
    guard silentBytes <= XMLScan.maxTokenLength else { throw failure("one of its tags is longer than 1 MB") }
    return XML_ParseBuffer(parser, Int32(count), isLast ? 1 : 0)
  }

  private var reason: String {
    if handler.hasDocumentType { return "it declares a document type, which exports do not need" }
    if handler.isTooDeep { return "its elements are nested more than \(XMLScan.maxDepth) deep" }
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
    let location = source.part ?? line
    return .unusable(file: source.file, location: location, reason: reason, remedy: source.remedy)
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
          guard handler.depth <= XMLScan.maxDepth else {
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
          if handler.depth <= XMLScan.maxDepth { handler.end(XMLName(name)) }
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
    // Comments are ignored, but they count as events, so that a long one is not taken for a long tag.
    XML_SetCommentHandler(parser) { context, _ in XMLScan.withHandler(context) { _ in } }
    XML_SetUnknownEncodingHandler(parser, { _, name, map in XMLScan.setWindows1252(name, map) }, nil)
  }

  @inline(__always)
  private static func withHandler(_ context: UnsafeMutableRawPointer?, _ body: (XMLHandler) -> Void) {
    guard let context else { return }
    Unmanaged<XMLHandler>.fromOpaque(context)._withUnsafeGuaranteedRef { handler in
      handler.events &+= 1
      body(handler)
      if handler.request != .proceed { stop(handler) }
    }
  }

  private static func stop(_ handler: XMLHandler) {
    guard let parser = handler.parser else { return }
    var state = XML_ParsingStatus()
    XML_GetParsingStatus(parser, &state)
    // Events can still follow a stop, and a second stop would be an error.
    guard state.parsing == XML_PARSING else { return }
    let mayResume = handler.request == .pause ? XML_Bool(1) : XML_Bool(0)
    if XML_StopParser(parser, mayResume) != XML_STATUS_OK { handler.refuse("it cannot be read further") }
  }

  /// Defines Windows-1252 for expat, which does not know it; any other encoding is refused.
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
    // A single byte of this range is never valid UTF-8, so it is decoded as Windows-1252.
    let text = withUnsafeBytes(of: byte) { bytes in self.text(of: bytes.assumingMemoryBound(to: UInt8.self)) }
    return text.unicodeScalars.first ?? "\u{FFFD}"
  }
}
