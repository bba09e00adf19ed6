/// Text written by people, as paragraphs, headings and lists.
package struct Prose: Hashable, Sendable {
  package let blocks: [Block]

  package init(_ blocks: [Block]) { self.blocks = blocks }

  package enum Block: Hashable, Sendable {
    case heading(String)
    case paragraph([Words])
    /// Items of a list, numbered or not.
    case list([[Words]], isNumbered: Bool)
  }

  /// A run of text, strong or not.
  package struct Words: Hashable, Sendable {
    package let text: String
    package let isStrong: Bool

    package init(_ text: String, isStrong: Bool = false) {
      self.text = text
      self.isStrong = isStrong
    }
  }

  /// The paragraphs, headings and items as lines of text, for output without layout.
  package var lines: [String] {
    blocks.flatMap { block in
      switch block {
      case .heading(let text): [text]
      case .paragraph(let words): [words.map(\.text).joined()]
      case .list(let items, let isNumbered):
        items.enumerated().map { index, item in
          (isNumbered ? "\(index + 1). " : "- ") + item.map(\.text).joined()
        }
      }
    }
  }
}
