import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import Release

/// The rules of `Docs/Release.md`, one by one.
@Suite struct ReleaseRuleTests {
  static let days = [Day].weekdays(40, from: "2025-09-08")

  /// A school in which the pupils of each group miss so many of eighty sessions.
  static func school(
    _ groups: [(pupils: Int, missed: Int, change: (inout Pupil) -> Void)], name: String = "S",
    stages: String = ""
  ) throws -> SchoolFacts {
    var lines: [String] = []
    var pupils: [Pupil] = []
    for group in groups {
      for _ in 0..<group.pupils {
        lines.append(MadeMarks.of(("I", group.missed), ("/", 80 - group.missed)))
        pupils.append(Pupil.made(group.change))
      }
    }
    return SchoolFacts(
      SchoolFigures(
        Register(lines, on: days, pupils: pupils, school: School(name: name)), asAt: days[39],
        policy: try Policy(name: "p", yaml: "title: P\n\(stages)", file: "p")))
  }

  static func trust(_ schools: [SchoolFacts], rules: DisclosureRules = .board) throws -> PublishedTrust {
    try PublishedTrust(
      schools, name: "T", schoolYear: SchoolYear(containing: days[0]), asAt: days[39], quality: [],
      rules: rules)
  }

  static func value(
    _ figures: PublishedFigures, _ table: Figure.Table, _ topic: Group.Topic?, _ row: String,
    _ measure: Figure.Measure
  ) -> String { figures[Figure.Key(table, topic, row, measure)]?.formatted ?? "-" }

  @Test(arguments: [
    (0, "0-2"), (2, "0-2"), (3, "3-7"), (7, "3-7"), (8, "10"), (12, "10"), (13, "15"), (101, "100"),
  ])
  func `a count is rounded to the nearest 5, and a small one is a range`(count: Int, shown: String) {
    #expect(DisclosureRules.board.rounded(count).formatted == shown)
    #expect(DisclosureRules.exact.rounded(count).formatted == String(count))
  }

  @Test(arguments: [
    (0, "0-2"), (2, "0-2"), (3, "3-7"), (5, "3-7"), (6, "6"), (94, "94"), (95, "all but 3-7"),
    (97, "all but 3-7"), (98, "all but 0-2"), (100, "all but 0-2"),
  ])
  func `a whole count is exact where neither side is small`(count: Int, shown: String) {
    #expect(DisclosureRules.board.whole(count, of: 100).formatted == shown)
  }

  @Test(arguments: [(0, 11, "0-2"), (5, 11, "3-7"), (6, 11, "c"), (6, 12, "6"), (2, 10, "c")])
  func `severe absence is shown where the rest of persistent absence is not small`(
    severe: Int, persistent: Int, shown: String
  ) {
    #expect(DisclosureRules.board.severe(severe, ofPersistent: persistent).formatted == shown)
  }

  @Test func `a school of fewer than ten pupils shows nothing and is in no row of the trust`() throws {
    let published = try Self.trust([
      try Self.school([(9, 10, { _ in })], name: "A"), try Self.school([(60, 10, { _ in })], name: "B"),
    ])
    #expect(published.schools[0].figures.allSatisfy { !$0.value.isShown })
    #expect(Self.value(published.trust, .headline, nil, Figure.allPupils, .pupils) == "60")
  }

  @Test(arguments: [9, 10]) func `a group is shown from ten pupils, with all other pupils beside it`(
    size: Int
  ) throws {
    let school = try Self.school([
      (size, 12, { $0.disadvantaged = .yes }), (2, 4, { $0.disadvantaged = .unknown }), (50, 4, { _ in }),
    ])
    let figures = try Self.trust([school]).schools[0]
    #expect((figures.rows(of: .groups, .disadvantage).isEmpty) == (size == 9))
    guard size == 10 else { return }
    #expect(figures.rows(of: .groups, .disadvantage) == ["Disadvantaged", "All other pupils"])
    #expect(Self.value(figures, .groups, .disadvantage, "Disadvantaged", .pupils) == "10")
    #expect(Self.value(figures, .groups, .disadvantage, "All other pupils", .pupils) == "52")
    // 68 of 80 sessions are 85%; 76 of 80 are 95%: whole per cent under 50 pupils, one decimal from 50.
    #expect(Self.value(figures, .groups, .disadvantage, "Disadvantaged", .attendance) == "85")
    #expect(Self.value(figures, .groups, .disadvantage, "Disadvantaged", .otherAttendance) == "95.0")
    #expect(Self.value(figures, .groups, .disadvantage, "Disadvantaged", .points) == "-10.0")
  }

