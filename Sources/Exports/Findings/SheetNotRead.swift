import Registers

extension FindingRule {
  static let sheetNotRead = FindingRule(
    "sheet-not-read", .informs,
    meaning:
      "A sheet of a workbook is hidden, or holds no table of pupils. It is left out.",
    remedy:
      "Nothing to do if the sheet is a legend or a summary; else name its header row under profile: "
      + "header_row.")
}

extension Issue {
  static func sheetNotRead(_ sheet: String, isHidden: Bool) -> Issue {
    Issue(.sheetNotRead, "sheet \(sheet) \(isHidden ? "is hidden" : "holds no table of pupils")")
  }
}
