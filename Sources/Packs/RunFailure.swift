import Comparators
import Exports
import Registers
import StrictYAML
import Tabular

/// Why a command ends without its result. The words are in `description`.
package enum RunFailure: ReportableError {
  case noWorkspace(path: String)
  case noExports(folder: String, reasons: [String])
  case unreadable(path: String)
  case unwritable(path: String, reason: String)
  case notAPack(path: String)
  case holdsOtherFiles(path: String, file: String)
  case badDate(String)
  case exports([TableFailure])
  /// A file of DfE's figures cannot be used.
  case benchmarks(ComparatorFailure)
  /// The second are findings that may be why.
  case blocked([Finding], with: [Finding])
  case noMarks
  case noManifest(path: String)
  case noLetterTemplate([MissingLetter], known: [String])
  case unusable(String)
  case system(String)

  /// A letter a policy names, for which there is no template.
  package struct MissingLetter: Hashable {
    /// The policy's file.
    let policy: String
    let letter: String
  }

  package var description: String {
    switch self {
    case .noWorkspace(let path): "\(path): there is no such folder"
    case .noExports(let folder, let reasons):
      (reasons.prefix(20).map(\.printable)
        + ["\(folder): there is neither a \(TrustFile.fileName) nor a register in this folder"])
        .joined(separator: "\n")
    case .unreadable(let path): "\(path): cannot be read"
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
    case .notAPack(let path):
      "\(path): the folder is not empty and holds no pack (no manifest.json). Name a new folder."
    case .holdsOtherFiles(let path, let file):
      "\(path): the old pack's folder also holds \(file), which would be lost. Move it, or name a new folder."
    case .badDate(let written): "--as-at \(written): a date is written 2026-02-13"
    case .exports(let failures): failures.map(\.description.printable).joined(separator: "\n")
    case .benchmarks(let failure): "\(failure)".printable
    case .blocked(let findings, let others):
      (findings.map { "\($0.place): \($0.message). \($0.rule.remedy)".printable }
        + others.prefix(20).map { "\($0.place): \($0.message) [\($0.rule.id)]".printable })
        .joined(separator: "\n")
    case .noMarks: "there is no mark in school time in any register"
    case .noManifest(let path): "\(path): there is no manifest.json in this folder"
    case .noLetterTemplate(let missing, let known):
      missing.map {
        "\($0.policy): it names the letter \"\($0.letter)\", for which there is no template; there are "
          + "\(known.joined(separator: ", ")). Put yours into letters/\($0.letter).mustache of a folder and name that with "
          + "--templates."
      }.joined(separator: "\n").printableLines
    case .unusable(let message): message
    case .system(let message): message
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .unreadable, .unwritable, .system: .systemFailed
    case .exports(let failures):
      failures.contains { $0.exitStatus == .systemFailed } ? .systemFailed : .blocked
    case .benchmarks(let failure): failure.exitStatus
    case .noWorkspace, .noExports, .notAPack, .holdsOtherFiles, .badDate, .blocked, .noMarks, .noManifest,
      .noLetterTemplate, .unusable:
      .blocked
    }
  }
}

extension Finding {
  /// The file, and the row where there is one; the school of a finding about no file.
  package var place: String { file.isEmpty ? school ?? "" : row.map { "\(file):\($0)" } ?? file }
}

extension TableFailure: ReportableError {
  package var exitStatus: ExitStatus { isOfTheSystem ? .systemFailed : .blocked }
}

extension YAMLFailure: ReportableError {
  package var exitStatus: ExitStatus { .blocked }
}
