import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports
@testable import ReportModel

/// The pupils of each lead's report, and the sums of its parts. Source: rules, sections 2 to 4; `LeadGroup`.
@Suite struct LeadReportTests {
  typealias Lead = (kind: Report.Kind, make: @Sendable (SchoolFigures) -> Report)
  static let leads: [Lead] = [
    (.sencoReport, { .sencoReport($0) }), (.lookedAfterReport, { .lookedAfterReport($0) }),
    (.disadvantagedReport, { .disadvantagedReport($0) }),
  ]
  private static let groups: [Report.Kind: LeadGroup] = [
    .sencoReport: .sen, .lookedAfterReport: .lookedAfter, .disadvantagedReport: .disadvantaged,
  ]

  /// A school whose pupils are of Years 1 to 10, so that national figures leave nothing out.
  static func school(
    _ seed: UInt64, _ change: (Int, inout Pupil) -> Void = { _, _ in }
  ) throws -> SchoolFigures {
    let made = RandomRegister(seed: seed, pupils: 60).register
    let pupils = made.pupils.enumerated().map { place, pupil in
      var pupil = pupil
      pupil.year = NCYear(place % 10 + 1)
      pupil.surname = Redacted("Pupil \(place)")
      pupil.socialWorker = Status.allCases[place % 3]
      pupil.senNeed = ["", "SEMH", "ASD"][place % 3]
      change(place, &pupil)
      return pupil
    }
    return try Listed(
      Register(
        school: made.school, pupils: pupils, sessions: made.sessions,
        marks: made.flatMap { $0.map(\.rawValue) }, minutes: []), by: "dfe-2024"
    ).school
  }

  static func rows(_ report: Report, _ name: String) -> [[Cell]] {
    report.tables.first { $0.name == name }?.rows ?? []
  }

  private static func pupils(_ row: [Cell]?) -> Int { Int(row?[1].value ?? 0) }

  private static func rate(_ cell: Cell?) -> Rate? { if case .rate(let rate, _) = cell { rate } else { nil } }

  // MARK: pupils

  @Test func `each lead has the pupils of the group`() throws {
    let pupils: [Pupil] = [
      .made { $0.senProvision = .ehcPlan }, .made { $0.senProvision = .support },
      .made { $0.senProvision = SENProvision.none },
      .made { $0.lookedAfter = .yes }, .made { $0.previouslyLookedAfter = .yes },
      .made { ($0.lookedAfter, $0.previouslyLookedAfter) = (.no, .no) }, .made { $0.inCareUnclear = .yes },
      .made { $0.disadvantaged = .yes }, .made { $0.disadvantaged = .no }, .ofYear(5),
      .made { ($0.year, $0.disadvantaged) = (NCYear(12), .yes) },
    ]
    let named = pupils.enumerated().map { place, pupil in
      var pupil = pupil
      pupil.surname = Redacted("\(place)")
      return pupil
    }
    let school = try Listed(
      Register(pupils.map { _ in "I / / /" }, from: Day("2025-09-08"), pupils: named), by: "dfe-2024"
    ).school
    let found = Self.leads.map { lead in
      Self.rows(lead.make(school), "Pupils_by_half_term").map { $0[0].formatted }
    }
    #expect(found == [["0", "1"], ["3", "4"], ["7", "10"]])
    #expect(Self.leads.map { $0.make(school).kind } == Self.leads.map(\.kind))
  }

  @Test(arguments: LawSeeds.all) func `every pupil of the group is on each list, most absent first`(
    seed: UInt64
  ) throws {
    let school = try Self.school(seed)
    for lead in Self.leads {
      let group = try #require(Self.groups[lead.kind])
      let pupils = school.pupils.filter { group.includes($0.pupil) && $0.year.possible > 0 }
      let names = pupils.mostAbsentFirst.map { $0.pupil.surname.unredacted }
      let report = lead.make(school)
      for table in ["Pupils_by_half_term", "Reasons", "Weeks_and_lateness", "Weekdays"] {
        #expect(Self.rows(report, table).map { $0[0].formatted } == names, "seed \(seed) \(table)")
      }
      let cards = report.sections.flatMap(\.cards)
      let shown = pupils.filter { $0.year.absence > 0 && !$0.hasLeft(by: school.asAt) }.mostAbsentFirst
      #expect(cards.map(\.name) == shown.prefix(24).map { $0.pupil.surname.unredacted }, "seed \(seed)")
      #expect(Self.rows(report, "At_a_glance").count == shown.count)
    }
  }

  // MARK: no data

  @Test func `a report without data says so`() throws {
    let school = try Listed(Register(["I / / /"], from: Day("2025-09-08")), by: "dfe-2024").school
    for lead in Self.leads {
      let report = lead.make(school)
      #expect(report.sections.isEmpty && report.headlines.count == 1)
      #expect(report.headlines[0].formatted.hasPrefix("Your exports do not identify "))
      #expect(report.headlines[0].formatted.contains(try #require(Self.groups[lead.kind]).name))
    }
  }

