import Foundation

/// A pack's folder while it is made: a new folder beside the target, renamed into place once it is whole.
struct OutputFolder: Sendable {
  private let building: StagingDirectory

  /// What the manifest says of an output.
  struct Record: Sendable {
    let path: String
    let sha256: String
  }

  /// Makes the new folder, readable by its owner only until it stands in place.
  ///
  /// Throws: where the target is a folder that holds something other than a pack.
  init(replacing path: String) throws(RunFailure) {
    let target = try OutputFolder.place(path)
    try OutputFolder.checkIsPack(target, named: path)
    try OutputFolder.make((target as NSString).deletingLastPathComponent, permissions: 0o755)
    // Whatever is made is its owner's only until it is opened to others.
    umask(0o077)
    building = try StagingDirectory(for: target)
    do {
      try makeFolder("share")
      try makeFolder("restricted")
    } catch {
      abandon()
      throw error
    }
  }

  /// The folder a path names; where it is a link, the folder that the link leads to.
  private static func place(_ path: String) throws(RunFailure) -> String {
    let target = absolute(path)
    var facts = stat()
    guard lstat(target, &facts) == 0, facts.st_mode & S_IFMT == S_IFLNK else { return target }
    guard let real = Workspace.realPath(target) else {
      throw .unusable("\(path): a link to a folder that is not there. Name the folder itself.")
    }
    return real
  }

  private static func absolute(_ path: String) -> String {
    let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    return (whole as NSString).standardizingPath
  }

  private static func checkIsPack(_ target: String, named path: String) throws(RunFailure) {
    guard let contents = try? FileManager.default.contentsOfDirectory(atPath: target) else {
      guard !FileManager.default.fileExists(atPath: target) else { throw .notAPack(path: path) }
      return
    }
    guard contents.isEmpty || contents.contains(Manifest.fileName) else { throw .notAPack(path: path) }
    if !contents.isEmpty, let added = Manifest.filesNotOfThePack(in: target).first {
      throw .holdsOtherFiles(path: path, file: added)
    }
  }

  /// Makes a folder and those above it that are missing, whatever the mask of modes.
  ///
  /// - Parameter top: A folder that is not made again: of a run that is asked to end it is gone for good.
  private static func make(_ path: String, below top: String = "/", permissions: mode_t) throws(RunFailure) {
    guard access(path, F_OK) != 0 else { return }
    let parent = (path as NSString).deletingLastPathComponent
    if parent != path, parent != top { try make(parent, below: top, permissions: permissions) }
    guard mkdir(path, permissions) == 0 && chmod(path, permissions) == 0 || errno == EEXIST else {
      throw failure(path)
    }
  }
}

extension OutputFolder {
  /// Makes a folder inside; what is under `restricted/` is readable by its owner only.
  func makeFolder(_ relative: String) throws(RunFailure) {
    try OutputFolder.make(
      "\(building.path)/\(relative)", below: building.path,
      permissions: OutputFolder.isRestricted(relative) ? 0o700 : 0o755)
  }

  private static func isRestricted(_ relative: String) -> Bool {
    relative == "restricted" || relative.hasPrefix("restricted/")
  }

  /// Removes a folder inside that is no part of the pack. A program that has just ended may still be tidying up in it.
  func remove(_ relative: String) throws(RunFailure) {
    for _ in 0..<50 {
      try? FileManager.default.removeItem(atPath: path(of: relative))
      guard FileManager.default.fileExists(atPath: path(of: relative)) else { return }
      usleep(100_000)
    }
    throw .unwritable(path: relative, reason: "the folder cannot be removed")
  }

  /// Where a file is being made, for a writer that opens it by its path.
  func path(of relative: String) -> String { "\(building.path)/\(relative)" }

  /// Writes a file whole.
  @discardableResult
  func write(_ bytes: [UInt8], to relative: String) throws(RunFailure) -> Record {
    let path = path(of: relative)
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw OutputFolder.failure(relative) }
    guard Console.write(bytes[...], to: file) else {
      let failure = OutputFolder.failure(relative)
      close(file)
      throw failure
    }
    guard close(file) == 0 else { throw OutputFolder.failure(relative) }
    return try finish(relative, bytes: bytes)
  }

  private static func failure(_ relative: String) -> RunFailure {
    .unwritable(path: relative, reason: String(cString: strerror(errno)))
  }

  /// The record of a file another writer made.
  func record(of relative: String) throws(RunFailure) -> Record {
    try finish(relative, bytes: try bytes(of: relative))
  }

  /// What a file that was made holds.
  func bytes(of relative: String) throws(RunFailure) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path(of: relative)) else {
      throw .unreadable(path: relative)
    }
    return Array(data)
  }

  private func finish(_ relative: String, bytes: some Collection<UInt8>) throws(RunFailure) -> Record {
    guard chmod(path(of: relative), OutputFolder.isRestricted(relative) ? 0o600 : 0o644) == 0 else {
      throw OutputFolder.failure(relative)
    }
    return Record(path: relative, sha256: try SHA256.hexadecimal(of: bytes))
  }

  /// Puts the whole folder in the place of the old one.
  func commit() throws(RunFailure) { try building.commit() }

  /// Removes what was made of a run that failed.
  func abandon() { building.abandon() }
}
