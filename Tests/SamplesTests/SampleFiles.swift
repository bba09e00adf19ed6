import Foundation
import Samples

/// The files that a trust writes, by path.
struct SampleFiles {
  let files: [String: [UInt8]]

  init(_ trust: SampleTrust) throws {
    var files: [String: [UInt8]] = [:]
    try trust.write { path, bytes in files[path] = bytes }
    self.files = files
  }

  /// The size of all files in bytes.
  var totalSize: Int { files.values.map(\.count).reduce(0, +) }

  func text(_ path: String) -> String { String(decoding: files[path] ?? [], as: UTF8.self) }

  /// Returns the fields of a CSV file without quotation marks.
  func rows(_ path: String) -> [[String]] {
    text(path).split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

/// The showcase trust in the repository, for comparison with the generated files.
enum SampleDataFolder {
  static let url = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("SampleData")

  /// A Boolean value that indicates whether the tests rewrite the files, by `RECORD=1` in the environment.
  static var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD"] == "1" }

  static func read(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: url.appendingPathComponent(path)))
  }

  static func write(_ path: String, _ bytes: [UInt8]) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Writes the trust file, and inserts each manual line after the line that precedes it in the stored file.
  static func writeTrustFile(_ bytes: [UInt8]) throws {
    let stored = String(decoding: try read("trust.yaml"), as: UTF8.self).components(separatedBy: "\n")
    var lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
    for (previous, line) in zip(stored, stored.dropFirst()) where isManual(line) {
      lines.insert(line, at: (lines.firstIndex(of: previous) ?? 0) + 1)
    }
    try write("trust.yaml", Array(lines.joined(separator: "\n").utf8))
  }

  /// Returns the lines of a trust file that the generator writes.
  static func generatedLines(_ bytes: [UInt8]) -> [Substring] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !isManual($0) }
  }

  /// Returns whether a line was added by hand, because it names something that the generator does not make.
  private static func isManual(_ line: some StringProtocol) -> Bool {
    ["benchmarks:", "targets:", "logo:", "    sets:", "    commentary:"].contains { line.hasPrefix($0) }
  }
}
