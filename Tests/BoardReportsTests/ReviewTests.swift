import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import BoardReports
@testable import ReportModel

/// The review in which a trust compares its schools.
@Suite struct ReviewTests {
  static func review(_ schools: [SchoolFigures]) -> Report {
    let trust = TrustFigures(of: schools, name: "Trust", asAt: schools[0].asAt)
    let decided = TrustDisclosure(schools: schools, trust: trust, threshold: 5)
    return DisclosureTests.five.protect(
      .trustAttendanceReview(
        trust.withholding(decided.trust), schools: zip(schools, decided.schools).map { $0.withholding($1) },
        threshold: 5))
  }

  /// Sixty pupils, half of them disadvantaged, who miss so many of twenty sessions each in two half-terms.
  static func school(_ name: String, disadvantaged: (Int, Int), others: (Int, Int)) throws -> SchoolFigures {
    let days = [Day("2025-09-08"), Day("2025-09-15"), Day("2025-11-03"), Day("2025-11-10")]
    let sessions = days.flatMap { monday in
      (0..<5).flatMap { [Session(monday + $0, .morning), Session(monday + $0, .afternoon)] }
    }
    let pupils = (0..<60).map { place in
      var pupil = Pupil.ofYear(5)
      pupil.disadvantaged = place < 30 ? .yes : .no
      return pupil
    }
    let marks = pupils.indices.flatMap { place in
      sessions.indices.map { session -> UInt8 in
        let missed = place < 30 ? disadvantaged : others
        // Not everyone the same.
        let count = (session < 20 ? missed.0 : missed.1) + (place % 3 == 0 ? 1 : 0)
        return (session % 20 < count ? AttendanceCode.illness : .presentMorning).rawValue
      }
    }
    return SchoolFigures(
      Register(
        school: School(name: name, phase: .primary), pupils: pupils, sessions: sessions, marks: marks,
        minutes: []),
      asAt: Day("2025-11-14"), policy: try LawSeeds.figures(1).policy)
  }

  @Test(arguments: [1, 3]) func `a review of any schools is whole and withholds what it must`(seed: UInt64)
    throws
  {
    let report = Self.review([
      try LawSeeds.figures(seed, pupils: 60), try LawSeeds.figures(seed + 1, pupils: 9),
    ])
    #expect((1...5).contains(report.headlines.count) && report.questions.count >= Question.asked)
    for sentence in report.headlines + report.questions.map(\.asks) {
      #expect(!sentence.formatted.contains("["), "\(sentence.formatted)")
    }
    let titles = Set(report.sections.map(\.title))
    for question in report.questions { #expect(titles.contains(question.section), "\(question.section)") }
    for table in report.tables {
      for row in table.rows {
        #expect(row.count == table.columns.count, "\(table.name)")
        for cell in row { #expect(DisclosureTests.five.protect(cell) == cell, "\(table.name)") }
      }
    }
  }

  @Test func `what is common is told from what is local`() throws {
    let behind = try Self.school("A", disadvantaged: (4, 4), others: (1, 1))
    let alike = try Self.school("C", disadvantaged: (2, 2), others: (2, 2))
    func found(_ schools: [SchoolFigures]) throws -> CommonAndLocal.Finding {
      let group = Group(.disadvantage, "Disadvantaged")
      return try #require(CommonAndLocal(schools: schools).findings.first { $0.gap.group == group })
    }
    #expect(try found([behind, behind]).formatted == "everywhere it can be compared")
    #expect(try found([behind, behind, alike]).formatted == "at some schools")
    #expect(
      try found([behind, alike]).formatted == "at A" && found([behind, alike]).only?.school.name == "A")
    #expect(try found([alike, alike]).formatted == "nowhere clear")
    #expect(
      CommonAndLocal(schools: [behind, alike]).sentences().map(\.formatted)
        == ["Disadvantaged pupils are clearly behind at A only."])
  }

  @Test func `strengths and areas are drawn by their rules`() throws {
    let fell = try Self.school("A", disadvantaged: (5, 1), others: (5, 1))
    let rose = try Self.school("B", disadvantaged: (1, 6), others: (1, 6))
    let trust = TrustFigures(of: [fell, rose], name: "T", asAt: fell.asAt)
    func words(_ school: SchoolFigures) -> [String] {
      StrengthOrConcern.all(of: school, trust: trust).map { "\($0.kind.rawValue): \($0.words)" }
    }
    #expect(words(fell).contains("Strength: Missed clearly less than in Autumn 1"))
    #expect(words(rose).contains("To develop: Missed clearly more than in Autumn 1"))
    #expect(
      words(rose).contains("To develop: More pupils are persistently absent than at the end of Autumn 1"))
  }

  @Test func `a school that misses more than its intake explains is said to`() throws {
    let more = try Self.school("A", disadvantaged: (6, 6), others: (6, 6))
    let less = try Self.school("B", disadvantaged: (1, 1), others: (1, 1))
    let table = try #require(Self.review([more, less]).tables.first { $0.name == "Expected_for_intake" })
    #expect(table.rows.map { $0[6] } == [.text("above"), .text("below")])
    // Every pupil has a like one at the other school.
    #expect(table.rows.map { $0[8].formatted } == ["100.0", "100.0"])
  }

  @Test func `what a school wrote stands under the reviews headings`() {
    func words(_ text: String) -> Prose.Block { .paragraph([Prose.Words(text)]) }
    let written = Prose([
      words("Hello"), .heading("What we will do next"), words("Ring"), .heading("What stands in the way"),
      words("Buses"), .heading("Thanks"), words("To all"),
    ])
    let blank = "The school wrote nothing under this heading."
    #expect(
      ReviewWords(written).ordered.lines == [
        "Hello", "Thanks", "To all", "Barriers", "Buses", "Actions", "Ring", "Case studies of success", blank,
        "Leadership and systems", blank,
      ])
  }

  @Test func `absence of the persistently absent by reason is withheld where a kind is of few`() throws {
    // Ten pupils persistently absent, of whom three by unauthorised absence.
    let lines = (0..<40).map { place in
      place < 7 ? "I I / / / / / / / /" : place < 10 ? "I O / / / / / / / /" : "/ / / / / / / / / /"
    }
    let school = SchoolFigures(
      Register(lines, from: Day("2025-09-08")), asAt: Day("2025-09-12"),
      policy: try LawSeeds.figures(1).policy)
    let trust = TrustFigures(of: [school], name: "T", asAt: school.asAt)
    for (threshold, shown) in [(5, "[c]"), (2, "85.0%")] {
      let table = SchoolTables(trust, [school]).persistentReasons(threshold: threshold)
      #expect(table.rows[0][1] == .pupils(10) && table.rows[0][2].formatted == shown, "\(table.rows[0])")
    }
  }
}
