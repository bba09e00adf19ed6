import CFileSystem
import Foundation
import Synchronization

/// The folder that a pack is made in, beside its place: closed to all but its owner, and locked while its run is alive.
///
/// A run that is asked to end (control-C, or by the system) removes it first. What a killed run leaves is removed by
/// the next run into the same place, which tells by the lock.
final class StagingDirectory: Sendable {
  let path: String
  private let target: String
  private let lock: Int32
  private let state = Mutex(State.isMade)

  private static let ending = [SIGINT, SIGTERM]

  private enum State { case isMade, hasEnded }

  /// Throws: where the folder cannot be made.
  init(for target: String) throws(RunFailure) {
    let (parent, name) = (
      (target as NSString).deletingLastPathComponent, (target as NSString).lastPathComponent
    )
    self.target = target
    StagingDirectory.removeLeftOvers(of: target, parent: parent, prefix: ".\(name).halfterm-")
    StagingDirectory.recordPendingSignal()
    (path, lock) = try StagingDirectory.make(beside: target, prefix: "\(parent)/.\(name).halfterm-")
    installSignalHandlers()
    let asked = StagingDirectory.asked.load(ordering: .relaxed)
    if asked != 0 { end(by: asked) }
  }

  deinit {
    for number in StagingDirectory.ending { signal(number, SIG_DFL) }
    close(lock)
  }

  /// Puts the folder in the place of the old pack, once all of it is on the disk: else a power cut could leave the new names, which
  /// a file system writes first, of files that hold nothing.
  func commit() throws(RunFailure) {
    guard halfterm_write_out(lock) == 0 || errno == ENOSYS else { throw failure() }
    try state.withLock { state throws(RunFailure) in
      guard chmod(path, 0o755) == 0 else { throw failure() }
      try swap()
      state = .hasEnded
    }
  }

  private func swap() throws(RunFailure) {
    if rename(path, target) == 0 { return }
    if halfterm_exchange(path, target) == 0 { return remove(path) }
    // A file system that cannot swap two folders: the old pack moves aside, and back if the new one cannot follow.
    let aside = path + StagingDirectory.aside
    let old = open(target, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if old >= 0 { close(old) } }
    guard old >= 0, flock(old, LOCK_EX | LOCK_NB) == 0, rename(target, aside) == 0 else { throw failure() }
    guard rename(path, target) == 0 else {
      let failure = failure()
      _ = rename(aside, target)
      throw failure
    }
    remove(aside)
  }

  /// Removes what was made of a run that failed.
  func abandon() {
    state.withLock { state in
      guard state == .isMade else { return }
      remove(path)
      state = .hasEnded
    }
  }

  private func failure() -> RunFailure { .unwritable(path: target, reason: String(cString: strerror(errno))) }
  private func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}

extension StagingDirectory {
  private static let aside = "-old"

  /// A new folder that this run holds the lock of.
  private static func make(
    beside target: String, prefix: String
  ) throws(RunFailure) -> (path: String, lock: Int32) {
    for _ in 0..<10 {
      var name = Array("\(prefix)\(getpid())-XXXXXX".utf8CString)
      guard mkdtemp(&name) != nil else {
        throw .unwritable(path: target, reason: String(cString: strerror(errno)))
      }
      let path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      // Another run may have taken it for a leftover, in the moment before it was locked.
      var (opened, named) = (stat(), stat())
      let isHeld = lock >= 0 && (flock(lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
      if isHeld, fstat(lock, &opened) == 0, stat(path, &named) == 0, opened.st_ino == named.st_ino {
        return (path, lock)
      }
      if lock >= 0 { close(lock) }
    }
    throw .unwritable(path: target, reason: "other runs write to the same place")
  }

  /// Removes what killed runs left behind, and puts an old pack back that one had moved aside; a folder of a run that is alive
  /// stays.
  private static func removeLeftOvers(of target: String, parent: String, prefix: String) {
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    where entry.hasPrefix(prefix) {
      let path = parent + "/" + entry
      let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard folder >= 0 else { continue }
      defer { close(folder) }
      if flock(folder, LOCK_EX | LOCK_NB) != 0 {
        // Where the file system has no locks, the number of the process tells.
        let process = Int32(entry.dropFirst(prefix.count).prefix { $0.isNumber })
        guard errno != EWOULDBLOCK, let process, process != getpid(), kill(process, 0) != 0 else { continue }
      }
      if entry.hasSuffix(aside), access(target, F_OK) != 0, rename(path, target) == 0 { continue }
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}

extension StagingDirectory {
  /// The signal that asked the run to end while the folder was being made. Missing: 0 for none.
  private static let asked = Atomic<Int32>(0)

  /// A run that is asked to end before there is a folder waits for it: one made in that moment would stay.
  private static func recordPendingSignal() {
    asked.store(0, ordering: .relaxed)
    for number in ending { signal(number) { StagingDirectory.asked.store($0, ordering: .relaxed) } }
  }

  /// From here on a run that is asked to end removes the folder before it does.
  private func installSignalHandlers() {
    for number in StagingDirectory.ending {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in
        // Keeps the source until the program ends.
        withExtendedLifetime(source) { self?.end(by: number) }
      }
      source.resume()
    }
  }

  /// Waits for a swap that has begun; nothing of the run goes on behind it.
  private func end(by number: Int32) {
    state.withLock { state in
      if state == .isMade {
        // The run is still writing: what is removed may be made again, and what it says of that is of no use.
        dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO)
        for _ in 0..<100 where access(path, F_OK) == 0 {
          remove(path)
          usleep(20_000)
        }
      }
      signal(number, SIG_DFL)
      kill(getpid(), number)
      usleep(200_000)
      _exit(128 + number)
    }
  }
}
