import Measures
import Policies
import Registers

/// The figures of a trust, its sets of schools and its schools that `share/` may hold.
package struct PublishedTrust: Sendable {
  package let trust: PublishedFigures
  package let sets: [SchoolSet]
  /// The schools in the order of the trust file.
  package let schools: [PublishedFigures]
  package let audit: AuditSummary
  /// The Mondays of the weeks in which every school was open, or `nil` if all were open in the same weeks.
  package let commonWeeks: [Day]?
  /// The row of the figures of those weeks.
  package static let commonWeeksRow = "Weeks in which every school was open"

  /// Schools that are counted together.
  package struct SchoolSet: Sendable {
    package let figures: PublishedFigures
    package let schools: [String]
  }

  /// Every owner of figures, in the order of `figures.csv`.
  package var owners: [PublishedFigures] { schools + sets.map(\.figures) + [trust] }
}

/// A small count that could follow from published figures.
package struct ReleaseFailure: ReportableError {
  /// The school or trust.
  package let name: String
  package var exitStatus: ExitStatus { .blocked }
  package var description: String {
    "\(name): a small number of pupils could be worked out from the figures for the board, so nothing was written. "
      + "Please report this as a fault of Halfterm."
  }
}

extension PublishedTrust {
  /// Creates the published figures of a trust and its schools, and audits them.
  ///
  /// - Parameters:
  ///   - facts: The schools in the order of the trust file.
  ///   - quality: The use of the marks of each school's exports, by index.
  /// - Throws: `ReleaseFailure` if a small count still follows after topics were left out.
  package init(
    _ facts: [SchoolFacts], name: String, schoolYear: SchoolYear, asAt: Day, quality: [RegisterQuality?],
    rules: DisclosureRules
  ) throws(ReleaseFailure) {
    let intake = TrustFigures(of: facts.map(\.figures), name: name, asAt: asAt).caseMix
    var audit = AuditSummary()
    var publishers: [Publisher] = []
    for (index, school) in facts.enumerated() {
      let found = SplitFinder(facts: school.facts, rules: rules).splits()
      let (publisher, summary) = try PublishedTrust.audited(school.figures.school.name, rules) { decision in
        var publisher = Publisher(
          school.facts, splits: found, rules: rules, to: PublishedFigures(school), hidden: decision,
          stages: school.figures.policy.stages.map(\.line))
        publisher.addFigures()
        publisher.addSchoolFigures(
          of: school,
          intake: facts.count > 1 ? CaseMixAdjustment(school.figures.caseMix, trust: intake) : nil,
          quality: index < quality.count ? quality[index] : nil)
        return publisher
      }
      publishers.append(publisher)
      audit += summary
    }
    let published = publishers
    var schools = publishers.map(\.published)
    let large = facts.indices.filter { facts[$0].facts.pupils(in: .yearToDate) >= rules.minGroup }
    let sets = PublishedTrust.sets(facts.map(\.school))
    /// Publishes the trust and its sets, without persistent absence of some topics by rule 7.
    func sums(without decision: AuditDecision) -> [Sum] {
      var sums: [Sum] = []
      for (level, name, members) in [(PublishedFigures.Level.trust, name, large)]
        + sets.map({ (.set, $0.name, $0.members.filter(large.contains)) })
      {
        let own = members.map { facts[$0] }
        let total = Facts(of: own, name: name, asAt: asAt)
        let found = SplitFinder(
          facts: total, rules: rules, schools: published.map { ($0.facts, $0.splits) }, members: members,
          others: sums.map { ($0.members, $0.publisher.facts, $0.publisher.splits) }
        ).splits()
        var publisher = Publisher(
          total, splits: found, rules: rules,
          to: PublishedFigures(level, name: name, of: own, schoolYear: schoolYear, asAt: asAt),
          schools: members.map { published[$0] },
          nestedSums: PublishedTrust.nested(members, among: sums, published), hidden: decision)
        publisher.addFigures()
        publisher.addSums()
        sums.append(Sum(members: members, publisher: publisher))
      }
      return sums
    }
    let (sumsFound, summary) = PublishedTrust.audited(published, rules, publish: sums)
    audit += summary
    trust = sumsFound[0].publisher.published
    self.sets = zip(sets, sumsFound.dropFirst()).map { set, sum in
      SchoolSet(figures: sum.publisher.published, schools: set.members.map { facts[$0].school.name })
    }
    let funnel = Funnel(
      facts.map { CaseMixAdjustment($0.figures.caseMix, trust: intake) },
      trust: intake.values.reduce(.zero, +))
    for index in large where facts.count > 1 { schools[index].addFunnel(funnel) }
    commonWeeks = PublishedTrust.commonWeeks(large.map { facts[$0] })
    for index in large {
      schools[index].add(commonWeeks ?? [], of: facts[index].figures, rules: rules)
    }
    self.schools = schools
    self.audit = audit
  }

