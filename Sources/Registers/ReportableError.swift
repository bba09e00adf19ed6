/// The exit status of a run.
package enum ExitStatus: Int32, Error, Sendable {
  case done = 0
  /// Done, but the data has warnings, or a PDF that was asked for was not printed.
  case doneWithWarnings = 1
  /// Blocked by data or usage; nothing was written.
  case blocked = 2
  case systemFailed = 3
}

/// An error worded for the person who started the run, with the exit status that it ends with.
///
/// The words are in `description`, and hold neither a name nor a UPN.
package protocol ReportableError: Error, CustomStringConvertible {
  var exitStatus: ExitStatus { get }
}
