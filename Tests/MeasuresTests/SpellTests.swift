import Measures
import Policies
import Registers
import TestSupport
import Testing

/// Spells and the shape of a week. Source: rules, section 6; `Spells`, `WeekShape`.
@Suite struct SpellTests {
  private static func spells(_ days: [Int: String], on school: [Day]) throws -> [Int] {
    let lines = [MadeMarks.days(school.count, but: days), MadeMarks.days(school.count, but: [:])]
    let figures = try Shipped.figures(Register(lines, on: school))
    let spells = figures.spells(of: figures.pupils[0])
    return [spells.count, spells.nextToBreaks, spells.longest]
  }

  /// Two weeks from a Monday; day 4 is the first Friday. Marks by day; spells, those next to a break, and the longest.
  static let table: [(what: String, days: [Int: String], found: [Int])] = [
    ("none", [:], [0, 0, 0]),
    ("a Wednesday", [2: "I"], [1, 0, 2]),
    ("a Monday", [0: "I"], [1, 1, 2]),
    ("a Monday morning", [5: "I \\"], [1, 1, 1]),
    ("a Monday afternoon", [5: "/ I"], [1, 0, 1]),
    ("a Friday", [4: "I"], [1, 1, 2]),
    ("a Friday morning", [4: "I \\"], [1, 0, 1]),
    ("a Friday afternoon", [4: "/ O"], [1, 1, 1]),
    ("the last Friday", [9: "I"], [1, 1, 2]),
    ("Tuesday and Thursday", [1: "I", 3: "I"], [2, 0, 2]),
    ("a night", [1: "/ I", 2: "M \\"], [1, 0, 2]),
    ("a lunch hour", [1: "I \\", 2: "/ I"], [2, 0, 1]),
    ("a week", [0: "I", 1: "I", 2: "I", 3: "O", 4: "N"], [1, 1, 10]),
    ("a day not possible inside", [1: "I", 2: "X", 3: "I"], [1, 0, 4]),
    ("a session of D inside", [1: "I", 2: "I D", 3: "I"], [1, 0, 5]),
    ("a blank inside", [1: "I", 2: "- -", 3: "I"], [1, 0, 4]),
    ("attended elsewhere inside", [1: "I", 2: "B", 3: "I"], [2, 0, 2]),
  ]

  @Test(arguments: table) func `a spell is absence with nothing attended inside`(
    _ row: (what: String, days: [Int: String], found: [Int])
  ) throws {
    #expect(try Self.spells(row.days, on: .weekdays(10, from: "2025-09-08")) == row.found, "\(row.what)")
  }

  /// A term that ends on a Wednesday and one that begins on a Tuesday.
  @Test(arguments: [([2: "I"], 1), ([3: "I"], 1), ([1: "I"], 0), ([4: "I"], 0)])
  func `a holiday is a break on any weekday`(days: [Int: String], next: Int) throws {
    let school: [Day] = .school("2025-12-15", "2025-12-17") + .school("2026-01-06", "2026-01-09")
    #expect(try Self.spells(days, on: school)[1] == next)
  }

  /// A register that ends on a Wednesday does not show a holiday after it.
  @Test func `the end of the register is a break on a Friday only`() throws {
    #expect(try Self.spells([7: "I"], on: .weekdays(8, from: "2025-09-08")) == [1, 0, 2])
    #expect(try Self.spells([9: "I"], on: .weekdays(10, from: "2025-09-08")) == [1, 1, 2])
  }

  /// Rules, section 6: absences beside weekends or holidays, such as a Friday and the Monday after it.
  @Test(arguments: [[4, 5], [3, 4, 5], [4, 5, 6, 7]]) func `a spell around a weekend is next to it`(
    days: [Int]
  ) throws {
    let found = try Self.spells(
      Dictionary(uniqueKeysWithValues: days.map { ($0, "G") }), on: .weekdays(10, from: "2025-09-08"))
    #expect(found[0] == 1 && found[2] == 2 * days.count)
    #expect(found[1] == 1)
  }

  /// Every absence is in one spell, and an attended session separates each spell from the next.
  @Test(arguments: LawTests.seeds) func `spells agree with reading the marks one by one`(seed: UInt64)
    throws
  {
    let made = RandomRegister(seed: seed, pupils: 20)
    let figures = try Shipped.figures(made.register)
    for pupil in figures.pupils {
      let absent = figures.marks(of: pupil, .possible).map { CodeSet.absence.contains($0.code) }
      let runs = absent.split(separator: false).map(\.count)
      let spells = figures.spells(of: pupil)
      #expect(spells.count == runs.count && spells.longest == runs.max() ?? 0, "seed \(seed)")
      #expect(spells.nextToBreaks <= spells.count)
    }
  }

  @Test(arguments: LawTests.seeds) func `a week is counted by weekday and half of the day`(seed: UInt64)
    throws
  {
    let figures = try Shipped.figures(RandomRegister(seed: seed, pupils: 20).register)
    for pupil in figures.pupils {
      let marks = figures.marks(of: pupil, .possible)
      let shape = figures.weekShape(of: pupil)
      for weekday in Weekday.allCases {
        let ofDay = marks.filter { $0.session.day.weekday == weekday }
        let missed = ofDay.count { CodeSet.absence.contains($0.code) }
        #expect(shape.rate(on: weekday) == Rate(missed, of: ofDay.count), "seed \(seed) \(weekday)")
      }
      for half in DayHalf.allCases {
        let ofHalf = marks.filter { $0.session.half == half }
        let missed = ofHalf.count { CodeSet.absence.contains($0.code) }
        #expect(shape.rate(in: half) == Rate(missed, of: ofHalf.count), "seed \(seed) \(half)")
      }
    }
  }
}
