import CCMark
import ReportModel

extension Prose {
  /// Reads headings, paragraphs, lists and strong text from Markdown (CommonMark).
  ///
  /// Quotes become paragraphs, and links and pictures become their text. HTML is shown as text. A nested list becomes part
  /// of its outer list. Returns `nil` if there is no text.
  package init?(markdown: String) {
    var text = markdown
    let document = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT)
      }
    }
    guard let document else { return nil }
    defer { cmark_node_free(document) }
    guard let iterator = cmark_iter_new(document) else { return nil }
    defer { cmark_iter_free(iterator) }
    var builder = ProseBuilder()
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE else { break }
      guard let node = cmark_iter_get_node(iterator) else { continue }
      if event == CMARK_EVENT_ENTER { builder.enter(node) } else { builder.leave(node) }
    }
    guard !builder.blocks.isEmpty else { return nil }
    self.init(builder.blocks)
  }
}

/// The blocks of a document, built while its nodes are visited in order.
private struct ProseBuilder {
  private(set) var blocks: [Prose.Block] = []
  private var words: [Prose.Words] = []
  private var strongDepth = 0
  private var listDepth = 0
  private var items: [[Prose.Words]] = []
  private var isNumbered = false

  mutating func enter(_ node: OpaquePointer) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_LIST:
      if listDepth == 0 { isNumbered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST }
      listDepth += 1
    case CMARK_NODE_STRONG: strongDepth += 1
    case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE: add(literal(node))
    case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: add(" ")
    case CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK:
      add(literal(node).split(whereSeparator: \.isNewline).joined(separator: " "))
      closeParagraph()
    default: break
    }
  }

  mutating func leave(_ node: OpaquePointer) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_LIST:
      listDepth -= 1
      guard listDepth == 0 else { return }
      if !items.isEmpty { blocks.append(.list(items, isNumbered: isNumbered)) }
      items = []
    case CMARK_NODE_STRONG: strongDepth -= 1
    case CMARK_NODE_PARAGRAPH: closeParagraph()
    case CMARK_NODE_HEADING:
      let text = words.map(\.text).joined()
      words = []
      if listDepth > 0 {
        items.append([Prose.Words(text)])
      } else if !text.isEmpty {
        blocks.append(.heading(text))
      }
    default: break
    }
  }

  private mutating func add(_ text: String) {
    guard !text.isEmpty else { return }
    if let last = words.last, last.isStrong == (strongDepth > 0) {
      words[words.count - 1] = Prose.Words(last.text + text, isStrong: last.isStrong)
    } else {
      words.append(Prose.Words(text, isStrong: strongDepth > 0))
    }
  }

  private mutating func closeParagraph() {
    guard !words.isEmpty else { return }
    if listDepth > 0 { items.append(words) } else { blocks.append(.paragraph(words)) }
    words = []
  }

  private func literal(_ node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }
}
