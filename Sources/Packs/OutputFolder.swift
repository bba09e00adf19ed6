import CFileSystem
import Foundation
import Synchronization

/// The folder of a pack during a run: a new folder beside the target, renamed into place when it is complete.
struct OutputFolder: Sendable {
  private let staging: StagingDirectory
  private let target: String
  /// The manifest of the pack that is replaced, or `nil` if there is none.
  let old: Manifest?

  /// An output as the manifest lists it.
  struct Record: Sendable {
    let path: String
    let sha256: String
  }

  /// Creates the new folder, which only its owner can read until it is renamed.
  ///
  /// - Throws: `RunFailure` if the target exists and is not a pack, or the folder cannot be created.
  init(replacing path: String) throws(RunFailure) {
    guard !path.isEmpty else { throw .noOutputFolder }
    target = try OutputFolder.target(of: path)
    old = try OutputFolder.oldPack(target, named: path)
    try OutputFolder.make((target as NSString).deletingLastPathComponent, permissions: 0o755)
    // Files and folders are private unless their permissions are set otherwise.
    umask(0o077)
    staging = try StagingDirectory(for: target)
    do {
      try makeFolder("share")
      try makeFolder("restricted")
    } catch {
      abandon()
      throw error
    }
  }

  /// Returns the absolute path of a folder, with a link at its end resolved.
  private static func target(of path: String) throws(RunFailure) -> String {
    let target = absolute(path)
    var facts = stat()
    guard lstat(target, &facts) == 0, facts.st_mode & S_IFMT == S_IFLNK else { return target }
    guard let real = Workspace.realPath(target) else {
      throw .linkToNowhere(path: path)
    }
    return real
  }

  private static func absolute(_ path: String) -> String {
    let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    return (absolute as NSString).standardizingPath
  }

  /// Returns the manifest of the pack at a path, or `nil` for an empty folder or none.
  ///
  /// - Throws: `RunFailure` if there is anything else, which a new pack would destroy.
  private static func oldPack(_ target: String, named path: String) throws(RunFailure) -> Manifest? {
    guard let contents = try? FileManager.default.contentsOfDirectory(atPath: target) else {
      guard !FileManager.default.fileExists(atPath: target) else { throw .notAPack(path: path) }
      return nil
    }
    guard !contents.isEmpty else { return nil }
    guard case .asWritten(let manifest) = try Manifest.state(in: target) else { throw .notAPack(path: path) }
    if let added = try manifest.unlistedFiles(in: target).first {
      throw .holdsOtherFiles(path: path, file: added)
    }
    return manifest
  }

  /// Creates a folder and its missing parents, with permissions that do not depend on the umask.
  ///
  /// - Parameter top: A folder that is never created again: when a signal ends the run, it must stay removed.
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
  /// Creates a folder in the pack. Only its owner can read a folder under `restricted/`.
  func makeFolder(_ relative: String) throws(RunFailure) {
    try OutputFolder.make(
      "\(staging.path)/\(relative)", below: staging.path,
      permissions: OutputFolder.isRestricted(relative) ? 0o700 : 0o755)
  }

  private static func isRestricted(_ relative: String) -> Bool {
    relative == "restricted" || relative.hasPrefix("restricted/")
  }

  /// Removes a temporary folder from the pack.
  ///
  /// Repeats the attempt, because a program that has just ended may still be removing files from it.
  func remove(_ relative: String) throws(RunFailure) {
    for _ in 0..<50 {
      try? FileManager.default.removeItem(atPath: path(of: relative))
      guard FileManager.default.fileExists(atPath: path(of: relative)) else { return }
      usleep(100_000)
    }
    throw .unwritable(path: relative, reason: "the folder cannot be removed")
  }

  /// Returns the absolute path of a file of the pack, for a writer that opens it itself.
  func path(of relative: String) -> String { "\(staging.path)/\(relative)" }

