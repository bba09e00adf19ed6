import Registers
import ReportModel

/// The first worksheet: what the workbook is, who it is for and how to read it.
struct CoverSheet {
  let name: String
  let title: String
  let sensitivity: String
  let purpose: String
  let parts: [(heading: String, text: String)]

  init(_ report: Report, title: String, publisher: String, name: String) {
    self.name = name
    self.title = title
    sensitivity = report.kind.sensitivity
    purpose = Names.oneLine(report.purpose)
    let shorthand = Cell.Shorthand.allCases.map(\.meaning)
    parts = [
      ("About", report.subject),
      ("Period", report.period),
      ("Figures as at", report.asAt.formatted),
      ("Published by and contact", publisher),
      ("Language", "English (United Kingdom)"),
      (
        "How to read this workbook",
        "Each worksheet after this one contains one table or one chart. Contents lists them, with links."
          + " Where a cell shows no figure, \(shorthand.joined(separator: "; "))."
      ),
    ].map { ($0, Names.oneLine($1)) }.filter { !$1.isEmpty }
  }
}

extension CoverSheet {
  /// Unit: pixels.
  static let width = 760
}

extension WorkbookFile {
  mutating func write(_ sheet: CoverSheet) throws(WorkbookFailure) {
    try addSheet(named: sheet.name, title: sheet.title, isOnePage: true)
    try setWidth(CoverSheet.width, ofColumn: 0)
    try write(sheet.sensitivity, at: (1, 0), .paragraph)
    var row = 2
    if !sheet.purpose.isEmpty {
      try writeParagraph(sheet.purpose, atRow: row, width: CoverSheet.width)
      row += 1
    }
    for part in sheet.parts {
      try write(part.heading, at: (row, 0), .heading)
      try setHeight(30, ofRow: row)
      try writeParagraph(part.text, atRow: row + 1, width: CoverSheet.width)
      row += 2
    }
  }
}
