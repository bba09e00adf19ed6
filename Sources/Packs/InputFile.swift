import Exports
import Foundation
import Tabular

/// An input file, which is hashed while it is read if the manifest lists it.
package final class InputFile {
  let path: WorkspacePath
  private var descriptor: Int32 = -1
  private var hash: SHA256?
  private var bytes = 0
  /// The digest of the file, or an empty text until its end has been read.
  private var digest = ""
  /// The state of the file when it was first opened, or `nil` before that.
  private var firstState: State?
  private let isForManifest: Bool
  /// The part of a zip file that is being read, or `nil` for a file by itself.
  private var part: ZipPart?

  /// An input as the manifest lists it.
  struct Record: Equatable, Sendable {
    let path: String
    let sha256: String
    let bytes: Int
  }

  /// The properties of a file that differ when it is changed or replaced.
  private struct State: Equatable {
    let size, seconds, nanoseconds: Int
    let number: UInt

    init(_ facts: stat) {
      size = Int(facts.st_size)
      seconds = facts.st_mtim.tv_sec
      nanoseconds = facts.st_mtim.tv_nsec
      number = UInt(facts.st_ino)
    }
  }

  init(_ path: WorkspacePath, forManifest: Bool = false) {
    self.path = path
    isForManifest = forManifest
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The file as a source of tables. Opening the source again reads the file from its start.
  var source: SourceFile {
    SourceFile(path.relative) { () throws(TableFailure) in
      try self.open()
      return { (buffer) throws(TableFailure) in try self.read(into: buffer) }
    }
  }

  func export(profile: SourceProfile) -> ExportFile { ExportFile(source, profile: profile) }

  private func open() throws(TableFailure) {
    if descriptor >= 0 { close(descriptor) }
    if isForManifest, digest.isEmpty {
      hash = SHA256()
      bytes = 0
    }
    // Without O_NONBLOCK a pipe that replaced the file would block the run for ever.
    descriptor = Foundation.open(path.absolute, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure() }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw failure() }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(file: path.relative, reason: "it is not a regular file")
    }
    guard isInFolder(facts) else {
      throw .unreadable(
        file: path.relative,
        reason: "it \(Workspace.outside)")
    }
    firstState = firstState ?? State(facts)
    try checkIsUnchanged()
    if let member = path.member {
      part = nil
      part = try partOfArchive(member)
    }
  }

  /// Returns whether the open file is the one that the path leads to inside its folder. A link could have been put in the
  /// path after it was checked.
  private func isInFolder(_ opened: stat) -> Bool {
    var facts = stat()
    guard let real = path.realPath, lstat(real, &facts) == 0 else { return false }
    return facts.st_ino == opened.st_ino && facts.st_dev == opened.st_dev
  }

  /// The maximum size of a file inside a zip file, in bytes.
  private static let maxMember = 1 << 30

  /// Opens the file as a zip file.
  ///
  /// - Throws: `TableFailure` if it is damaged or exceeds the limit of files that are read as a whole.
  func archive() throws(TableFailure) -> ZipArchive {
    let file = InputFile(path.outermost)
    try file.open()
    let content = try WholeFile(
      reading: { (buffer) throws(TableFailure) in try file.read(into: buffer) }, file: path.relative)
    do { return try ZipArchive(content) } catch { throw failure(error) }
  }

  private func partOfArchive(_ member: String) throws(TableFailure) -> ZipPart {
    let archive = try archive()
    guard let index = archive.index(of: member) else {
      throw .unusable(
        file: path.relative, location: nil, reason: "the zip file does not contain this file",
        remedy: InputFile.remedy)
    }
    do { return try archive.part(at: index, largest: InputFile.maxMember) } catch { throw failure(error) }
  }

  private static let remedy = "Extract the zip file into the folder."

  private func failure(_ failure: ZipFailure) -> TableFailure {
    failure.asTableFailure(of: "zip file", file: path.relative, remedy: InputFile.remedy)
  }

  /// Reads a piece of the file, or of the file inside a zip file.
  private func readPiece(into buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int {
    guard path.member != nil else { return Foundation.read(descriptor, buffer.baseAddress, buffer.count) }
    do { return try part?.read(into: buffer) ?? 0 } catch { throw failure(error) }
  }

  /// - Throws: `TableFailure` if the file has changed since it was first opened: part of it may be old, part new.
  private func checkIsUnchanged() throws(TableFailure) {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw failure() }
    guard State(facts) != firstState else { return }
    let isShorter = Int(facts.st_size) < firstState?.size ?? 0
    throw .unreadable(
      file: path.relative, reason: "it \(isShorter ? "became shorter" : "was changed") while it was read")
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int {
    while true {
      let count = try readPiece(into: buffer)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure() }
      if count == 0, !buffer.isEmpty { try checkIsUnchanged() }
      if hash != nil {
        hash?.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        bytes += count
        if count == 0 { try finishHash() }
      }
      return count
    }
  }

  private func finishHash() throws(TableFailure) {
    guard let finished = hash.take() else { return }
    do throws(RunFailure) {
      digest = try finished.hexadecimal()
    } catch {
      throw .unreadable(file: path.relative, reason: "\(error)")
    }
  }

  private func failure() -> TableFailure {
    .unreadable(file: path.relative, reason: String(cString: strerror(errno)))
  }

  /// The record of a file that was read to its end, or `nil` if the file was not opened for a manifest.
  var record: Record? {
    isForManifest ? Record(path: path.relative, sha256: digest, bytes: bytes) : nil
  }

  /// Reads a file to its end and returns its record.
  static func record(of path: WorkspacePath) throws(TableFailure) -> Record {
    let file = InputFile(path, forManifest: true)
    try file.open()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while try file.read(into: buffer) > 0 {}
    return Record(path: path.relative, sha256: file.digest, bytes: file.bytes)
  }
}
