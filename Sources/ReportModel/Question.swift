/// A question worth asking, chosen from the figures.
package struct Question: Sendable {
  package let sentence: Sentence
  /// The title of the section with the figures, or empty.
  package let section: String

  /// The maximum number of questions that are shown.
  package static let maxShown = 3

  package init(_ sentence: Sentence, section: String) {
    self.sentence = sentence
    self.section = section
  }
}