  /// Writes a file of the pack.
  ///
  /// - Parameter isPrivate: A Boolean value indicating whether only the owner can read it, wherever it is.
  @discardableResult
  func write(
    _ bytes: [UInt8], to relative: String, isPrivate: Bool = false
  ) throws(RunFailure) -> Record {
    let path = path(of: relative)
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw OutputFolder.failure(relative) }
    guard Console.write(bytes[...], to: file) else {
      let failure = OutputFolder.failure(relative)
      close(file)
      throw failure
    }
    guard close(file) == 0 else { throw OutputFolder.failure(relative) }
    return try finish(relative, bytes: bytes, isPrivate: isPrivate)
  }

  private static func failure(_ relative: String) -> RunFailure {
    .unwritable(path: relative, reason: String(cString: strerror(errno)))
  }

  /// Sets the permissions of a file that another writer made, and returns its record.
  func record(of relative: String) throws(RunFailure) -> Record {
    try finish(relative, bytes: try bytes(of: relative))
  }

  /// Returns the contents of a file of the pack.
  func bytes(of relative: String) throws(RunFailure) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path(of: relative)) else {
      throw .unreadable(path: relative)
    }
    return Array(data)
  }

  private func finish(
    _ relative: String, bytes: some Collection<UInt8>, isPrivate: Bool = false
  ) throws(RunFailure) -> Record {
    let mode: mode_t = isPrivate || OutputFolder.isRestricted(relative) ? 0o600 : 0o644
    guard chmod(path(of: relative), mode) == 0 else {
      throw OutputFolder.failure(relative)
    }
    return Record(path: relative, sha256: try SHA256.hexadecimal(of: bytes))
  }

  /// Copies the files of the old pack that were changed since it was written to a folder beside it.
  ///
  /// - Returns: The paths of the copies.
  func keepChangedFiles() throws -> [String] {
    // Another run may have replaced the pack since this one began.
    guard case .asWritten(let old) = try Manifest.state(in: target) else { return [] }
    let changed = try old.outputs.filter { output in
      let isFile = try PackEntry("\(target)/\(output.path)") == .file
      return try isFile && old.difference(of: output, in: target) != nil
    }
    guard !changed.isEmpty, case .asWritten(let now) = try Manifest.state(in: target), now.seal == old.seal
    else { return [] }
    let folder = OutputFolder.unusedName("\(target)-changed-\(old.asAt)")
    // With the manifest the folder is recognised as of a pack, and is not read as exports.
    let copies = try (changed.map(\.path) + [Manifest.fileName]).map { path in
      let copy = "\(folder)/\(path)"
      try OutputFolder.make((copy as NSString).deletingLastPathComponent, permissions: 0o700)
      do { try FileManager.default.copyItem(atPath: "\(target)/\(path)", toPath: copy) } catch {
        throw RunFailure.unwritable(path: copy, reason: "the changed file of the old pack cannot be copied")
      }
      return copy
    }
    return copies.dropLast()
  }

  private static func unusedName(_ name: String) -> String {
    guard access(name, F_OK) == 0 else { return name }
    var number = 2
    while access("\(name)-\(number)", F_OK) == 0 { number += 1 }
    return "\(name)-\(number)"
  }

  /// Replaces the old pack by the new folder.
  func commit() throws(RunFailure) { try staging.commit() }

  /// Removes the new folder of a run that failed.
  func abandon() { staging.abandon() }
}

/// A temporary directory beside a target, private to its owner and locked for as long as its run is alive.
///
/// On a signal that ends it the run removes the directory before it ends. If a run is killed, the next run with the same
/// target removes the directory, because its lock is free.
final class StagingDirectory: Sendable {
  let path: String
  private let target: String
  private let lock: Int32
  private let state = Mutex(State.isInUse)

