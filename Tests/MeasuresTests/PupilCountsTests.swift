import Policies
import Registers
import TestSupport
import Testing

@testable import Measures

@Suite struct PupilCountsTests {
  static func figures(_ register: Register, asAt: Day) throws -> SchoolFigures {
    SchoolFigures(register, asAt: asAt, policy: try Shipped.policy(Policy.usual))
  }

  @Test(arguments: [
    (0, 20, 0), (1, 20, 0), (51, 1000, 1), (99, 1000, 1), (1, 10, 2), (149, 1000, 2), (15, 100, 3),
    (49, 100, 10 - 1), (1, 2, 10), (20, 20, 10),
  ]) func `the bands start at the national thresholds`(missed: Int, possible: Int, band: Int) {
    #expect(PupilCounts.band(missed: missed, of: possible) == band)
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>) func `counts add up`(seed: UInt64) throws {
    let random = RandomRegister(seed: seed, pupils: 80)
    let school = try Self.figures(random.register, asAt: random.asAt)
    let total = school.total(in: .yearToDate)
    let counts = school.counts
    let bands = PupilCounts.bands.indices.map(PupilCounts.Key.band)
    let lines = PupilCounts.Line.allCases
    let sums: [(whole: PupilCounts.Key, parts: [PupilCounts.Key])] =
      [
        (.counted, bands), (.now(.persistent), Array(bands.dropFirst(2))), (.now(.severe), [bands[10]]),
        (.counted, PupilCounts.brokenWeekShares.indices.map { .brokenWeeks($0) }),
        (.onRoll, school.policy.stages.indices.map { .stage($0) } + [.noStage]),
      ]
      + lines.flatMap {
        [(.now($0), [.entered($0), .stayed($0)]), (.before($0), [.left($0), .stayed($0)])]
      }
    for (whole, parts) in sums {
      #expect(parts.reduce(0) { $0 + counts[$1] } == counts[whole], "seed \(seed): \(whole)")
    }
    #expect(school.counts[.counted] == total.enrolments)
    #expect(school.counts[.now(.persistent)] == total.persistent)
    #expect(school.counts[.now(.severe)] == total.severe)
    let everyone = try #require(school.figures(of: .allOnRoll, in: .yearToDate))
    #expect(school.counts[.persistent(.everyAge)] == everyone.persistent)
    #expect(school.counts.variants[.everyAge]?.attendanceRate == everyone.tally.attendanceRate)
  }

  /// Two weeks of Autumn 1 and one of Autumn 2: pupils at each threshold at the end of Autumn 1, and now.
  @Test func `movement across thresholds follows from the marks`() throws {
    let autumn = [Day("2025-09-08"), Day("2025-09-15"), Day("2025-11-03")]
    let sessions = autumn.flatMap { monday in
      (0..<5).flatMap { [Session(monday + $0, .morning), Session(monday + $0, .afternoon)] }
    }
    // Missed of the 20 sessions of Autumn 1, and of the 10 of Autumn 2.
    let missed = [(2, 10), (2, 0), (0, 10), (0, 0), (12, 10)]
    let pupils = missed.map { _ in Pupil.ofYear(5) }
    let marks = missed.flatMap { before, since in
      (0..<30).map { place -> UInt8 in
        let isMissed = place < 20 ? place < before : place - 20 < since
        return (isMissed ? AttendanceCode.illness : .presentMorning).rawValue
      }
    }
    let register = Register(
      school: School(name: "S"), pupils: pupils, sessions: sessions, marks: marks, minutes: [])
    let counts = try Self.figures(register, asAt: Day("2025-11-07")).counts
    let line = PupilCounts.Line.persistent
    #expect(counts[.before(line)] == 3 && counts[.now(line)] == 3)
    #expect(counts[.entered(line)] == 1 && counts[.left(line)] == 1 && counts[.stayed(line)] == 2)
    #expect(counts[.entered(.severe)] == 0 && counts[.stayed(.severe)] == 1)
  }

  @Test func `each counting variant changes one rule`() throws {
    // Of ten sessions: on the line; N; D; C2; no mark; none; and a pupil without any mark.
    let lines = [
      "I / / / / / / / / /", "N / / / / / / / / /", "I D / / / / / / / /", "C2 / / / / / / / / /",
      "- / / / / / / / / /", "/ / / / / / / / / /", "- - - - - - - - - -",
    ]
    let counts = try Self.figures(
      Register(lines, from: Day("2025-09-08")), asAt: Day("2025-09-12")
    ).counts
    #expect(counts[.now(.persistent)] == 4)
    let persistent: [CountingVariant: Int] = [
      .onRollToday: 4, .everyAge: 4, .belowNinety: 1, .withoutN: 3, .presentD: 4, .withoutC2: 3,
      .missingAsAbsence: 6,
    ]
    for (way, count) in persistent { #expect(counts[.persistent(way)] == count, "\(way)") }
    #expect(counts[.changed(.belowNinety)] == 3 && counts[.changed(.missingAsAbsence)] == 2)
    #expect(counts.variants[.withoutN]?.affected == 1 && counts.variants[.belowNinety]?.affected == 0)
    #expect(counts.variants[.presentD]?.possible == 59)
  }

  @Test func `joiners and leavers are those after the first day`() throws {
    let random = RandomRegister(seed: 3, pupils: 4)
    var pupils = random.register.pupils
    let dates: [(String?, String?)] = [
      ("2025-09-03", nil), ("2026-06-02", nil), (nil, "2025-12-19"), ("2025-11-03", "2026-07-21"),
    ]
    for (place, date) in dates.enumerated() {
      pupils[place].admitted = date.0.map { Day($0) }
      pupils[place].left = date.1.map { Day($0) }
    }
    let register = Register(
      school: School(name: "S"), pupils: pupils, sessions: random.register.sessions,
      marks: random.register.flatMap { $0.map(\.rawValue) }, minutes: [])
    let counts = try Self.figures(register, asAt: random.asAt).counts
    #expect(counts[.joined(.firstDay)] == 2 && counts[.joined(.currentHalfTerm)] == 1)
    #expect(counts[.leaver(.firstDay)] == 1 && counts[.leaver(.currentHalfTerm)] == 0)
  }
}
