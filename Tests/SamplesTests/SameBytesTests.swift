import Foundation
import Registers
import Samples
import Testing

@Suite struct SameBytes {
  @Test func `the same seed gives the same bytes`() throws {
    #expect(try Made(SampleTrust(seed: 7)).files == Made(SampleTrust(seed: 7)).files)
    let small = { try Made(SampleTrust(schools: 2, pupils: 40, seed: 7)).files }
    #expect(try small() == small())
  }

  @Test func `another seed gives other bytes under the same names`() throws {
    let one = try Made(SampleTrust(seed: 1)).files
    let two = try Made(SampleTrust(seed: 2)).files
    #expect(one.keys.sorted() == two.keys.sorted())
    for (path, bytes) in one where path.hasPrefix("exports/") {
      // The codes of a system are the same at every school.
      let isOther = two[path] != bytes || path.hasSuffix("attendance-codes.json")
      #expect(isOther, "\(path)")
    }
  }

  @Test func `a school is the same whatever schools stand beside it`() throws {
    let two = try Made(SampleTrust(schools: 2, pupils: 30, seed: 5)).files
    let three = try Made(SampleTrust(schools: 3, pupils: 30, seed: 5)).files
    for (path, bytes) in two where path.hasSuffix(".csv") { #expect(three[path] == bytes, "\(path)") }
    #expect(three.count == two.count + 2)
  }

  @Test func `the sample data is what the generator makes for seed 1`() throws {
    let made = try Made(SampleTrust(seed: 1)).files
    if SampleData.records {
      for (path, bytes) in made where path != "trust.yaml" { try SampleData.write(path, bytes) }
      try SampleData.writeTrust(try #require(made["trust.yaml"]))
      Issue.record("SampleData was rewritten")
    }
    for (path, bytes) in made.sorted(by: { $0.key < $1.key }) {
      let stored = try SampleData.read(path)
      if path == "trust.yaml" {
        #expect(SampleData.withoutOwnLines(stored) == SampleData.withoutOwnLines(bytes))
      } else {
        // Compared first: a difference of megabytes is no message.
        let isSame = stored == bytes
        #expect(isSame, "\(path) differs; RECORD=1 rewrites it")
      }
    }
  }

  @Test func `the showcase stays under six and a half megabytes`() throws {
    #expect(try Made(SampleTrust(seed: 1)).bytes < 6_500_000)
  }

  @Test func `the last day can be chosen, and stays within the school year`() throws {
    let day = try #require(Day(year: 2025, month: 10, day: 3))
    let short = SampleTrust(schools: 1, pupils: 10, seed: 1, until: day)
    let register = try #require(try Made(short).files.first { $0.key.hasSuffix("register.csv") })
    let text = String(decoding: register.value, as: UTF8.self)
    #expect(text.contains("2025-10-03") && !text.contains("2025-10-06"))
    #expect(SampleTrust(schools: 1, pupils: 1, seed: 1, until: Day(number: 0)).asAt.iso == "2025-09-12")
    #expect(try Made(SampleTrust(seed: 1, until: Day(number: 0))).files.count > 5)
    #expect(try Made(SampleTrust(seed: 1, until: Day(number: 99_999))).files.count > 10)
  }
}