  /// The signals that end a run: those of a person, of the system and of a terminal that is closed.
  ///
  /// A signal that is ignored from the start stays ignored, as a closed terminal is under `nohup`.
  private static let handledSignals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT].filter { halfterm_ignores($0) == 0 }

  private enum State { case isInUse, hasEnded }

  /// - Throws: `RunFailure` if the directory cannot be created.
  init(for target: String) throws(RunFailure) {
    let (parent, name) = (
      (target as NSString).deletingLastPathComponent, (target as NSString).lastPathComponent
    )
    self.target = target
    StagingDirectory.removeLeftOvers(of: target, parent: parent, prefix: ".\(name).halfterm-")
    StagingDirectory.recordPendingSignal()
    (path, lock) = try StagingDirectory.make(beside: target, prefix: "\(parent)/.\(name).halfterm-")
    installSignalHandlers()
    let pending = StagingDirectory.pendingSignal.load(ordering: .relaxed)
    if pending != 0 { end(by: pending) }
  }

  deinit {
    for number in StagingDirectory.handledSignals { signal(number, SIG_DFL) }
    close(lock)
  }

  /// Renames the directory to the target after all of its files are on the disk.
  ///
  /// Without this order a power cut could leave the new names, which a file system writes first, with empty files.
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
    // Some file systems cannot swap two folders. There the old pack moves aside, and back if the new one cannot follow.
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

  /// Removes the directory of a run that failed.
  func abandon() {
    state.withLock { state in
      guard state == .isInUse else { return }
      remove(path)
      state = .hasEnded
    }
  }

  private func failure() -> RunFailure { .unwritable(path: target, reason: String(cString: strerror(errno))) }
  private func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}

extension StagingDirectory {
  private static let aside = "-old"

  /// Creates a directory with a unique name and locks it.
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
      // Another run may have removed the directory as a leftover before it was locked.
      var (opened, named) = (stat(), stat())
      let isHeld = lock >= 0 && (flock(lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
      if isHeld, fstat(lock, &opened) == 0, stat(path, &named) == 0, opened.st_ino == named.st_ino {
        return (path, lock)
      }
      if lock >= 0 { close(lock) }
    }
    throw .unwritable(path: target, reason: "other runs write to the same place")
  }

  /// Returns whether a name is one that `make` or `swap` gives: a process id, six characters, and perhaps an ending.
  private static func isLeftOver(_ name: String, prefix: String) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    return name.dropFirst(prefix.count).wholeMatch(of: /[0-9]+-[A-Za-z0-9]{6}(-old)?/) != nil
  }

  /// Removes the directories of killed runs, and restores an old pack that one of them had moved aside.
  ///
  /// The directory of a run that is alive stays.
  private static func removeLeftOvers(of target: String, parent: String, prefix: String) {
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    where isLeftOver(entry, prefix: prefix) {
      let path = parent + "/" + entry
      let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard folder >= 0 else { continue }
      defer { close(folder) }
      if flock(folder, LOCK_EX | LOCK_NB) != 0 {
        // On a file system without locks the process id in the name identifies a run that is alive.
        let process = Int32(entry.dropFirst(prefix.count).prefix { $0.isNumber })
        guard errno != EWOULDBLOCK, let process, process != getpid(), kill(process, 0) != 0 else { continue }
      }
      if entry.hasSuffix(aside), access(target, F_OK) != 0, rename(path, target) == 0 { continue }
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}

extension StagingDirectory {
  /// The signal that arrived while the directory was being created, or 0 if there was none.
  private static let pendingSignal = Atomic<Int32>(0)

  /// Records signals until the directory exists; ending at once could leave a directory created in that moment.
  private static func recordPendingSignal() {
    pendingSignal.store(0, ordering: .relaxed)
    for number in handledSignals {
      signal(number) { StagingDirectory.pendingSignal.store($0, ordering: .relaxed) }
    }
  }

  /// Installs handlers that remove the directory before the process ends.
  private func installSignalHandlers() {
    for number in StagingDirectory.handledSignals {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in
        // The handler keeps the source alive until the program ends.
        withExtendedLifetime(source) { self?.end(by: number) }
      }
      source.resume()
    }
  }

  /// Ends the process by a signal. Waits for a swap that has begun.
  private func end(by number: Int32) {
    state.withLock { state in
      if state == .isInUse {
        // The run is still writing, so removed files may reappear and its error messages would mislead.
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
