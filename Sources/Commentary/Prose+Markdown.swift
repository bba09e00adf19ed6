import CCMark
import ReportModel

extension Prose {
  /// Reads Markdown (CommonMark): headings, paragraphs, lists and strong words.
  ///
  /// Quotes become paragraphs, links their words, pictures their text; HTML is shown as it was written, never obeyed. Lists in
  /// lists are one list.
  /// Missing: nil where there are no words.
  package init?(markdown: String) {
    var text = markdown
    let document = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT)
      }
    }
    guard let document else { return nil }
    defer { cmark_node_free(document) }
    guard let walk = cmark_iter_new(document) else { return nil }
    defer { cmark_iter_free(walk) }
    var reading = MarkdownReading()
    while true {
      let event = cmark_iter_next(walk)
      guard event != CMARK_EVENT_DONE else { break }
      guard let node = cmark_iter_get_node(walk) else { continue }
      if event == CMARK_EVENT_ENTER { reading.enter(node) } else { reading.leave(node) }
    }
    guard !reading.blocks.isEmpty else { return nil }
    self.init(reading.blocks)
  }
}

/// What has been read of a document so far, while its nodes are walked through in order.
private struct MarkdownReading {
  private(set) var blocks: [Prose.Block] = []
  private var words: [Prose.Words] = []
  private var strong = 0
  private var lists = 0
  private var items: [[Prose.Words]] = []
  private var isNumbered = false

  mutating func enter(_ node: OpaquePointer) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_LIST:
      if lists == 0 { isNumbered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST }
      lists += 1
    case CMARK_NODE_STRONG: strong += 1
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
      lists -= 1
      guard lists == 0 else { return }
      if !items.isEmpty { blocks.append(.list(items, isNumbered: isNumbered)) }
      items = []
    case CMARK_NODE_STRONG: strong -= 1
    case CMARK_NODE_PARAGRAPH: closeParagraph()
    case CMARK_NODE_HEADING:
      let text = words.map(\.text).joined()
      words = []
      if lists > 0 {
        items.append([Prose.Words(text)])
      } else if !text.isEmpty {
        blocks.append(.heading(text))
      }
    default: break
    }
  }

  private mutating func add(_ text: String) {
    guard !text.isEmpty else { return }
    if let last = words.last, last.isStrong == (strong > 0) {
      words[words.count - 1] = Prose.Words(last.text + text, isStrong: last.isStrong)
    } else {
      words.append(Prose.Words(text, isStrong: strong > 0))
    }
  }

  private mutating func closeParagraph() {
    guard !words.isEmpty else { return }
    if lists > 0 { items.append(words) } else { blocks.append(.paragraph(words)) }
    words = []
  }

  private func literal(_ node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }
}