  private static func commonWeeks(_ schools: [SchoolFacts]) -> [Day]? {
    let weeks = schools.map { Set($0.figures.weeks.map(\.monday)) }
    guard let first = weeks.first, Set(weeks).count > 1 else { return nil }
    return weeks.reduce(first) { $0.intersection($1) }.sorted()
  }

  /// Publishes until the audit finds no small count that follows, leaving out the topic it follows from.
  private static func audited(
    _ name: String, _ rules: DisclosureRules, publish: (AuditDecision) -> Publisher
  ) throws(ReleaseFailure) -> (Publisher, AuditSummary) {
    var decision = AuditDecision()
    var leftOut = 0
    while true {
      let publisher = publish(decision)
      guard !rules.isExact else { return (publisher, AuditSummary()) }
      var finding = publisher.audit()
      guard !finding.failed.isEmpty || finding.failsByThresholds else {
        finding.summary.leftOut = leftOut
        return (publisher, finding.summary)
      }
      guard publisher.leaveOut(for: finding, &decision) else { throw ReleaseFailure(name: name) }
      leftOut += 1
    }
  }

  /// The figures of the trust or of a set, with the indices of its schools.
  private struct Sum {
    let members: [Int]
    let publisher: Publisher
  }

  /// Returns the sums that have all schools of another or are part of it, with the schools in which they differ.
  private static func nested(
    _ members: [Int], among sums: [Sum], _ schools: [Publisher]
  ) -> [(figures: PublishedFigures, schools: [Publisher])] {
    sums.compactMap { sum in
      let (own, theirs) = (Set(members), Set(sum.members))
      guard own.isSubset(of: theirs) || theirs.isSubset(of: own) else { return nil }
      return (sum.publisher.published, own.symmetricDifference(theirs).sorted().map { schools[$0] })
    }
  }

  /// Publishes sums until no small count of a school follows from persistent absence by rule 7.
  private static func audited(
    _ schools: [Publisher], _ rules: DisclosureRules, publish: (AuditDecision) -> [Sum]
  ) -> ([Sum], AuditSummary) {
    var decision = AuditDecision()
    while true {
      let sums = publish(decision)
      let byRule7 = sums.compactMap { sum in
        let topics = sum.publisher.topicsByRule7
        return topics.isEmpty ? nil : (publisher: sum.publisher, members: sum.members, topics: topics)
      }
      guard !rules.isExact, !byRule7.isEmpty else { return (sums, AuditSummary()) }
      let members = Set(byRule7.flatMap(\.members)).sorted()
      var search = WitnessSearch(
        members.map { schools[$0] },
        sums: byRule7.map { sum in
          (sum.publisher, sum.members.compactMap(members.firstIndex), sum.topics)
        }, small: 1...max(1, rules.maxSmall))
      var finding = search.run()
      let failed = Set(finding.failed.compactMap(\.self))
      guard !failed.isEmpty else {
        finding.summary.leftOut = decision.topics.count
        return (sums, finding.summary)
      }
      decision.topics.formUnion(
        byRule7.flatMap(\.topics).filter { topic in failed.contains(where: topic.isAlike) })
    }
  }

