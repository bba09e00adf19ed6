import Foundation
import Synchronization

/// A line on standard error that says how far a run is, when a person watches.
final class Progress: Sendable {
  private let done = Mutex(0)
  private let total: Int
  private let isShown: Bool
  private let verb: String

  init(_ verb: String, total: Int, isQuiet: Bool) {
    self.verb = verb
    self.total = total
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
    show(0)
  }

  func finished(_ count: Int) {
    let now = done.withLock { done in
      done += count
      return done
    }
    show(now)
  }

  private func show(_ count: Int) {
    guard isShown else { return }
    let end = count >= total ? "\u{1B}[2K\r" : ""
    FileHandle.standardError.write(Data("\r\(verb) \(count) of \(total) schools\(end)".utf8))
  }
}

/// What the program prints: results on standard output, words to people on standard error.
///
/// Text of exports is part of both, and must not steer the terminal.
enum Console {
  static func say(_ text: String) {
    FileHandle.standardError.write(Data((text.printableLines + "\n").utf8))
  }

  static func result(_ text: String) {
    FileHandle.standardOutput.write(Data((text.printableLines + "\n").utf8))
  }
}
