import Measures
import Registers
import ReportModel
import TestSupport
import Testing

@testable import BoardReports
@testable import DataFiles

/// Source: rules, section 10.
@Suite struct DisclosureTests {
  static let five = Disclosure(threshold: 5)

  /// A school on its own as a board may see it.
  static func shown(_ school: SchoolFigures) -> SchoolFigures {
    let trust = TrustFigures(of: [school], name: "Trust", asAt: school.asAt)
    return school.withholding(TrustDisclosure(schools: [school], trust: trust, threshold: 5).schools[0])
  }

  @Test(arguments: 0...12) func `counts from one to the threshold are withheld`(pupils: Int) {
    let isWithheld = Self.five.protect(.pupils(pupils)) == .shorthand(.confidential)
    #expect(isWithheld == (1...5).contains(pupils))
  }

  @Test func `every figure of few pupils is withheld`() throws {
    let rate = try #require(Rate(1, of: 3))
    let cells: [Cell] = [
      .sessions(40, of: 5), .rate(rate, of: 5), .points(12, of: 5), .minutes(9, of: 5),
      .decimal(31, places: 1, of: 5),
    ]
    for cell in cells { #expect(Self.five.protect(cell) == .shorthand(.confidential)) }
  }

  @Test func `a share is withheld when its part or its whole is small`() throws {
    #expect(Self.five.protect(.share(Rate(5, of: 100))) == .shorthand(.confidential))
    #expect(Self.five.protect(.share(Rate(0, of: 4))) == .shorthand(.confidential))
    #expect(Self.five.protect(.share(Rate(0, of: 100))) == .share(Rate(0, of: 100)))
    #expect(Self.five.protect(.share(Rate(6, of: 100))) == .share(Rate(6, of: 100)))
  }

  @Test func `what is not about pupils stays`() {
    for cell in [Cell.text("3"), .number(3), .day(Day("2025-09-08"))] {
      #expect(Self.five.protect(cell) == cell)
    }
  }

  @Test func `figures in sentences are withheld too`() {
    let sentence: Sentence = "There are \(Cell.pupils(3)) pupils of \(Cell.pupils(300))."
    #expect(Self.five.protect(sentence).formatted == "There are [c] pupils of 300.")
  }

  @Test(arguments: LawSeeds.all) func `no small count is left in a protected report or in the shared data`(
    seed: UInt64
  )
    throws
  {
    let school = try LawSeeds.figures(seed)
    let report = Self.five.protect(Report.governorPack(Self.shown(school)))
    for cell in report.tables.flatMap(\.rows).joined() {
      #expect(Self.five.protect(cell) == cell, "seed \(seed)")
    }
    for sentence in report.headlines { #expect(!sentence.formatted.contains("[c]"), "\(sentence.formatted)") }
    let data = String(decoding: MeasuresData.lines(of: Self.shown(school)), as: UTF8.self)
    for line in data.split(separator: "\n") {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      for count in [fields[7], fields[20], fields[22]].compactMap({ Int($0) }) {
        #expect(!(1...5).contains(count), "seed \(seed): \(line)")
      }
    }
  }

  /// Three pupils are on roll in Autumn 1, all thirty in Autumn 2.
  static func fewInAutumn1() throws -> SchoolFigures {
    let days = [Day("2025-09-08"), Day("2025-11-03")].flatMap { first in (0..<5).map { first + $0 } }
    let sessions = days.flatMap { [Session($0, .morning), Session($0, .afternoon)] }
    let pupils = (0..<30).map { place in
      var pupil = Pupil.ofYear(5)
      if place >= 3 { pupil.admitted = Day("2025-11-03") }
      return pupil
    }
    let marks = pupils.flatMap { pupil in
      sessions.map { session -> UInt8 in
        guard pupil.isOnRoll(on: session.day) else { return 0 }
        return (session.day.weekday == .monday ? AttendanceCode.illness : .presentMorning).rawValue
      }
    }
    let register = Register(
      school: School(name: "S"), pupils: pupils, sessions: sessions, marks: marks, minutes: [])
    return SchoolFigures(register, asAt: Day("2025-11-07"), policy: try LawSeeds.figures(1).policy)
  }

  @Test func `weeks of few pupils are withheld and the chart says nothing of them`() throws {
    let report = Self.five.protect(Report.governorPack(Self.shown(try Self.fewInAutumn1())))
    let weeks = try #require(report.tables.first { $0.name == "By_week" })
    #expect(weeks.rows[0].suffix(2) == [.shorthand(.confidential), .shorthand(.confidential)])
    // Autumn 2 is the year to date less Autumn 1, and its one week is Autumn 2.
    #expect(weeks.rows[1].suffix(2) == [.shorthand(.confidential), .shorthand(.confidential)])
    let titles = report.sections.flatMap(\.charts).map(\.title)
    #expect(titles.prefix(2) == ["Absence week by week", "Sessions missed in each half-term"])
  }

  @Test func `a weekday of few pupils is withheld`() throws {
    // Twenty pupils come on Mondays, three of them on Tuesdays too.
    let lines = (0..<20).map { $0 < 3 ? "/ / I I" : "/ / X X" }
    let register = Register(lines, from: Day("2025-09-08"))
    let school = SchoolFigures(
      register, asAt: Day("2025-09-12"), policy: try LawSeeds.figures(1).policy)
    let data = String(decoding: MeasuresData.lines(of: Self.shown(school)), as: UTF8.self)
    let tuesday = try #require(data.split(separator: "\n").first { $0.contains(",Weekday,Tuesday,") })
    #expect(tuesday.hasSuffix(",Weekday,Tuesday,,c,c,c,c,c,c,c,c,c,c,c,c,,,,"))
    let table = Self.five.protect(Report.governorPack(Self.shown(school))).tables.first {
      $0.name == "By_weekday"
    }
    #expect(table?.rows[0][2] == .shorthand(.confidential))
    // The rest would add up to it.
    #expect(table?.rows[0][1] == .shorthand(.confidential))
  }
}
