import Foundation
import Registers
import Synchronization

/// A line on standard error that says how far a run is, when a person watches.
package final class Progress: Sendable {
  private let done = Atomic(0)
  private let total: Int
  private let isShown: Bool
  private let verb: String

  init(_ verb: String, total: Int, isQuiet: Bool) {
    self.verb = verb
    self.total = total
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
    show(0)
  }

  func finished(_ count: Int) { show(done.add(count, ordering: .relaxed).newValue) }

  private func show(_ count: Int) {
    guard isShown else { return }
    let end = count >= total ? "\u{1B}[2K\r" : ""
    Console.write("\r\(verb) \(count) of \(total) schools\(end)", to: STDERR_FILENO)
  }
}

/// What the program prints: results on standard output, words to people on standard error.
///
/// Text of exports is part of both, and must not steer the terminal.
package enum Console {
  package static func say(_ text: String) { write(text.printableLines + "\n", to: STDERR_FILENO) }

  /// Ends the program where the text cannot be written, such as to a full disk.
  package static func result(_ text: String) {
    guard write(text.printableLines + "\n", to: STDOUT_FILENO) else {
      say("halfterm: standard output cannot be written: \(String(cString: strerror(errno)))")
      Foundation.exit(ExitStatus.systemFailed.rawValue)
    }
  }

  /// Returns: false where not all of it could be written.
  @discardableResult
  static func write(_ text: String, to file: Int32) -> Bool { write(Array(text.utf8)[...], to: file) }

  /// The same of bytes, to any file. `errno` says why it failed.
  static func write(_ bytes: ArraySlice<UInt8>, to file: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
