import Foundation
import StrictYAML

/// A file of a workspace, by its path from the trust file's folder.
package struct WorkspacePath: Hashable, Comparable, Sendable {
  /// As messages and outputs name it.
  let relative: String
  let absolute: String

  package init(_ relative: String, in folder: String) {
    self.relative = relative.printableName
    absolute = folder + "/" + relative
  }

  package static func < (left: WorkspacePath, right: WorkspacePath) -> Bool { left.relative < right.relative }
}

/// The folder of a trust file. Nothing outside it is read.
package struct Workspace {
  /// The real path of the folder, links resolved.
  let folder: String

  /// - Parameter path: The folder, or the trust file in it.
  package init(_ path: String) throws(RunFailure) {
    var path = path
    if path.hasSuffix("/\(TrustFile.fileName)") || path == TrustFile.fileName {
      path = String(path.dropLast(TrustFile.fileName.count))
      if path.isEmpty { path = "." }
    }
    guard let folder = Workspace.realPath(path) else {
      throw .noWorkspace(path: path)
    }
    self.folder = folder
  }

  /// Whether the folder has a trust file; without one its schools are found from the exports.
  var hasTrustFile: Bool {
    FileManager.default.fileExists(atPath: folder + "/" + TrustFile.fileName)
  }

  /// The trust file, or what the exports of the folder say in its place.
  package func trust() throws -> TrustFile {
    hasTrustFile ? try trustFile() : try FolderTrust(self).trustFile()
  }

  /// A file named like an export, and why it is none that may be read. Missing: the reason is nil where it may.
  struct Candidate {
    let path: WorkspacePath
    let refusal: String?
  }

  /// Every file under the folder named like an export, in the order of their paths; hidden ones are left out.
  func exports() -> [Candidate] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      FolderTrust.isNamedLikeExport(name)
        && !name.split(separator: "/").contains { $0.hasPrefix(".") || $0.hasPrefix("~$") }
        && kind(of: name) != .folder
    }.sorted().map { Candidate(path: WorkspacePath($0, in: folder), refusal: refusal(of: $0)) }
  }

  private func trustFile() throws -> TrustFile {
    let path = folder + "/" + TrustFile.fileName
    if let refusal = refusal(of: TrustFile.fileName) {
      throw RunFailure.unusable("\(TrustFile.fileName): \(refusal)")
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw RunFailure.unreadable(path: TrustFile.fileName)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw YAMLFailure(file: TrustFile.fileName, line: 1, column: 1, "the file is not UTF-8")
    }
    return try TrustFile(text: text, workspace: self)
  }

  /// The file a value names.
  func file(_ value: YAMLValue) throws(YAMLFailure) -> WorkspacePath {
    let files = try matches(of: value)
    guard files.count == 1, let file = files.first else {
      throw value.failure("\(value.name) must name one file, but matches \(files.count)")
    }
    return file
  }

  /// The files a list of paths and patterns names, in its order, those of one pattern in the order of their names.
  func files(_ value: YAMLValue) throws(YAMLFailure) -> [WorkspacePath] {
    var files: [WorkspacePath] = []
    for item in try value.sequence() {
      for file in try matches(of: item) where !files.contains(file) { files.append(file) }
    }
    return files
  }

  func text(_ file: WorkspacePath, named value: YAMLValue) throws(YAMLFailure) -> String {
    guard let bytes = FileManager.default.contents(atPath: file.absolute),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw value.failure("\(file.relative) cannot be read as UTF-8 text") }
    return text
  }

  /// The files a path or a pattern names.
  func matches(of value: YAMLValue) throws(YAMLFailure) -> [WorkspacePath] {
    let pattern = try value.string()
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    guard !pattern.hasPrefix("/"), !parts.contains("..") else {
      throw value.failure("\"\(pattern)\" leaves the trust file's folder")
    }
    var found = [""]
    for part in parts where part != "." {
      found = found.flatMap { children(of: $0, matching: part) }
    }
    let isPattern = pattern.contains("*") || pattern.contains("?")
    // A pattern such as exports/* may take in folders, which are no exports unless they are named like one.
    let files = found.filter { name in
      !name.isEmpty && (kind(of: name) != .folder || !isPattern || FolderTrust.isNamedLikeExport(name))
    }.sorted()
    guard !files.isEmpty, isPattern || kind(of: files[0]) != .missing else {
      throw value.failure(
        isPattern ? "no file matches \"\(pattern)\"" : "there is no file \"\(pattern)\"")
    }
    for file in files {
      if let refusal = refusal(of: file) { throw value.failure("\"\(file.printableName)\": \(refusal)") }
    }
    return files.map { WorkspacePath($0, in: folder) }
  }

  private func children(of parent: String, matching part: String) -> [String] {
    let prefix = parent.isEmpty ? "" : parent + "/"
    guard part.contains("*") || part.contains("?") else { return [prefix + part] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + parent)) ?? []
    return names.filter { !$0.hasPrefix(".") && fnmatch(part, $0, 0) == 0 }.map { prefix + $0 }
  }

  private enum Kind { case file, folder, other, missing }

  /// What stands under a name, links followed.
  private func kind(of relative: String) -> Kind {
    var facts = stat()
    guard stat(folder + "/" + relative, &facts) == 0 else { return .missing }
    return switch facts.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }

  /// Why a name is none of a file of the folder. Missing: nil when it is one.
  private func refusal(of relative: String) -> String? {
    switch kind(of: relative) {
    case .missing: return "a link to a file that is not there, or a name that is not UTF-8"
    case .folder: return "a folder, where a file is expected"
    case .other: return "a pipe, a socket or a device, where a file is expected"
    case .file: break
    }
    let real = Workspace.realPath(folder + "/" + relative)
    return real?.hasPrefix(folder + "/") ?? false
      ? nil : "leaves the trust file's folder by a link, and nothing outside it is read"
  }

  /// Links resolved. Missing: nil for what is not there.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
