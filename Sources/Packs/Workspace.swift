import Foundation
import OrderedCollections
import StrictYAML
import Synchronization
import Tabular

/// The path of a file in a workspace.
package struct WorkspacePath: Hashable, Comparable, Sendable {
  /// The path from the trust file's folder, with control characters escaped, for messages and outputs.
  let relative: String
  let absolute: String
  /// The folder that the file must be in.
  let folder: String
  /// The name of a file inside the zip file at the absolute path, or `nil` for a file by itself.
  let member: String?

  package init(_ relative: String, in folder: String) {
    self.relative = relative.printableName
    absolute = folder + "/" + relative
    self.folder = folder
    member = nil
  }

  /// Creates the path of a file inside a zip file.
  init(_ member: String, inZipFile zip: String, in folder: String) {
    relative = "\(zip)/\(member)".printableName
    absolute = folder + "/" + zip
    self.folder = folder
    self.member = member
  }

  private init(relative: String, absolute: String, folder: String) {
    self.relative = relative
    self.absolute = absolute
    self.folder = folder
    member = nil
  }

  /// The zip file that contains the file, or the file itself.
  var outermost: WorkspacePath { WorkspacePath(relative: relative, absolute: absolute, folder: folder) }

  /// The path with its links resolved, or `nil` if it leads out of the folder or to no file.
  var realPath: String? {
    guard let folder = Workspace.realPath(folder), let real = Workspace.realPath(absolute),
      real.hasPrefix(folder + "/")
    else { return nil }
    return real
  }

  package static func < (left: WorkspacePath, right: WorkspacePath) -> Bool { left.relative < right.relative }
}

