import CRename
import Crypto
import Foundation

/// A pack's folder while it is made: a new folder beside the target, renamed into place once it is whole.
struct OutputFolder: Sendable {
  private let target: String
  private let building: String

  /// What the manifest says of an output.
  struct Record: Sendable {
    let path: String
    let sha256: String
  }

  /// Makes the new folder, readable by its owner only until it stands in place.
  ///
  /// Throws: where the target is a folder that holds something other than a pack.
  init(replacing path: String) throws(RunFailure) {
    let target = OutputFolder.absolute(path)
    let parent = (target as NSString).deletingLastPathComponent
    let name = (target as NSString).lastPathComponent
    self.target = target
    building = "\(parent)/.\(name).halfterm-\(getpid())"
    try OutputFolder.checkIsPack(target, named: path)
    OutputFolder.removeLeftOvers(parent: parent, name: name)
    try OutputFolder.make(parent, permissions: 0o755)
    try OutputFolder.make(building, permissions: 0o700)
    try makeFolder("share")
    try makeFolder("restricted")
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

  /// Removes what killed runs left behind; a folder of a run that is alive stays.
  private static func removeLeftOvers(parent: String, name: String) {
    let prefix = ".\(name).halfterm-"
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
      guard entry.hasPrefix(prefix), let process = Int32(entry.dropFirst(prefix.count)) else { continue }
      if process == getpid() || kill(process, 0) != 0 {
        try? FileManager.default.removeItem(atPath: parent + "/" + entry)
      }
    }
  }

  private static func make(_ path: String, permissions: Int) throws(RunFailure) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: permissions])
    } catch {
      throw .unwritable(path: path, reason: reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    let code = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return code.map { String(cString: strerror(Int32($0.code))) } ?? error.localizedDescription
  }
}

extension OutputFolder {
  /// Makes a folder inside; what is under `restricted/` is readable by its owner only.
  func makeFolder(_ relative: String) throws(RunFailure) {
    try OutputFolder.make(
      "\(building)/\(relative)", permissions: OutputFolder.isRestricted(relative) ? 0o700 : 0o755)
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
  func path(of relative: String) -> String { "\(building)/\(relative)" }

  /// Writes a file whole.
  @discardableResult
  func write(_ bytes: [UInt8], to relative: String) throws(RunFailure) -> Record {
    let path = path(of: relative)
    // Nobody sees the folder before it is whole, so that no file in it need be written beside its place first.
    guard let file = fopen(path, "wb") else {
      throw .unwritable(path: relative, reason: String(cString: strerror(errno)))
    }
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
    guard fclose(file) == 0, isWritten else {
      throw .unwritable(path: relative, reason: String(cString: strerror(errno)))
    }
    return try finish(relative, bytes: bytes)
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

  private func finish(_ relative: String, bytes: some DataProtocol) throws(RunFailure) -> Record {
    guard chmod(path(of: relative), OutputFolder.isRestricted(relative) ? 0o600 : 0o644) == 0 else {
      throw .unwritable(path: relative, reason: String(cString: strerror(errno)))
    }
    return Record(path: relative, sha256: SHA256.hash(data: bytes).hexadecimal)
  }

  /// Puts the whole folder in the place of the old one.
  func commit() throws(RunFailure) {
    guard chmod(building, 0o755) == 0 else { throw failure() }
    if rename(building, target) == 0 { return }
    if halfterm_exchange(building, target) == 0 {
      abandon()
      return
    }
    // A file system that cannot swap two folders: the old pack moves aside, and back if the new one cannot follow.
    let aside = building + "-old"
    guard rename(target, aside) == 0 else { throw failure() }
    guard rename(building, target) == 0 else {
      let failure = failure()
      _ = rename(aside, target)
      throw failure
    }
    try? FileManager.default.removeItem(atPath: aside)
  }

  private func failure() -> RunFailure { .unwritable(path: target, reason: String(cString: strerror(errno))) }

  /// Removes what was made of a run that failed.
  func abandon() { try? FileManager.default.removeItem(atPath: building) }
}
