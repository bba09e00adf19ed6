import Exports
import Foundation
import Tabular

/// A file being read, hashed on its way where a manifest is to name it.
package final class InputFile {
  let path: WorkspacePath
  private var descriptor: Int32 = -1
  private var hash: SHA256?
  private var bytes = 0
  /// The digest of the whole file. Missing: empty before its end is read.
  private var digest = ""
  /// The file as it was first opened. Missing: nil before that.
  private var first: State?
  private let isForManifest: Bool

  /// What the manifest says of an input.
  struct Record: Equatable, Sendable {
    let path: String
    package let sha256: String
    let bytes: Int
  }

  /// What tells a file from one that was changed or that took its place.
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

  /// The file as tables are read from it; a second opening reads it again from the start.
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
    // A pipe that took the file's place would otherwise be waited for without end.
    descriptor = Foundation.open(path.absolute, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure() }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw failure() }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(file: path.relative, reason: "it is no file")
    }
    first = first ?? State(facts)
    try checkIsUnchanged()
  }

  /// Throws: where the file is no longer what it was when it was first opened; half of it may be old, the other half new.
  private func checkIsUnchanged() throws(TableFailure) {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw failure() }
    guard State(facts) != first else { return }
    let isShorter = Int(facts.st_size) < first?.size ?? 0
    throw .unreadable(
      file: path.relative, reason: "it \(isShorter ? "became shorter" : "was changed") while it was read")
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
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
    guard let whole = hash.take() else { return }
    do throws(RunFailure) {
      digest = try whole.hexadecimal()
    } catch {
      throw .unreadable(file: path.relative, reason: "\(error)")
    }
  }

  private func failure() -> TableFailure {
    .unreadable(file: path.relative, reason: String(cString: strerror(errno)))
  }

  /// The record of a file that was read to its end. Missing: nil of one that was read for no manifest.
  var record: Record? { isForManifest ? whole : nil }

  private var whole: Record {
    Record(path: path.relative, sha256: digest, bytes: bytes)
  }

  /// The record of a file that no export reader reads.
  static func record(of path: WorkspacePath) throws(TableFailure) -> Record {
    let file = InputFile(path, forManifest: true)
    try file.open()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while try file.read(into: buffer) > 0 {}
    return file.whole
  }
}
