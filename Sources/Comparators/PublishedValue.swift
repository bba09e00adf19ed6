/// A cell of a published file: a number, or why there is none.
package enum PublishedValue: Hashable, Sendable {
  case number(PublishedNumber)
  case missing(Missing)

  /// Why there is no number; it is never 0. Raw values are the signs in DfE's files.
  ///
  /// Source: Government Statistical Service, symbols in tables; DfE's school performance tables for the last four.
  package enum Missing: String, CaseIterable, Sendable {
    case confidential = "c"
    case notAvailable = "x"
    case notApplicable = "z"
    case lowReliability = "u"
    case low, k
    case colon = ":"
    case suppressed = "SUPP"
    case noEntries = "NE"
    case notApplicableInTables = "NA"
    case notPublished = "NP"
    case empty = ""

    /// The reason as it stands after "DfE's figure is".
    package var formatted: String {
      switch self {
      case .confidential, .suppressed: "withheld by DfE to protect confidentiality"
      case .notAvailable: "not available"
      case .notApplicable, .notApplicableInTables, .colon: "not applicable"
      case .lowReliability: "too unreliable to be published"
      case .low, .k: "low: it rounds to 0 and is not 0"
      case .noEntries: "missing, since there are no entries"
      case .notPublished: "not published"
      case .empty: "left empty"
      }
    }
  }

  /// Missing: nil where the text is neither a number nor a sign of DfE's.
  init?(_ text: String) {
    if let number = PublishedNumber(text) {
      self = .number(number)
    } else if let missing = Missing(rawValue: text) ?? Missing(rawValue: text.lowercased())
      ?? Missing(rawValue: text.uppercased())
    {
      self = .missing(missing)
    } else {
      return nil
    }
  }

  package var number: PublishedNumber? {
    switch self {
    case .number(let number): number
    case .missing: nil
    }
  }
}
