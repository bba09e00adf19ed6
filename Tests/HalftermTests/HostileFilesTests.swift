import Foundation
import Testing

/// Files that are broken, or made to do harm: each is answered by words that name the file and the place.
@Suite struct HostileFilesTests {
  @Test(arguments: HostileFile.all) func `a hostile file is answered`(_ hostile: HostileFile) throws {
    let scratch = try hostile.workspace()
    let before = try contents(scratch)
    let run = try WatchedRun("check", scratch.path)
    expectNoHarm(run)
    #expect(run.status == hostile.status, "\(run.said)")
    for words in hostile.says {
      #expect(run.said.contains("exports/\(hostile.file)\(words)"), "\(words) in \(run.said)")
    }
    #expect(hostile.also.isEmpty || run.said.contains(hostile.also), "\(run.said)")
    #expect(try contents(scratch) == before)
    guard let rows = hostile.rows else { return }
    let account = try #require(Account(of: hostile.isPupils ? "register.csv" : hostile.file, in: run.output))
    #expect(account.rows == rows, "\(run.said)")
    #expect(account.places == account.parts, "\(run.said)")
  }

  @Test func `the corpus is large`() {
    #expect(HostileFile.all.count >= 100)
    #expect(Set(HostileFile.all.map(\.name)).count == HostileFile.all.count)
    #expect(HostileFile.all.allSatisfy { $0.status == 0 || !$0.says.isEmpty })
  }

  private func contents(_ scratch: Scratch) throws -> [String: Data] {
    try Dictionary(uniqueKeysWithValues: scratch.files().map { ($0, try scratch.bytes($0)) })
  }
}

/// A line of the table of accounts.
private struct Account {
  let rows: Int
  let places: Int
  /// The places for marks, added up by their use.
  let parts: Int

  init?(of file: String, in output: String) {
    guard let line = output.split(separator: "\n").first(where: { $0.hasPrefix("exports/\(file) ") }) else {
      return nil
    }
    let numbers = line.split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 11 else { return nil }
    rows = numbers[0]
    places = numbers[2]
    parts = numbers[3...].reduce(0, +)
  }
}

/// Expectations for every run with any file.
func expectNoHarm(_ run: WatchedRun) {
  #expect(run.status.map { 0...3 ~= $0 } ?? false, "ended by a signal: \(run.said)")
  #expect(run.seconds < WatchedRun.longest)
  #expect(run.peak < 300, "\(run.peak) MB")
  let said = run.said.lowercased()
  #expect(HostileFile.canaries.allSatisfy { !said.contains($0) }, "\(run.said)")
  let steers = run.said.unicodeScalars.filter {
    $0 != "\n" && $0.properties.generalCategory == .control || 0x202A...0x202E ~= $0.value
  }
  #expect(steers.isEmpty, "\(run.said)")
  #expect(!run.said.contains("\nhalfterm: fine"))
}

extension HostileFile {
  static let all =
    broken + cells + dates + grids + pupilFiles + workbooks + cellsOfWorkbooks + damagedWorkbooks + json + xml
}