  /// What rounding tells: 13 of 13 others are hidden by it, and the two parts together leave two values of FSM.
  @Test func `a topic is left out where other topics leave too few values of a small count`() throws {
    // 12 of 24 disadvantaged pupils are persistently absent, 5 of 12 with FSM: exact beside rounded counts would tell.
    func made(_ disadvantaged: Status, _ meals: Status, _ language: Status) -> (inout Pupil) -> Void {
      {
        $0.disadvantaged = disadvantaged
        $0.freeSchoolMeals = meals
        $0.englishAdditional = language
      }
    }
    let school = try Self.school([
      (7, 20, made(.yes, .no, .no)), (5, 20, made(.yes, .yes, .yes)), (7, 0, made(.yes, .yes, .no)),
      (10, 0, made(.yes, .no, .yes)), (8, 20, made(.no, .no, .no)), (30, 0, made(.no, .no, .yes)),
    ])
    let published = try Self.trust([school])
    #expect(published.audit.hiddenCounts > 0)
    #expect((published.audit.fewestValues ?? 3) >= 3)
    let publisher = Publisher(
      school.facts, splits: SplitFinder(facts: school.facts, rules: .board).splits(), rules: .board,
      to: published.schools[0])
    var search = WitnessSearch([publisher], small: 1...5)
    let first = search.run()
    var again = WitnessSearch([publisher], small: 1...5)
    #expect(first.summary == again.run().summary)
  }

  @Test func `a half-term in which a school is small is in no sum`() throws {
    // Two half-terms; of the second school eight of twelve pupils leave after the first.
    let days = [Day].weekdays(30, from: "2025-09-08") + [Day].weekdays(10, from: "2025-11-03")
    func school(_ name: String, staying: Int, leaving: Int) throws -> SchoolFacts {
      let lines =
        Array(repeating: MadeMarks.of(("I", 4), ("/", 76)), count: staying)
        + Array(repeating: MadeMarks.of(("I", 4), ("/", 56), ("-", 20)), count: leaving)
      let pupils =
        Array(repeating: Pupil.made { _ in }, count: staying)
        + Array(repeating: Pupil.made { $0.left = days[29] }, count: leaving)
      return SchoolFacts(
        SchoolFigures(
          Register(lines, on: days, pupils: pupils, school: School(name: name)), asAt: days[39],
          policy: try Policy(name: "p", yaml: "title: P", file: "p")))
    }
    let schools = [
      try school("A", staying: 20, leaving: 0), try school("B", staying: 4, leaving: 8),
    ]
    let trust = try PublishedTrust(
      schools, name: "T", schoolYear: SchoolYear(containing: days[0]), asAt: days[39], quality: [],
      rules: .board
    ).trust
    func pupils(_ period: Period) -> Published? {
      trust[Figure.Key(.headline, nil, Figure.allPupils, .pupils, in: period)]
    }
    #expect(pupils(.yearToDate)?.formatted == "32")
    #expect(try pupils(#require(trust.currentHalfTerm))?.isShown == false)
  }

  @Test func `small years and small ethnic groups are counted with others`() throws {
    let school = try Self.school([
      (30, 4, { $0.year = NCYear(1) }), (4, 4, { $0.year = NCYear(2) }),
      (
        30, 4,
        {
          $0.year = NCYear(3)
          $0.ethnicity = .white
        }
      ), (11, 4, { $0.ethnicity = .asian }), (3, 4, { $0.ethnicity = .black }),
    ])
    let figures = try Self.trust([school]).schools[0]
    #expect(figures.rows(of: .years, .ncYear) == ["Year 1", "Years 2 and 3", "Year 5"])
    #expect(figures.rows(of: .groups, .ethnicity) == ["White", "Asian", "All other pupils"])
  }

  @Test(arguments: [(0, true), (9, false), (10, true)])
  func `a nested group is shown where the rest of the outer group is none or ten`(
    outside: Int, isShown: Bool
  ) throws {
    let school = try Self.school([
      (
        20, 4,
        {
          $0.disadvantaged = .yes
          $0.freeSchoolMeals = .yes
        }
      ), (outside, 4, { $0.disadvantaged = .yes }), (60, 4, { _ in }),
    ])
    let figures = try Self.trust([school]).schools[0]
    #expect(figures.rows(of: .groups, .disadvantage).count == 2)
    #expect(!figures.rows(of: .groups, .freeSchoolMeals).isEmpty == isShown)
  }

