import TestSupport
import Testing

@testable import Exports

@Suite struct PupilIndexTests {
  @Test(arguments: 1...40) func `an index finds the pupils that a dictionary finds`(seed: Int) throws {
    var random = Seeded(UInt64(seed))
    var index = PupilIndex()
    var dictionary: [String: Int] = [:]
    let shape = seed % 4
    for pupil in 0..<2000 {
      let number = Int.random(in: 0..<3000, using: &random)
      let text =
        switch shape {
        case 0: "\(number)"
        case 1: "A\(String(number, radix: 36))8012000\(number)"
        case 2: String(repeating: "long-identifier-", count: 2) + "\(number)"
        default: String(repeating: "x", count: number % 40) + "\(number % 50)"
        }
      let key = try #require(PupilKey(Array(text.utf8)))
      #expect(index[key] == dictionary[text.uppercased()], "seed \(seed)")
      #expect(index.add(key, pupil: pupil) == (dictionary[text.uppercased()] == nil), "seed \(seed)")
      if dictionary[text.uppercased()] == nil { dictionary[text.uppercased()] = pupil }
    }
    for (text, pupil) in dictionary {
      #expect(index[try #require(PupilKey(Array(text.utf8)))] == pupil, "seed \(seed)")
    }
  }

  @Test func `an empty identifier has no key`() {
    #expect(PupilKey([]) == nil)
    #expect(PupilKey(withoutLeadingZeros: []) == nil)
  }

  @Test func `leading zeros and case are ignored`() {
    func number(_ text: String) -> PupilKey? { PupilKey(withoutLeadingZeros: Array(text.utf8)) }
    #expect(number("004512") == number("4512"))
    #expect(number("0") == number("000"))
    #expect(number("0") != nil)
    #expect(number("10") != number("1"))
    #expect(number("a7") == number("A7"))
  }

  @Test func `identifiers of different length have different keys`() {
    let keys = [[0], [0, 0], [65], [0, 65], [65, 0]].map { PupilKey($0.map { UInt8($0) }) }
    #expect(Set(keys).count == keys.count)
    let fifteen = String(repeating: "A", count: 15)
    #expect(PupilKey(Array(fifteen.utf8)) != PupilKey(Array((fifteen + "A").utf8)))
  }
}
