import ArgumentParser
import Foundation

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
    guard FileManager.default.fileExists(atPath: "\(pack)/\(Manifest.fileName)") else {
      throw RunFailure.noManifest(path: pack)
    }
    guard let manifest = Manifest(of: pack) else {
      throw RunFailure.unusable("\(pack)/\(Manifest.fileName): is not a manifest of this program")
    }
    var differences = manifest.isAsWritten(in: pack) ? [] : ["changed: \(Manifest.fileName)"]
    for output in manifest.outputs where VerifyCommand.staysInside(output.path) {
      let path = WorkspacePath(output.path, in: pack)
      switch PackEntry(path.absolute) {
      case .missing: differences.append("missing: \(output.path)")
      case .file where try InputFile.record(of: path).sha256 == output.sha256: break
      case .file, .folder, .other: differences.append("changed: \(output.path)")
      }
    }
    differences += Manifest.filesNotOfThePack(in: pack).map { "not of the pack: \($0)" }
    for path in VerifyCommand.openToOthers(in: pack) { Console.result("open to others: \(path)") }
    guard differences.isEmpty else {
      Console.result(differences.joined(separator: "\n"))
      throw ExitStatus.blocked
    }
    Console.result("\(Summary.count(manifest.outputs.count, "file")) as the manifest says")
  }

  /// A manifest that was changed may name files outside the pack.
  private static func staysInside(_ path: String) -> Bool {
    !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
  }

  /// What under `restricted/` is not its owner's only. A pack that was copied may have lost that, and is the same pack.
  private static func openToOthers(in pack: String) -> [String] {
    let inside = FileManager.default.enumerator(atPath: "\(pack)/restricted")?.compactMap { $0 as? String }
    return (["restricted"] + (inside ?? []).map { "restricted/\($0)" }).sorted().filter { path in
      var facts = stat()
      return lstat("\(pack)/\(path)", &facts) == 0 && facts.st_mode & S_IFMT != S_IFLNK
        && facts.st_mode & 0o077 != 0
    }
  }
}
