import ArgumentParser
import Packs
import Registers

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Hash a pack again and hold it against its manifest.",
    discussion: """
      Ends with 0 where the pack is as it was made, else with 2.

      Examples:
        halfterm verify packs
            the number of files where all is well, else a line for each difference
      """)

  @Argument(help: "The folder of the pack.", completion: .directory)
  var pack: String

  func run() throws {
    let verification = try PackVerification(of: pack)
    Console.result(verification.text)
    if !verification.isUnchanged { throw ExitStatus.blocked }
  }
}
