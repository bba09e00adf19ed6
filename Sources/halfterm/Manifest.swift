import Foundation

/// What a pack was made from and what it holds, as `manifest.json`.
struct Manifest: Codable {
  static let fileName = "manifest.json"
  static let version = "0.1.0"

  let program: String
  let version: String
  let trust: String
  let asAt: String
  let inputs: [Input]
  let policies: [PolicySource]
  let benchmarks: [File]
  let outputs: [File]

  struct Input: Codable {
    let path: String
    let sha256: String
    let bytes: Int
    /// Unit: rows behind the header. Missing: nil for the trust file and what is no table.
    let rows: Int?
    /// Unit: marks that stand in a register. Missing: nil for what is no register.
    let marks: Int?
  }

  struct PolicySource: Codable {
    let name: String
    /// Of the file, or of the text in the program for a policy that ships. Missing: nil in packs of older programs.
    let sha256: String?
  }

  /// A file by its path: from the trust file's folder for what was read, from the pack's for what was made.
  struct File: Codable {
    let path: String
    let sha256: String
  }

  enum CodingKeys: String, CodingKey {
    case program, version, trust
    case asAt = "as_at"
    case inputs, policies, benchmarks, outputs
  }

  func json() throws(RunFailure) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(self)) + Array("\n".utf8)
    } catch {
      throw .system("the manifest cannot be written: \(error)")
    }
  }
}

extension Manifest {
  /// The manifest of a pack. Missing: nil when the folder has none that can be read.
  init?(of pack: String) {
    guard let json = FileManager.default.contents(atPath: "\(pack)/\(Manifest.fileName)"),
      let manifest = try? JSONDecoder().decode(Manifest.self, from: json)
    else { return nil }
    self = manifest
  }

  /// The files of a pack's folder that its manifest does not list, by their paths.
  static func filesNotOfThePack(in pack: String) -> [String] {
    let listed = Set((Manifest(of: pack)?.outputs.map(\.path) ?? []) + [fileName])
    let present = FileManager.default.enumerator(atPath: pack)?.compactMap { $0 as? String } ?? []
    return present.sorted().filter { path in
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: "\(pack)/\(path)", isDirectory: &isFolder)
      return exists && !isFolder.boolValue && !listed.contains(path)
    }
  }
}
