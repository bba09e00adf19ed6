import Measures
import Policies
import Registers

/// Writes the figures of a school, a set or the trust by the rules.
struct Publisher {
  let facts: Facts
  let splits: [Split]
  let rules: DisclosureRules
  var published: PublishedFigures
  /// The figures of the schools of a set or trust, or an empty array for a school.
  let schools: [PublishedFigures]
  /// The exact figures of those schools.
  let schoolFacts: [Facts]
  /// The figures that the audit has ruled out.
  var hidden: AuditDecision
  /// The lines of the stages of a school's policy.
  let stages: [Policy.StageLine]

  var year: GroupFigures { facts.total(in: .yearToDate) }
  var isSchool: Bool { schools.isEmpty }

  init(
    _ facts: Facts, splits: [Split], rules: DisclosureRules, to published: PublishedFigures,
    schools: [PublishedFigures] = [], schoolFacts: [Facts] = [], hidden: AuditDecision = AuditDecision(),
    stages: [Policy.StageLine] = []
  ) {
    self.facts = facts
    self.splits = splits
    self.rules = rules
    self.published = published
    self.schools = schools
    self.schoolFacts = schoolFacts
    self.hidden = hidden
    self.stages = stages
  }

  /// Adds the figures that schools, sets and the trust have in common.
  mutating func addFigures() {
    addWhole()
    addHalfTerms()
    for period in [Period.yearToDate, published.currentHalfTerm].compactMap(\.self) { addGroups(in: period) }
    addPersistentGroups()
    addWeekdays()
    addReasons()
  }

  mutating func set(
    _ key: Figure.Key, _ value: Published, _ unit: Figure.Unit, _ rule: Rule
  ) { published.set(key, value, unit, rule) }

  /// Returns whether a period has enough pupils, in the sum and at each of its schools that has any. Otherwise the figures
  /// of a small school are the difference between the sum and the other schools.
  func isShown(in period: Period) -> Bool {
    facts.pupils(in: period) >= rules.minGroup
      && schoolFacts.allSatisfy { rules.isAllowed($0.pupils(in: period)) }
  }
}

// The whole school or trust.
extension Publisher {
  private mutating func addWhole() {
    for period in [Period.yearToDate, published.currentHalfTerm, published.previousHalfTerm]
      .compactMap(\.self)
    {
      addWhole(.headline, Figure.allPupils, in: period)
    }
  }

  private mutating func addHalfTerms() {
    for halfTerm in published.halfTerms {
      addWhole(.halfTerms, Figure.allPupils, in: .halfTerm(halfTerm.name))
    }
    guard let current = published.currentHalfTerm, let previous = published.previousHalfTerm else { return }
    func attendance(_ period: Period) -> Published? {
      published[Figure.Key(.halfTerms, nil, Figure.allPupils, .attendance, in: period)]
    }
    let key = Figure.Key(.halfTerms, nil, Figure.allPupils, .points, in: current)
    addDifference(
      key, attendance(current), attendance(previous),
      Comparison(facts.total(in: current), with: facts.total(in: previous)))
  }

  /// Adds a difference of two rates as they are shown, and its verdict.
  private mutating func addDifference(
    _ key: Figure.Key, _ one: Published?, _ other: Published?, _ comparison: Comparison?
  ) {
    guard let left = one?.tenths, let right = other?.tenths else {
      set(key, .notShown, .points, .gaps)
      return
    }
    let isWhole = [one, other].allSatisfy { if case .decimal(_, places: 0) = $0 { true } else { false } }
    let points = left - right
    set(
      key, .decimal(isWhole ? Rate.divide(points, by: 10) : points, places: isWhole ? 0 : 1), .points, .gaps)
    let verdict = comparison?.verdict.ofAttendance ?? .tooFew
    // A difference that is not there as shown is not called clear.
    published.verdicts[key] =
      verdict.isClear && (verdict == .higher ? points <= 0 : points >= 0) ? .similar : verdict
  }

