import Foundation
import Testing

/// A run of the program that is watched: how it ended, how long it took, and the most memory it was seen to hold.
struct WatchedRun {
  let output: String
  let errors: String
  /// The exit status, or `nil` if a signal ended the run.
  let status: Int32?
  let seconds: Double
  /// The largest memory use that was seen, in MB.
  let peak: Int

  var said: String { output + errors }

  /// The time limit in seconds, after which a run is killed.
  static let longest = 10.0

  init(_ arguments: String...) throws {
    let scratch = try Scratch()
    let files = try ["out", "err"].map { try scratch.write("", to: $0) }
    let began = Date()
    let process = try WatchedRun.start([Program.path] + arguments, output: files[0], errors: files[1])
    var ended: Int32 = 0
    var seen = 0
    while waitpid(process, &ended, WNOHANG) == 0 {
      seen = max(seen, WatchedRun.peak(of: process) ?? 0)
      if -began.timeIntervalSinceNow > WatchedRun.longest { kill(process, SIGKILL) }
      usleep(2000)
    }
    seconds = -began.timeIntervalSinceNow
    peak = seen
    status = ended & 0x7F == 0 ? ended >> 8 & 0xFF : nil
    output = try scratch.text("out")
    errors = try scratch.text("err")
    NoNames.expect(output + errors, arguments: arguments)
  }

  private static func start(_ arguments: [String], output: String, errors: String) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    defer { words.forEach { free($0) } }
    // After a crash the backtracer would take longer than the run may. A sanitizer has its options from here.
    let kept = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
    let settings = ["SWIFT_BACKTRACE=enable=no"] + kept.map { "\($0.key)=\($0.value)" }
    var environment: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) }
    defer { environment.forEach { free($0) } }
    environment.append(nil)
    words.append(nil)
    var process = pid_t()
    let code = posix_spawn(&process, arguments[0], &actions, nil, &words, &environment)
    try #require(code == 0, "\(String(cString: strerror(code)))")
    return process
  }

  /// The most memory held so far. The system's own count at the end would take in that of this process, from before the program
  /// took its place.
  private static func peak(of process: pid_t) -> Int? {
    guard let facts = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else {
      return nil
    }
    let line = facts.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 >> 10 }
  }
}
