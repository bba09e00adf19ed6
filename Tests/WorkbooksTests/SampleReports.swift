import Foundation
import Measures
import Registers
import ReportModel
import Testing

@testable import Workbooks

/// Reports to write in tests; the figures are made up.
enum SampleReports {
  static let byYear = Table(
    "Attendance_by_year", title: "Attendance by year group, Spring 1 2025/26",
    columns: [
      Table.Column("Year group", .text), Table.Column("Pupils"), Table.Column("Attendance (%)", .percent),
      Table.Column("Change (percentage points)"), Table.Column("Days lost"), Table.Column("Last mark", .day),
    ],
    rows: [
      row("Year 7", Rate(941, of: 1000), change: 12),
      row("Year 8", Rate(2, of: 3), change: -5),
      row("Year 9", nil, change: 0),
      row("Year 10", Rate(1, of: 8), change: 7),
    ],
    notes: ["Years 7 to 10 are shown."], source: "Registers of the school")

  private static func row(_ name: String, _ rate: Rate?, change: Int) -> [Cell] {
    [
      .text(name), .pupils(1204), .rate(rate, of: 1204), .points(change, of: 1204),
      .decimal(1234567, places: 2, of: 1204), .day(Day(number: 20_497)),
    ]
  }

  static let chart = Chart(
    .bars, title: "Year 7 attends most", caption: "Attendance (%), Spring 1 2025/26",
    description: "Bars from 94.1 in Year 7 down to 12.5 in Year 10.", table: "Attendance_by_year", series: [2]
  )

  static func list(_ rows: [[Cell]]) -> Table {
    Table(
      "Pupils_to_see", title: "Pupils to see",
      columns: [Table.Column("Pupil", .text), Table.Column("Sessions missed")], rows: rows, look: .list)
  }

  static func report(
    _ kind: Report.Kind = .governorPack,
    headlines: [Sentence] = ["Attendance was \(.rate(Rate(9, of: 10), of: 50))."],
    tables: [Table] = [byYear], charts: [Chart] = [], sentences: [Sentence] = [], notes: [String] = ["How."]
  ) -> Report {
    Report(
      kind, subject: "Mill Lane Primary School", period: "Spring 1 2025/26", asAt: Day(number: 20_497),
      purpose: "For the governing board.", headlines: headlines,
      sections: [Section("Attendance", sentences: sentences, tables: tables, charts: charts)], notes: notes)
  }
}

extension Report {
  /// The report as bytes, and taken apart.
  func written() throws -> OpenedWorkbook {
    try withPath { path in
      try writeWorkbook(to: path, publisher: "Riverside Learning Trust")
      return try OpenedWorkbook(path: path)
    }
  }

  func bytes() throws -> Data {
    try withPath { path in
      try writeWorkbook(to: path, publisher: "Riverside Learning Trust")
      return try Data(contentsOf: URL(fileURLWithPath: path))
    }
  }
}

/// A path in a folder that is gone afterwards.
func withPath<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = NSTemporaryDirectory() + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder + "/report.xlsx")
}
