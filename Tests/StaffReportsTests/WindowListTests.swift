import Measures
import Policies
import Registers
import ReportModel
import TestSupport
import Testing

@testable import StaffReports

/// Pupils at, just under and just over the thresholds of windows. Source: rules, section 8; Docs/Policies.md, Penalty
/// line.
@Suite struct WindowListTests {
  /// Twelve school weeks with no holiday, from 8 September 2025.
  private static let twelveWeeks = [Day].weekdays(60, from: "2025-09-08")

  @Test(arguments: Policy.shipped.keys.sorted())
  func `ten unauthorised sessions in ten weeks are listed by every policy`(policy: String) throws {
    let counts = [6, 7, 9, 10, 11]
    let lines = counts.map { MadeMarks.of(("/", 120 - $0), ("O", $0)) }
    let listed = try Listed(Register(lines, on: Self.twelveWeeks), by: policy)
    #expect(listed[Titles.ten] == [4, 3])
    #expect(listed[Titles.nearTen] == [2, 1])
    #expect(try listed.cell(Titles.ten, "Sessions in the period", of: 3) == "10")
  }

  /// Rules, section 8: only G, N, O and U; N may change.
  @Test(arguments: [
    ("G G N N N O O O U U", true, 3), ("G G G G G G G G G U", true, 0), ("O O O O O O O O O I", false, 0),
    ("O O O O O O O O O C2", false, 0), ("O O O O O O O O O H", false, 0), ("O O O O O O O O O E", false, 0),
    ("N N N N N N N N N N", true, 10),
  ])
  func `only unauthorised marks count in the window`(marks: String, isReached: Bool, open: Int) throws {
    let line = marks + " " + MadeMarks.of(("/", 10))
    let listed = try Listed(Register([line], on: .weekdays(10, from: "2025-09-08")), by: "dfe-2024")
    #expect(listed[Titles.ten] == (isReached ? [0] : []))
    #expect(listed[Titles.nearTen] == (isReached ? [] : [0]))
    if isReached { #expect(try listed.cell(Titles.ten, "Of which N") == "\(open)") }
  }

  /// Five sessions in one week and five in the last: ten weeks include both, nine do not.
  @Test(arguments: [(0, false, 5), (1, false, 5), (2, true, 10), (3, true, 10), (10, true, 10)])
  func `the window is ten school weeks`(week: Int, isReached: Bool, count: Int) throws {
    let early = "O O O O O / / / / /"
    let late = "/ / / / / O O O O O"
    let line = (0..<12).map { $0 == week ? early : $0 == 11 ? late : MadeMarks.of(("/", 10)) }
      .joined(separator: " ")
    let listed = try Listed(Register([line], on: Self.twelveWeeks), by: "music-stuff-education")
    #expect(listed[Titles.ten] == (isReached ? [0] : []))
    #expect(listed.school.pupils[0].evidence[0].now.count == count)
    if isReached {
      #expect(
        try listed.cell(Titles.ten, "Oldest absence expires")
          == (week == 2 ? "in 1 school week" : "in \(week - 1) school weeks"))
    }
  }