  private mutating func addWhole(_ table: Figure.Table, _ row: String, in period: Period) {
    func key(_ measure: Figure.Measure) -> Figure.Key { Figure.Key(table, nil, row, measure, in: period) }
    guard isShown(in: period) else {
      for measure in [Figure.Measure.pupils, .attendance, .persistent] {
        set(key(measure), .notShown, measure == .attendance ? .percent : .pupils, .topics)
      }
      return
    }
    let total = facts.total(in: period)
    set(key(.pupils), .count(total.enrolments), .pupils, .wholeCounts)
    addRates(total, pupils: total.enrolments, isWhole: true, key)
    let tally = total.tally
    for (measure, part) in [
      (Figure.Measure.authorised, tally.authorised), (.unauthorised, tally.unauthorised),
    ] {
      set(key(measure), percent(part, of: tally.possible), .percent, .rates)
    }
    let interval = Interval(ofAbsence: total)
    for (measure, bound) in [(Figure.Measure.low, interval?.high), (.high, interval?.low)] {
      guard let bound else { continue }
      // Of few pupils, the exact interval gives the sum of their squared absences.
      let value: Published =
        rules.isExact || total.enrolments >= 50
        ? .decimal(Int(((100 - bound) * 10).rounded()), places: 1)
        : .decimal(Int((100 - bound).rounded(measure == .low ? .down : .up)), places: 0)
      set(key(measure), value, .percent, .rates)
    }
    // Within one half-term, a few days of illness are enough: that count is in the table of half-terms only.
    if table == .halfTerms || period == .yearToDate { addWholeCounts(key, total, in: period) }
  }

  func percent(_ part: Int, of whole: Int) -> Published {
    rules.percent(part, of: whole, pupils: 0, isWhole: true)
  }

  /// Adds attendance from the exact rate, and absence as the rest to 100%.
  mutating func addRates(
    _ figures: GroupFigures, pupils: Int, isWhole: Bool, _ key: (Figure.Measure) -> Figure.Key
  ) {
    let tally = figures.tally
    let attendance = rules.percent(tally.attending, of: tally.possible, pupils: pupils, isWhole: isWhole)
    set(key(.attendance), attendance, .percent, .rates)
    set(key(.absence), attendance.complement, .percent, .rates)
  }

  private mutating func addWholeCounts(
    _ key: (Figure.Measure) -> Figure.Key, _ total: GroupFigures, in period: Period
  ) {
    let (persistent, isExact) = persistent(total, key(.persistent))
    set(key(.persistent), persistent, .pupils, isSchool ? .wholeCounts : .trustGroups)
    if let count = persistent.count {
      set(
        key(.persistentShare), rules.share(count, of: total.enrolments, isExact: isExact), .percent,
        .wholeCounts)
    }
    guard period == .yearToDate else { return }
    let severe = severe(total, key(.severe))
    set(key(.severe), severe, .pupils, .wholeCounts)
    if let count = severe.count, published.schoolsInSum[key(.severe)] == nil {
      set(
        key(.severeShare), rules.share(count, of: total.enrolments, isExact: isExact), .percent, .wholeCounts)
    }
  }

  /// Returns the whole count of persistently absent pupils, and whether it is exact.
  private func persistent(_ total: GroupFigures, _ key: Figure.Key) -> (Published, isExact: Bool) {
    let found = schools.compactMap { $0[key] }.filter { $0 != .notShown }
    if isSchool || found.allSatisfy({ $0.count != nil }) {
      return (rules.whole(total.persistent, of: total.enrolments), true)
    }
    let pupils = Figure.Key(key.table, key.topic, key.row, .pupils, in: key.period)
    let sum = schools.reduce(0) { $0 + ($1[key]?.approximate(of: $1[pupils]?.count ?? 0) ?? 0) }
    return (sum >= rules.minLarge ? .count(sum) : .range(rules.bucket(of: sum)), false)
  }

  private mutating func severe(_ total: GroupFigures, _ key: Figure.Key) -> Published {
    let found = schools.compactMap { $0[key] }
    if isSchool || found.allSatisfy({ $0.count != nil }) {
      return hidden.hidesSevere ? .notShown : rules.severe(total.severe, ofPersistent: total.persistent)
    }
    let shown = found.filter(\.isShown)
    guard !shown.isEmpty else { return .notShown }
    if shown.count < schools.count { published.schoolsInSum[key] = shown.count }
    let sum = shown.reduce(0) { $0 + ($1.approximate(of: 0) ?? 0) }
    return sum >= rules.minLarge ? .count(sum) : .range(rules.bucket(of: sum))
  }
}

