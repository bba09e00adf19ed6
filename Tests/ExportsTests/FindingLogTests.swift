import Registers
import Testing

@testable import Exports

@Suite struct FindingLogTests {
  @Test func `up to twenty findings of a kind are listed one by one`() {
    let findings = log(rows: 2...21)
    #expect(findings.map(\.row) == Array(2...21).map { Optional($0) })
    #expect(findings.allSatisfy { $0.message == "\"?\" is not an attendance code" })
  }

  @Test func `more than twenty are one line with their count and first rows`() throws {
    let findings = log(rows: 2...501)
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.row == 2)
    #expect(
      finding.message
        == "\"?\" is not an attendance code: 500 times, the first in rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11")
  }

  @Test func `findings of one kind are folded though their messages differ`() {
    var log = FindingLog()
    for row in 1...30 { log.add(finding(.raggedRow, row: row, "\(row) fields"), kind: "ragged") }
    #expect(
      log.findings(of: []).map(\.message).first?.hasPrefix("ragged: 30 times, the first in rows 1, 2") == true
    )
    #expect(log.findings(of: []).count == 1)
  }

  @Test func `findings with another rule, file, school or message are not folded`() {
    var log = FindingLog()
    for row in 1...25 {
      log.add(finding(.unknownCode, row: row, "a"))
      log.add(finding(.unknownCode, row: row, "b"))
      log.add(finding(.retiredCode, row: row, "a"))
      log.add(Finding(.unknownCode, school: "100001", file: "other.csv", row: row, "a"))
      log.add(Finding(.unknownCode, school: "100002", file: "autumn.csv", row: row, "a"))
    }
    #expect(log.findings(of: []).count == 5)
  }

  @Test func `every rule is listed once with a remedy`() {
    #expect(Set(FindingRule.all.map(\.id)).count == FindingRule.all.count)
    #expect(FindingRule.all.allSatisfy { !$0.remedy.isEmpty && $0.remedy.hasSuffix(".") })
  }

  private func log(rows: ClosedRange<Int>) -> [Finding] {
    var log = FindingLog()
    for row in rows { log.add(finding(.unknownCode, row: row, "\"?\" is not an attendance code")) }
    return log.findings(of: [])
  }

  private func finding(_ rule: FindingRule, row: Int, _ message: String) -> Finding {
    Finding(rule, school: "100001", file: "autumn.csv", row: row, message)
  }
}
