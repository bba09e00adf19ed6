import Foundation

/// The comparison of a pack with its manifest.
package struct PackVerification {
  private let differences: [String]
  private let openPaths: [String]
  private let fileCount: Int

  /// - Throws: `RunFailure` if the folder has no manifest of this program, or a file cannot be read.
  package init(of pack: String) throws {
    let manifest: Manifest
    var differences: [String] = []
    switch try Manifest.state(in: pack) {
    case .missing: throw RunFailure.noManifest(path: pack)
    case .foreign: throw RunFailure.unknownManifest(path: "\(pack)/\(Manifest.fileName)")
    case .asWritten(let found): manifest = found
    case .changed(let found):
      manifest = found
      differences.append("changed: \(Manifest.fileName)")
    case .unsealed(let found):
      manifest = found
      differences.append("cannot tell: \(Manifest.fileName) has no seal, so it may have been changed")
    }
    for output in manifest.outputs {
      guard PackVerification.isInside(output.path) else {
        differences.append("not checked: \(output.path) is outside the pack")
        continue
      }
      if let difference = try manifest.difference(of: output, in: pack) {
        differences.append("\(difference): \(output.path)")
      }
    }
    self.differences = try differences + manifest.unlistedFiles(in: pack).map { "not in the pack: \($0)" }
    openPaths = PackVerification.openToOthers(in: pack)
    fileCount = manifest.outputs.count
  }

  package var isUnchanged: Bool { differences.isEmpty }

  /// A line for each path that others can read, then a line for each difference or the number of files.
  package var text: String {
    let result =
      isUnchanged ? ["\(counted(fileCount, "file")), all unchanged"] : differences
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
  /// The manifest of a folder, and whether it is as it was written.
  enum State {
    case missing
    /// The file of another program, or no manifest.
    case foreign
    /// A manifest without a seal, which may have been changed.
    case unsealed(Manifest)
    case changed(Manifest)
    case asWritten(Manifest)
  }

  /// Returns the manifest of a folder.
  ///
  /// - Throws: `RunFailure.unreadable` if the file cannot be read.
  static func state(in folder: String) throws(RunFailure) -> State {
    let path = "\(folder)/\(fileName)"
    switch try PackEntry(path) {
    case .missing: return .missing
    case .folder, .other: return .foreign
    case .file: break
    }
    guard let json = FileManager.default.contents(atPath: path) else { throw .unreadable(path: path) }
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: json),
      manifest.program == programName
    else { return .foreign }
    guard let seal = manifest.seal else { return .unsealed(manifest) }
    // The seal is of the other lines, so that it holds for the manifests of every version.
    let lines = json.split(separator: 0x0A, omittingEmptySubsequences: false)
    let others = lines.filter { !$0.starts(with: sealLine) }
    guard others.count == lines.count - 1 else { return .changed(manifest) }
    return try SHA256.hexadecimal(of: Data(others.joined(separator: [0x0A]))) == seal
      ? .asWritten(manifest) : .changed(manifest)
  }

  private static let sealLine = Array("  \"seal\" : ".utf8)

  /// Returns how an output differs from the manifest, or `nil` if it does not.
  func difference(of output: File, in pack: String) throws -> String? {
    let path = WorkspacePath(output.path, in: pack)
    switch try PackEntry(path.absolute) {
    case .missing: return "missing"
    case .folder, .other: return "changed"
    case .file:
      // A folder of the pack may have been replaced by a link.
      guard path.realPath != nil else { return "changed" }
      return try InputFile.record(of: path).sha256 == output.sha256 ? nil : "changed"
    }
  }

  /// Returns the paths in a pack's folder that the manifest does not list: files, links, and folders without listed files.
  ///
  /// - Throws: `RunFailure.unreadable` if a folder cannot be read.
  func unlistedFiles(in pack: String) throws(RunFailure) -> [String] {
    let listed = Set(outputs.map(\.path) + [Manifest.fileName])
    var folders: Set<String> = ["share", "restricted"]
    for path in listed {
      var folder = (path as NSString).deletingLastPathComponent
      while !folder.isEmpty, folders.insert(folder).inserted {
        folder = (folder as NSString).deletingLastPathComponent
      }
    }
    var unlisted: [String] = []
    for path in try FolderTree.entries(in: pack) where !listed.contains(path) {
      let isFolder = try PackEntry("\(pack)/\(path)") == .folder
      if !isFolder || !folders.contains(path) { unlisted.append(path) }
    }
    return unlisted
  }
}

/// The files and folders below a folder.
enum FolderTree {
  /// Returns the paths below a folder in order, links not followed.
  ///
  /// - Parameter isEntered: Returns whether the contents of a folder are wanted, by its path and the names in it.
  /// - Throws: `RunFailure.unreadable` with the path of a folder that cannot be read.
  static func entries(
    in top: String, isEntered: (String, [String]) -> Bool = { _, _ in true }
  ) throws(RunFailure) -> [String] {
    var found: [String] = []
    var open = [""]
    while let folder = open.popLast() {
      guard
        let names = try? FileManager.default.contentsOfDirectory(
          atPath: folder.isEmpty ? top : "\(top)/\(folder)")
      else { throw .unreadable(path: folder.isEmpty ? top : folder) }
      guard isEntered(folder, names) else { continue }
      for name in names {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        found.append(path)
        if try PackEntry("\(top)/\(path)") == .folder { open.append(path) }
      }
    }
    return found.sorted()
  }
}

/// The kind of file at a path, with links not followed.
package enum PackEntry {
  case file, folder, other, missing

  /// - Throws: `RunFailure.unreadable` if the folder of the path cannot be searched.
  package init(_ path: String) throws(RunFailure) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else {
      guard [ENOENT, ENOTDIR].contains(errno) else { throw .unreadable(path: path) }
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
