import Foundation
import ReportModel
import Testing

@testable import Workbooks

@Suite struct FailureTests {
  private func refusal(of report: Report, at path: String) -> WorkbookFailure? {
    #expect(throws: WorkbookFailure.self) { try report.writeWorkbook(to: path, publisher: "Trust") }
  }

  @Test func `a path that cannot be written is reported with the reason`() throws {
    try withPath { path in
      let missing = path + "/no/such.xlsx"
      let failure = try #require(refusal(of: SampleReports.report(), at: missing))
      #expect(failure.description == "\(missing): cannot write the workbook: No such file or directory.")
    }
  }

  @Test func `a folder with the workbook's name is reported and no file is left`() throws {
    try withPath { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let failure = try #require(refusal(of: SampleReports.report(), at: path))
      #expect(failure.description == "\(path): cannot save the workbook: Is a directory.")
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["report.xlsx"])
    }
  }

  @Test func `a refused workbook leaves the old one unchanged`() throws {
    try withPath { path in
      try "old".write(toFile: path, atomically: true, encoding: .utf8)
      let long = String(repeating: "x", count: 40_000)
      let table = SampleReports.list([[.text(long), .number(1)]])
      let failure = try #require(refusal(of: SampleReports.report(tables: [table]), at: path))
      #expect(failure.description.hasPrefix("Worksheet \"Pupils to see\", row 5, column 1: "))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["report.xlsx"])
    }
  }

  @Test func `a row with the wrong number of cells is refused`() throws {
    try withPath { path in
      let table = SampleReports.list([[.text("a"), .number(1)], [.text("b")]])
      #expect(
        refusal(of: SampleReports.report(tables: [table]), at: path)
          == .rowDoesNotFit(table: "Pupils_to_see", row: 2, cells: 1, columns: 2))
      let bare = Table("Bare_table", title: "Bare", columns: [], rows: [])
      #expect(refusal(of: SampleReports.report(tables: [bare]), at: path) == .noColumns(table: "Bare_table"))
    }
  }
}
