/// Rows are given their heights, since not every program finds them from wrapped text.
extension WorkbookFile {
  /// Adds a sheet with its title in the first row.
  mutating func addSheet(
    named name: String, title: String, isOnePage: Bool = false
  ) throws(WorkbookFailure) {
    try addSheet(named: name, isOnePage: isOnePage)
    try write(title, at: (0, 0), .title)
    try setHeight(28, ofRow: 0)
  }

  /// Writes text that wraps in the first column. Unit: pixels, of the column's width.
  mutating func writeParagraph(_ text: String, atRow row: Int, width: Int) throws(WorkbookFailure) {
    try write(text, at: (row, 0), .paragraph)
    try setLineCount(TextWidth.lineCount(of: text, within: width - 8), ofRow: row)
  }

  func setLineCount(_ lines: Int, ofRow row: Int) throws(WorkbookFailure) {
    // Excel has no higher row than 409 points.
    try setHeight(min(WorkbookFile.height(ofLines: lines), 409), ofRow: row)
  }

  /// Unit: points.
  static func height(ofLines lines: Int) -> Double { Double(lines) * 15.5 + 2.5 }
}
