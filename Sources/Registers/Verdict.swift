/// The result of a comparison, which every page, table, headline and question reads.
package enum Verdict: Hashable, Sendable {
  case higher, lower
  /// No clear difference.
  case similar
  case tooFew

  /// A Boolean value indicating whether there is a clear difference.
  package var isClear: Bool { self == .higher || self == .lower }
}
