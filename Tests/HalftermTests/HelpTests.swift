import ArgumentParser
import Foundation
import Testing

@testable import halfterm

/// The commands in the help and the README are valid.
@Suite struct HelpTests {
  private static let commands: [any ParsableCommand.Type] = Halfterm.configuration.subcommands

  /// Lines of text that are a command of this program: its words after the program's name, without a comment.
  private static func commandLines(of text: String) -> [[String]] {
    text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  "), !line.hasPrefix("      ") else { return nil }
      return arguments(of: line.split(separator: "#", maxSplits: 1).first ?? "")
    }
  }

  /// Commands between backticks. A bare name is a mention, and dots leave something out.
  private static func commandsInSentences(of text: String) -> [[String]] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap { place, words in
      place.isMultiple(of: 2) || words.contains("...") || words.contains("\n") ? nil : arguments(of: words)
    }.filter { $0.count > 1 }
  }

  private static func arguments(of line: Substring) -> [String]? {
    let words = line.split(separator: " ").map(String.init)
    guard let program = words.first, words.count > 1, program.split(separator: "/").last == "halfterm" else {
      return nil
    }
    return Array(words.dropFirst())
  }

  /// Returns the command of a command line.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    do {
      return try Halfterm.parseAsRoot(arguments)
    } catch {
      throw Refused(description: "\(arguments.joined(separator: " ")): \(Halfterm.message(for: error))")
    }
  }

  private struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  @Test(arguments: commands.map { $0.configuration.commandName ?? "" })
  func `help of a command has examples that parse`(of name: String) throws {
    let command = try #require(Self.commands.first { $0.configuration.commandName == name })
    let parts = command.configuration.discussion.split(
      separator: "Examples:\n", omittingEmptySubsequences: false)
    #expect(parts.count == 2)
    let examples = Self.commandLines(of: String(parts.last ?? ""))
    #expect(1...3 ~= examples.count)
    for example in examples { #expect(type(of: try Self.parse(example)) == command, "\(example)") }
    // Each has a line of explanation, and no line is too long for a page of help.
    let lines = (parts.last ?? "").split(separator: "\n")
    #expect(lines.count == 2 * examples.count)
    #expect(lines.allSatisfy { $0.count <= 80 })
    let help = Halfterm.helpMessage(for: command, columns: 80)
    for line in lines { #expect(help.contains("\n\(line)\n"), "\(line)") }
  }

  @Test func `help of the program has examples that parse`() throws {
    let examples = Self.commandLines(of: try Program.run("--help").output)
    #expect(examples.count == 2)
    for example in examples { _ = try Self.parse(example) }
  }

  @Test func `the commands in the README parse`() throws {
    let text = try String(contentsOfFile: Program.root + "/README.md", encoding: .utf8)
    let commands = Self.commandLines(of: text) + Self.commandsInSentences(of: text)
    #expect(commands.count >= 6)
    for command in commands { _ = try Self.parse(command) }
    #expect(throws: Refused.self) { try Self.parse(["build", "my-exports", "--outptu", "packs"]) }
  }

  /// A shell completes each argument with the kind of file that the command accepts.
  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions distinguish folders and files`(in shell: String) throws {
    let script = try Program.run("--generate-completion-script", shell)
    #expect(script.status == 0)
    for command in Self.commands {
      #expect(script.output.contains(command.configuration.commandName ?? "?"))
    }
    #expect(script.output.contains("yaml"))
    let folders = script.output.matches(
      of: /complete_directories|compgen -d|add_completions -d|_files -\/|_path_files -\//)
    #expect(folders.count >= 5, "\(folders.count)")
  }
}
