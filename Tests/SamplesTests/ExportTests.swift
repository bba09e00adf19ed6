import Foundation
import Registers
import Testing

@testable import Samples

@Suite struct Exports {
  private let showcase = SampleTrust(seed: 1)

  @Test func `each system writes its own bytes`() throws {
    let made = try Made(showcase)
    let sims = try #require(made.files["exports/mill-lane/attendance-2025-26.csv"])
    #expect(String(validating: sims, as: UTF8.self) == nil, "Windows-1252 with accents is no UTF-8")
    #expect(sims.count { $0 == 13 } > 40_000)
    let weeks = try #require(made.files["exports/alder-reach/register-autumn-1.csv"])
    #expect(weeks.starts(with: [0xEF, 0xBB, 0xBF]) && !weeks.contains(13))
    for name in ["registers-2025-26", "pupils"] {
      let book = try #require(made.files["exports/fernhollow/\(name).xlsx"])
      #expect(book.starts(with: Array("PK".utf8)))
    }
    let records = try #require(made.files["exports/tidewater/session-attendance.json"])
    #expect(records.starts(with: Array("{\"data\":[\n{\"student_id\":\"A1039".utf8)))
    #expect(records.allSatisfy { $0 < 0x80 }, "letters that are not ASCII are escaped")
  }

  @Test func `a comment that needs quotes has them`() {
    var bytes: [UInt8] = []
    bytes.append(row: ["plain", "a, b", "say \"so\"", "two\nlines", ""], end: "\r\n")
    #expect(String(decoding: bytes, as: UTF8.self) == "plain,\"a, b\",\"say \"\"so\"\"\",\"two\nlines\",\r\n")
  }

  @Test func `a letter Windows-1252 lacks loses its accent`() {
    #expect(TextEncoding.windows1252.bytes(Array("é–Łń€".utf8)) == [0xE9, 0x96, 0x4C, 0x6E, 0x80])
  }

  @Test func `every name can be written in Windows-1252`() {
    let names = Origin.allCases.map(NamePool.of).flatMap { $0.girls + $0.boys + $0.surnames }
    let question = UInt8(ascii: "?")
    for name in names {
      #expect(!TextEncoding.windows1252.bytes(Array(name.utf8)).contains(question), "\(name)")
    }
  }

  @Test func `numbers are written without a locale`() {
    var bytes: [UInt8] = []
    for (value, width) in [(0, 1), (7, 2), (42, 1), (1000, 3), (9, 4)] {
      bytes.appendDecimal(value, width: width)
    }
    #expect(String(decoding: bytes, as: UTF8.self) == "0074210000009")
  }

  @Test func `a large trust has no dirty rows and one register a school`() throws {
    let trust = SampleTrust(schools: 3, pupils: 60, seed: 1)
    let made = try Made(trust)
    #expect(made.files.count == 7)
    #expect(trust.plans.allSatisfy { SampleSchool($0, seed: 1).dirtyRows.isEmpty })
    #expect(Set(trust.plans.map(\.slug)).count == 3)
    #expect(trust.plans.map(\.phase) == [.primary, .secondary, .primary])
  }

  @Test func `four hundred and eighty schools have slugs and numbers of their own`() {
    let plans = SampleTrust(schools: 480, pupils: 1, seed: 1).plans
    #expect(Set(plans.map(\.slug)).count == 480)
    #expect(Set(plans.map { "\($0.localAuthority.code)-\($0.establishment)" }).count == 480)
  }

  @Test func `every kind of dirt is in the showcase, a few dozen rows in all`() {
    let dirty = dirtyRows
    #expect(Set(dirty.map(\.kind)) == Set(DirtyRow.Kind.allCases))
    #expect(30...90 ~= dirty.count, "\(dirty.count)")
  }

  @Test func `the readme of the sample data lists every dirty row`() throws {
    let readme = String(decoding: try SampleData.read("README.md"), as: UTF8.self)
    let mark = "<!-- dirty rows -->\n"
    if SampleData.records {
      let parts = readme.components(separatedBy: mark)
      try #require(parts.count == 3)
      try SampleData.write("README.md", Array((parts[0] + mark + table + mark + parts[2]).utf8))
      Issue.record("the list in SampleData/README.md was rewritten")
    }
    #expect(readme.contains(mark + table + mark), "RECORD=1 rewrites the list")
  }

  private var dirtyRows: [DirtyRow] {
    showcase.plans.flatMap { SampleSchool($0, seed: 1).dirtyRows }
  }

  /// A line for each file and kind, with the rows.
  private var table: String {
    var lines = ["| File | What is wrong | Rows |", "| --- | --- | --- |"]
    let groups = Dictionary(grouping: dirtyRows) { "| `\($0.file)` | \($0.kind.rawValue) |" }
    for (start, rows) in groups.sorted(by: { $0.key < $1.key }) {
      lines.append("\(start) \(places(of: rows).joined(separator: ", ")) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `5` in a file of one table, `Oak 5` in a workbook of many.
  private func places(of rows: [DirtyRow]) -> [String] {
    rows.map { $0.sheet.isEmpty ? "\($0.row)" : "\($0.sheet) \($0.row)" }
  }
}
