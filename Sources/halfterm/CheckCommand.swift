import ArgumentParser
import Exports
import Foundation
import Registers

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read everything, write nothing, and print what was found.")

  @Argument(help: "The folder with trust.yaml.")
  var workspace: String

  @Option(name: .long, help: "Schools read side by side.")
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

  func run() async throws {
    let trust = try Workspace(workspace).trustFile()
    let reading = try await Reading.read(
      trust, asAt: trust.asAt, jobs: max(1, jobs),
      progress: Progress("Read", total: trust.schools.count, isQuiet: false))
    Console.result(Self.table(of: reading.accounts))
    for finding in reading.findings.sorted(by: { $0.rule.severity < $1.rule.severity }) {
      let place = finding.row.map { "\(finding.file):\($0)" } ?? finding.file
      Console.result("\(finding.rule.severity.rawValue): \(place): \(finding.message) [\(finding.rule.id)]")
    }
    Console.result("\(Summary.count(reading.findings.count, "finding"))")
    if reading.findings.contains(where: { $0.rule.severity == .warns }) { throw ExitStatus.doneWithWarnings }
  }

  private static func table(of accounts: [FileAccount]) -> String {
    let header = ["file", "rows", "marks", "no mark", "repeats", "refused", "after as-at", "# or Z off roll"]
    let rows = accounts.map { account in
      [account.file]
        + [
          account.rows, account.marks, account.withoutMark, account.duplicates, account.refused,
          account.afterAsAt, account.notOnRoll,
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
