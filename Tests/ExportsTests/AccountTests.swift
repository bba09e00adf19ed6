import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports

/// Laws that hold for any register, clean or not.
@Suite struct AccountTests {
  @Test(arguments: 1...200) func `every row is in one of the counts of the account`(seed: Int) throws {
    let file = DirtyFile(seed: UInt64(seed), conflicts: true)
    let expected = file.expected
    let reading = try read([file.rows])
    var account = FileAccount(file: "0.csv")
    account.rows = file.rows.count
    account.pupilRows = file.rows.count
    account.places = file.rows.count
    account.lessons = expected.lessons
    account.marks = expected.marks
    account.withoutMark = expected.blank
    account.duplicates = expected.duplicates
    account.refused = expected.refused
    account.afterAsAt = expected.afterAsAt
    account.notOnRoll = expected.notOnRoll
    account.outsideSchoolTime = expected.outsideSchoolTime
    #expect(reading.account == account, "seed \(seed)")
    #expect(reading.account.isBalanced, "seed \(seed)")
    #expect(reading.marks == expected.marks, "seed \(seed)")
    let lines = Set(expected.register.map { "\($0.key) \($0.value)" })
    #expect(Set(reading.register.filter { $0.hasPrefix("A") || $0.hasPrefix("B") }) == lines, "seed \(seed)")
  }

  @Test(arguments: 1...100) func `every refused row has a finding with its file, row and remedy`(seed: Int)
    throws
  {
    let file = DirtyFile(seed: UInt64(seed), conflicts: true)
    let reading = try read([file.rows])
    let refusing: [FindingRule] = [
      .raggedRow, .impossibleDate, .unknownSession, .unknownCode, .noPupilIdentifier, .markBeforeAdmission,
      .markAfterLeaving,
    ]
    let found = reading.findings.filter { refusing.contains($0.rule) }
    // More than twenty findings of a kind are folded into one line.
    guard !found.contains(where: { $0.message.contains(" times, the first in row") }) else { return }
    #expect(Set(found.compactMap(\.row)) == file.expected.refusedRows, "seed \(seed)")
    #expect(found.count == file.expected.refused, "seed \(seed)")
    #expect(reading.findings.allSatisfy { !$0.rule.remedy.isEmpty && !$0.message.isEmpty }, "seed \(seed)")
    #expect(found.allSatisfy { $0.file == "0.csv" && $0.school == "100001" }, "seed \(seed)")
  }

  @Test(arguments: 1...60) func `the order of rows does not change the register`(seed: Int) throws {
    let file = DirtyFile(seed: UInt64(seed), conflicts: false)
    var random = Seeded(UInt64(seed))
    let one = try read([file.rows])
    let other = try read([file.rows.shuffled(using: &random)])
    #expect(one.register == other.register, "seed \(seed)")
    #expect(one.account == other.account, "seed \(seed)")
    #expect(one.messages(.conflictingMarks) == [], "seed \(seed)")
  }

  @Test(arguments: 1...60) func `a file in two parts gives the same register`(seed: Int) throws {
    let file = DirtyFile(seed: UInt64(seed), conflicts: true)
    var random = Seeded(UInt64(seed))
    let cut = Int.random(in: 0...file.rows.count, using: &random)
    let one = try read([file.rows])
    let two = try read([Array(file.rows[..<cut]), Array(file.rows[cut...])])
    #expect(one.register == two.register, "seed \(seed)")
    #expect(two.result.accounts.allSatisfy { $0.isBalanced }, "seed \(seed)")
    #expect(two.result.accounts.reduce(0) { $0 + $1.marks } == one.account.marks, "seed \(seed)")
    #expect(two.result.accounts.reduce(0) { $0 + $1.duplicates } == one.account.duplicates, "seed \(seed)")
  }

  @Test(arguments: 1...60) func `without an as-at date the marks kept are those of the register`(seed: Int)
    throws
  {
    let file = DirtyFile(seed: UInt64(seed), conflicts: true)
    let years = ["2025", "2026", "2025", "2025", "2052", "1999"]
    let rows = file.rows.enumerated().map { index, row in
      index % 9 == 0
        ? row.text.split(separator: "/2025,").joined(separator: "/\(years[index % 6]),") : row.text
    }
    let reading = try Reading(rows: rows)
    #expect(reading.account.isBalanced, "seed \(seed)")
    #expect(reading.account.rows == rows.count, "seed \(seed)")
    #expect(reading.account.marks == reading.marks, "seed \(seed)")
  }

  @Test(arguments: 1...20) func `reading in small pieces gives the same result`(seed: Int) throws {
    let text = Reading.register(DirtyFile(seed: UInt64(seed), conflicts: true).rows.map(\.text))
    let whole = try Reading([InMemory.file(text)])
    let pieces = try Reading([InMemory.file(Array(text.utf8), atMost: 7)])
    #expect(whole.register == pieces.register, "seed \(seed)")
    #expect(whole.findings == pieces.findings, "seed \(seed)")
    #expect(whole.result.accounts == pieces.result.accounts, "seed \(seed)")
  }

  private func read(_ parts: [[DirtyFile.Row]]) throws -> Reading {
    try Reading(
      parts.enumerated().map { InMemory.file(Reading.register($1.map(\.text)), "\($0).csv") },
      pupils: [InMemory.file(Reading.details(DirtyFile.details), "pupils.csv")], asAt: DirtyFile.asAt)
  }
}
