import Foundation
import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import Comparators

/// Comparisons with the same phase, year, period and series, and the reasons if there is none.
@Suite struct MatchingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let school: ComparedSchool
    var measure = BenchmarkMeasure.overallAbsence
    var group = Group.total
    var period = Period.yearToDate
    var place = ComparedPlace.england
    /// The figure with its period, or the reason why there is none.
    let expected: String
    var testDescription: String { expected }
  }

  static let spring1 = Period.halfTerm(.spring1)

  static let matches = [
    Case(school: .at("2026-02-13"), period: spring1, expected: "5.2%, Spring 1 2025/26"),
    Case(school: .at("2026-02-18"), period: spring1, expected: "5.2%, Spring 1 2025/26"),
    Case(school: .at("2026-07-10"), period: spring1, expected: "5.2%, Spring 1 2025/26"),
    Case(school: .at("2026-02-13", .secondary), period: spring1, expected: "8.3%, Spring 1 2025/26"),
    Case(school: .at("2026-02-13", .special), period: spring1, expected: "13.2%, Spring 1 2025/26"),
    Case(
      school: .at("2026-02-13"), measure: .attendance, period: spring1, expected: "94.8%, Spring 1 2025/26"),
    Case(
      school: .at("2026-02-13"), measure: .persistentAbsence,
      expected: "14.6%, Year to date, end of Spring 1 2025/26"),
    Case(
      school: .at("2026-01-31"), measure: .persistentAbsence,
      expected: "14.6%, Year to date, end of Spring 1 2025/26"),
    Case(
      school: .at("2026-02-20"), measure: .persistentAbsence,
      expected: "14.6%, Year to date, end of Spring 1 2025/26"),
    Case(
      school: .at("2026-03-27", .secondary), measure: .persistentAbsence,
      expected: "22.4%, Year to date, end of Spring 2 2025/26"),
    Case(school: .at("2026-07-10"), expected: "5.3%, Year to date, to 10 July 2026"),
    Case(school: .at("2026-06-27"), expected: "5.3%, Year to date, to 10 July 2026"),
    Case(school: .at("2026-07-21"), expected: "5.3%, Year to date, to 10 July 2026"),
    Case(school: .at("2026-08-20"), expected: "5.3%, Year to date, to 10 July 2026"),
    Case(school: .at("2026-07-10"), measure: .attendance, expected: "94.7%, Year to date, to 10 July 2026"),
    Case(school: .at("2026-07-10"), place: .localAuthority, expected: "5.8%, Year to date, to 10 July 2026"),
    Case(
      school: .at("2026-07-10"), measure: .persistentAbsence, place: .localAuthority,
      expected: "16.8%, Year to date, to 10 July 2026"),
    Case(
      school: .at("2026-07-10", .secondary, in: "E06000045"), place: .localAuthority,
      expected: "10.5%, Year to date, to 10 July 2026"),
    Case(
      school: .at("2026-07-10", in: "852"), place: .localAuthority,
      expected: "5.8%, Year to date, to 10 July 2026"),
    Case(school: .at("2026-07-10"), place: .region, expected: "5.3%, Year to date, to 10 July 2026"),
    Case(
      school: .at("2026-07-10"), measure: .code(.illness), place: .localAuthority,
      expected: "3.0%, Year to date, to 10 July 2026"),
  ]

  @Test(arguments: matches) func `a comparable figure is found`(wanted: Case) throws {
    let match = try Published.all().comparator(
      wanted.measure, for: wanted.school, of: wanted.group, in: wanted.period, at: wanted.place)
    let found = match.comparator.map { "\($0.percentage.formatted), \($0.vintage)" } ?? "\(match)"
    #expect(found == wanted.expected)
    #expect(match.comparator?.benchmark.series == .daily && match.comparator?.caution == "")
    #expect(match.comparator?.benchmark.schoolYear == SchoolYear(start: 2025))
  }

  static let reasons = [
    Case(school: .at("2026-02-13", nil), expected: "No phase given in the trust file"),
    Case(
      school: .at("2026-02-13", .alternative), period: spring1,
      expected: "DfE publishes no figures for alternative provision in the daily series"),
    Case(
      school: .at("2026-07-10", in: nil), place: .localAuthority,
      expected: "No local authority given in the trust file"),
    Case(
      school: .at("2026-07-10", in: nil), place: .region,
      expected: "No local authority given in the trust file"),
    Case(
      school: .at("2026-07-10", in: "Atlantis"), place: .localAuthority,
      expected:
        "DfE's files have no local authority called \"Atlantis\"; write the name as on Explore "
        + "Education Statistics"),
    Case(
      school: .at("2026-02-13"),
      expected:
        "The year to date in DfE's files runs to 10 July 2026; the school's ends on 13 February 2026"),
    Case(
      school: .at("2026-06-26"),
      expected:
        "The year to date in DfE's files runs to 10 July 2026; the school's ends on 26 June 2026"),
    Case(
      school: .at("2026-01-30"), measure: .persistentAbsence,
      expected:
        "The year to date in DfE's files runs to 10 July 2026, to the end of Spring 1, to the end of Spring 2 and to the "
        + "end of Summer 1; the school's ends on 30 January 2026"),
    Case(
      school: .at("2026-01-30"), period: spring1,
      expected: "DfE's figure covers all of Spring 1; the school's ends on 30 January 2026"),
    Case(
      school: .at("2026-02-13"), period: .halfTerm(.summer2),
      expected: "DfE's figure covers all of Summer 2; the school's ends on 13 February 2026"),
    Case(
      school: .at("2025-11-28"), measure: .persistentAbsence,
      expected: "DfE publishes no year-to-date persistent absence before the end of the autumn term"),
    Case(
      school: .at("2025-10-24"), measure: .severeAbsence,
      expected: "DfE publishes no year-to-date severe absence before the end of the autumn term"),
    // England has this figure only for schools of all phases together.
    Case(
      school: .at("2025-12-19"), measure: .persistentAbsence,
      expected:
        "The year to date in DfE's files runs to 10 July 2026, to the end of Spring 1, to the end of Spring 2 and to the "
        + "end of Summer 1; the school's ends on 19 December 2025"),
    Case(
      school: .at("2026-02-13"), measure: .persistentAbsence, period: spring1,
      expected: "DfE publishes no persistent absence of a half-term: it is measured over the year to date"),
    Case(
      school: .at("2026-07-10"), measure: .severeAbsence,
      expected: "DfE's files have no severe absence of primary schools in the daily series"),
    Case(
      school: .at("2026-07-10"), group: Group(.freeSchoolMeals, "FSM eligible"),
      expected: "DfE's files have no overall absence of FSM eligible in primary schools in the daily series"),
    Case(
      school: .at("2026-02-13"), period: spring1, place: .localAuthority,
      expected: "DfE's files have no overall absence of Spring 1 for Southampton"),
    Case(
      school: .at("2026-02-13"), measure: .attendance, period: spring1, place: .localAuthority,
      expected: "DfE's files have no attendance of Spring 1 for Southampton"),
    Case(
      school: .at("2026-07-10", in: "City of London"), place: .localAuthority,
      expected: "DfE's figure is withheld by DfE to protect confidentiality"),
    Case(
      school: .at("2026-07-10", .special, in: "City of London"), place: .localAuthority,
      expected: "DfE's files have no overall absence of special schools in City of London"),
    Case(
      school: .at("2026-07-10", from: .spring1),
      expected: "The school's marks of the year begin in Spring 1, DfE's in Autumn 1"),
  ]

  @Test(arguments: reasons) func `the reason is given if no figure is comparable`(wanted: Case) throws {
    let match = try Published.all().comparator(
      wanted.measure, for: wanted.school, of: wanted.group, in: wanted.period, at: wanted.place)
    guard case .none(let why) = match else {
      Issue.record("found \(match)")
      return
    }
    #expect(why.description == wanted.expected)
  }

  @Test func `a year to date without an end is never comparable`() throws {
    let match = try Published.all(to: nil).comparator(
      .overallAbsence, for: .at("2026-07-10"), in: .yearToDate, at: .localAuthority)
    #expect(match == .none(.noEnd(file: Published.attendance)))
  }

  /// Of several comparable figures the one that ends nearest to the as-at date is used, or else the first one listed.
  @Test(arguments: [
    ("2026-07-10", "5.1%"), ("2026-07-17", "5.2%"), ("2026-07-21", "5.2%"), ("2026-07-05", "5.0%"),
  ])
  func `the figure with the nearest end is used`(asAt: String, percentage: String) throws {
    let rows = [
      ("to 3 July 2026", "5.0"), ("to 10 July 2026", "5.1"), ("end of year", "5.2"), ("to 11 July 2026", "c"),
    ].map { end, value in
      "Pupil attendance in schools,202526,\"Year to date, \(end)\",Primary,Total,Total,sess_overall_percent,\(value),,\n"
    }.joined()
    let source = { (text: String, name: String) in
      BenchmarkSource(Published.file(Array((RefusedFileTests.figureHead + text).utf8), name))
    }
    let again = rows.replacingOccurrences(of: ",5.", with: ",7.")
    let benchmarks = try Benchmarks.read([source(rows, "a.csv"), source(again, "b.csv")], filter: .all)
    let found = benchmarks.comparator(.overallAbsence, for: .at(asAt), in: .yearToDate).comparator
    #expect(found?.percentage.formatted == percentage && found?.benchmark.file == "a.csv")
  }

  @Test func `without files no figure is comparable`() {
    #expect(
      Benchmarks.none.comparator(.overallAbsence, for: .at("2026-07-10"), in: .yearToDate) == .none(.noFiles))
  }

  @Test func `a figure of another school year is never used`() throws {
    let school = ComparedSchool(
      phase: .primary, localAuthority: "Southampton", schoolYear: SchoolYear(start: 2026),
      asAt: Day("2027-02-12"),
      halfTerms: [HalfTerm(.autumn1, from: Day("2026-09-01"), to: Day("2027-02-12"))])
    let match = try Published.all().comparator(.overallAbsence, for: school, in: .halfTerm(.autumn1))
    guard case .none(.yearNotPublished(_, let found)) = match else {
      Issue.record("\(match)")
      return
    }
    #expect(found.map(\.name) == ["2022/23", "2023/24", "2024/25", "2025/26"])
  }

  @Test func `a comparator names its subject, period and source`() throws {
    let benchmarks = try Published.all()
    let half = try #require(
      benchmarks.comparator(.overallAbsence, for: .at("2026-02-13"), in: Self.spring1).comparator)
    #expect(half.formatted == "England, primary schools, Spring 1 2025/26")
    #expect(
      half.sourceLabel
        == "DfE, Pupil attendance in schools: Difference of successive DfE year-to-date session counts; derived, to about 0.1"
    )
    let rate = try #require(Rate(62, of: 1000))
    #expect(half.difference(of: rate) == 10)
    let local = try #require(
      benchmarks.comparator(.overallAbsence, for: .at("2026-07-10"), in: .yearToDate, at: .localAuthority)
        .comparator)
    #expect(local.formatted == "Southampton, primary schools, Year to date, to 10 July 2026")
    #expect(local.sourceLabel == "DfE, Pupil attendance in schools")
    #expect(local.benchmark.file == Published.attendance && local.benchmark.counts != nil)
  }

  @Test func `the figures of a school give its comparison properties`() throws {
    let marks = Array(repeating: "/ \\", count: 36).joined(separator: " ")
    let school = School(name: "A", phase: .primary, localAuthority: "Southampton")
    let register = Register([marks, marks], from: Day("2025-09-01"), school: school)
    let figures = SchoolFigures(
      register, asAt: Day("2025-10-20"), policy: try Policy(name: "P", yaml: "title: P", file: "P"))
    let benchmarks = try Published.all()
    let match = benchmarks.comparator(.overallAbsence, for: figures, in: .halfTerm(.autumn1))
    #expect(match.comparator?.percentage.formatted == "4.6%")
    #expect(
      benchmarks.comparator(.persistentAbsence, for: figures, in: .yearToDate)
        == .none(.beforeAutumnEnds(.persistentAbsence)))
  }

  @Test(arguments: [
    (BenchmarkMeasure.attendance, 95, true), (.attendance, 94, false), (.overallAbsence, 5, true),
    (.overallAbsence, 6, false),
  ])
  func `a target is compared exactly`(measure: BenchmarkMeasure, part: Int, meets: Bool) throws {
    let target = Target(
      name: "A", phase: .primary, measure: measure, tenthsOfPercent: measure == .attendance ? 950 : 50,
      source: nil)
    #expect(target.isMet(by: try #require(Rate(part, of: 100))) == meets)
    #expect(target.isFor(.primary) && !target.isFor(.secondary) && !target.isFor(nil))
  }
}
