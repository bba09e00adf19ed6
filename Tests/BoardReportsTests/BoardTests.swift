import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import BoardReports
@testable import ReportModel

/// What a governor reads first.
@Suite struct BoardTests {
  static func pack(_ school: SchoolFigures) -> Report {
    DisclosureTests.five.protect(.governorPack(DisclosureTests.shown(school)))
  }

  @Test(arguments: [1, 2], [1, 7, 12, 60]) func `page one is whole for a school of any size`(
    seed: UInt64, pupils: Int
  ) throws {
    let report = Self.pack(try LawSeeds.figures(seed, pupils: pupils))
    #expect((1...5).contains(report.headlines.count), "seed \(seed)")
    #expect(report.questions.count >= Question.asked)
    for sentence in report.headlines + report.questions.map(\.asks) {
      #expect(
        !sentence.formatted.contains("[") && !sentence.formatted.contains("  "), "\(sentence.formatted)")
      #expect(sentence.formatted.hasSuffix(".") || sentence.formatted.hasSuffix("?"), "\(sentence.formatted)")
    }
    let titles = Set(report.sections.map(\.title))
    for question in report.questions where !question.section.isEmpty {
      #expect(titles.contains(question.section), "\(question.section)")
    }
    let first = report.sections.filter(\.isFirst)
    #expect(first.flatMap(\.tables).count == 1 && first.flatMap(\.charts).count == 1)
  }

  @Test func `a school of few pupils has no figure`() throws {
    let lines = ["I / / / / / / / / /", "/ / / / / / / / / /"]
    let school = SchoolFigures(
      Register(lines, from: Day("2025-09-08")), asAt: Day("2025-09-12"),
      policy: try LawSeeds.figures(1).policy)
    let report = Self.pack(school)
    #expect(
      report.headlines.map(\.formatted) == [
        "So few pupils are on roll that any figure would tell of one of them: all are withheld."
      ])
    for table in report.tables {
      for cell in table.rows.joined() {
        if case .pupils(let count) = cell { #expect(count == 0, "\(table.name)") }
        if case .rate = cell { Issue.record("\(table.name) shows \(cell)") }
      }
    }
  }

  /// Thirty pupils of Year 5 and thirty of Year 6, who miss a share of each of eight weeks in two half-terms.
  static func school(year5: (Int, Int), year6: (Int, Int)) throws -> SchoolFigures {
    let mondays = (0..<4).map { Day("2025-09-08") + 7 * $0 } + (0..<4).map { Day("2025-11-03") + 7 * $0 }
    let sessions = mondays.flatMap { monday in
      (0..<5).flatMap { [Session(monday + $0, .morning), Session(monday + $0, .afternoon)] }
    }
    let pupils = (0..<60).map { Pupil.ofYear($0 < 30 ? 5 : 6) }
    let marks = pupils.enumerated().flatMap { place, _ in
      sessions.indices.map { session -> UInt8 in
        let shares = place < 30 ? year5 : year6
        let share = session < 40 ? shares.0 : shares.1
        let isMissed = (session * 7 + place * 3) % 20 < share
        return (isMissed ? AttendanceCode.illness : .presentMorning).rawValue
      }
    }
    return SchoolFigures(
      Register(school: School(name: "S"), pupils: pupils, sessions: sessions, marks: marks, minutes: []),
      asAt: Day("2025-11-28"), policy: try LawSeeds.figures(1).policy)
  }

  @Test func `the year that misses most and the year that improved are named`() throws {
    let words = Self.pack(try Self.school(year5: (6, 2), year6: (1, 1))).headlines.map(\.formatted)
    #expect(words[0].hasPrefix("Pupils missed 7.5% of sessions in Autumn 2, down 10.0 percentage points"))
    #expect(words.contains { $0.hasPrefix("Year 5 missed most, 20.0% against 5.0% in the other years.") })
    #expect(
      words.contains(
        "Year 5 improved most: they missed 20.0 percentage points less in Autumn 2 than in Autumn 1."))
  }

  @Test func `what does not differ is not said to differ`() throws {
    let words = Self.pack(try Self.school(year5: (2, 2), year6: (2, 2))).headlines.map(\.formatted)
    #expect(words[0] == "Pupils missed 10.0% of sessions in Autumn 2, much as in Autumn 1 (10.0%).")
    #expect(words.contains("No year and no group missed clearly less in Autumn 2 than in Autumn 1."))
    #expect(!words.contains { $0.contains("missed most") })
  }

  @Test func `early in the year persistence is said to mean little`() throws {
    let lines = Array(repeating: "I / / / / / / / / /", count: 20)
    let school = SchoolFigures(
      Register(lines, from: Day("2025-09-08")), asAt: Day("2025-09-12"),
      policy: try LawSeeds.figures(1).policy)
    #expect(
      Self.pack(school).headlines[1].formatted.hasSuffix(
        "So early in the year a few days of illness are enough."))
  }

  /// Counts that add up: whoever sees the shown ones must find two values at least for each small one that is withheld.
  @Test(arguments: 1...4 as ClosedRange<UInt64>, [20, 60]) func `no small count follows from the others`(
    seed: UInt64, pupils: Int
  ) throws {
    let school = try LawSeeds.figures(seed, pupils: pupils)
    let withheld = DisclosureTests.shown(school).counts.withheld
    let counts = school.counts
    for key in counts.keys where !key.isOfOtherWay && (1...5).contains(counts[key]) {
      #expect(withheld.contains(key), "seed \(seed): \(key)")
      let solver = OtherSolution(counts, withheld: withheld)
      #expect(solver.canChange(key), "seed \(seed): \(key) is \(counts[key]) for certain")
    }
    for way in CountingVariant.allCases {
      let tell = [PupilCounts.Key.persistent(way), .changed(way)]
      if tell.contains(where: { (1...5).contains(counts[$0]) }) {
        #expect(tell.allSatisfy(withheld.contains), "seed \(seed): \(way)")
      }
    }
  }
}

/// Looks for other counts that fit what is shown, by trying to move pupils from one withheld count to another.
private struct OtherSolution {
  let counts: PupilCounts
  let withheld: Set<PupilCounts.Key>

  init(_ counts: PupilCounts, withheld: Set<PupilCounts.Key>) {
    self.counts = counts
    self.withheld = withheld
  }

  func canChange(_ key: PupilCounts.Key) -> Bool {
    // The nearest first.
    (1...6).contains { most in [1, -1].contains { step in mended([key: step], left: most) } }
  }

  /// Whether some more steps of one pupil make every sum right again.
  private func mended(_ steps: [PupilCounts.Key: Int], left: Int) -> Bool {
    guard steps.allSatisfy({ counts[$0.key] + $0.value >= 0 }) else { return false }
    let broken = counts.sums.first { sum in
      sum.parts.reduce(0) { $0 + (steps[$1] ?? 0) } != steps[sum.whole] ?? 0
    }
    guard let broken else { return true }
    guard left > 0 else { return false }
    return (broken.parts + [broken.whole]).filter { withheld.contains($0) && steps[$0] == nil }.contains {
      key in
      [1, -1].contains { step in
        var more = steps
        more[key] = step
        return mended(more, left: left - 1)
      }
    }
  }
}
