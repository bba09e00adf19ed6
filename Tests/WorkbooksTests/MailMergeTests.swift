import Foundation
import Measures
import Policies
import Registers
import ReportModel
import TestSupport
import Testing

@testable import Workbooks
@testable import StaffReports

@Suite struct MailMergeTests {
  private static func merge(_ register: Register, policy: String = PupilsToWriteTo.policy) throws -> MailMerge
  {
    let figures = SchoolFigures(
      register, asAt: PupilsToWriteTo.asAt, policy: try Policy(name: "p", yaml: policy, file: "p"))
    return MailMerge(StageLetters.all(of: figures), school: "A School", asAt: figures.asAt)
  }

  private static func opened(_ merge: MailMerge) throws -> OpenedWorkbook {
    try withPath { path in
      try merge.writeWorkbook(to: path, publisher: "A Trust")
      return try OpenedWorkbook(path: path)
    }
  }

  @Test func `the header is the first row and each letter has a row`() throws {
    let book = try Self.opened(try Self.merge(PupilsToWriteTo.register()))
    #expect(book.sheets.map(\.name) == ["Letters Official-Sensitive"])
    let rows = try book.sheets[0].rows
    #expect(rows.count == 3)
    #expect(rows[0].prefix(5) == ["Stage", "Letter", "School", "Date", "UPN"])
    #expect(rows[1].prefix(2) == ["First letter", "attendance-letter"])
    #expect(rows[2].contains("Cal") && rows[2].contains("55.0") && rows[2].contains("9.0"))
    // Unknown values stay empty, because a parent would read any text in them.
    #expect(!rows.joined().contains { $0.hasPrefix("[") })
  }

  @Test(arguments: PupilsToWriteTo.hostileNames) func `a name is text and never a formula`(name: String)
    throws
  {
    let book = try Self.opened(try Self.merge(PupilsToWriteTo.register(forename: name, surname: name)))
    let sheet = book.sheets[0]
    #expect(sheet["F2"]?.text == name && sheet["G2"]?.text == name)
    #expect(try sheet.document.elements("f").isEmpty)
  }

  @Test func `without letters there is only a header`() throws {
    let none = "title: P\nstages: [{name: A, attendance_at_most: 5, letter: referral}]"
    let rows = try Self.opened(try Self.merge(PupilsToWriteTo.register(), policy: none)).sheets[0].rows
    #expect(rows.count == 1 && rows[0].first == "Stage")
  }

  @Test func `the same letters give the same bytes`() throws {
    let bytes = try (0..<2).map { _ in
      try withPath { path in
        try Self.merge(PupilsToWriteTo.register()).writeWorkbook(to: path, publisher: "A Trust")
        return try Data(contentsOf: URL(fileURLWithPath: path))
      }
    }
    #expect(bytes[0] == bytes[1])
  }
}