  @Test func `a report without pupils says so`() throws {
    let none = Pupil.made {
      $0.senProvision = SENProvision.none
      ($0.lookedAfter, $0.previouslyLookedAfter, $0.disadvantaged) = (.no, .no, .no)
    }
    let school = try Listed(Register(["I /"], from: Day("2025-09-08"), pupils: [none]), by: "dfe-2024").school
    for lead in Self.leads {
      let name = try #require(Self.groups[lead.kind]).name
      #expect(
        lead.make(school).headlines.map(\.formatted) == [
          "The school has no \(name) on its registers this year."
        ])
    }
  }

  // MARK: parts

  @Test(arguments: LawSeeds.all) func `the parts add up to the school`(seed: UInt64) throws {
    // No status is unknown here.
    let school = try Self.school(seed) { place, pupil in
      pupil.senProvision = [.ehcPlan, .support, SENProvision.none][place % 3]
      pupil.lookedAfter = [.yes, .no][place % 2]
      pupil.previouslyLookedAfter = [.yes, .no, .no][place % 3]
      pupil.disadvantaged = [.yes, .no][place / 2 % 2]
    }
    let total = school.total(in: .yearToDate)
    for lead in Self.leads {
      let rows = Self.rows(lead.make(school), "Against_each_other")
      let whole = try #require(rows.last)
      #expect(whole[0].formatted == "All aged 5 to 15" && Self.pupils(whole) == total.enrolments)
      #expect(Self.rate(whole[2]) == total.tally.absenceRate && whole[8] == .pupils(total.persistent))
      for column in [1, 8] {
        #expect(
          rows.dropLast().reduce(0.0) { $0 + ($1[column].value ?? 0) } == whole[column].value, "seed \(seed)")
      }
      for column in [2, 3, 4, 6, 7] {
        let parts = rows.dropLast().compactMap { Self.rate($0[column]) }
        #expect(parts.reduce(0) { $0 + $1.part } == Self.rate(whole[column])?.part, "seed \(seed)")
        #expect(parts.reduce(0) { $0 + $1.whole } == Self.rate(whole[column])?.whole, "seed \(seed)")
      }
    }
  }

  @Test(arguments: LawSeeds.all) func `the figures of a part are those of the governor pack`(seed: UInt64)
    throws
  {
    let school = try Self.school(seed)
    let groups: [(lead: Int, name: String, group: Group)] = [
      (0, "EHC plan", Group(.senProvision, "EHC plan")),
      (0, "SEN support", Group(.senProvision, "SEN support")),
      (0, "No SEN", Group(.senProvision, "No SEN")), (1, "Looked after", Group(.lookedAfter, "Looked after")),
      (2, "Disadvantaged", Group(.disadvantage, "Disadvantaged")),
      (2, "Not disadvantaged", Group(.disadvantage, "Not disadvantaged")),
    ]
    for (lead, name, group) in groups {
      let report = Self.leads[lead].make(school)
      let row = try #require(Self.rows(report, "Against_each_other").first { $0[0].formatted == name })
      let figures = try #require(school.figures(of: group, in: .yearToDate))
      #expect(Self.pupils(row) == figures.enrolments && row[8] == .pupils(figures.persistent), "\(name)")
      #expect(Self.rate(row[2]) == figures.tally.absenceRate, "seed \(seed) \(name)")
      let c2 = figures.tally[.partTimeTimetable]
      #expect(Self.rate(row[3]) == Rate(figures.tally.absence - c2, of: figures.tally.possible - c2))
      for (place, halfTerm) in Self.rows(report, "Parts_by_half_term").enumerated() {
        let period = school.periods[place + 1]
        let column = try #require(Self.groups[report.kind]?.parts.firstIndex { $0.name == name }) + 1
        #expect(Self.rate(halfTerm[column]) == school.figures(of: group, in: period)?.tally.absenceRate)
      }
    }
  }

  @Test(arguments: LawSeeds.all) func `the needs add up to all with SEN`(seed: UInt64) throws {
    let rows = Self.rows(.sencoReport(try Self.school(seed)), "By_need")
    let whole = try #require(rows.last)
    #expect(
      rows.map { $0[0].formatted } == [
        "Autistic spectrum disorder (ASD)", "Social, emotional and mental health (SEMH)", "Not known",
        "All with SEN",
      ])
    #expect(rows.dropLast().reduce(0) { $0 + Self.pupils($1) } == Self.pupils(whole))
  }

  // MARK: overlaps

  /// Pupils with an unknown status are left out.
  @Test(arguments: LawSeeds.all) func `overlaps add up to the pupils whose statuses are known`(seed: UInt64)
    throws
  {
    let school = try Self.school(seed) { place, pupil in
      if place % 4 > 0 { pupil.previouslyLookedAfter = .no }
      if pupil.lookedAfter == .unknown { pupil.previouslyLookedAfter = .unknown }
    }
    let scoped = school.pupils.filter { $0.isInScope && $0.year.possible > 0 }
    for lead in Self.leads {
      let group = try #require(Self.groups[lead.kind])
      let rows = Self.rows(lead.make(school), "Overlaps")
      for overlap in group.overlaps {
        let found = rows.filter { $0[0].formatted.hasSuffix(overlap.name) }
        let known = scoped.filter { group.isKnown($0.pupil) && overlap.status($0.pupil) != .unknown }
        #expect(
          found.count == 4 && found.reduce(0) { $0 + Self.pupils($1) } == known.count, "\(overlap.name)")
        let both = known.filter { group.includes($0.pupil) && overlap.status($0.pupil) == .yes }
        #expect(Self.pupils(found[0]) == both.count, "seed \(seed) \(overlap.name)")
        #expect(found[0][0].formatted == "\(group.sides.inside), \(overlap.name)")
      }
      #expect(rows.count == 4 * group.overlaps.count)
    }
  }
}
