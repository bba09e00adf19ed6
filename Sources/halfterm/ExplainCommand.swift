import ArgumentParser
import Exports
import Foundation
import Packs

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print a pupil's marks week by week, where each came from, and why each flag stands.",
    discussion: """
      What is printed is personal data. The pupil's name is not part of it.

      Examples:
        halfterm explain my-exports K123456789012
            the pupil with this UPN, a line for each week
        halfterm explain my-trust 4711 --as-at 2026-02-13
            the pupil with this admission number, as things stood that day
      """)

  @OptionGroup var options: WorkspaceOptions

  @Argument(help: "The pupil's UPN, the system's pupil id, or the admission number.")
  var upn: String

  func run() async throws {
    let (_, trust, asAt) = try options.read()
    Console.result(try await Explanation.text(of: upn, in: trust, asAt: asAt))
  }
}
