import ArgumentParser
import Packs
import Registers

/// What commands that read a workspace have in common.
struct WorkspaceOptions: ParsableArguments {
  @Argument(help: "The folder with trust.yaml, or of exports alone.", completion: .directory)
  var workspace: String

  @Option(
    name: .long,
    help: "The last day that counts, such as 2026-02-13; else the trust file's, else the last mark.")
  var asAt: String?

  /// The trust of the workspace, and the as-at date that stands. Missing: nil when it is that of the last mark.
  func read() throws -> (workspace: Workspace, trust: TrustFile, asAt: Day?) {
    let workspace = try Workspace(workspace)
    let trust = try workspace.trust()
    return (workspace, trust, try asAt.map(Day.init(argument:)) ?? trust.asAt)
  }
}

extension Day {
  /// The day of an option such as `--as-at 2026-02-13`.
  fileprivate init(argument written: String) throws(RunFailure) {
    guard let day = Day(iso: written) else { throw .badDate(written) }
    self = day
  }
}