// Groups.
extension Publisher {
  private mutating func addGroups(in period: Period) {
    let shown = splits.filter { $0.isShown(in: period, facts, rules) && isShown(in: period) }
    var differences:
      [(key: Figure.Key, one: Published?, other: Published?, pair: (GroupFigures, GroupFigures))] =
        []
    for split in shown {
      let counts = period == .yearToDate ? roundedPupils(of: split) : []
      for (index, part) in split.parts.enumerated() {
        let table: Figure.Table = split.topic == .ncYear ? .years : .groups
        func key(_ measure: Figure.Measure) -> Figure.Key {
          Figure.Key(table, split.topic, part.row, measure, in: period)
        }
        let pupils = isSchool ? split.pupils(of: part, in: period, facts) : 0
        let figures = split.figures(of: part, in: period, facts)
        let rest = facts.total(in: period) - figures
        if index < counts.count { set(key(.pupils), counts[index], .pupils, .roundedCounts) }
        addRates(figures, pupils: pupils, isWhole: false, key)
        // The second of two parts is all other pupils of the first.
        guard part.row != Figure.allOther, split.parts.count > 2 || index == 0 else { continue }
        let others = isSchool ? facts.pupils(in: period) - pupils : 0
        set(
          key(.otherAttendance),
          rules.percent(rest.tally.attending, of: rest.tally.possible, pupils: others, isWhole: false),
          .percent, .rates)
        differences.append(
          (key(.points), published[key(.attendance)], published[key(.otherAttendance)], (figures, rest)))
      }
    }
    // Groups that a reader looks at together are compared together.
    let families = [Group.Topic.ncYear, .ethnicity, nil].map { topic in
      differences.filter { found in
        topic.map { found.key.topic == $0 } ?? (found.key.topic != .ncYear && found.key.topic != .ethnicity)
      }
    }
    for family in families {
      for (found, comparison) in zip(family, Comparison.family(family.map(\.pair))) {
        addDifference(found.key, found.one, found.other, comparison)
      }
    }
    addOtherYears(in: period)
  }

  /// Adds the rates of years outside the national scope.
  private mutating func addOtherYears(in period: Period) {
    let groups = (facts.figures.groups[period] ?? [:]).filter {
      $0.key.topic == .ncYear && facts.members[$0.key] == nil
    }
    for (group, figures) in groups.sorted(by: { $0.key < $1.key })
    where figures.enrolments >= rules.minGroup && (isSchool || rules.isExact) {
      addRates(figures, pupils: figures.enrolments, isWhole: false) {
        Figure.Key(.years, .ncYear, group.breakdown, $0, in: period)
      }
    }
  }

  /// Returns the numbers of pupils of the parts to the nearest 5; the largest takes the difference to all pupils.
  private func roundedPupils(of split: Split) -> [Published] {
    let counts = split.parts.map { split.pupils(of: $0, in: .yearToDate, facts) }
    return rules.roundedParts(counts, sum: year.enrolments).map(Published.count)
  }
}

// Days and reasons.
extension Publisher {
  private mutating func addWeekdays() {
    var byHalf: [DayHalf: SessionFigures] = [:]
    for weekday in Weekday.allCases {
      guard let halves = facts.figures.weekdays[weekday] else { continue }
      for half in DayHalf.allCases {
        guard let sessions = halves[half] else { continue }
        byHalf[half, default: .zero] += sessions
        if weekday.isSchoolDay { addRates(.weekdays, "\(weekday.name) \(half.name)", sessions) }
      }
      let day = halves.values.reduce(into: SessionFigures.zero) { $0 += $1 }
      if weekday.isSchoolDay { addRates(.weekdays, weekday.name, day) }
    }
    for half in DayHalf.allCases { byHalf[half].map { addRates(.sessions, half.name, $0) } }
  }

  private mutating func addRates(_ table: Figure.Table, _ row: String, _ sessions: SessionFigures) {
    guard sessions.pupils >= rules.minGroup, isShown(in: .yearToDate) else { return }
    addRates(of: sessions) { Figure.Key(table, nil, row, $0) }
  }

