import Registers

extension FindingRule {
  static let sheetLacksColumn = FindingRule(
    "sheet-lacks-column", .warns,
    meaning:
      "A sheet of a workbook lists pupils with dates or sessions, and lacks a column that a register needs. It is "
      + "left out.",
    remedy:
      "Name the column under profile: columns in the trust file; nothing to do if the sheet is no register.")
}

extension Issue {
  static func sheetLacksColumn(_ sheet: String, column: String) -> Issue {
    Issue(.sheetLacksColumn, "sheet \(sheet) has no column \"\(column)\" and is left out")
  }
}
