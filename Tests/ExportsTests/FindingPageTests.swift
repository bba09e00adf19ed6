import Foundation
import Registers
import Testing

@testable import Exports

/// `Docs/Findings.md` is generated from the rules. `RECORD=1 swift test --filter FindingPageTests` rewrites
/// it.
@Suite struct FindingPageTests {
  private static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Docs/Findings.md").standardizedFileURL

  @Test func `the page of findings matches the rules`() throws {
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try Data(Self.page.utf8).write(to: Self.path)
    }
    #expect(try String(contentsOf: Self.path, encoding: .utf8) == Self.page)
    #expect(ProcessInfo.processInfo.environment["RECORD"] == nil, "recorded; run again without RECORD")
  }

  @Test func `every rule in the sources is in the list of all rules`() throws {
    let folder = Self.path.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/Exports/Checks")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    let ids = try files.filter { $0.pathExtension == "swift" }.flatMap { file in
      try String(contentsOf: file, encoding: .utf8).matches(of: /FindingRule\(\s*"([a-z-]+)"/).map {
        String($0.output.1)
      }
    }
    #expect(!ids.isEmpty)
    #expect(ids.sorted() == FindingRule.all.map(\.id))
  }

  private static var page: String {
    let severities: [(FindingRule.Severity, String)] = [
      (.blocks, "Blocks: nothing is written until you correct it"),
      (.warns, "Warns: the packs are made, and the program ends with exit code 1"),
      (.informs, "Informs: nothing is wrong with the figures"),
    ]
    let sections = severities.map { severity, title in
      let rules = FindingRule.all.filter { $0.severity == severity }.map { rule in
        "### `\(rule.id)`\n\n\(rule.meaning)\n\n*What to do:* \(rule.remedy)\n"
      }
      return "## \(title)\n\n\(rules.joined(separator: "\n"))"
    }
    return """
      # Findings

      Every finding that Halfterm can report, by its name in the `rule` column of `findings.csv`. Each gives the file and
      the row, numbered as in a spreadsheet; for JSON and XML, the number of the record, from 1. More than twenty findings
      of one kind in one file become one line with their count and the first rows. This page is generated from the rules.

      \(sections.joined(separator: "\n"))
      """
  }
}
