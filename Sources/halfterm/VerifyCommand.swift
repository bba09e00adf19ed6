import ArgumentParser
import Foundation

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Hash a pack again and hold it against its manifest.")

  @Argument(help: "The folder of the pack.")
  var pack: String

  func run() throws {
    guard let json = FileManager.default.contents(atPath: "\(pack)/\(Manifest.fileName)") else {
      throw RunFailure.noManifest(path: pack)
    }
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: json) else {
      throw RunFailure.badSample("\(pack)/\(Manifest.fileName): is not a manifest of this program")
    }
    var differences: [String] = []
    for output in manifest.outputs {
      let path = WorkspacePath(relative: output.path, absolute: "\(pack)/\(output.path)")
      guard FileManager.default.fileExists(atPath: path.absolute) else {
        differences.append("missing: \(output.path)")
        continue
      }
      if try InputFile.record(of: path).sha256 != output.sha256 {
        differences.append("changed: \(output.path)")
      }
    }
    let known = Set(manifest.outputs.map(\.path) + [Manifest.fileName])
    let present = FileManager.default.enumerator(atPath: pack)?.compactMap { $0 as? String } ?? []
    for path in present.sorted() where !known.contains(path) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(pack)/\(path)", isDirectory: &isFolder)
      if !isFolder.boolValue { differences.append("not of the pack: \(path)") }
    }
    guard differences.isEmpty else {
      Console.result(differences.joined(separator: "\n"))
      throw ExitStatus.blocked
    }
    Console.result("\(Summary.count(manifest.outputs.count, "file")) as the manifest says")
  }
}
