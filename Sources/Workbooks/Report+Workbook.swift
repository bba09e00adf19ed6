import ReportModel

extension Report {
  /// Writes the report as an Excel workbook; the same report gives the same bytes, on any day and in any place.
  ///
  /// The file appears under its name only when it is whole.
  /// Throws: `WorkbookFailure` when the report does not fit a workbook or the file cannot be written.
  /// Source: Government Analysis Function, "Making spreadsheets accessible".
  package func writeWorkbook(to path: String, publisher: String) throws(WorkbookFailure) {
    let plan = try SheetPlan(self, publisher: publisher)
    var file = try WorkbookFile(path: path)
    try file.describe(
      title: plan.title, subject: Names.oneLine("\(subject), \(period)"), author: Names.oneLine(publisher),
      created: asAt)
    try file.write(plan.cover)
    for sheet in plan.sheets {
      switch sheet {
      case .table(let sheet): try file.write(sheet)
      case .chart(let sheet): try file.write(sheet)
      }
    }
    try file.save()
  }
}
