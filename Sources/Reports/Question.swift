/// A question worth asking, chosen from the figures.
public struct Question: Sendable {
  public let asks: Sentence
  /// The title of the section where the figures stand. Missing: empty.
  public let section: String

  /// So many of a report's questions are asked.
  public static let asked = 3

  public init(_ asks: Sentence, section: String) {
    self.asks = asks
    self.section = section
  }
}
