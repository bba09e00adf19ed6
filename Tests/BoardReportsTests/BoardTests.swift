import Measures
import Policies
import Registers
import Release
import TestSupport
import Testing

@testable import BoardReports
@testable import ReportModel

/// Page one of the reports for the board, and the sections behind it.
@Suite struct BoardTests {
  @Test(arguments: [1, 2], [1, 7, 12, 60]) func `page one is complete for a school of any size`(
    seed: UInt64, pupils: Int
  ) throws {
    let report = try Shown.pack(try LawSeeds.figures(seed, pupils: pupils))
    #expect((1...5).contains(report.headlines.count), "seed \(seed)")
    #expect(report.questions.count >= Question.maxShown)
    for sentence in report.headlines + report.questions.map(\.sentence) {
      #expect(
        !sentence.formatted.contains("[") && !sentence.formatted.contains("  "), "\(sentence.formatted)")
      #expect(sentence.formatted.hasSuffix(".") || sentence.formatted.hasSuffix("?"), "\(sentence.formatted)")
    }
    let titles = Set(report.sections.map(\.title))
    for question in report.questions where !question.section.isEmpty {
      #expect(titles.contains(question.section), "\(question.section)")
    }
    let first = report.sections.filter(\.isFirst)
    #expect(first.flatMap(\.tables).count <= 1 && (pupils < 60 || first.count == 1))
  }

  @Test func `a school of few pupils has no figure`() throws {
    let report = try Shown.pack(try LawSeeds.figures(1, pupils: 7))
    #expect(
      report.headlines.map(\.formatted) == [
        "Fewer than 10 pupils aged 5 to 15 are on roll, so nothing is shown, to protect pupils."
      ])
    #expect(report.tables.isEmpty)
  }

  /// Thirty pupils of Year 5 and thirty of Year 6, who miss a share of each of eight weeks in two half-terms.
  private static func school(
    _ name: String = "S", year5: (Int, Int), year6: (Int, Int),
    change: (Int, inout Pupil) -> Void = { _, _ in }
  ) throws -> SchoolFigures {
    let mondays = (0..<4).map { Day("2025-09-08") + 7 * $0 } + (0..<4).map { Day("2025-11-03") + 7 * $0 }
    let sessions = mondays.flatMap { monday in
      (0..<5).flatMap { [Session(monday + $0, .morning), Session(monday + $0, .afternoon)] }
    }
    let pupils = (0..<60).map { index in
      var pupil = Pupil.ofYear(index < 30 ? 5 : 6)
      change(index, &pupil)
      return pupil
    }
    let marks = pupils.indices.flatMap { pupil in
      sessions.indices.map { session -> UInt8 in
        let shares = pupil < 30 ? year5 : year6
        let isMissed = (session * 7 + pupil * 3) % 20 < (session < 40 ? shares.0 : shares.1)
        return (isMissed ? AttendanceCode.illness : .presentMorning).rawValue
      }
    }
    return SchoolFigures(
      Register(
        school: School(name: name, phase: .primary), pupils: pupils, sessions: sessions, marks: marks,
        minutes: []),
      asAt: Day("2025-11-28"), policy: try LawSeeds.figures(1).policy)
  }

  @Test func `a clear change and the lowest year are named`() throws {
    let words = try Shown.pack(try Self.school(year5: (6, 2), year6: (1, 1))).headlines.map(\.formatted)
    #expect(words[0] == "Attendance was 92.5% in Autumn 2, clearly higher than in Autumn 1 (82.5%).")
    #expect(
      words.contains { $0.hasPrefix("Year 5: attendance was ") && $0.hasSuffix("a clear gap.") }, "\(words)")
  }

  @Test func `figures that do not differ are not said to differ`() throws {
    let words = try Shown.pack(try Self.school(year5: (2, 2), year6: (2, 2))).headlines.map(\.formatted)
    #expect(words[0] == "Attendance was 90.0% in Autumn 2 (90.0% in Autumn 1): no clear difference.")
    #expect(!words.contains { $0.contains("a clear gap") })
  }

  @Test func `the review names what is common to schools and what is in one`() throws {
    func school(_ name: String, _ group: Int) throws -> SchoolFigures {
      try Self.school(name, year5: (group, group), year6: (1, 1)) { index, pupil in
        pupil.disadvantaged = index < 30 ? .yes : .no
      }
    }
    let schools = [try school("A", 6), try school("B", 6), try school("C", 1)]
    let report = try Shown.review(schools)
    let table = try #require(report.tables.first { $0.name == "Common_and_local" })
    let row = try #require(table.rows.first { $0[0] == .text("Disadvantaged") })
    #expect(row.dropFirst().map(\.formatted) == ["3", "2", "A, B"])
    #expect(
      report.headlines.contains { $0.formatted.hasPrefix("Disadvantaged: attendance is clearly lower") })
    let strengths = try #require(report.tables.first { $0.name == "Strengths" })
    #expect(strengths.rows.contains { $0[0] == .text("A") && $0[1] == .text("To ask") })
    #expect(!strengths.rows.contains { $0[0] == .text("C") && $0[1] == .text("To ask") })
    // A and B miss more than their pupils explain only if they differ from each other, so C alone is below expected absence.
    let expected = try #require(report.tables.first { $0.name == "Expected" })
    #expect(expected.rows.count == 3)
  }

  @Test func `sets of schools are phases and those that the trust names`() throws {
    func school(_ name: String, _ phase: School.Phase, _ sets: [String]) throws -> SchoolFigures {
      let lines = (0..<20).map { $0 < 8 ? "I I / / / / / / / /" : "/ / / / / / / / / /" }
      return SchoolFigures(
        Register(
          lines, on: [Day].weekdays(5, from: "2025-09-08"),
          school: School(name: name, phase: phase, sets: sets)),
        asAt: Day("2025-09-12"), policy: try LawSeeds.figures(1).policy)
    }
    let report = try Shown.review([
      try school("A", .primary, ["Coast"]), try school("B", .primary, ["Coast", "Hill"]),
      try school("C", .special, ["Hill"]),
    ])
    let table = try #require(report.tables.first { $0.name == "Sets_of_schools" })
    #expect(table.rows.map { $0[0].formatted } == ["All primary schools", "Coast", "Hill"])
    #expect(table.rows.allSatisfy { $0[1] == .number(40) })
    let persistent = try #require(table.columns.firstIndex { $0.header == "Persistently absent" })
    #expect(table.rows.allSatisfy { $0[persistent] == .number(16) })
  }

  @Test func `schools with other term dates are compared in the weeks when all were open`() throws {
    func school(_ name: String, _ mondays: [String]) throws -> SchoolFigures {
      let days = mondays.flatMap { monday in (0..<5).map { Day(monday) + $0 } }
      let lines = (0..<20).map { _ in
        "I " + Array(repeating: "/", count: 10 * mondays.count - 1).joined(separator: " ")
      }
      return SchoolFigures(
        Register(lines, on: days, school: School(name: name)), asAt: Day("2025-09-19"),
        policy: try LawSeeds.figures(1).policy)
    }
    let early = try school("A", ["2025-09-01", "2025-09-08"])
    let late = try school("B", ["2025-09-08", "2025-09-15"])
    let report = try Shown.review([early, late])
    let table = try #require(report.tables.first { $0.name == "Common_weeks" })
    #expect(table.rows.map { $0[2].formatted } == ["100.0%", "90.0%"])
    #expect(table.rows.map { $0[1].formatted } == ["95.0%", "95.0%"])
    #expect(try Shown.review([early, early]).tables.allSatisfy { $0.name != "Common_weeks" })
  }

  @Test func `a commentary is ordered by the headings of the review`() {
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

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func `every number of a report is a figure of figures.csv`(
    seed: UInt64
  ) throws {
    let schools = try [12, 60, 150].enumerated().map {
      try LawSeeds.figures(seed * 10 + UInt64($0.offset), pupils: $0.element)
    }
    let trust = try Shown.trust(schools)
    var known = Set(
      trust.owners.flatMap(\.figures).filter(\.value.isShown).map { Cell($0.value, $0.key.measure) })
    for count in 0...schools.count { known.insert(.number(count)) }
    let reports = [Report.trustAttendanceReview(trust)] + trust.schools.map { .governorPack($0) }
    var numbers = 0
    for report in reports {
      let sentences =
        report.headlines + report.questions.map(\.sentence) + report.sections.flatMap(\.sentences)
      let figures = sentences.flatMap(\.parts).compactMap { part in
        if case .figure(let cell) = part { cell } else { nil }
      }
      for cell in report.tables.flatMap({ $0.rows.joined() }) + figures where cell.value != nil {
        if case .day = cell { continue }
        numbers += 1
        #expect(known.contains(cell), "\(report.kind): \(cell)")
      }
    }
    #expect(numbers > 100)
  }
}