  @Test(arguments: [(0, true), (9, false), (10, true)])
  func `a trust row needs none or ten pupils in the schools that do not show it`(
    remainder: Int, isShown: Bool
  ) throws {
    let published = try Self.trust([
      try Self.school([(30, 4, { $0.lookedAfter = .yes }), (60, 4, { _ in })], name: "A"),
      try Self.school([(remainder / 2, 4, { $0.lookedAfter = .yes }), (60, 4, { _ in })], name: "B"),
      try Self.school(
        [(remainder - remainder / 2, 4, { $0.lookedAfter = .yes }), (60, 4, { _ in })], name: "C"),
    ])
    #expect(!published.trust.rows(of: .groups, .lookedAfter).isEmpty == isShown)
  }

  @Test func `persistent absence of groups is exact, rounded or left out for the whole topic`() throws {
    func persistent(_ group: Int, _ others: Int, of size: Int = 20) throws -> [String] {
      let school = try Self.school([
        (group, 12, { $0.disadvantaged = .yes }), (size - group, 2, { $0.disadvantaged = .yes }),
        (others, 12, { _ in }), (60 - others, 2, { _ in }),
      ])
      let figures = try Self.trust([school]).schools[0]
      return ["Disadvantaged", "All other pupils"].map {
        Self.value(figures, .groups, .disadvantage, $0, .persistent)
      }
    }
    #expect(try persistent(8, 20) == ["8", "20"])
    #expect(try persistent(4, 20) == ["3-7", "19"])
    #expect(try persistent(1, 20) == ["0-2", "21"])
    // Too few who are not: nothing for the topic. A small whole: nothing either.
    #expect(try persistent(16, 20) == ["c", "c"])
    #expect(try persistent(2, 2) == ["c", "c"])
    // Rounded from 11 pupils on.
    #expect(try persistent(4, 20, of: 10) == ["c", "c"])
    #expect(try persistent(4, 20, of: 11) == ["3-7", "19"])
  }

  @Test func `the trust's persistent absence of a group is the sum of what its schools show`() throws {
    func school(_ group: Int) throws -> SchoolFacts {
      try Self.school(
        [
          (group, 12, { $0.disadvantaged = .yes }), (20 - group, 2, { $0.disadvantaged = .yes }),
          (20, 12, { _ in }), (40, 2, { _ in }),
        ], name: "S\(group)")
    }
    let published = try Self.trust([try school(8), try school(4), try school(16)])
    #expect(Self.value(published.trust, .groups, .disadvantage, "Disadvantaged", .persistent) == "13")
    let key = Figure.Key(.groups, .disadvantage, "Disadvantaged", .persistent)
    #expect(published.trust.schoolsInSum[key] == 2)
  }

  @Test(arguments: [(20, "6", Rule.exactGroups), (0, "c", .trustGroups)])
  func `rule 7 applies to the trust where no school shows a group and each whole count is exact`(
    others: Int, shown: String, rule: Rule
  ) throws {
    func school(_ name: String, _ others: Int) throws -> SchoolFacts {
      try Self.school(
        [
          (2, 12, { $0.lookedAfter = .yes }), (6, 2, { $0.lookedAfter = .yes }), (others, 12, { _ in }),
          (60 - others, 2, { _ in }),
        ], name: name)
    }
    let published = try Self.trust([try school("A", 20), try school("B", 20), try school("C", others)])
    let key = Figure.Key(.groups, .lookedAfter, "Looked after", .persistent)
    #expect(published.schools.allSatisfy { $0[key] == nil })
    #expect(published.trust[key]?.formatted == shown)
    #expect(published.trust.figures.first { $0.key == key }?.rule == rule)
    #expect(published.audit.fewestValues ?? 0 >= 3)
  }

  @Test func `the exact edition shows every count`() throws {
    let school = try Self.school([
      (1, 50, { $0.lookedAfter = .yes }), (3, 12, { $0.senProvision = .ehcPlan }), (40, 2, { _ in }),
    ])
    let figures = try Self.trust([school], rules: .exact).schools[0]
    #expect(Self.value(figures, .headline, nil, Figure.allPupils, .persistent) == "4")
    #expect(Self.value(figures, .headline, nil, Figure.allPupils, .severe) == "1")
    #expect(Self.value(figures, .groups, .lookedAfter, "Looked after", .persistent) == "1")
    #expect(Self.value(figures, .groups, .lookedAfter, "Looked after", .attendance) == "37.5")
    #expect(Self.value(figures, .groups, .sen, "Any SEN", .persistent) == "3")
  }

