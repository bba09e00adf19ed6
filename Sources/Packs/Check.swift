import Comparators
import Exports
import Registers

/// Everything a workspace holds, read without writing anything.
package struct Check {
  private let reading: Reading
  private let benchmarks: Benchmarks
  private let trust: TrustFile

  package init(_ trust: TrustFile, asAt asked: Day?, jobs: Int) async throws {
    self.trust = trust
    benchmarks = try Benchmarks.read(trust)
    var reading = try await Reading.read(
      trust, asAt: asked, jobs: jobs, progress: Progress("Read", total: trust.schools.count, isQuiet: false))
    if let asAt = asked ?? reading.lastMark { reading.noteRegistersThatEndEarly(asAt: asAt) }
    self.reading = reading
  }

  package var hasWarnings: Bool { reading.findings.contains { $0.rule.severity == .warns } }

  /// The account of each file, how it was read, the findings and what to do about them.
  package var text: String {
    let findings = reading.findings
    let counts = FindingRule.Severity.allCases.compactMap { severity in
      let count = findings.count { $0.rule.severity == severity }
      return count == 0 ? nil : "\(count) \(severity == .informs ? "for information" : "to put right")"
    }
    let parts =
      [Self.table(of: reading.accounts), Self.readings(of: reading)]
      + (benchmarks.files.isEmpty ? [] : [Self.files(of: benchmarks, trust)])
      + Self.lines(of: findings).map(\.printable)
      + [
        Self.remedies(of: findings),
        counts.isEmpty ? "No findings." : "Findings: \(counts.joined(separator: ", ")).",
      ]
    return parts.joined(separator: "\n")
  }

  /// Findings of one rule in one file that are told one by one.
  private static let mostListed = 20

  /// The findings, the most serious first, those of one rule in one file together and no more than a few.
  private static func lines(of findings: [Finding]) -> [String] {
    var groups: [(key: [String], findings: [Finding])] = []
    for finding in findings {
      let key = [finding.rule.id, finding.school ?? "", finding.file]
      if let place = groups.firstIndex(where: { $0.key == key }) {
        groups[place].findings.append(finding)
      } else {
        groups.append((key, [finding]))
      }
    }
    let sorted = groups.enumerated().sorted { left, right in
      let (one, other) = (left.element.findings[0].rule.severity, right.element.findings[0].rule.severity)
      return one == other ? left.offset < right.offset : one < other
    }
    return sorted.flatMap { _, group in
      let told = group.findings.prefix(mostListed).map { finding in
        "\(finding.rule.severity.rawValue): \(finding.place): \(finding.message) [\(finding.rule.id)]"
      }
      let more = group.findings.count - told.count
      return more > 0 ? told + ["  and \(more) more of \(group.key[0]) in \(group.key[2])"] : told
    }
  }

  /// What each file was taken for, files taken for the same together.
  private static func readings(of reading: Reading) -> String {
    var files: [(words: String, files: [String])] = []
    for file in Set(reading.decisions.map(\.file)).sorted() {
      let words = reading.decisions.formatted(of: file).printable
      if let place = files.firstIndex(where: { $0.words == words }) {
        files[place].files.append(file)
      } else {
        files.append((words, [file]))
      }
    }
    return "\nRead as\n"
      + files.map { words, files in "  \(files.joined(separator: "\n  "))\n    \(words)" }
      .joined(separator: "\n") + "\n"
  }

  /// What each file of DfE's figures was taken for, and how much was read of it.
  private static func files(of benchmarks: Benchmarks, _ trust: TrustFile) -> String {
    "Benchmarks\n"
      + benchmarks.files.map { file in
        "  \(file.name)\n" + file.formatted.map { "    \($0.printable)" }.joined(separator: "\n")
      }.joined(separator: "\n") + "\n"
      + benchmarks.findings(of: trust.schools.map(\.school)).map { "  \($0.printable)\n" }.joined()
  }

  /// What to do about each rule that something was found by, once.
  private static func remedies(of findings: [Finding]) -> String {
    let rules = Set(findings.map(\.rule)).sorted { $0.id < $1.id }
    guard !rules.isEmpty else { return "" }
    return "\nWhat to do\n" + rules.map { "  \($0.id): \($0.remedy)" }.joined(separator: "\n") + "\n"
  }

  private static func table(of accounts: [FileAccount]) -> String {
    let header = [
      "file", "rows", "other rows", "places", "marks", "no mark", "repeats", "refused", "after as-at",
      "# or Z off roll", "lessons",
    ]
    let rows = accounts.map { account in
      [account.file]
        + [
          account.rows, account.otherRows, account.places, account.marks, account.withoutMark,
          account.duplicates, account.refused, account.afterAsAt, account.notOnRoll, account.lessons,
        ].map(String.init)
    }
    let table = [header] + rows
    let widths = header.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    return table.map { row in
      row.enumerated().map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + space : space + text
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
