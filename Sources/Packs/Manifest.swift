import CCommit
import Foundation

/// What a pack was made from and what it holds, as `manifest.json`.
package struct Manifest: Codable {
  package static let fileName = "manifest.json"
  package static let version = "0.1.0"
  /// The commit the program was built from, or "unknown".
  package static let commit = String(cString: halfterm_commit())

  let program: String
  let version: String
  /// Missing: nil in packs of older programs, as is the seal.
  let commit: String?
  let trust: String
  let asAt: String
  let inputs: [Input]
  let policies: [PolicySource]
  let benchmarks: [File]
  let outputs: [File]
  /// The hash of the manifest without its seal: it tells of a line that was changed, not of a forger.
  var seal: String?

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
    case program, version, commit, trust
    case asAt = "as_at"
    case inputs, policies, benchmarks, outputs, seal
  }

  /// The manifest with its seal.
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

  /// Whether the manifest of a pack is as this program wrote it; one that another version wrote is taken as it is.
  func isAsWritten(in pack: String) -> Bool {
    let path = "\(pack)/\(Manifest.fileName)"
    guard PackEntry(path) == .file else { return false }
    guard seal != nil, version == Manifest.version else { return true }
    return (try? json()) == FileManager.default.contents(atPath: path).map(Array.init)
  }

  /// What stands in a pack's folder that its manifest does not list, by paths: files, links, and folders of no listed file.
  package static func filesNotOfThePack(in pack: String) -> [String] {
    let listed = Set((Manifest(of: pack)?.outputs.map(\.path) ?? []) + [fileName])
    var folders: Set<String> = ["share", "restricted"]
    for path in listed {
      var folder = (path as NSString).deletingLastPathComponent
      while !folder.isEmpty, folders.insert(folder).inserted {
        folder = (folder as NSString).deletingLastPathComponent
      }
    }
    let present = FileManager.default.enumerator(atPath: pack)?.compactMap { $0 as? String } ?? []
    return present.sorted().filter { path in
      PackEntry("\(pack)/\(path)") == .folder
        ? !folders.contains(path) && !listed.contains(path) : !listed.contains(path)
    }
  }
}

/// What stands at a path, links not followed.
package enum PackEntry {
  case file, folder, other, missing

  package init(_ path: String) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else {
      self = .missing
      return
    }
    switch facts.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    default: self = .other
    }
  }
}