  /// The window is given by its first and last day (rules, section 8).
  @Test func `the rule has the first and last day of the window`() throws {
    let listed = try Listed(Register([MadeMarks.of(("/", 120))], on: Self.twelveWeeks), by: "dfe-2024")
    #expect(
      try listed.list(Titles.ten).rule.contains("(22 September 2025 to 28 November 2025)"))
  }

  /// Autumn 1 ends on 24 October, Autumn 2 begins on 3 November.
  private static let twoHalfTerms: [Day] =
    .school("2025-10-13", "2025-10-24") + .school("2025-11-03", "2025-11-14")

  /// Mason Moor: 10 in a half-term. Docs/Policies.md, Penalty line.
  @Test func `ten sessions in two half-terms are not ten in one`() throws {
    func line(_ before: Int, _ after: Int) -> String {
      MadeMarks.of(("/", 20 - before), ("O", before), ("O", after), ("/", 20 - after))
    }
    let lines = [line(0, 10), line(0, 9), line(5, 5), line(10, 0), line(3, 7), line(1, 10), line(4, 6)]
    let listed = try Listed(Register(lines, on: Self.twoHalfTerms), by: "mason-moor-primary")
    #expect(listed[Titles.ownHalfTerm] == [0, 5])
    #expect(listed["Approaching own line: Penalty line"] == [1, 4])
    #expect(listed[Titles.ten] == [5, 0, 2, 3, 4, 6])
    #expect(listed[Titles.nearTen] == [1])
    let columns = try listed.list(Titles.ownHalfTerm).columns.map(\.title)
    #expect(!columns.contains("Oldest absence expires"), "the end of a half-term decides, not weeks")
  }

  /// Mason Moor: U 10 times in any 80 possible sessions. Docs/Policies.md, Penalty line.
  @Test(arguments: [(79, 10), (80, 10), (81, 9)])
  func `ten of eighty sessions are late after the register closed`(span: Int, count: Int) throws {
    // The first U is `span` sessions from the end, inclusive; nine more are at the end.
    let line = MadeMarks.of(("/", 100 - span), ("U", 1), ("/", span - 10), ("U", 9))
    let listed = try Listed(
      Register([line], on: .weekdays(50, from: "2025-09-08")), by: "mason-moor-primary")
    #expect(listed[Titles.ownLate] == (count == 10 ? [0] : []))
    #expect(listed["Approaching own line: Late after the register closed"] == (count == 9 ? [0] : []))
    if count == 10 { #expect(try listed.cell(Titles.ownLate, "Sessions in the period") == "10") }
  }

  /// D, X and a blank are not possible sessions and do not count among the 80.
  @Test(arguments: ["D", "X", "Y3", "-"]) func `only possible sessions count towards the eighty`(mark: String)
    throws
  {
    let line = MadeMarks.of(("U", 1), (mark, 20), ("/", 70), ("U", 9))
    let other = MadeMarks.of(("/", 100))
    let listed = try Listed(
      Register([line, other], on: .weekdays(50, from: "2025-09-08")), by: "mason-moor-primary")
    #expect(listed[Titles.ownLate] == [0])
  }

  @Test(arguments: ["O", "G", "N", "L"]) func `only U is late after the register closed`(mark: String) throws
  {
    let line = MadeMarks.of((mark, 20), ("/", 60))
    let listed = try Listed(
      Register([line], on: .weekdays(40, from: "2025-09-08")), by: "mason-moor-primary")
    #expect(listed[Titles.ownLate] == [])
  }

  /// Rules, section 3: lists of notices and returns use the legal age, which ends on the last Friday of June.
  @Test func `penalty notices count only compulsory school age`() throws {
    let years = [0, 1, 11, 12]
    let lines = years.map { _ in MadeMarks.of(("O", 20)) }
    let listed = try Listed(
      Register(lines, on: .weekdays(10, from: "2025-09-08"), pupils: years.map(Pupil.ofYear)),
      by: "mason-moor-primary")
    #expect(listed[Titles.ten] == [1, 2])
    #expect(listed[Titles.attendanceReturn] == [1, 2])
    #expect(listed[Titles.ownHalfTerm] == [0, 1, 2, 3])
    let july = try Listed(
      Register([MadeMarks.of(("O", 20))], on: .weekdays(10, from: "2026-07-06"), pupils: [.ofYear(11)]),
      by: "dfe-2024")
    #expect(july[Titles.ten] == [] && july[Titles.attendanceReturn] == [])
  }

  /// Windows are not listed twice.
  @Test(arguments: Policy.shipped.keys.sorted())
  func `a policy's own window is listed only if it differs`(policy: String) throws {
    let listed = try Listed(Register([MadeMarks.of(("O", 60))], from: Day("2025-09-08")), by: policy)
    let own = listed.lists.map(\.title).filter { $0.hasPrefix("Own line: ") }
    let expected: [String: [String]] = [
      "mason-moor-primary": [Titles.ownHalfTerm, Titles.ownLate],
      "bramhall-high": ["Own line: Unauthorised leave without warning"],
    ]
    #expect(own == expected[policy] ?? [])
    #expect(listed.lists.map(\.title).count { $0.contains("15 or more school days of illness") } == 1)
  }
}
