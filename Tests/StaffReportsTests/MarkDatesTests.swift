import Measures
import Policies
import Registers
import ReportModel
import TestSupport
import Testing

@testable import StaffReports

@Suite struct EvidenceWordsTests {
  /// Source: rules, section 8: a list shows the dates and codes.
  @Test func `consecutive days with the same marks are joined`() throws {
    let policy = try Policy(name: "p", yaml: "title: P", file: "p")
    let marks = "O O O O / \\ N \\ / U G G G G"
    let register = Register([marks], from: Day("2025-09-11"))
    let figures = SchoolFigures(register, asAt: Day("2025-09-19"), policy: policy)
    #expect(
      MarkDates(figures.pupils[0].evidence[0].now).text
        == "11 Sep to 12 Sep O, 16 Sep AM N, 17 Sep PM U, 18 Sep to 19 Sep G")
    #expect(MarkDates([]).text == "")
  }

  /// A weekend does not end a run, another day does.
  @Test func `a run continues over a weekend`() throws {
    let policy = try Policy(name: "p", yaml: "title: P", file: "p")
    let register = Register(["G G G G / \\ G G"], from: Day("2025-09-12"))
    let figures = SchoolFigures(register, asAt: Day("2025-09-17"), policy: policy)
    #expect(MarkDates(figures.pupils[0].evidence[0].now).text == "12 Sep to 15 Sep G, 17 Sep G")
  }

  @Test func `a policy's own windows are lists beside the national ones`() throws {
    let yaml = try #require(Policy.shipped["mason-moor-primary"])
    let policy = try Policy(name: "m", yaml: yaml, file: "m")
    let register = Register([String(repeating: "O O ", count: 5)], from: Day("2025-09-08"))
    func lists(_ policy: Policy) -> [ActionList] {
      ActionList.all(SchoolFigures(register, asAt: Day("2025-09-12"), policy: policy))
    }
    let titles = lists(policy).map(\.title)
    #expect(titles.prefix(3).last == "Own line: Penalty line")
    #expect(titles.contains("Approaching own line: Late after the register closed"))
    let national = try Policy(name: "d", yaml: try #require(Policy.shipped["dfe-2024"]), file: "d")
    #expect(!lists(national).contains { $0.title.contains("wn line") })
    let own = try #require(lists(policy).first { $0.title == "Own line: Penalty line" })
    #expect(own.numbers == [10])
  }
}
