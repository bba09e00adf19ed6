import Foundation
import StrictYAML

/// A file of a workspace, by its path from the trust file's folder.
struct WorkspacePath: Hashable, Comparable, Sendable {
  let relative: String
  let absolute: String

  static func < (left: WorkspacePath, right: WorkspacePath) -> Bool { left.relative < right.relative }
}

/// The folder of a trust file. Nothing outside it is read.
struct Workspace {
  /// The real path of the folder, links resolved.
  let folder: String

  /// - Parameter path: The folder, or the trust file in it.
  init(_ path: String) throws(RunFailure) {
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
  func trust() throws -> TrustFile { hasTrustFile ? try trustFile() : try FolderTrust(self).trustFile() }

  /// Every file under the folder with one of the endings, in the order of their paths; hidden ones and links out are left out.
  func exports(endings: [String]) -> [WorkspacePath] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      endings.contains((name as NSString).pathExtension.lowercased())
        && !name.split(separator: "/").contains { $0.hasPrefix(".") || $0.hasPrefix("~$") } && isFile(name)
        && Workspace.realPath(folder + "/" + name).map { $0.hasPrefix(folder + "/") } ?? false
    }.sorted().map { WorkspacePath(relative: $0, absolute: folder + "/" + $0) }
  }

  private func trustFile() throws -> TrustFile {
    let path = folder + "/" + TrustFile.fileName
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

  private func matches(of value: YAMLValue) throws(YAMLFailure) -> [WorkspacePath] {
    let pattern = try value.string()
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    guard !pattern.hasPrefix("/"), !parts.contains("..") else {
      throw value.failure("\"\(pattern)\" leaves the trust file's folder")
    }
    var found = [""]
    for part in parts where part != "." {
      found = found.flatMap { children(of: $0, matching: part) }
    }
    let files = found.filter { !$0.isEmpty && isFile($0) }.sorted()
    guard !files.isEmpty else {
      throw value.failure(
        pattern.contains("*") || pattern.contains("?")
          ? "no file matches \"\(pattern)\"" : "there is no file \"\(pattern)\"")
    }
    for file in files {
      guard let real = Workspace.realPath(folder + "/" + file), real.hasPrefix(folder + "/") else {
        throw value.failure("\"\(file)\" leaves the trust file's folder by a link")
      }
    }
    return files.map { WorkspacePath(relative: $0, absolute: folder + "/" + $0) }
  }

  private func children(of parent: String, matching part: String) -> [String] {
    let prefix = parent.isEmpty ? "" : parent + "/"
    guard part.contains("*") || part.contains("?") else { return [prefix + part] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + parent)) ?? []
    return names.filter { !$0.hasPrefix(".") && fnmatch(part, $0, 0) == 0 }.map { prefix + $0 }
  }

  private func isFile(_ relative: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: folder + "/" + relative, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
