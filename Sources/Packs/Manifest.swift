import Algorithms
import CCommit
import Exports
import Foundation
import Policies
import Registers
import Release
import Tabular

/// The inputs and outputs of a pack, as `manifest.json` lists them.
package struct Manifest: Codable {
  package static let fileName = "manifest.json"
  package static let version = "0.1.0"
  fileprivate static let programName = "halfterm"
  /// The commit the program was built from, or "unknown".
  package static let commit = String(cString: halfterm_commit())

  let program: String
  let version: String
  /// The commit, or `nil` in packs of older versions, as is the seal.
  let commit: String?
  let trust: String
  let asAt: String
  let inputs: [Input]
  let policies: [PolicySource]
  let benchmarks: [File]
  /// The audit of the figures for the board, or `nil` in packs of older versions.
  let audit: AuditSummary?
  let outputs: [File]
  /// The hash of the manifest without its seal. It detects accidental changes, not forgery.
  var seal: String?

  /// A file that was read for the pack.
  struct Input: Codable {
    let path: String
    let sha256: String
    let bytes: Int
    /// The number of rows after the header, or `nil` if the file is not a table.
    let rows: Int?
    /// The number of marks that count, or `nil` if the file is not a register.
    let marks: Int?
  }

  /// A policy of a school of the trust.
  struct PolicySource: Codable {
    let name: String
    /// The hash of the policy's text, or `nil` in packs of older versions.
    let sha256: String?
  }

  /// A file and its path, for an input from the trust file's folder, for an output from the folder of the pack.
  struct File: Codable {
    let path: String
    let sha256: String
  }

  enum CodingKeys: String, CodingKey {
    case program, version, commit, trust
    case asAt = "as_at"
    case inputs, policies, benchmarks, audit, outputs, seal
  }

  /// Returns whether a folder has a manifest of this program, so that its files are packs.
  static func isInFolder(_ folder: String) -> Bool {
    struct Opening: Decodable { let program: String }
    guard let bytes = FileManager.default.contents(atPath: folder + "/" + fileName) else { return false }
    return (try? JSONDecoder().decode(Opening.self, from: bytes))?.program == programName
  }

  /// Returns the manifest with its seal as JSON.
  func json() throws(RunFailure) -> [UInt8] {
    var sealed = self
    sealed.seal = nil
    sealed.seal = try SHA256.hexadecimal(of: try sealed.encoded())
    return try sealed.encoded()
  }

  private func encoded() throws(RunFailure) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(self)) + Array("\n".utf8)
    } catch {
      throw .manifestNotEncoded(reason: "\(error)")
    }
  }
}

extension Build {
  /// Returns the records of the files besides the exports: the trust file and the files that it names.
  func settingsRecords() throws(TableFailure) -> [WorkspacePath: InputFile.Record] {
    let files =
      trustFilePaths + trust.contentFiles + trust.schools.compactMap(\.policyFile)
      + trust.benchmarks.map(\.file)
    var records: [WorkspacePath: InputFile.Record] = [:]
    for file in files.uniqued() { records[file] = try InputFile.record(of: file) }
    return records
  }

  /// - Throws: `RunFailure` if one of the files has changed since the run began.
  func checkUnchanged(_ records: [WorkspacePath: InputFile.Record]) throws {
    for (file, record) in records.sorted(by: { $0.key < $1.key })
    where try InputFile.record(of: file) != record {
      throw RunFailure.changedDuringRun(file: file.relative)
    }
  }

  /// Returns the manifest of a pack, with the outputs in the order of their paths.
  func manifest(
    _ reading: Reading, settings: [WorkspacePath: InputFile.Record], asAt: Day, audit: AuditSummary,
    outputs: [OutputFolder.Record]
  ) throws(RunFailure) -> Manifest {
    let accounts = Dictionary(uniqueKeysWithValues: reading.accounts.map { ($0.file, $0) })
    let inputs =
      trustFilePaths.compactMap { settings[$0] } + reading.inputs
      + trust.contentFiles.compactMap { settings[$0] }
    let policies = Set(trust.schools.map { PolicyName(name: $0.policy.name, file: $0.policyFile) })
    return Manifest(
      program: Manifest.programName, version: Manifest.version, commit: Manifest.commit, trust: trust.name,
      asAt: asAt.iso,
      inputs: inputs.map { input in
        Manifest.Input(
          path: input.path, sha256: input.sha256, bytes: input.bytes,
          rows: accounts[input.path]?.rows ?? reading.pupilRows[input.path],
          marks: accounts[input.path]?.marks)
      },
      policies: try policies.sorted { $0.name < $1.name }.map { policy throws(RunFailure) in
        Manifest.PolicySource(name: policy.name, sha256: try policy.sha256(among: settings))
      },
      benchmarks: trust.benchmarks.compactMap { listed in
        settings[listed.file].map { Manifest.File(path: $0.path, sha256: $0.sha256) }
      }, audit: audit,
      outputs: outputs.sorted { $0.path < $1.path }.map { Manifest.File(path: $0.path, sha256: $0.sha256) }
    )
  }

  /// The trust file, or an empty array if there is none.
  private var trustFilePaths: [WorkspacePath] {
    workspace.hasTrustFile ? [WorkspacePath(TrustFile.fileName, in: workspace.folder)] : []
  }
}

/// The name of a policy and its file, which is `nil` for a policy that is built in.
private struct PolicyName: Hashable {
  let name: String
  let file: WorkspacePath?

  /// Returns the hash of the policy's file or of its built-in text, or `nil` if there is neither.
  func sha256(among files: [WorkspacePath: InputFile.Record]) throws(RunFailure) -> String? {
    if let file { return files[file]?.sha256 }
    return try Policy.shipped[name].map { text throws(RunFailure) in try SHA256.hexadecimal(of: text.utf8) }
  }
}
