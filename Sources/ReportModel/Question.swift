/// A question worth asking, chosen from the figures.
package struct Question: Sendable {
  package let asks: Sentence
  /// The title of the section where the figures stand. Missing: empty.
  package let section: String

  /// So many of a report's questions are asked.
  package static let asked = 3

  package init(_ asks: Sentence, section: String) {
    self.asks = asks
    self.section = section
  }
}
