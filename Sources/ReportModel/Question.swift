/// A question worth asking, chosen from the figures.
package struct Question: Sendable {
  package let asks: Sentence
  /// The title of the section with the figures, or empty.
  package let section: String

  /// The maximum number of questions that are shown.
  package static let asked = 3

  package init(_ asks: Sentence, section: String) {
    self.asks = asks
    self.section = section
  }
}
