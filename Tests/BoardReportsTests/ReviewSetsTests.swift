import Measures
import Policies
import Registers
import ReportModel
import TestSupport
import Testing

@testable import BoardReports

/// Sets of schools, weeks that are alike, and what the review says of one school.
@Suite struct ReviewSetsTests {
  /// A school of so many pupils, open in these weeks from Monday to Friday, who miss the first session of each week.
  private static func school(
    _ name: String, phase: School.Phase = .primary, sets: [String] = [], pupils: Int = 20,
    mondays: [String] = ["2025-09-08", "2025-09-15"]
  ) throws -> SchoolFigures {
    let sessions = mondays.map { Day($0) }.flatMap { monday in
      (0..<5).flatMap { [Session(monday + $0, .morning), Session(monday + $0, .afternoon)] }
    }
    let marks = (0..<pupils).flatMap { pupil in
      sessions.indices.map { session -> UInt8 in
        let missed = session % 10 == 0 || (session / 10 == 1 && session % 10 < 3 && pupil % 2 == 0)
        return (missed ? AttendanceCode.illness : .presentMorning).rawValue
      }
    }
    return SchoolFigures(
      Register(
        school: School(name: name, phase: phase, sets: sets),
        pupils: Array(repeating: Pupil.ofYear(5), count: pupils), sessions: sessions, marks: marks,
        minutes: []),
      asAt: Day("2025-11-28"), policy: try LawSeeds.figures(1).policy)
  }

  @Test func `sets are the phases that part the schools and those the trust names`() throws {
    let schools = [
      try Self.school("A", sets: ["Coast"]), try Self.school("B", sets: ["Coast", "Hill"]),
      try Self.school("C", phase: .special, sets: ["Hill"]),
    ]
    let sets = SchoolSets(schools: schools).all
    #expect(sets.map(\.name) == ["All primary schools", "Coast", "Hill"])
    #expect(sets.map { $0.schools.map(\.school.name) } == [["A", "B"], ["A", "B"], ["B", "C"]])
    let coast = sets[1].sum(in: .yearToDate)
    #expect(
      coast.enrolments == 40 && coast.tally.absence == 2 * schools[0].total(in: .yearToDate).tally.absence)
    // All schools of one phase are no set: they are the trust.
    #expect(SchoolSets(schools: [schools[0], try Self.school("D")]).all.map(\.name) == ["Coast"])
    #expect(SchoolSets(schools: [try Self.school("D")]).section(current: nil) == nil)
  }

  @Test func `a set shows no more than its schools do`() throws {
    let schools = [
      try Self.school("A", sets: ["Coast"]), try Self.school("B", sets: ["Coast"], pupils: 3),
      try Self.school("C", sets: ["Hill"]),
    ]
    let table = try #require(
      ReviewTests.review(schools).tables.first { $0.name == "Sets_of_schools" })
    #expect(table.rows[0].dropFirst(2).allSatisfy { $0 == .shorthand(.confidential) }, "\(table.rows[0])")
    #expect(table.rows[1][2] == .pupils(20))
  }

  @Test func `schools with other term dates are compared over the weeks all were open`() throws {
    let early = try Self.school("A", mondays: ["2025-09-01", "2025-09-08"])
    let late = try Self.school("B", mondays: ["2025-09-08", "2025-09-15"])
    let weeks = CommonWeeks(schools: [early, late])
    #expect(weeks.areUnlike && weeks.common == [Day("2025-09-08")])
    let table = try #require(weeks.section(current: nil)?.tables.first)
    // The second week of A is the first of B: in it A's even pupils missed three sessions of ten, B's pupils one.
    #expect(table.rows.map { $0[6].formatted } == ["20.0%", "10.0%"])
    #expect(table.rows.map { $0[5].formatted } == ["15.0%", "15.0%"])
    #expect(CommonWeeks(schools: [early, early]).section(current: nil) == nil)
    let never = CommonWeeks(schools: [early, try Self.school("C", mondays: ["2025-10-06"])])
    #expect(
      never.section(current: nil)?.sentences.map(\.formatted) == [
        "There is no week in which every school was open."
      ])
  }

  @Test func `weeks that may not be seen are in no sum of like weeks`() throws {
    let schools = [
      try Self.school("A", mondays: ["2025-09-01", "2025-09-08"]),
      try Self.school("B", pupils: 4, mondays: ["2025-09-08", "2025-09-15"]),
    ]
    let table = try #require(ReviewTests.review(schools).tables.first { $0.name == "Like_weeks" })
    #expect(table.rows[1][6] == .shorthand(.confidential))
  }

  @Test func `each school has a section whose figures stand on one sheet`() throws {
    let schools = [try LawSeeds.figures(1, pupils: 60), try LawSeeds.figures(2, pupils: 60)]
    let report = ReviewTests.review(schools)
    let sheet = try #require(report.tables.first { $0.name == "Schools_over_time" })
    let excerpts = report.tables.filter { $0.look == .excerpt }
    #expect(sheet.look == .sheet && excerpts.count == 2)
    for (place, excerpt) in excerpts.enumerated() {
      #expect(!excerpt.rows.isEmpty)
      for row in excerpt.rows {
        let whole = sheet.rows[place * sheet.rows.count / 2..<(place + 1) * sheet.rows.count / 2]
          .first { $0[1] == row[0] }
        // The sheet has the trust's periods, the excerpt the school's.
        let shown = row.dropFirst().filter { $0 != .shorthand(.notApplicable) }
        let all = try #require(whole).dropFirst(2).filter { $0 != .shorthand(.notApplicable) }
        #expect(shown == all, "\(row)")
      }
    }
  }

  @Test func `what is withheld throughout is a note and no row`() throws {
    let school = try Self.school("A")
    let trust = TrustFigures(of: [school], name: "T", asAt: school.asAt)
    let hidden = school.withholding(Withholding(codes: CodeSet([.suspended])))
    let table = SchoolProfile(school: hidden, trust: trust, commentary: nil).section.tables[0]
    #expect(!table.rows.contains { $0[0].formatted.hasPrefix("Suspension") })
    #expect(
      table.notes.contains {
        $0.hasPrefix("Withheld throughout") && $0.contains("Suspension (sessions of E)")
      })
  }
}
