import Measures
import Policies
import Registers

/// Writes the figures of a school, a set or the trust by the rules.
struct Publisher {
  let facts: Facts
  let splits: [Split]
  let rules: DisclosureRules
  var published: PublishedFigures
  /// The publishers of the schools of a set or trust, or an empty array for a school.
  let schools: [Publisher]
  /// Sums that contain this one or are part of it, each with the schools in which they differ.
  let nestedSums: [(figures: PublishedFigures, schools: [Publisher])]
  /// The figures that the audit has ruled out.
  var hidden: AuditDecision
  /// The lines of the stages of a school's policy.
  let stages: [Policy.StageLine]

  var year: GroupFigures { facts.total(in: .yearToDate) }
  var isSchool: Bool { schools.isEmpty }

  init(
    _ facts: Facts, splits: [Split], rules: DisclosureRules, to published: PublishedFigures,
    schools: [Publisher] = [], nestedSums: [(figures: PublishedFigures, schools: [Publisher])] = [],
    hidden: AuditDecision = AuditDecision(),
    stages: [Policy.StageLine] = []
  ) {
    self.facts = facts
    self.splits = splits
    self.rules = rules
    self.published = published
    self.schools = schools
    self.nestedSums = nestedSums
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
      && schools.allSatisfy { rules.isAllowed($0.facts.pupils(in: period)) }
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
    addInterval(of: total, in: period, key)
    // Within one half-term, a few days of illness are enough: that count is in the table of half-terms only.
    if table == .halfTerms || period == .yearToDate { addWholeCounts(key, total, in: period) }
  }

  /// The number of pupils of a school from which its interval is of the pupils themselves. That of fewer gives the sum of
  /// their squared absences, and so whether anyone missed much.
  private static let minOwnInterval = 100

  private mutating func addInterval(
    of total: GroupFigures, in period: Period, _ key: (Figure.Measure) -> Figure.Key
  ) {
    let owners = isSchool ? [facts] : schools.map(\.facts)
    let isOwn = rules.isExact || owners.allSatisfy { $0.pupils(in: .yearToDate) >= Publisher.minOwnInterval }
    guard let interval = isOwn ? Interval(ofAbsence: total) : Interval(ofUsualAbsence: total) else { return }
    func tenths(_ absence: Double) -> Int { Int(((100 - absence) * 10).rounded()) }
    let (low, high) = (tenths(interval.high), tenths(interval.low))
    published.intervals[key(.attendance)] = low...high
    // The intervals of half-terms are on no page.
    guard key(.attendance).table == .headline, period == .yearToDate else { return }
    set(key(.low), .decimal(low, places: 1), .percent, .rates)
    set(key(.high), .decimal(high, places: 1), .percent, .rates)
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
    set(
      key(.persistentShare),
      persistent.count.map { rules.share($0, of: total.enrolments, isExact: isExact) } ?? .notShown, .percent,
      .wholeCounts)
    if !isExact { published.approximate.insert(key(.persistent)) }
    guard period == .yearToDate else { return }
    let severe = severe(total, key(.severe))
    set(key(.severe), severe, .pupils, .wholeCounts)
    if let count = severe.count, published.schoolsInSum[key(.severe)] == nil {
      set(
        key(.severeShare), rules.share(count, of: total.enrolments, isExact: isExact), .percent, .wholeCounts)
    }
  }

  /// Returns a whole count of persistently absent pupils by rule 6. A school's "0-2" is not shown where its rate proves that
  /// a pupil is persistently absent.
  func wholePersistent(_ count: Int, in total: GroupFigures) -> Published {
    isSchool && rules.number(count) == 0 && provesPersistence(total)
      ? .notShown : rules.whole(count, of: total.enrolments)
  }

  /// Returns a whole count of severely absent pupils by rule 6, if the audit allows it.
  func wholeSevere(_ count: Int, ofPersistent persistent: Int) -> Published {
    hidden.hidesSevere ? .notShown : rules.severe(count, ofPersistent: persistent)
  }

  /// Returns the whole count of persistently absent pupils, and whether it is exact.
  private func persistent(_ total: GroupFigures, _ key: Figure.Key) -> (Published, isExact: Bool) {
    let found = schools.compactMap { $0.published[key] }.filter { $0 != .notShown }
    if isSchool || found.allSatisfy({ $0.count != nil }) {
      return (wholePersistent(total.persistent, in: total), true)
    }
    let pupils = Figure.Key(key.table, key.topic, key.row, .pupils, in: key.period)
    return (
      Published.sum(
        schools.map { ($0.published[key] ?? .notShown, $0.published[pupils]?.count ?? 0) }, rules: rules),
      false
    )
  }

