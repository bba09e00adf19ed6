import Foundation

/// A pack compared with its manifest.
package struct PackVerification {
  private let differences: [String]
  private let openPaths: [String]
  private let fileCount: Int

  /// - Throws: `RunFailure` if the folder has no manifest of this program, or a file cannot be read.
  package init(of pack: String) throws {
    guard FileManager.default.fileExists(atPath: "\(pack)/\(Manifest.fileName)") else {
      throw RunFailure.noManifest(path: pack)
    }
    guard let manifest = Manifest(of: pack) else {
      throw RunFailure.unusable("\(pack)/\(Manifest.fileName): is not a manifest of this program")
    }
    var differences = manifest.isAsWritten(in: pack) ? [] : ["changed: \(Manifest.fileName)"]
    for output in manifest.outputs where PackVerification.staysInside(output.path) {
      let path = WorkspacePath(output.path, in: pack)
      switch PackEntry(path.absolute) {
      case .missing: differences.append("missing: \(output.path)")
      case .file where try InputFile.record(of: path).sha256 == output.sha256: break
      case .file, .folder, .other: differences.append("changed: \(output.path)")
      }
    }
    self.differences = differences + Manifest.filesNotOfThePack(in: pack).map { "not of the pack: \($0)" }
    openPaths = PackVerification.openToOthers(in: pack)
    fileCount = manifest.outputs.count
  }

  package var isUnchanged: Bool { differences.isEmpty }

  /// A line for each difference, or the number of files, after a line for each path that others can read.
  package var text: String {
    let result =
      isUnchanged ? ["\(Summary.count(fileCount, "file")) as the manifest says"] : differences
    return (openPaths.map { "open to others: \($0)" } + result).joined(separator: "\n")
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
