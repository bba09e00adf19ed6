import Mustache

/// Text in a page: no value can end an attribute or begin a tag, whatever characters stand beside `<` or `"`.
///
/// swift-mustache escapes by characters as a reader sees them, and so leaves a quotation mark alone that has a combining
/// mark behind it. A browser reads bytes, and so does this; it is also several times as fast.
struct PageText: MustacheContentType {
  /// What templates say to have it: the first line of each.
  static let pragma = "{{% CONTENT_TYPE:PAGE}}\n"

  /// Makes the pragma known. Asking twice does no harm.
  static func register() { MustacheContentTypes.register(PageText(), named: "PAGE") }

  private static func escaped(_ byte: UInt8) -> StaticString? {
    switch byte {
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
  }

  func escapeText(_ text: String) -> String {
    guard text.utf8.contains(where: { PageText.escaped($0) != nil }) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      if let replacement = PageText.escaped(byte) {
        replacement.withUTF8Buffer { bytes.append(contentsOf: $0) }
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
