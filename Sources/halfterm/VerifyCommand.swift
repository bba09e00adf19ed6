import ArgumentParser
import Foundation

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Hash a pack again and hold it against its manifest.")

  @Argument(help: "The folder of the pack.")
  var pack: String

  func run() throws {
    guard FileManager.default.fileExists(atPath: "\(pack)/\(Manifest.fileName)") else {
      throw RunFailure.noManifest(path: pack)
    }
    guard let manifest = Manifest(of: pack) else {
      throw RunFailure.unusable("\(pack)/\(Manifest.fileName): is not a manifest of this program")
    }
    var differences: [String] = []
    for output in manifest.outputs {
      let path = WorkspacePath(output.path, in: pack)
      guard FileManager.default.fileExists(atPath: path.absolute) else {
        differences.append("missing: \(output.path)")
        continue
      }
      if try InputFile.record(of: path).sha256 != output.sha256 {
        differences.append("changed: \(output.path)")
      }
    }
    differences += Manifest.filesNotOfThePack(in: pack).map { "not of the pack: \($0)" }
    guard differences.isEmpty else {
      Console.result(differences.joined(separator: "\n"))
      throw ExitStatus.blocked
    }
    Console.result("\(Summary.count(manifest.outputs.count, "file")) as the manifest says")
  }
}
