import Registers
import TestSupport
import Testing

/// Spells on roll, as rows of several files give them in any order.
@Suite struct SpellTests {
  private static func spells(_ written: [(String?, String?)]) -> [String] {
    var pupil = Pupil()
    pupil.spells = written.map { Pupil.Spell(first: $0.map { Day($0) }, last: $1.map { Day($0) }) }
    return pupil.spells.map { "\($0.first?.iso ?? "")/\($0.last?.iso ?? "")" }
  }

  @Test func `spells of any order are joined in order`() {
    let first: (String?, String?) = ("2025-09-01", "2025-09-10")
    let second: (String?, String?) = ("2025-09-16", nil)
    #expect(Self.spells([first, second]) == ["2025-09-01/2025-09-10", "2025-09-16/"])
    #expect(Self.spells([second, first]) == ["2025-09-01/2025-09-10", "2025-09-16/"])
    #expect(Self.spells([second, first, second, (nil, nil)]) == ["2025-09-01/2025-09-10", "2025-09-16/"])
  }

  @Test func `rows of one admission are one spell, with any leaving date`() {
    #expect(Self.spells([("2025-09-01", nil), ("2025-09-01", "2025-09-10")]) == ["2025-09-01/2025-09-10"])
    #expect(Self.spells([("2025-09-01", nil), (nil, "2025-09-10")]) == ["2025-09-01/2025-09-10"])
    #expect(Self.spells([(nil, "2025-09-10"), ("2025-09-16", nil)]) == ["/2025-09-10", "2025-09-16/"])
  }

  @Test func `overlapping and adjacent spells are joined`() {
    #expect(Self.spells([("2025-09-01", "2025-09-20"), ("2025-09-10", nil)]) == ["2025-09-01/"])
    #expect(
      Self.spells([("2025-09-01", "2025-09-10"), ("2025-09-11", "2025-09-12")]) == ["2025-09-01/2025-09-12"])
    #expect(Self.spells([(nil, nil)]) == ["/"])
  }

  @Test func `a pupil is on roll in spells but not between them`() {
    var pupil = Pupil()
    pupil.spells = [
      Pupil.Spell(first: Day("2025-09-16"), last: nil),
      Pupil.Spell(first: Day("2025-09-01"), last: Day("2025-09-10")),
    ]
    let days = ["2025-08-31", "2025-09-01", "2025-09-10", "2025-09-11", "2025-09-15", "2025-09-16"]
    #expect(days.map { pupil.isOnRoll(on: Day($0)) } == [false, true, true, false, false, true])
    #expect(pupil.admitted == Day("2025-09-16") && pupil.left == nil)
  }
}
