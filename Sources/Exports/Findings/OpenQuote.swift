import Registers

extension FindingRule {
  static let openQuote = FindingRule(
    "open-quote", .warns,
    meaning:
      "A quotation mark opens a field and does not close, or closes only in a later row. Rows it would "
      + "swallow are left out.",
    remedy:
      "Look at the row: a quotation mark opens and does not close. Export again.")
}

extension Issue {
  static let openQuote = Issue(.openQuote, "a quotation mark opens and closes only in a later row")
  static let unclosedQuote = Issue(.openQuote, "a quotation mark opens and does not close")
}
