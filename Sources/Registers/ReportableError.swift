/// The exit status of a run.
package enum ExitStatus: Int32, Error, Sendable {
  case done = 0
  /// Done, but the data has warnings, or a requested PDF was not printed.
  case doneWithWarnings = 1
  /// Blocked by data or usage; nothing was written.
  case blocked = 2
  case systemFailed = 3
}

/// An error with a message for the user and an exit status.
///
/// The message is `description`, without names and UPNs.
package protocol ReportableError: Error, CustomStringConvertible {
  var exitStatus: ExitStatus { get }
}
