import ArgumentParser
import Foundation
import Packs
import Registers
import Samples
import Workbooks

@main
struct Halfterm: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "halfterm",
    abstract: "Turns attendance-register exports into half-termly packs.",
    discussion: """
      Runs on this computer only; names never leave it. Exit codes: 0 done, 1 done with warnings about the \
      data or without a PDF that was asked for, 2 blocked by data or usage with nothing written, 3 the system \
      failed.

      Examples:
        halfterm check my-exports
            reads a folder of exports, writes nothing and prints what it found
        halfterm build my-exports --output packs
            makes the packs
      """,
    version: "\(Manifest.version) (\(Manifest.commit))",
    subcommands: [
      BuildCommand.self, CheckCommand.self, InitCommand.self, ExplainCommand.self, PolicyCommand.self,
      VerifyCommand.self,
      SampleCommand.self,
    ])

  static func main() async {
    ProgramProcess.hideMemory()
    LibraryDiagnostics.silence()
    // Swift reads the arguments from /proc. Without them every command would print its help and succeed.
    guard !CommandLine.arguments.isEmpty else {
      Console.report("halfterm: the arguments cannot be read, because /proc is not mounted")
      Foundation.exit(ExitStatus.systemFailed.rawValue)
    }
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(after: error)
    }
  }

  /// Reports an error and ends the program with its exit status.
  private static func end(after error: any Error) -> Never {
    switch error {
    case let status as ExitStatus:
      Foundation.exit(status.rawValue)
    case let failure as any ReportableError:
      let lines = "\(failure)".split(separator: "\n")
      Console.report(lines.map { "halfterm: \($0)" }.joined(separator: "\n"))
      Foundation.exit(failure.exitStatus.rawValue)
    default:
      let isHelp = exitCode(for: error) == .success
      let message = fullMessage(for: error)
      if isHelp { Console.printResult(message) } else { Console.report(message) }
      Foundation.exit(isHelp ? ExitStatus.done.rawValue : ExitStatus.blocked.rawValue)
    }
  }
}

extension SampleFailure: ReportableError {
  package var exitStatus: ExitStatus { .systemFailed }
}
