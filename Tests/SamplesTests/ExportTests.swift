import Foundation
import Registers
import Testing

@testable import Samples

@Suite struct `Formats of exports` {
  @Test func `each system has its own encoding`() throws {
    let generated = try SampleFiles(SampleTrust(seed: 1))
    let sims = try #require(generated.files["exports/mill-lane/attendance-2025-26.csv"])
    #expect(String(validating: sims, as: UTF8.self) == nil, "Windows-1252 with accents is not valid UTF-8")
    #expect(sims.count { $0 == 13 } > 40_000)
    let weeks = try #require(generated.files["exports/alder-reach/register-autumn-1.csv"])
    #expect(weeks.starts(with: [0xEF, 0xBB, 0xBF]) && !weeks.contains(13))
    for name in ["registers-2025-26", "pupils"] {
      let workbook = try #require(generated.files["exports/fernhollow/\(name).xlsx"])
      #expect(workbook.starts(with: Array("PK".utf8)))
    }
    let records = try #require(generated.files["exports/tidewater/session-attendance.json"])
    #expect(records.starts(with: Array("{\"data\":[\n{\"student_id\":\"A1039".utf8)))
    #expect(records.allSatisfy { $0 < 0x80 }, "characters outside ASCII are escaped")
  }

  @Test func `CSV fields have quotation marks only where they are necessary`() {
    var bytes: [UInt8] = []
    bytes.append(row: ["plain", "a, b", "say \"so\"", "two\nlines", ""], end: "\r\n")
    #expect(String(decoding: bytes, as: UTF8.self) == "plain,\"a, b\",\"say \"\"so\"\"\",\"two\nlines\",\r\n")
  }

  @Test func `letters outside Windows-1252 lose their accents`() {
    #expect(ExportEncoding.windows1252.encoded(Array("é–Łń€".utf8)) == [0xE9, 0x96, 0x4C, 0x6E, 0x80])
  }

  @Test func `every name has a Windows-1252 encoding`() throws {
    let names = NameOrigin.allCases.map(NamePool.of).flatMap { $0.girls + $0.boys + $0.surnames }
    try #require(names.count > 300)
    for name in names {
      let bytes = ExportEncoding.windows1252.encoded(Array(name.utf8))
      #expect(bytes.count == name.unicodeScalars.count && !bytes.contains(UInt8(ascii: "?")), "\(name)")
    }
  }

  @Test func `numbers have leading zeros up to their width`() {
    var bytes: [UInt8] = []
    for (value, width) in [(0, 1), (7, 2), (42, 1), (1000, 3), (9, 4)] {
      bytes.append(decimal: value, width: width)
    }
    #expect(String(decoding: bytes, as: UTF8.self) == "0074210000009")
  }
}

@Suite struct `Large trusts` {
  @Test func `a large trust has one register per school and no seeded errors`() throws {
    let trust = SampleTrust(schools: 3, pupils: 60, seed: 1)
    #expect(try SampleFiles(trust).files.count == 7)
    #expect(trust.plans.map(\.phase) == [.primary, .secondary, .primary])
    #expect(Set(trust.plans.map(\.slug)).count == 3)
    #expect(trust.plans.allSatisfy { SampleSchool($0, seed: 1).seededErrors.isEmpty })
  }

  @Test func `480 schools have unique slugs and establishment numbers`() {
    let plans = SampleTrust(schools: 480, pupils: 1, seed: 1).plans
    #expect(Set(plans.map(\.slug)).count == 480)
    #expect(Set(plans.map { "\($0.localAuthority.code)-\($0.establishment)" }).count == 480)
  }
}

@Suite struct `Seeded errors` {
  private let errors = SampleTrust(seed: 1).plans.flatMap { SampleSchool($0, seed: 1).seededErrors }

  @Test func `the showcase has every kind of error, in a few dozen rows`() {
    #expect(Set(errors.map(\.error.kind)) == Set(SeededError.Kind.allCases))
    #expect(30...90 ~= errors.count, "\(errors.count)")
  }

  @Test func `the README of the sample data lists every error`() throws {
    try #require(!errors.isEmpty)
    let readme = String(decoding: try SampleDataFolder.read("README.md"), as: UTF8.self)
    let marker = "<!-- dirty rows -->\n"
    if SampleDataFolder.isRecording {
      let sections = readme.components(separatedBy: marker)
      try #require(sections.count == 3)
      try SampleDataFolder.write(
        "README.md", Array((sections[0] + marker + table + marker + sections[2]).utf8))
      Issue.record("the list in SampleData/README.md was rewritten")
    }
    #expect(readme.contains(marker + table + marker), "RECORD=1 rewrites the list")
  }

  /// A Markdown table with the rows of each file and kind of error.
  private var table: String {
    var lines = ["| File | What is wrong | Rows |", "| --- | --- | --- |"]
    let groups = Dictionary(grouping: errors) { "| `\($0.path)` | \($0.error.kind.rawValue) |" }
    for (start, errors) in groups.sorted(by: { $0.key < $1.key }) {
      lines.append("\(start) \(errors.map { label(of: $0.error) }.joined(separator: ", ")) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Returns `5` for a file with one table, and `Oak 5` for a workbook with several sheets.
  private func label(of error: SeededError) -> String {
    error.sheet.isEmpty ? "\(error.row)" : "\(error.sheet) \(error.row)"
  }
}
