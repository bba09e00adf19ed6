/// What people wrote, as paragraphs, headings and lists.
public struct Prose: Hashable, Sendable {
  public let blocks: [Block]

  public init(_ blocks: [Block]) { self.blocks = blocks }

  public enum Block: Hashable, Sendable {
    case heading(String)
    case paragraph([Words])
    /// Items of a list, numbered or not.
    case list([[Words]], isNumbered: Bool)
  }

  /// Words in a row, strong or not.
  public struct Words: Hashable, Sendable {
    public let text: String
    public let isStrong: Bool

    public init(_ text: String, isStrong: Bool = false) {
      self.text = text
      self.isStrong = isStrong
    }
  }

  /// Each paragraph, heading or item as a line of text, for where there is no layout.
  public var lines: [String] {
    blocks.flatMap { block in
      switch block {
      case .heading(let text): [text]
      case .paragraph(let words): [words.map(\.text).joined()]
      case .list(let items, let isNumbered):
        items.enumerated().map { place, item in
          (isNumbered ? "\(place + 1). " : "- ") + item.map(\.text).joined()
        }
      }
    }
  }
}
