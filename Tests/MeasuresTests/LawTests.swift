import Measures
import Policies
import Registers
import TestSupport
import Testing

/// Relations that are true for every register, tested on seeded ones.
@Suite struct LawTests {
  static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6, 7, 8]

  static func figures(_ seed: UInt64, asAt: Day? = nil) throws -> SchoolFigures {
    let random = RandomRegister(seed: seed)
    return SchoolFigures(random.register, asAt: asAt ?? random.asAt, policy: try dfe())
  }

  static func dfe() throws -> Policy {
    let yaml = try #require(Policy.shipped[Policy.usual])
    return try Policy(name: Policy.usual, yaml: yaml, file: "dfe-2024.yaml")
  }

  @Test(arguments: seeds) func `attendance and absence are possible sessions in every row`(seed: UInt64)
    throws
  {
    for (period, groups) in try Self.figures(seed).groups {
      for (group, figures) in groups {
        let tally = figures.tally
        #expect(tally.attending + tally.absence == tally.possible, "seed \(seed) \(period) \(group)")
        #expect(tally.present + tally.approved == tally.attending)
        #expect(tally.authorised + tally.unauthorised == tally.absence)
        #expect(figures.severe <= figures.persistent)
        #expect(figures.persistent <= figures.enrolments || figures.enrolments == 0)
      }
    }
  }

  static let wholes: [Group.Topic] = [
    .sex, .senProvision, .disadvantage, .freeSchoolMeals, .lookedAfter, .previouslyLookedAfter,
    .englishAdditional, .registrationGroup, .ethnicity, .gypsyRomaTraveller,
  ]

  @Test(arguments: seeds, wholes) func `a whole is the sum of its groups`(seed: UInt64, topic: Group.Topic)
    throws
  {
    let figures = try Self.figures(seed)
    for period in figures.periods {
      let groups = (figures.groups[period] ?? [:]).filter { $0.key.topic == topic }
      var sum = GroupFigures.zero
      for group in groups.values { sum += group }
      #expect(sum.enrolments == figures.total(in: period).enrolments, "seed \(seed) \(period) \(topic)")
      #expect(sum.persistent == figures.total(in: period).persistent)
      #expect(sum.tally.possible == figures.total(in: period).tally.possible)
      #expect(sum.tally.absence == figures.total(in: period).tally.absence)
    }
  }

  @Test(arguments: seeds) func `a year is the sum of its half-terms and of its weekdays and sessions`(
    seed: UInt64
  ) throws {
    let figures = try Self.figures(seed)
    let year = figures.total(in: .yearToDate).tally
    #expect(figures.periods.count == 7)
    let halfTerms = figures.periods.dropFirst().map { figures.total(in: $0).tally }.reduce(.zero, +)
    #expect(halfTerms == year, "seed \(seed)")
    for topic in [Group.Topic.weekday, .session] {
      let sum = figures.groups(of: topic).compactMap { figures.figures(of: $0, in: .yearToDate)?.tally }
        .reduce(SessionTally.zero, +)
      #expect(sum.possible == year.possible, "seed \(seed) \(topic)")
      #expect(sum.absence == year.absence)
    }
    let weeks = figures.weeks.map(\.sessions.tally).reduce(.zero, +)
    #expect(weeks.possible == year.possible)
  }

  @Test(arguments: seeds) func `a trust is the sum of its schools`(seed: UInt64) throws {
    let schools = [try Self.figures(seed), try Self.figures(seed + 100)]
    var trust = TrustFigures(name: "Trust", asAt: schools[0].asAt)
    for school in schools { trust.add(school) }
    for (period, groups) in trust.groups {
      for (group, figures) in groups {
        var sum = GroupFigures.zero
        for school in schools { sum += school.figures(of: group, in: period) ?? .zero }
        #expect(sum == figures, "seed \(seed) \(period) \(group)")
      }
    }
  }

  @Test(arguments: seeds) func `the order of pupils does not matter`(seed: UInt64) throws {
    let register = RandomRegister(seed: seed).register
    let order = Array(register.pupils.indices.reversed())
    let turned = Register(
      school: register.school, pupils: order.map { register.pupils[$0] }, sessions: register.sessions,
      marks: order.flatMap { register[$0].map(\.rawValue) },
      minutes: order.enumerated().flatMap { new, old in
        register.minutesLate(of: old).map {
          Register.LateMinutes(pupil: new, session: Int($0.session), minutes: $0.minutes)
        }
      })
    let asAt = RandomRegister(seed: seed).asAt
    let one = SchoolFigures(register, asAt: asAt, policy: try Self.dfe())
    let other = SchoolFigures(turned, asAt: asAt, policy: try Self.dfe())
    #expect(one.groups == other.groups, "seed \(seed)")
    #expect(one.codes == other.codes)
    let lateness = other.pupils.reversed().map(\.lateness)
    #expect(one.pupils.map(\.lateness) == lateness)
  }

  /// Computes the windows of a pupil by trying every one, slowly and simply.
  @Test(arguments: seeds) func `windows and runs agree with trying every one`(seed: UInt64) throws {
    let random = RandomRegister(seed: seed, pupils: 12)
    let figures = SchoolFigures(random.register, asAt: random.asAt, policy: try Self.dfe())
    for (place, pupil) in figures.pupils.enumerated() {
      let plain = PlainWindows(random.register, pupil: place)
      #expect(pupil.windows.maxUnauthorisedIn10Weeks == plain.tenWeeksMost, "seed \(seed) pupil \(place)")
      #expect(pupil.windows.unauthorisedIn10WeeksNow == plain.tenWeeksNow)
      #expect(pupil.windows.maxLateAfterCloseIn80 == plain.lateIn80)
      #expect(pupil.windows.longestUnauthorisedDays == plain.longestRun)
      #expect(pupil.weeks == plain.weeks)
      #expect(pupil.unresolvedN == plain.unresolved)
    }
  }
}
