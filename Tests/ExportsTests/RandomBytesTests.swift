import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports
@testable import Tabular

/// Any bytes are either read, with every cell accounted for, or refused, and never cause a crash.
@Suite struct RandomBytesTests {
  @Test(arguments: 1...120) func `random bytes are read or refused`(seed: Int) {
    var random = Seeded(UInt64(seed))
    let header =
      seed % 3 == 0 ? [] : Array("UPN,Date,Session,Mark,Mins Late,School,Date of Leaving,Year\n".utf8)
    let alphabet: [UInt8] =
      seed % 2 == 0 ? Array(UInt8.min...UInt8.max) : Array("\",\n\r/\\-0123456789 LIN#AMP\u{0}é".utf8)
    let bytes = (0..<Int.random(in: 0...3000, using: &random)).map { _ in random.pick(alphabet) }
    attempt(header + bytes, seed)
  }

  @Test(arguments: 1...120) func `damaged good files are read or refused`(seed: Int) {
    var random = Seeded(UInt64(seed))
    var bytes = Array(Reading.register(DirtyFile(seed: UInt64(seed), conflicts: true).rows.map(\.text)).utf8)
    for _ in 0..<Int.random(in: 1...30, using: &random) {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.insert(random.pick([.quote, .comma, .newline, .carriageReturn, 0]), at: index)
      case 2: if bytes.count > 1 { bytes.remove(at: index) }
      case 3:
        bytes.insert(contentsOf: bytes[index...].prefix(40), at: Int.random(in: 0...index, using: &random))
      default: if random.chance(10) { bytes = Array(bytes[...index]) }
      }
    }
    attempt(bytes, seed)
  }

  private func attempt(_ bytes: [UInt8], _ seed: Int) {
    for asAt in [nil, "2026-01-31"] {
      do {
        let files = [InMemory.file(bytes, atMost: 1 + seed % 50)]
        let reading = try Reading(files, asAt: asAt)
        #expect(reading.account.isBalanced, "seed \(seed)")
        #expect(reading.account.marks == reading.marks, "seed \(seed)")
        _ = try Reading(files, pupils: files)
      } catch let failure as TableFailure {
        #expect(!failure.description.isEmpty, "seed \(seed)")
      } catch {
        Issue.record("seed \(seed): \(error)")
      }
    }
    attemptDetails(bytes, seed)
  }

  private func attemptDetails(_ bytes: [UInt8], _ seed: Int) {
    let good = InMemory.file(Reading.register(["A1,7,08/09/2025,AM,/,,"]))
    let failure = Result { try Reading([good], pupils: [InMemory.file(bytes, "pupils.csv")]) }
    if case .failure(let error) = failure { #expect(error is TableFailure, "seed \(seed)") }
  }
}