  /// The schools of each phase, where there are several phases, and the sets that the trust file names.
  private static func sets(_ schools: [School]) -> [(name: String, members: [Int])] {
    let phases = School.Phase.allCases.map { phase in
      (
        name: "All \(phase.formatted) schools".replacing("provision schools", with: "provision"),
        members: schools.indices.filter { schools[$0].phase == phase }
      )
    }.filter { $0.members.count > 1 && $0.members.count < schools.count }
    var names: [String] = []
    for name in schools.flatMap(\.sets) where !names.contains(name) { names.append(name) }
    return phases
      + names.map { name in (name, schools.indices.filter { schools[$0].sets.contains(name) }) }
  }
}

extension Publisher {
  /// Adds sums of what the schools show.
  mutating func addSums() {
    for (row, _) in Movement.rows {
      let key = Figure.Key(.movement, nil, row, .pupils)
      let found = schools.compactMap { $0.published[key]?.approximate(of: 0) }
      guard !found.isEmpty else { continue }
      set(key, .count(found.reduce(0, +)), .pupils, .roundedCounts)
    }
  }
}

extension PublishedFigures {
  init(_ school: SchoolFacts) {
    let figures = school.figures
    self.init(
      .school, name: figures.school.name, school: figures.school, schoolYear: figures.schoolYear,
      asAt: figures.asAt, halfTerms: figures.halfTerms, provisional: figures.provisional,
      provisionalFrom: figures.provisionalFrom, lastMark: figures.lastMark, schools: 1,
      policy: PolicyWords(figures))
  }

  init(_ level: Level, name: String, of schools: [SchoolFacts], schoolYear: SchoolYear, asAt: Day) {
    let figures = schools.map(\.figures)
    var halfTerms: [HalfTerm] = []
    for halfTerm in figures.flatMap(\.halfTerms).sorted(by: { $0.name < $1.name })
    where halfTerms.last?.name != halfTerm.name { halfTerms.append(halfTerm) }
    self.init(
      level, name: name, schoolYear: schoolYear, asAt: asAt, halfTerms: halfTerms,
      provisional: figures.reduce(into: []) { $0.formUnion($1.provisional) },
      provisionalFrom: figures.compactMap(\.provisionalFrom).min(),
      lastMark: figures.compactMap(\.lastMark).max(), schools: schools.count)
  }

  /// Adds the attendance of some weeks together.
  mutating func add(_ weeks: [Day], of figures: SchoolFigures, rules: DisclosureRules) {
    let found = figures.weeks.filter { weeks.contains($0.monday) }
    guard let pupils = found.map(\.sessions.pupils).min(), pupils >= rules.minGroup else { return }
    let tally = found.reduce(into: SessionTally.zero) { $0 += $1.sessions.tally }
    set(
      Figure.Key(.weeks, nil, PublishedTrust.commonWeeksRow, .attendance),
      rules.percent(tally.attending, of: tally.possible, pupils: pupils, isWhole: true), .percent, .rates)
  }

  /// Adds absence over the absence expected, as shown, and the limits for a school of the size.
  mutating func addFunnel(_ funnel: Funnel?) {
    guard let funnel, let absence = self[Figure.Key(.headline, .absence)]?.tenths,
      let expected = self[Figure.Key(.intake, .expected)]?.tenths, expected < 1000,
      let pupils = self[Figure.Key(.headline, .pupils)]?.count
    else { return }
    func set(_ measure: Figure.Measure, _ hundredths: Int) {
      self.set(Figure.Key(.funnel, measure), .decimal(hundredths, places: 2), .ratio, .gaps)
    }
    set(.ratio, Rate.divide(100 * absence, by: 1000 - expected))
    let limits: [(Funnel.Limit, Figure.Measure, Figure.Measure)] = [
      (.inner, .low, .high), (.outer, .outerLow, .outerHigh),
    ]
    for (limit, low, high) in limits {
      let range = funnel.limits(pupils: pupils, limit)
      set(low, Int((range.lowerBound * 100).rounded()))
      set(high, Int((range.upperBound * 100).rounded()))
    }
  }
}