  private mutating func severe(_ total: GroupFigures, _ key: Figure.Key) -> Published {
    let found = schools.compactMap { $0.published[key] }
    if isSchool || found.allSatisfy({ $0.count != nil }) {
      return wholeSevere(total.severe, ofPersistent: total.persistent)
    }
    let shown = found.filter(\.isShown)
    guard !shown.isEmpty else { return .notShown }
    if shown.count < schools.count { published.schoolsInSum[key] = shown.count }
    return Published.sum(shown.map { ($0, 0) }, rules: rules)
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
    guard isShown(in: .yearToDate) else { return }
    let days = Weekday.allCases.compactMap { weekday in
      facts.figures.weekdays[weekday].map { (weekday: weekday, halves: $0) }
    }
    let schoolDays = days.filter { $0.weekday.isSchoolDay }
    let byHalf = DayHalf.allCases.map { half in
      (name: half.name, sessions: days.reduce(into: SessionFigures.zero) { $0 += $1.halves[half] ?? .zero })
    }
    // Either half of a day follows from the other and the day.
    addRates(
      .weekdays,
      schoolDays.map { day in
        DayHalf.allCases.compactMap { half in
          day.halves[half].map { ("\(day.weekday.name) \(half.name)", $0) }
        }
      })
    addRates(
      .weekdays,
      schoolDays.map { day in
        [(day.weekday.name, day.halves.values.reduce(into: SessionFigures.zero) { $0 += $1 })]
      })
    addRates(.sessions, byHalf.map { [$0] })
  }

  private mutating func addRates(_ table: Figure.Table, _ parts: [[(name: String, sessions: SessionFigures)]])
  {
    let parts = parts.map { $0.filter { $0.sessions.pupils >= rules.minGroup } }.filter { !$0.isEmpty }
    let isHidden = hiddenParts(parts.map { $0.map(\.sessions) })
    for (part, isHidden) in zip(parts, isHidden) {
      for (name, sessions) in part {
        addRates(of: sessions, isHidden: isHidden) { Figure.Key(table, nil, name, $0) }
      }
    }
  }

  /// Returns which parts of a period are not shown: those in which so few sessions were missed that they may be those of a
  /// single pupil. Where that is one, it would follow from the period, so that another is not shown either.
  func hiddenParts(_ parts: [[SessionFigures]]) -> [Bool] {
    guard !rules.isExact else { return parts.map { _ in false } }
    let fewest = parts.map { $0.map(\.tally.absence).min() ?? 0 }
    let hidden = fewest.count { $0 < rules.minGroup }
    let next = fewest.indices.filter { fewest[$0] >= rules.minGroup }.min { fewest[$0] < fewest[$1] }
    return fewest.indices.map { fewest[$0] < rules.minGroup || hidden == 1 && $0 == next }
  }

  mutating func addRates(
    of sessions: SessionFigures, isHidden: Bool, _ key: (Figure.Measure) -> Figure.Key
  ) {
    guard isHidden else {
      addRates(GroupFigures(sessions: sessions), pupils: sessions.pupils, isWhole: true, key)
      return
    }
    for measure in [Figure.Measure.attendance, .absence] { set(key(measure), .notShown, .percent, .rates) }
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

  /// Checks that the schools that do not show a code, of all and of those by which two sums differ, have no pupil with it, or enough.
  private func hasRemainder(_ code: AttendanceCode, in period: Period) -> Bool {
    let key = Figure.Key(.reasons, nil, code.mark, .share, in: period)
    func isAllowed(_ schools: [Publisher]) -> Bool {
      let rest = schools.filter { $0.published[key]?.isShown != true }
      return rules.isAllowed(rest.reduce(0) { $0 + ($1.facts.figures.pupilsByCode[period]?[code] ?? 0) })
    }
    return isAllowed(schools)
      && nestedSums.filter { $0.figures[key]?.isShown == true }.allSatisfy { isAllowed($0.schools) }
  }
}

extension Published {
  /// The rest to 100%.
  var complement: Published {
    guard case .decimal(let digits, let places) = self else { return self }
    return .decimal((places == 0 ? 100 : 1000) - digits, places: places)
  }

  /// Returns the sum of counts: a number if it is not small, with 0 for "0-2" and 5 for "3-7", else the range it is in.
  ///
  /// - Parameter counts: The counts with the numbers of pupils that they are of.
  static func sum(_ counts: [(value: Published, pupils: Int)], rules: DisclosureRules) -> Published {
    let counts = counts.filter(\.value.isShown)
    let sum = counts.reduce(0) { $0 + ($1.value.approximate(of: $1.pupils) ?? 0) }
    let bounds = counts.map {
      $0.value.bounds($0.pupils == 0 ? .max : $0.pupils, rules: rules, isRounded: false)
    }
    guard sum < rules.minLarge, !rules.isExact else { return .count(sum) }
    return .range(bounds.reduce(0) { $0 + $1.lowerBound }...bounds.reduce(0) { $0 + $1.upperBound })
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