  @Test func `bounds are narrowed by sums until nothing changes`() {
    var system = CountSystem()
    let whole = system.add(10...10, truth: 10)
    let known = system.add(6...7, truth: 7)
    let hidden = system.add(0...10, truth: 3)
    system.addSum(whole, [known, hidden])
    let finding = system.audit(small: 1...5)
    #expect(system.bounds[hidden] == 3...4)
    #expect(finding.summary.fewestValues == 2 && finding.failed.count == 1)
  }

  @Test func `a truth outside its bounds fails the audit`() {
    var system = CountSystem()
    _ = system.add(0...2, truth: 3)
    #expect(system.audit(small: 1...5).failed.count == 1)
  }
}

/// Laws that hold for the published figures of any schools.
@Suite struct ReleaseLawTests {
  private static func trust(_ seed: UInt64, _ rules: DisclosureRules = .board) throws -> PublishedTrust {
    let schools = try [12, 40, 60, 150].enumerated().map { index, pupils in
      SchoolFacts(try LawSeeds.figures(seed * 10 + UInt64(index), pupils: pupils))
    }
    let first = schools[0].figures
    return try PublishedTrust(
      schools, name: "T", schoolYear: first.schoolYear, asAt: first.asAt, quality: [], rules: rules)
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>) func `every hidden small count keeps three values`(
    seed: UInt64
  ) throws {
    let audit = try Self.trust(seed).audit
    #expect(audit.hiddenCounts > 0 && audit.sums > 0 && audit.groups > 0)
    #expect(try #require(audit.fewestValues) >= 3)
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>) func `the pupils of a topic add up to the school`(
    seed: UInt64
  ) throws {
    var topics = 0
    for school in try Self.trust(seed).schools {
      let all = school[Figure.Key(.headline, .pupils)]?.count
      for table in [Figure.Table.groups, .years] {
        for topic in school.topics(of: table) {
          let counts = school.rows(of: table, topic).compactMap {
            school[Figure.Key(table, topic, $0, .pupils)]?.count
          }
          guard !counts.isEmpty else { continue }
          topics += 1
          #expect(counts.reduce(0, +) == all, "\(school.name) \(topic)")
          #expect(counts.allSatisfy { $0 >= 10 } && counts.count > 1, "\(school.name) \(topic)")
        }
      }
      let bands = school.rows(of: .bands).compactMap {
        school[Figure.Key(.bands, nil, $0, .pupils)]?.count
      }
      #expect(bands.isEmpty || bands.reduce(0, +) == all)
    }
    #expect(topics > 8)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func `exact figures are the measures`(seed: UInt64) throws {
    let school = try LawSeeds.figures(seed * 10 + 2, pupils: 60)
    let published = try PublishedTrust(
      [SchoolFacts(school)], name: "T", schoolYear: school.schoolYear, asAt: school.asAt, quality: [],
      rules: .exact
    ).schools[0]
    for period in school.periods {
      let total = school.total(in: period)
      let table: Figure.Table = period == .yearToDate ? .headline : .halfTerms
      #expect(published[Figure.Key(table, .pupils, in: period)]?.count == total.enrolments)
      #expect(published[Figure.Key(table, .persistent, in: period)]?.count == total.persistent)
      #expect(
        published[Figure.Key(table, .attendance, in: period)]?.tenths
          == total.tally.attendanceRate?.tenthsOfPercent)
    }
    let group = Group(.disadvantage, "Disadvantaged")
    #expect(
      published[Figure.Key(.groups, .disadvantage, "Disadvantaged", .attendance)]?.tenths
        == school.figures(of: group, in: .yearToDate)?.tally.attendanceRate?.tenthsOfPercent)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func `the same schools give the same figures`(seed: UInt64)
    throws
  {
    let (one, other) = (try Self.trust(seed), try Self.trust(seed))
    for (left, right) in zip(one.owners, other.owners) {
      #expect(left.sorted.map(\.key) == right.sorted.map(\.key))
      #expect(left.sorted.map(\.value) == right.sorted.map(\.value))
    }
  }
}
