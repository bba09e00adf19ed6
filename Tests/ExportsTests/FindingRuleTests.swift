import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports

/// Every rule can be broken by an export, and its message names no pupil.
@Suite struct FindingRuleTests {
  @Test func `every rule has a case`() {
    let covered = Set(FindingCase.all.map(\.rule.id))
    #expect(FindingRule.all.map(\.id).filter { !covered.contains($0) } == [])
    #expect(FindingRule.all.count == 76)
    #expect(FindingCase.all.count == FindingRule.all.count)
  }

  @Test(arguments: FindingCase.all.indices) func `a case shows its rule at the expected row`(number: Int)
    throws
  {
    let example = FindingCase.all[number]
    let found = try example.findings().filter { $0.rule == example.rule }
    let locations = found.map { "\($0.file)\($0.row.map { ":\($0)" } ?? "")" }
    #expect(locations.first == example.location, "\(example.rule.id)")
    #expect(found.first?.message == example.message, "\(example.rule.id)")
    #expect(
      found.count == 1 || example.rule == .pupilInTwoSchools, "\(example.rule.id): \(found.map(\.message))")
  }

  @Test func `a finding has its pupil, day and session, also when folded`() throws {
    let rows = (1...30).map { FindingCase.row(MadeUPN.of($0 + 10), "08/09/2025,AM,\($0 > 25 ? "?" : "/"),") }
    let few = try FindingCase.findings([InMemory.file(FindingCase.register(rows))])
    let one = try #require(few.first { $0.rule == .unknownCode }?.subjects.first)
    #expect(one.name.unredacted == "Quillfeather, Zebedee" && one.day?.iso == "2025-09-08")
    let many = try FindingCase.findings([
      InMemory.file(FindingCase.register(rows.map { $0.replacing(",AM,/", with: ",AM,?") }))
    ])
    #expect(many.filter { $0.rule == .unknownCode }.map(\.subjects.count) == [30])
    #expect(!"\(one)".contains("Quillfeather"))
  }

  @Test func `no message names a pupil`() throws {
    for example in FindingCase.all {
      for finding in try example.findings() {
        for canary in [FindingCase.canary, "Zebedee", FindingCase.ann, FindingCase.bob, "80120001"] {
          #expect(!finding.message.contains(canary), "\(example.rule.id)")
        }
      }
    }
  }

  @Test func `every rule has a meaning, a remedy and a plain id`() {
    for rule in FindingRule.all {
      #expect(rule.meaning.hasSuffix(".") && rule.remedy.hasSuffix("."), "\(rule.id)")
      #expect(rule.id.allSatisfy { $0.isLowercase || $0 == "-" }, "\(rule.id)")
    }
    #expect(FindingRule.all.map(\.id) == FindingRule.all.map(\.id).sorted())
  }
}
