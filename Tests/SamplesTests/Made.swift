import Foundation
import Samples

/// All files a trust writes, by path.
struct Made {
  let files: [String: [UInt8]]

  init(_ trust: SampleTrust) throws {
    var files: [String: [UInt8]] = [:]
    try trust.write { path, bytes in files[path] = bytes }
    self.files = files
  }

  var bytes: Int { files.values.map(\.count).reduce(0, +) }

  func text(_ path: String) -> String { String(decoding: files[path] ?? [], as: UTF8.self) }

  /// The fields of a CSV file that holds no quoted field.
  func rows(_ path: String) -> [[String]] {
    text(path).split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

/// The showcase as it stands in the repository.
enum SampleData {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("SampleData")

  static var records: Bool { ProcessInfo.processInfo.environment["RECORD"] == "1" }

  static func read(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(path)))
  }

  static func write(_ path: String, _ bytes: [UInt8]) throws {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Writes the trust file and keeps each line put there by hand, after the line it stood after.
  static func writeTrust(_ bytes: [UInt8]) throws {
    let stored = String(decoding: try read("trust.yaml"), as: UTF8.self).components(separatedBy: "\n")
    var lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
    for (before, line) in zip(stored, stored.dropFirst()) where isByHand(line) {
      lines.insert(line, at: (lines.firstIndex(of: before) ?? 0) + 1)
    }
    try write("trust.yaml", Array(lines.joined(separator: "\n").utf8))
  }

  /// The trust file without the lines put there by hand: what they name the generator does not make.
  static func withoutOwnLines(_ bytes: [UInt8]) -> [Substring] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !isByHand(String($0)) }
  }

  private static func isByHand(_ line: String) -> Bool {
    ["benchmarks:", "targets:", "logo:", "    sets:", "    commentary:"].contains { line.hasPrefix($0) }
  }
}