/// The folder with a trust's files. Nothing outside it is read.
package struct Workspace {
  /// The path of the folder with links resolved.
  let folder: String
  private let unreadable = UnreadableFolders()

  /// The folders that a path or a pattern led to and that could not be read.
  private final class UnreadableFolders: Sendable { let paths = Mutex<[String]>([]) }

  /// - Parameter path: The path of the folder or of the trust file in it.
  package init(_ path: String) throws(RunFailure) {
    var path = path
    if path.hasSuffix("/\(TrustFile.fileName)") || path == TrustFile.fileName {
      path = String(path.dropLast(TrustFile.fileName.count))
      if path.isEmpty { path = "." }
    }
    guard let folder = Workspace.realPath(path) else {
      throw .noFolder(path: path)
    }
    self.folder = folder
  }

  /// Indicates that the folder has a trust file. Without one the schools are found in the exports.
  var hasTrustFile: Bool {
    FileManager.default.fileExists(atPath: folder + "/" + TrustFile.fileName)
  }

  /// Reads the trust file, or finds the schools in the exports if there is none.
  package func trust() throws -> TrustFile {
    if !hasTrustFile, let name = misnamedTrustFile {
      throw RunFailure.trustFileRefused(
        reason: "not found, and \(name.printableName) is not read. Rename it to trust.yaml")
    }
    return hasTrustFile ? try trustFile() : try FolderTrust(self).trustFile()
  }

  /// A file that seems to be meant as the trust file, such as the `trust.yaml.txt` of an editor.
  private var misnamedTrustFile: String? {
    contents(of: "").sorted().first {
      ["trust.yaml", "trust.yml", "trust.yaml.txt", "trust.yml.txt"].contains($0.lowercased())
    }
  }

  /// A file with the file name extension of an export.
  struct Candidate {
    let path: WorkspacePath
    /// The reason why the file must not be read, or `nil` if it may be read.
    let refusal: String?
    /// A Boolean value that indicates whether it is a zip file, and not a file inside one.
    var isZipFile = false
  }

  /// Returns the files under the folder that have the file name extension of an export, in the order of their paths.
  ///
  /// Hidden files, lock files and folders with Halfterm packs are left out.
  ///
  /// - Throws: `RunFailure.unreadable` for a folder that cannot be read, in which a school may be.
  func exports() throws(RunFailure) -> [Candidate] {
    let names = try FolderTree.entries(in: folder) { name, contents in
      !isHidden(name)
        && !(contents.contains(Manifest.fileName) && Manifest.isInFolder("\(folder)/\(name)"))
    }
    return names.filter { !isHidden($0) }.flatMap { name -> [Candidate] in
      if kind(of: name) == .folder {
        // The files of a linked folder inside the workspace are found where they are.
        let path = WorkspacePath(name, in: folder)
        let isInside = path.realPath != nil || Workspace.realPath(path.absolute) == folder
        return isInside ? [] : [Candidate(path: path, refusal: Workspace.outside)]
      }
      if Workspace.isZipFile(name) { return candidates(inZipFile: name) }
      return FolderTrust.hasExportExtension(name)
        ? [Candidate(path: WorkspacePath(name, in: folder), refusal: refusal(of: name))] : []
    }
  }

  private static func isZipFile(_ name: String) -> Bool {
    (name as NSString).pathExtension.lowercased() == "zip"
  }

  /// The number of files of a zip file that are looked at.
  private static let maxMembers: UInt64 = 1000

  /// Returns the files inside a zip file that have the file name extension of an export.
  private func candidates(inZipFile name: String) -> [Candidate] {
    let path = WorkspacePath(name, in: folder)
    if let refusal = refusal(of: name) { return [Candidate(path: path, refusal: refusal)] }
    do throws(TableFailure) {
      let archive = try InputFile(path).archive()
      return (0..<min(archive.count, Workspace.maxMembers)).compactMap { archive.name(at: $0) }.filter {
        FolderTrust.hasExportExtension($0) && !isHidden($0) && !$0.hasPrefix("__MACOSX/")
      }.map { Candidate(path: WorkspacePath($0, inZipFile: name, in: folder), refusal: nil) }
    } catch {
      return [
        Candidate(path: path, refusal: "a zip file that cannot be opened: \(error.reason)", isZipFile: true)
      ]
    }
  }

  /// - Throws: `RunFailure.unreadable` if a folder could not be read in which files were looked for, so that some may be
  ///   missing.
  private func trustFile() throws -> TrustFile {
    let result = Result { try readTrustFile() }
    if let folder = unreadable.paths.withLock(\.first) {
      throw RunFailure.unreadable(path: folder.printableName)
    }
    return try result.get()
  }

  private func readTrustFile() throws -> TrustFile {
    let path = folder + "/" + TrustFile.fileName
    if let refusal = refusal(of: TrustFile.fileName) {
      throw RunFailure.trustFileRefused(reason: refusal)
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw RunFailure.unreadable(path: TrustFile.fileName)
    }
    guard
      let text = String(
        validating: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes, as: UTF8.self)
    else {
      throw YAMLFailure(
        file: TrustFile.fileName, line: 1, column: 1,
        "the file is not UTF-8. Save it as UTF-8, in Notepad under Encoding")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    if let line = lines.firstIndex(where: { $0.drop { $0 == " " }.first == "\t" }) {
      throw YAMLFailure(
        file: TrustFile.fileName, line: line + 1, column: 1,
        "the line begins with a tab. Put spaces in place of tabs, two for each step")
    }
    if let line = lines.firstIndex(where: hasPathWithBackslash) {
      throw YAMLFailure(
        file: TrustFile.fileName, line: line + 1, column: 1,
        "a backslash between quotation marks has a meaning of its own. Write paths with /, such as exports/register.csv"
      )
    }
    return try TrustFile(text: text, workspace: self)
  }

  /// Returns whether a line has the path of a file with a backslash between quotation marks, where it is an escape.
  private func hasPathWithBackslash(_ line: Substring) -> Bool {
    var quoted: (text: String, hasBackslash: Bool)?
    var characters = line.makeIterator()
    while let character = characters.next() {
      guard let found = quoted else {
        if character == "#" { return false }
        if character == "\"" { quoted = ("", false) }
        continue
      }
      if character == "\"" {
        let fileExtension = (found.text as NSString).pathExtension.lowercased()
        if found.hasBackslash, Workspace.pathExtensions.contains(fileExtension) { return true }
        quoted = nil
      } else if character == "\\", let next = characters.next() {
        quoted = (found.text + String(next), found.hasBackslash || !"\"\\".contains(next))
      } else {
        quoted?.text.append(character)
      }
    }
    return false
  }

  /// The file name extensions of files that a trust file names.
  private static let pathExtensions: Set<String> = [
    "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "json", "xml", "zip", "yaml", "yml", "md", "svg", "png",
    "jpg", "jpeg",
  ]

  /// Returns the file that a value names.
  func file(_ value: YAMLValue) throws(YAMLFailure) -> WorkspacePath {
    let files = try matches(of: value)
    guard files.count == 1, let file = files.first else {
      throw value.failure("\(value.name) must name one file, but matches \(files.count)")
    }
    return file
  }

  /// Returns the files that a list of paths and patterns names, each once, in the order of the list.
  ///
  /// Files of one pattern are in the order of their names.
  func files(_ value: YAMLValue) throws(YAMLFailure) -> [WorkspacePath] {
    var files: OrderedSet<WorkspacePath> = []
    for item in try value.sequence() { files.formUnion(try matches(of: item)) }
    return files.elements
  }

  /// The files that are not exports, each with a remedy, for a folder without a register.
  func otherFiles() throws(RunFailure) -> [String] {
    try FolderTree.entries(in: folder).filter { !isHidden($0) }.compactMap { name in
      switch (name as NSString).pathExtension.lowercased() {
      case "zip": "\(name.printableName): a zip file without a readable register"
      case "pdf": "\(name.printableName): a PDF. Export the register as CSV or as a workbook (.xlsx)"
      case "ods", "numbers", "doc", "docx", "html", "htm":
        "\(name.printableName): not a register. Save it as CSV or as a workbook (.xlsx)"
      default: nil
      }
    }
  }

  private func isHidden(_ name: String) -> Bool {
    name.split(separator: "/").contains { $0.hasPrefix(".") || $0.hasPrefix("~$") }
  }

  /// Returns the text of a file that a value names.
  func text(_ file: WorkspacePath, named value: YAMLValue) throws(YAMLFailure) -> String {
    guard let bytes = FileManager.default.contents(atPath: file.absolute),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw value.failure("\(file.relative) cannot be read as UTF-8 text") }
    return text
  }

  /// Returns the files that a path or a pattern names.
  func matches(of value: YAMLValue) throws(YAMLFailure) -> [WorkspacePath] {
    // Paths may be written with the separators of Windows.
    let pattern = try value.string().replacing("\\", with: "/")
    let components = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    guard !pattern.hasPrefix("/"), !components.contains("..") else {
      throw value.failure("\"\(pattern)\" leaves the trust file's folder")
    }
    if let member = zipMember(components) { return [member] }
    var paths = [""]
    for component in components where component != "." {
      paths = paths.flatMap { children(of: $0, matching: component) }
    }
    let isPattern = pattern.contains("*") || pattern.contains("?")
    // A pattern such as exports/* may match folders. They are left out unless they have the extension of an export.
    let files = paths.filter { name in
      !name.isEmpty && (kind(of: name) != .folder || !isPattern || FolderTrust.hasExportExtension(name))
    }
    guard !files.isEmpty, isPattern || kind(of: files[0]) != .missing else {
      throw value.failure(
        "\(isPattern ? "no files found for" : "file not found:") \"\(pattern)\""
          + existing(in: components))
    }
    for file in files {
      if let refusal = refusal(of: file) { throw value.failure("\"\(file.printableName)\": \(refusal)") }
    }
    return WorkspacePath.inOrderOfDownload(files.map { WorkspacePath($0, in: folder) })
  }

  /// Returns the file inside a zip file that a path names, or `nil` if the path leads through none.
  private func zipMember(_ components: [String]) -> WorkspacePath? {
    for count in 1..<max(1, components.count) {
      let zip = components.prefix(count).joined(separator: "/")
      guard Workspace.isZipFile(zip), kind(of: zip) == .file, refusal(of: zip) == nil else { continue }
      return WorkspacePath(components.dropFirst(count).joined(separator: "/"), inZipFile: zip, in: folder)
    }
    return nil
  }

  /// Returns the files and folders of the deepest folder of a path that exists, for a message.
  private func existing(in components: [String]) -> String {
    var parent = ""
    for component in components.dropLast() {
      let path = parent.isEmpty ? component : "\(parent)/\(component)"
      guard kind(of: path) == .folder else { break }
      parent = path
    }
    let names = contents(of: parent).filter { !isHidden($0) }.sorted()
    guard !names.isEmpty else { return "" }
    let place = parent.isEmpty ? "the folder" : "\"\(parent)\""
    return "; \(place) has " + names.prefix(8).map { "\"\($0.printableName)\"" }.joined(separator: ", ")
      + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }

  private func contents(of parent: String) -> [String] {
    let path = folder + "/" + parent
    if let names = try? FileManager.default.contentsOfDirectory(atPath: path) { return names }
    if kind(of: parent) == .folder { unreadable.paths.withLock { $0.append(parent) } }
    return []
  }

  /// Returns the children of a folder whose names match a name or a pattern; if none does, those that differ from it in
  /// capitals only.
  private func children(of parent: String, matching pattern: String) -> [String] {
    let prefix = parent.isEmpty ? "" : parent + "/"
    let isPattern = pattern.contains("*") || pattern.contains("?")
    if !isPattern, kind(of: prefix + pattern) != .missing { return [prefix + pattern] }
    let names = contents(of: parent).filter { !$0.hasPrefix(".") }
    func matching(_ isMatch: (String) -> Bool) -> [String] { names.filter(isMatch).map { prefix + $0 } }
    if !isPattern {
      let alike = matching { $0.lowercased() == pattern.lowercased() }
      return alike.count == 1 ? alike : [prefix + pattern]
    }
    let exact = matching { fnmatch(pattern, $0, 0) == 0 }
    return exact.isEmpty ? matching { fnmatch(pattern.lowercased(), $0.lowercased(), 0) == 0 } : exact
  }

  private enum Kind { case file, folder, other, missing }

  /// Returns the kind of a file, with links followed.
  private func kind(of relative: String) -> Kind {
    var facts = stat()
    guard stat(folder + "/" + relative, &facts) == 0 else { return .missing }
    return switch facts.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }

  /// Returns the reason why a file must not be read, or `nil` if it may be read.
  private func refusal(of relative: String) -> String? {
    switch kind(of: relative) {
    case .missing: return "a link to a file that is not there, or a name that is not UTF-8"
    case .folder: return "a folder, where a file is expected"
    case .other: return "a pipe, a socket or a device, where a file is expected"
    case .file: break
    }
    return WorkspacePath(relative, in: folder).realPath == nil ? Workspace.outside : nil
  }

  /// The end of a message about a path that a link leads out of the folder.
  static let outside = "leaves the trust file's folder by a link, and nothing outside it is read"

  /// Returns a path with its links resolved, or `nil` if there is no such file.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
