import ArgumentParser
import Foundation
import Packs
import Registers

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read everything, write nothing, and print what was found.",
    discussion: """
      Examples:
        halfterm check my-exports
            what each file was taken for, how much was read, and every finding
        halfterm check my-trust --as-at 2025-12-19
            the same, of the marks up to that day
      """)

  @OptionGroup var options: WorkspaceOptions

  @Option(name: .long, help: "Schools read side by side.")
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

  func run() async throws {
    let (_, trust, asAt) = try options.read()
    let check = try await Check(trust, asAt: asAt, jobs: max(1, jobs))
    Console.result(check.text)
    if check.hasWarnings { throw ExitStatus.doneWithWarnings }
  }
}
