import Foundation
import Registers
import Samples
import Testing

@Suite struct `Reproducibility of made-up trusts` {
  @Test func `a seed makes the same bytes every time`() throws {
    let showcase = { try SampleFiles(SampleTrust(seed: 7)).files }
    try #require(showcase().count > 10)
    #expect(try showcase() == showcase())
    let large = { try SampleFiles(SampleTrust(schools: 2, pupils: 40, seed: 7)).files }
    try #require(large().count == 5)
    #expect(try large() == large())
  }

  @Test func `another seed makes other bytes in files with the same names`() throws {
    let one = try SampleFiles(SampleTrust(seed: 1)).files
    let two = try SampleFiles(SampleTrust(seed: 2)).files
    try #require(one.count > 10)
    #expect(one.keys.sorted() == two.keys.sorted())
    for (path, bytes) in one where path.hasPrefix("exports/") {
      // The attendance codes of a system are the same for every seed.
      let isDifferent = two[path] != bytes || path.hasSuffix("attendance-codes.json")
      #expect(isDifferent, "\(path)")
    }
  }

  @Test func `a school does not depend on the other schools of the trust`() throws {
    let two = try SampleFiles(SampleTrust(schools: 2, pupils: 30, seed: 5)).files
    let three = try SampleFiles(SampleTrust(schools: 3, pupils: 30, seed: 5)).files
    let exports = two.filter { $0.key.hasSuffix(".csv") }
    try #require(exports.count == 4)
    for (path, bytes) in exports { #expect(three[path] == bytes, "\(path)") }
    #expect(three.count == two.count + 2)
  }

  @Test func `the sample data is the output for seed 1`() throws {
    let generated = try SampleFiles(SampleTrust(seed: 1)).files
    try #require(generated.count > 10)
    if SampleDataFolder.isRecording {
      for (path, bytes) in generated where path != "trust.yaml" { try SampleDataFolder.write(path, bytes) }
      try SampleDataFolder.writeTrustFile(try #require(generated["trust.yaml"]))
      Issue.record("SampleData was rewritten")
    }
    for (path, bytes) in generated.sorted(by: { $0.key < $1.key }) {
      let stored = try SampleDataFolder.read(path)
      if path == "trust.yaml" {
        #expect(SampleDataFolder.generatedLines(stored) == SampleDataFolder.generatedLines(bytes))
      } else {
        // `#expect` would print the whole files, which are megabytes long.
        let isSame = stored == bytes
        #expect(isSame, "\(path) is different; RECORD=1 rewrites it")
      }
    }
  }

  @Test func `the showcase is smaller than 6.5 megabytes`() throws {
    #expect(1_000_000..<6_500_000 ~= (try SampleFiles(SampleTrust(seed: 1)).totalSize))
  }

  @Test func `the last day can be chosen within the school year`() throws {
    let day = try #require(Day(year: 2025, month: 10, day: 3))
    let trust = SampleTrust(schools: 1, pupils: 10, seed: 1, until: day)
    let register = try #require(try SampleFiles(trust).files.first { $0.key.hasSuffix("register.csv") })
    let text = String(decoding: register.value, as: UTF8.self)
    #expect(text.contains("2025-10-03") && !text.contains("2025-10-06"))
    #expect(SampleTrust(schools: 1, pupils: 1, seed: 1, until: Day(number: 0)).asAt.iso == "2025-09-12")
    #expect(try SampleFiles(SampleTrust(seed: 1, until: Day(number: 0))).files.count > 5)
    #expect(try SampleFiles(SampleTrust(seed: 1, until: Day(number: 99_999))).files.count > 10)
  }
}
