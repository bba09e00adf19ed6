import Foundation
import TestSupport
import Testing

@testable import Workbooks

/// Detection of truncated workbooks, for example after a full disk.
@Suite struct WorkbookPartsTests {
  private static let sheet = "<?xml version=\"1.0\"?>\n<worksheet x=\"1\"><c/><row></row></worksheet>"

  @Test func `a complete workbook is accepted`() throws {
    try check([
      Self.sheet, Self.sheet + "\n\n", "<a>" + String(repeating: "<b>x</b>", count: 50_000) + "</a>",
    ])
  }

  @Test(arguments: [
    "", "<?xml version=\"1.0\"?>\n", String(sheet.dropLast()), String(sheet.dropLast(12)),
    String(sheet.dropLast(18)), "<worksheet>" + String(repeating: "<b>x</b>", count: 50_000), "x",
  ]) func `a truncated part is reported`(part: String) throws {
    #expect(throws: WorkbookFailure.self) { try check([Self.sheet, part]) }
  }

  @Test func `a file that is not a workbook is reported`() throws {
    #expect(throws: WorkbookFailure.self) { try PartsCheck.check("/dev/null", for: "x.xlsx") }
    #expect(throws: WorkbookFailure.self) { try check([]) }
  }

  @Test(arguments: [("a/b.xlsx", "a"), ("/a/b.xlsx", "/a"), ("/b.xlsx", "/"), ("b.xlsx", ".")])
  func `the folder of a workbook is taken from its path`(path: String, folder: String) {
    #expect(PartsFolder.folder(of: path) == folder)
  }

  private func check(_ parts: [String]) throws {
    let path = NSTemporaryDirectory() + "halfterm-parts-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = ZipFile(parts: parts.enumerated().map { ZipFile.Part("sheet\($0).xml", $1) })
    try Data(file.bytes).write(to: URL(fileURLWithPath: path))
    try PartsCheck.check(path, for: "x.xlsx")
  }
}
