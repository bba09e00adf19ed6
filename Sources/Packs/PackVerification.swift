import Foundation

/// The comparison of a pack with its manifest.
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
      throw RunFailure.unknownManifest(path: "\(pack)/\(Manifest.fileName)")
    }
    var differences = manifest.isAsWritten(in: pack) ? [] : ["changed: \(Manifest.fileName)"]
    for output in manifest.outputs where PackVerification.isInside(output.path) {
      let path = WorkspacePath(output.path, in: pack)
      switch PackEntry(path.absolute) {
      case .missing: differences.append("missing: \(output.path)")
      case .file where try InputFile.record(of: path).sha256 == output.sha256: break
      case .file, .folder, .other: differences.append("changed: \(output.path)")
      }
    }
    self.differences = differences + Manifest.unlistedFiles(in: pack).map { "not in the pack: \($0)" }
    openPaths = PackVerification.openToOthers(in: pack)
    fileCount = manifest.outputs.count
  }

  package var isUnchanged: Bool { differences.isEmpty }

  /// A line for each path that others can read, then a line for each difference or the number of files.
  package var text: String {
    let result =
      isUnchanged ? ["\(counted(fileCount, "file")) , all unchanged"] : differences
    return (openPaths.map { "open to others: \($0)" } + result).joined(separator: "\n")
  }

  /// Indicates that a path leads into the pack, because a manifest that was changed may name other files.
  private static func isInside(_ path: String) -> Bool {
    !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
  }

  /// Returns the paths under `restricted/` that not only their owner can use.
  ///
  /// They do not count as differences, because copying a pack may change its permissions.
  private static func openToOthers(in pack: String) -> [String] {
    let inside = FileManager.default.enumerator(atPath: "\(pack)/restricted")?.compactMap { $0 as? String }
    return (["restricted"] + (inside ?? []).map { "restricted/\($0)" }).sorted().filter { path in
      var facts = stat()
      return lstat("\(pack)/\(path)", &facts) == 0 && facts.st_mode & S_IFMT != S_IFLNK
        && facts.st_mode & 0o077 != 0
    }
  }
}

extension Manifest {
  /// Reads the manifest of a pack.
  ///
  /// Returns `nil` if the folder has no manifest that can be read.
  init?(of pack: String) {
    guard let json = FileManager.default.contents(atPath: "\(pack)/\(Manifest.fileName)"),
      let manifest = try? JSONDecoder().decode(Manifest.self, from: json)
    else { return nil }
    self = manifest
  }

  /// Indicates that a pack's manifest is unchanged. The manifest of another version counts as unchanged.
  func isAsWritten(in pack: String) -> Bool {
    let path = "\(pack)/\(Manifest.fileName)"
    guard PackEntry(path) == .file else { return false }
    guard seal != nil, version == Manifest.version else { return true }
    return (try? json()) == FileManager.default.contents(atPath: path).map(Array.init)
  }

  /// Returns the paths in a pack's folder that its manifest does not list: files, links, and folders without listed files.
  package static func unlistedFiles(in pack: String) -> [String] {
    let listed = Set((Manifest(of: pack)?.outputs.map(\.path) ?? []) + [fileName])
    var folders: Set<String> = ["share", "restricted"]
    for path in listed {
      var folder = (path as NSString).deletingLastPathComponent
      while !folder.isEmpty, folders.insert(folder).inserted {
        folder = (folder as NSString).deletingLastPathComponent
      }
    }
    let present = FileManager.default.enumerator(atPath: pack)?.compactMap { $0 as? String } ?? []
    return present.sorted().filter { path in
      PackEntry("\(pack)/\(path)") == .folder
        ? !folders.contains(path) && !listed.contains(path) : !listed.contains(path)
    }
  }
}

/// The kind of file at a path, with links not followed.
package enum PackEntry {
  case file, folder, other, missing

  package init(_ path: String) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else {
      self = .missing
      return
    }
    switch facts.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    default: self = .other
    }
  }
}