  /// Adds the rates of a few days, which at a small school are counts of sessions. They are not shown where so few
  /// sessions were missed that they may be those of a single pupil.
  mutating func addRates(of sessions: SessionFigures, _ key: (Figure.Measure) -> Figure.Key) {
    guard sessions.tally.absence >= rules.minGroup || rules.isExact else {
      for measure in [Figure.Measure.attendance, .absence] { set(key(measure), .notShown, .percent, .rates) }
      return
    }
    addRates(GroupFigures(sessions: sessions), pupils: sessions.pupils, isWhole: true, key)
  }

  /// Adds the share of possible sessions of each reason for absence that enough pupils have.
  private mutating func addReasons() {
    for period in [Period.yearToDate, published.currentHalfTerm].compactMap(\.self) where isShown(in: period)
    {
      let (tally, pupils) = (
        facts.figures.codes[period] ?? .zero, facts.figures.pupilsByCode[period] ?? .zero
      )
      var rest = facts.total(in: period).tally.absence
      var sum = 0
      let possible = facts.total(in: period).tally.possible
      for code in AttendanceCode.inTableOrder where CodeSet.absence.contains(code) && tally[code] > 0 {
        guard pupils[code] >= rules.minGroup, hasRemainder(code, in: period) else { continue }
        let share = percent(tally[code], of: possible)
        set(Figure.Key(.reasons, nil, code.mark, .share, in: period), share, .percent, .reasons)
        rest -= tally[code]
        sum += share.tenths ?? 0
      }
      let absence = published[Figure.Key(.headline, .absence, in: period)]?.tenths ?? 0
      if rest > 0 {
        set(
          Figure.Key(.reasons, nil, "Other", .share, in: period), .decimal(max(0, absence - sum), places: 1),
          .percent, .reasons)
      }
    }
  }

  /// Checks that the schools that do not show a code have no pupil with it, or enough.
  private func hasRemainder(_ code: AttendanceCode, in period: Period) -> Bool {
    let key = Figure.Key(.reasons, nil, code.mark, .share, in: period)
    let rest = zip(schools, schoolFacts).filter { $0.0[key]?.isShown != true }
    return rules.isAllowed(rest.reduce(0) { $0 + ($1.1.figures.pupilsByCode[period]?[code] ?? 0) })
  }
}

extension Published {
  /// The rest to 100%.
  var complement: Published {
    guard case .decimal(let digits, let places) = self else { return self }
    return .decimal((places == 0 ? 100 : 1000) - digits, places: places)
  }

  /// The count, with 0 for "0-2" and 5 for "3-7", or `nil` if it is not shown.
  func approximate(of all: Int) -> Int? {
    switch self {
    case .count(let count): count
    case .range(let range): range.lowerBound == 0 ? 0 : (range.lowerBound + range.upperBound) / 2
    case .allBut(let range): all - (range.lowerBound == 0 ? 0 : (range.lowerBound + range.upperBound) / 2)
    case .decimal, .notShown, .notAvailable, .notApplicable: nil
    }
  }
}

extension Verdict {
  /// The verdict on attendance, from one on absence.
  var ofAttendance: Verdict {
    switch self {
    case .higher: .lower
    case .lower: .higher
    case .similar, .tooFew: self
    }
  }
}

extension DisclosureRules {
  /// Returns a share of pupils in per cent: one decimal where it is of a whole exact count.
  func share(_ part: Int, of whole: Int, isExact: Bool) -> Published {
    guard whole > 0 else { return .notApplicable }
    return isExact || self.isExact
      ? .decimal(Rate.divide(1000 * part, by: whole), places: 1)
      : .decimal(Rate.divide(100 * part, by: whole), places: 0)
  }

  func indexOfLargest(_ counts: [Int]) -> Int {
    counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0
  }

  /// Returns counts to the nearest 5; the largest, or the first of equals, takes the difference to their sum.
  func roundedParts(_ counts: [Int], sum: Int) -> [Int] {
    guard !counts.isEmpty else { return [] }
    var rounded = counts.map(number)
    let largest = indexOfLargest(counts)
    rounded[largest] = sum - rounded.enumerated().filter { $0.offset != largest }.map(\.element).reduce(0, +)
    return rounded
  }
}
