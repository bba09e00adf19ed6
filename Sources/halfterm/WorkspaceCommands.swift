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
            how each file was read, with its rows and marks, and every finding
        halfterm check my-trust --as-at 2025-12-19
            the same, for marks up to that day
        halfterm check my-exports --names
            the same, with the pupil, the day and the session of each finding
      """)

  @OptionGroup var options: WorkspaceOptions

  @Flag(name: .long, help: "Add the pupil, day and session to each finding (personal data).")
  var names = false

  @Option(name: .long, help: "The number of schools to read at once.")
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

  func run() async throws {
    let (_, trust, asAt) = try options.read()
    let check = try await Check(trust, asAt: asAt, jobs: max(1, jobs), naming: names)
    Console.printResult(check.text)
    if let failure = check.failure { throw failure }
    if check.hasWarnings { throw ExitStatus.doneWithWarnings }
  }
}

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a first trust.yaml from a folder of exports.",
    discussion: """
      An existing trust.yaml is never replaced.

      Examples:
        halfterm init my-exports
            writes my-exports/trust.yaml, with notes on what to check
      """)

  @Argument(help: "The folder of exports.", completion: .directory)
  var folder: String

  func run() async throws {
    Console.printResult(try await TrustFileDraft(Workspace(folder)).write())
  }
}

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print a pupil's marks week by week, their source, and the reason for each flag.",
    discussion: """
      The output is personal data. It does not include the pupil's name.

      Examples:
        halfterm explain my-exports K123456789012
            the pupil with this UPN, a line for each week
        halfterm explain my-trust 4711 --as-at 2026-02-13
            the pupil with this admission number, with marks up to that day
      """)

  @OptionGroup var options: WorkspaceOptions

  @Argument(help: "The pupil's UPN, the system's pupil id, or the admission number.")
  var upn: String

  func run() async throws {
    let (_, trust, asAt) = try options.read()
    Console.printResult(try await Explanation.text(of: upn, in: trust, asAt: asAt))
  }
}

/// The arguments of the commands that read a workspace.
struct WorkspaceOptions: ParsableArguments {
  @Argument(help: "The folder with trust.yaml, or a folder of exports.", completion: .directory)
  var workspace: String

  @Option(
    name: .long,
    help: "The last day that counts, such as 2026-02-13. Default: that of the trust file, or the last mark.")
  var asAt: String?

  /// Reads the trust of the workspace.
  ///
  /// - Returns: The workspace, its trust and the as-at date, which is `nil` if it is the date of the last mark.
  func read() throws -> (workspace: Workspace, trust: TrustFile, asAt: Day?) {
    let workspace = try Workspace(workspace)
    let trust = try workspace.trust()
    return (workspace, trust, try asAt.map(Day.init(argument:)) ?? trust.asAt)
  }
}

extension Day {
  /// Creates a day from an option such as `--as-at 2026-02-13`.
  fileprivate init(argument: String) throws(RunFailure) {
    guard let day = Day(iso: argument) else { throw .badDate(argument) }
    self = day
  }
}
