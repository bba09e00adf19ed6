import CFileSystem
import Foundation
import Registers
import Synchronization

/// The program as a process.
package enum ProgramProcess {
  /// Keeps the memory of the process, which has names in it, out of core dumps and crash reports.
  package static func hideMemory() { halfterm_hide_memory() }
}

/// The program's output: results on standard output, messages to people on standard error.
///
/// Both contain text from exports, so control characters are escaped before they reach a terminal.
package enum Console {
  /// Writes a message and a line feed to standard error.
  package static func report(_ text: String) { write(text.printableLines + "\n", to: STDERR_FILENO) }

  /// Writes a result and a line feed to standard output.
  ///
  /// Ends the program if the text cannot be written, for example to a full disk.
  package static func printResult(_ text: String) {
    guard write(text.printableLines + "\n", to: STDOUT_FILENO) else {
      report("halfterm: standard output cannot be written: \(String(cString: strerror(errno)))")
      Foundation.exit(ExitStatus.systemFailed.rawValue)
    }
  }

  /// Writes text to a file descriptor.
  ///
  /// - Returns: `false` if some of it could not be written; `errno` is then the cause.
  @discardableResult
  static func write(_ text: String, to file: Int32) -> Bool { write(Array(text.utf8)[...], to: file) }

  /// Writes bytes to a file descriptor.
  ///
  /// - Returns: `false` if some of them could not be written; `errno` is then the cause.
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

/// A progress line on standard error, shown only if standard error is a terminal.
package final class Progress: Sendable {
  private let finishedCount = Atomic(0)
  private let total: Int
  private let isShown: Bool
  private let verb: String

  init(_ verb: String, total: Int, isQuiet: Bool) {
    self.verb = verb
    self.total = total
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
    show(0)
  }

  /// Adds schools to those that are finished.
  func finish(_ count: Int) { show(finishedCount.add(count, ordering: .relaxed).newValue) }

  private func show(_ count: Int) {
    guard isShown else { return }
    let end = count >= total ? "\u{1B}[2K\r" : ""
    Console.write("\r\(verb) \(count) of \(total) schools\(end)", to: STDERR_FILENO)
  }
}

extension String {
  /// The text on one line, with the characters that could control a terminal escaped, such as `\u{1B}`.
  package var printable: String { escaping { $0.isUnsafeForTerminal } }

  /// The text with control characters escaped and its line feeds kept.
  var printableLines: String { escaping { $0.isUnsafeForTerminal && $0 != "\n" } }

  /// The text as the name of a file, escaped such that no two names become the same.
  var printableName: String { escaping { $0.isUnsafeForTerminal || $0 == "\\" } }

  private func escaping(_ isEscaped: (Unicode.Scalar) -> Bool) -> String {
    guard unicodeScalars.contains(where: isEscaped) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      guard isEscaped(scalar) else { return text.unicodeScalars.append(scalar) }
      text += scalar == "\\" ? "\\\\" : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }
}

extension Unicode.Scalar {
  /// Indicates a control character, a line break, or a mark that changes the direction of the text after it.
  fileprivate var isUnsafeForTerminal: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: [0x061C, 0x200E, 0x200F].contains(value) || 0x202A...0x202E ~= value || 0x2066...0x2069 ~= value
    }
  }
}
