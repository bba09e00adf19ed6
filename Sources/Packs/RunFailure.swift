import Comparators
import Exports
import Registers
import Tabular

/// The reason why a command ends without its result.
package enum RunFailure: ReportableError, Hashable {
  case noFolder(path: String)
  case folderNotEmpty(path: String)
  case unreadable(path: String)
  case unwritable(path: String, reason: String)
  case notUTF8(file: String)
  case badDate(String)
  /// A policy is neither built in nor a path to a YAML file.
  case noSuchPolicy(name: String, known: [String])

  // Reading a workspace
  case trustFileRefused(reason: String)
  /// There is a trust file already, which is not replaced.
  case trustFileExists(folder: String)
  case noExports(folder: String, reasons: [String])
  case schoolNameWithoutLetters(String, file: String)
  case schoolNameTooLong(file: String)
  /// A register names no school, in a folder with registers of several.
  case registerOfNoSchool(file: String, schools: [String])
  case exports([TableFailure])
  case benchmarks(ComparatorFailure)
  /// Findings stop the run; the other findings may be their cause.
  case blocked([Finding], with: [Finding])
  case noMarks
  case noSuchPupil
  case changedDuringRun(file: String)

  // Templates, letters and commentary
  case noTemplates(folder: String, known: [String])
  case noLetterTemplate([MissingLetter], known: [String])
  case commentaryTooLong(file: String, bytes: Int)
  case commentaryNamesPupil(file: String, line: Int?)
  /// The name of a group of schools in the trust file names a pupil.
  case setNamesPupil(file: String)

  // Packs
  case linkToNowhere(path: String)
  case noOutputFolder
  case notAPack(path: String)
  case holdsOtherFiles(path: String, file: String)
  case noManifest(path: String)
  case unknownManifest(path: String)
  case manifestNotEncoded(reason: String)
  case noSHA256

  /// A letter that a policy names, but that has no template.
  package struct MissingLetter: Hashable, Sendable {
    /// The policy's file.
    let policy: String
    let letter: String
  }

  package var description: String {
    switch self {
    case .noFolder(let path): "\(path): folder not found. Check the path"
    case .folderNotEmpty(let path): "\(path): the folder is not empty. Name a new folder."
    case .unreadable(let path): "\(path): cannot be read"
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
    case .notUTF8(let file): "\(file): the file is not UTF-8"
    case .badDate(let text): "--as-at \(text): not a date such as 2026-02-13"
    case .noSuchPolicy(let name, let known):
      "\(name): not a policy that ships (\(known.joined(separator: ", "))), nor a path to a .yaml file"
    case .trustFileRefused(let reason): "\(TrustFile.fileName): \(reason)"
    case .trustFileExists(let folder):
      "\(folder): \(TrustFile.fileName) exists already. Move it, or edit it."
    case .noExports(let folder, let reasons):
      (reasons.prefix(RunFailure.maxListed).map(\.printable)
        + ["\(folder): no register found in this folder, and no \(TrustFile.fileName) that names one"])
        .joined(separator: "\n")
    case .schoolNameWithoutLetters(let name, let file):
      "\(file): the school's name \"\(name)\" has neither a letter nor a digit. \(RunFailure.nameRemedy)"
        .printable
    case .schoolNameTooLong(let file):
      "\(file): the school's name is longer than 10,000 characters. \(RunFailure.nameRemedy)"
    case .registerOfNoSchool(let file, let schools):
      "\(file): the register does not name a school, and the other files are for \(schools.joined(separator: ", ")). "
        + "\(RunFailure.nameRemedy)"
        .printable
    case .exports(let failures): failures.map(\.description.printable).joined(separator: "\n")
    case .benchmarks(let failure): failure.description.printable
    case .blocked(let findings, let others):
      (findings.map { "\($0.place): \($0.message). \($0.rule.remedy)".printable }
        + others.prefix(RunFailure.maxListed).map { "\($0.place): \($0.message) [\($0.rule.id)]".printable })
        .joined(separator: "\n")
    case .noMarks: "no register has a mark in school time"
    case .noSuchPupil: "no school has a pupil with this UPN, pupil id or admission number"
    case .changedDuringRun(let file): "\(file): the file changed while the packs were made"
    case .noTemplates(let folder, let known):
      "\(folder): has none of the templates \(known.joined(separator: ", ")), and no letter in \(folder)/letters"
    case .noLetterTemplate(let missing, let known):
      missing.map {
        "\($0.policy): the letter \"\($0.letter)\" has no template; the templates are "
          + "\(known.joined(separator: ", ")). Put yours in letters/\($0.letter).mustache of a folder, and name the "
          + "folder with --templates."
      }.joined(separator: "\n").printableLines
    case .commentaryTooLong(let file, let bytes): "\(file): too long for a commentary (\(bytes) bytes)"
    case .commentaryNamesPupil(let file, let line):
      "\(file)\(line.map { ":\($0)" } ?? ""): contains the name, UPN, date of birth or admission number of a pupil. "
        + "Boards read this text: remove pupils' details."
    case .setNamesPupil(let file):
      "\(file): a group of schools has the name of a pupil. Boards read it: give the group another name."
    case .linkToNowhere(let path): "\(path): a link to a missing folder. Name the folder itself."
    case .noOutputFolder: "--output is empty. Name the folder for the packs."
    case .notAPack(let path):
      "\(path): the folder is not empty and is not a pack with the manifest.json that Halfterm wrote. Name a new folder."
    case .holdsOtherFiles(let path, let file):
      "\(path): the old pack's folder also contains \(file), which would be lost. Move it, or name a new folder."
    case .noManifest(let path): "\(path): no manifest.json in this folder"
    case .unknownManifest(let path): "\(path): is not a manifest of this program"
    case .manifestNotEncoded(let reason): "the manifest cannot be written: \(reason)"
    case .noSHA256: "libcrypto cannot compute SHA-256"
    }
  }

  /// Maximum number of reasons that are listed for one failure.
  private static let maxListed = 20

  private static let nameRemedy =
    "Write a \(TrustFile.fileName) that names the schools, with school under profile."

  package var exitStatus: ExitStatus {
    switch self {
    case .unreadable, .unwritable, .changedDuringRun, .manifestNotEncoded, .noSHA256: .systemFailed
    case .exports(let failures):
      failures.contains { $0.exitStatus == .systemFailed } ? .systemFailed : .blocked
    case .benchmarks(let failure): failure.exitStatus
    case .noFolder, .folderNotEmpty, .notUTF8, .badDate, .noSuchPolicy, .trustFileRefused, .trustFileExists,
      .noExports,
      .schoolNameWithoutLetters, .schoolNameTooLong, .registerOfNoSchool, .blocked, .noMarks, .noSuchPupil,
      .noTemplates,
      .noLetterTemplate, .commentaryTooLong, .commentaryNamesPupil, .setNamesPupil, .linkToNowhere,
      .noOutputFolder, .notAPack,
      .holdsOtherFiles,
      .noManifest, .unknownManifest:
      .blocked
    }
  }
}

extension Finding {
  /// The file, with the row if there is one, or the school of a finding about no file.
  package var place: String { file.isEmpty ? school ?? "" : row.map { "\(file):\($0)" } ?? file }
}

extension TableFailure: ReportableError {
  package var exitStatus: ExitStatus { isOfTheSystem ? .systemFailed : .blocked }
}
