import Exports
import Foundation
import Policies
import Registers

extension Build {
  /// What is read besides the exports: the trust file, and what it names.
  func recordsOfOwnFiles() throws -> [WorkspacePath: InputFile.Record] {
    let files =
      (workspace.hasTrustFile ? [trustFilePath] : []) + trust.ownFiles
      + trust.schools.compactMap(\.policyFile) + trust.benchmarks.map(\.file)
    return Dictionary(
      try Set(files).map { ($0, try InputFile.record(of: $0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Throws: where one of the files is no longer what the run began with.
  func checkAreUnchanged(_ records: [WorkspacePath: InputFile.Record]) throws {
    for (file, record) in records.sorted(by: { $0.key < $1.key })
    where try InputFile.record(of: file) != record {
      throw RunFailure.system("\(file.relative): it was changed while the packs were made")
    }
  }

  func manifest(
    _ reading: Reading, ownFiles: [WorkspacePath: InputFile.Record], asAt: Day,
    outputs: [OutputFolder.Record]
  ) throws -> Manifest {
    let accounts = Dictionary(uniqueKeysWithValues: reading.accounts.map { ($0.file, $0) })
    let own = (workspace.hasTrustFile ? [trustFilePath] : [], trust.ownFiles)
    let inputs =
      own.0.compactMap { ownFiles[$0] } + reading.inputs + own.1.compactMap { ownFiles[$0] }
    let policies = Set(trust.schools.map { PolicyName(name: $0.policy.name, file: $0.policyFile) })
    return Manifest(
      program: "halfterm", version: Manifest.version, commit: Manifest.commit, trust: trust.name,
      asAt: asAt.iso,
      inputs: inputs.map { input in
        Manifest.Input(
          path: input.path, sha256: input.sha256, bytes: input.bytes,
          rows: accounts[input.path]?.rows ?? reading.pupilRows[input.path],
          marks: accounts[input.path]?.marks)
      },
      policies: try policies.sorted { $0.name < $1.name }.map { policy in
        Manifest.PolicySource(name: policy.name, sha256: try policy.sha256(among: ownFiles))
      },
      benchmarks: trust.benchmarks.compactMap { listed in
        ownFiles[listed.file].map { Manifest.File(path: $0.path, sha256: $0.sha256) }
      }, outputs: outputs.map { Manifest.File(path: $0.path, sha256: $0.sha256) })
  }

  private var trustFilePath: WorkspacePath { WorkspacePath(TrustFile.fileName, in: workspace.folder) }
}

private struct PolicyName: Hashable {
  let name: String
  let file: WorkspacePath?

  /// Of a policy that ships, the hash of the text in the program. Missing: nil for a policy that is nowhere.
  func sha256(among files: [WorkspacePath: InputFile.Record]) throws(RunFailure) -> String? {
    if let file { return files[file]?.sha256 }
    return try Policy.shipped[name].map { text throws(RunFailure) in try SHA256.hexadecimal(of: text.utf8) }
  }
}
