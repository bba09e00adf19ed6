import Registers

extension FindingRule {
  static let unreadableRow = FindingRule(
    "ragged-row", .warns,
    meaning:
      "A row has another number of fields than the header, so that it cannot be told which is which. The "
      + "row is left out.",
    remedy:
      "Look at the row: a comma or quote in a name or comment may have shifted its columns. Export again.")
}

extension Issue {
  static func unreadableRow(fields: Int, headers: Int) -> Issue {
    Issue(
      .unreadableRow, "the row has \(fields) fields, the header \(headers)",
      kind: "rows with another number of fields than the header")
  }
}
