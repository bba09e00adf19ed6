import ArgumentParser
import Foundation
import Pages
import Registers

struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Make the packs of a trust.")

  @OptionGroup var options: WorkspaceOptions

  @Option(name: .long, help: "The folder to make. An older pack there is replaced once the new one is whole.")
  var output: String

  @Option(name: .long, help: "Schools worked on side by side.")
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(name: .long, help: "Print nothing but errors.")
  var quiet = false

  @Option(name: .long, help: "A folder with templates of your own.")
  var templates: String?

  mutating func validate() throws {
    guard jobs > 0 else { throw ValidationError("--jobs must be 1 or more") }
  }

  func run() async throws {
    let (workspace, trust, asAt) = try options.read()
    let build = Build(
      trust: trust, workspace: workspace, asAt: asAt, jobs: jobs, isQuiet: quiet,
      templates: try PageTemplates(overrides: try templates.map(Self.overrides) ?? [:]))
    let outcome = try await build.run(output: output)
    if !quiet { Console.result(Summary(outcome, trust: trust, output: output).text) }
    if outcome.reading.findings.contains(where: { $0.rule.severity == .warns }) {
      throw ExitStatus.doneWithWarnings
    }
  }

  /// A school's own templates, by name: `pack.mustache`, `style.css`.
  private static func overrides(in folder: String) throws -> [String: String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw RunFailure.noWorkspace(path: folder)
    }
    var overrides: [String: String] = [:]
    for file in names.sorted() {
      let name = (file as NSString).deletingPathExtension
      guard PageTemplates.names.contains(name), file.hasSuffix(".mustache") || file.hasSuffix(".css") else {
        continue
      }
      guard let bytes = FileManager.default.contents(atPath: folder + "/" + file) else {
        throw RunFailure.unreadable(path: file)
      }
      overrides[name] = String(decoding: bytes, as: UTF8.self)
    }
    guard !overrides.isEmpty else {
      throw RunFailure.unusable(
        "\(folder): none of the templates \(PageTemplates.names.joined(separator: ", ")) is in this folder")
    }
    return overrides
  }
}
