import ArgumentParser
import Foundation
import Packs
import Registers

struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Make the packs of a trust.",
    discussion: """
      Examples:
        halfterm build my-exports --output packs
            makes the packs of every school found in the folder my-exports
        halfterm build my-trust --output packs --as-at 2026-02-13 --letters
            counts marks up to that day, and writes letters to parents
        halfterm build my-trust --output packs --pdf --quiet
            prints each report as PDF too, and only errors on the screen
      """)

  @OptionGroup var options: WorkspaceOptions

  @Option(
    name: .long, help: "The folder to create. An older pack there is replaced once the new one is complete.",
    completion: .directory)
  var output: String

  @Option(name: .long, help: "The number of schools to work on at once.")
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(name: .long, help: "Print nothing but errors.")
  var quiet = false

  @Option(
    name: .long, help: "A folder with your own templates, and a folder letters in it.",
    completion: .directory)
  var templates: String?

  @Flag(name: .long, help: "Write letters to parents, for the stages of a policy that name one.")
  var letters = false

  @Flag(name: .long, help: "Print each report as PDF too, through Chromium or WeasyPrint.")
  var pdf = false

  mutating func validate() throws {
    guard jobs > 0 else { throw ValidationError("--jobs must be 1 or more") }
  }

  func run() async throws {
    let (workspace, trust, asAt) = try options.read()
    let build = try Build(
      trust, in: workspace, asAt: asAt, jobs: jobs, isQuiet: quiet, templateFolder: templates,
      writesLetters: letters, printsPDF: pdf)
    let outcome = try await build.run(output: output)
    if !quiet { Console.printResult(outcome.summary) }
    for message in outcome.unprintedPages + outcome.commentaryWarnings + outcome.publicationWarnings
      + outcome.keptFileMessages
    {
      Console.report("halfterm: \(message)")
    }
    if outcome.hasWarnings { throw ExitStatus.doneWithWarnings }
  }
}

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that a pack has not been altered.",
    discussion: """
      Exits with 0 if the pack is unchanged, and with 2 if it is not.

      Examples:
        halfterm verify packs
            prints the number of files, or a line for each difference
      """)

  @Argument(help: "The folder of the pack.", completion: .directory)
  var pack: String

  func run() throws {
    let verification = try PackVerification(of: pack)
    Console.printResult(verification.text)
    if !verification.isUnchanged { throw ExitStatus.blocked }
  }
}
