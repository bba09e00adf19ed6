import Measures
import Policies
import Registers

/// The use that was made of the marks in a school's exports.
package struct RegisterQuality: Sendable {
  /// The number of cells that could hold a mark.
  package let read: Int
  /// The number of marks that could not be used.
  package let refused: Int

  package init(read: Int, refused: Int) {
    self.read = read
    self.refused = refused
  }
}

// Figures that only schools have.
extension Publisher {
  mutating func addSchoolFigures(
    of school: SchoolFacts, intake: CaseMixAdjustment?, quality: RegisterQuality?
  ) {
    guard isShown(in: .yearToDate) else { return }
    addWeeks(of: school.figures)
    if let day = school.figures.weekdayWithMostAbsence {
      published.verdicts[Figure.Key(.weekdays, nil, day.name, .attendance)] = .lower
    }
    addBands()
    addMovement(hasBefore: school.figures.counts.hasBefore)
    addLateness(taughtMinutes: school.figures.policy.taughtMinutes)
    addBrokenWeeks()
    addStages(of: school.figures)
    addRoll()
    addQuality(quality)
    addIntake(intake)
  }

  private mutating func addWeeks(of figures: SchoolFigures) {
    let weeks = figures.weeks.filter { $0.sessions.pupils >= rules.minGroup }
    for halfTerm in figures.halfTerms.map({ Optional($0.name) }) + [nil] {
      let own = weeks.filter { $0.halfTerm == halfTerm }
      let period = halfTerm.map(Period.halfTerm) ?? .yearToDate
      for (week, isHidden) in zip(own, hiddenParts(own.map { [$0.sessions] })) {
        addRates(of: week.sessions, isHidden: isHidden) {
          Figure.Key(.weeks, nil, week.monday.iso, $0, in: period)
        }
      }
    }
  }

  private func count(_ key: PupilCounts.Key) -> Int { facts.counts[key] ?? 0 }

  /// Adds the attendance bands.
  private mutating func addBands() {
    guard !hidden.tables.contains(.bands) else { return }
    for (bands, rounded) in rounded(bands: PupilCounts.bands.indices.map { count(.band($0)) }) {
      set(
        Figure.Key(.bands, nil, PupilCounts.label(ofBands: bands), .pupils), .count(rounded), .pupils,
        .roundedCounts)
    }
  }

  /// Returns the attendance bands and their rounded counts. Small bands are counted together, on the same side of 90%
  /// where both sides are large enough.
  ///
  /// - Parameter counts: The number of pupils of each band.
  private func rounded(bands counts: [Int]) -> [(bands: [Int], rounded: Int)] {
    let above = Array(PupilCounts.bands.indices.prefix { PupilCounts.bands[$0] >= 90 })
    let below = Array(PupilCounts.bands.indices.dropFirst(above.count))
    func sum(_ bands: [Int]) -> Int { bands.reduce(0) { $0 + counts[$1] } }
    let isDivided = [above, below].allSatisfy { sum($0) >= rules.minGroup }
    let merged = isDivided ? merge(above, counts) + merge(below, counts) : merge(above + below, counts)
    let parts = merged.filter { sum($0) > 0 || rules.isExact }
    return zip(parts, rules.roundedParts(parts.map(sum), sum: counts.reduce(0, +))).map { ($0, $1) }
  }

  /// The counts at thresholds of attendance that boards see, with the bands that are counted together.
  struct ThresholdCounts: Equatable {
    let persistent, severe: Published
    let bands: [[Int]]
    let pupilsOfBands: [Int]
    let stages: [Published]
  }

  /// Returns the counts that boards see, without those of tables that are left out.
  ///
  /// - Parameters:
  ///   - bands: The number of pupils of each band.
  ///   - stages: The number of pupils at each stage.
  func thresholdCounts(persistent: Int, severe: Int, bands: [Int], stages: [Int]) -> ThresholdCounts {
    let parts = hidden.tables.contains(.bands) ? [] : rounded(bands: bands)
    return ThresholdCounts(
      persistent: wholePersistent(persistent, in: year),
      severe: wholeSevere(severe, ofPersistent: persistent),
      bands: parts.map(\.bands),
      pupilsOfBands: parts.map(\.rounded),
      stages: stages.enumerated().map { hidden.stages.contains($0) ? .notShown : rules.rounded($1) })
  }

  /// Returns neighbours counted together until each has enough pupils, from the last.
  private func merge(_ indices: [Int], _ counts: [Int]) -> [[Int]] {
    var parts: [[Int]] = []
    var open: [Int] = []
    for index in indices.reversed() {
      open.insert(index, at: 0)
      guard open.reduce(0, { $0 + counts[$1] }) >= rules.minGroup || rules.isExact else { continue }
      parts.insert(open, at: 0)
      open = []
    }
    if !open.isEmpty {
      if parts.isEmpty { parts = [open] } else { parts[0] = open + parts[0] }
    }
    return parts
  }

  private mutating func addParts(_ table: Figure.Table, _ parts: [(row: String, count: Int)], sum: Int) {
    for (part, rounded) in zip(parts, rules.roundedParts(parts.map(\.count), sum: sum)) {
      set(Figure.Key(table, nil, part.row, .pupils), .count(rounded), .pupils, .roundedCounts)
    }
  }

  private mutating func addCount(
    _ table: Figure.Table, _ row: String, _ count: Int, in period: Period = .yearToDate
  ) {
    set(Figure.Key(table, nil, row, .pupils, in: period), rules.rounded(count), .pupils, .roundedCounts)
  }

  private mutating func addMovement(hasBefore: Bool) {
    guard hasBefore, !hidden.tables.contains(.movement) else { return }
    for (row, key) in Movement.rows { addCount(.movement, row, count(key)) }
  }

  private mutating func addLateness(taughtMinutes: Int) {
    let lateness = facts.lateness
    addCount(.lateness, "Pupils with a late mark", lateness.pupils)
    let pupils = facts.figures.pupilsByCode[.yearToDate] ?? .zero
    func set(
      _ row: String, _ measure: Figure.Measure, _ code: AttendanceCode, _ value: Published,
      _ unit: Figure.Unit
    ) {
      let isShown = pupils[code] >= rules.minGroup || pupils[code] == 0
      self.set(
        Figure.Key(.lateness, nil, row, measure), isShown ? value : .notShown, unit,
        measure == .share ? .reasons : .roundedCounts)
    }
    let (tally, possible) = (facts.figures.codes[.yearToDate] ?? .zero, year.tally.possible)
    set(
      "Late before the register closed (L)", .share, .lateBeforeClose,
      percent(tally[.lateBeforeClose], of: possible), .percent)
    set(
      "Late after the register closed (U)", .share, .lateAfterClose,
      percent(tally[.lateAfterClose], of: possible), .percent)
    let sum = lateness.sum
    set(
      "Late marks with minutes", .share, .lateBeforeClose,
      rules.percent(sum.marksWithMinutes, of: sum.marks, pupils: 0, isWhole: false), .percent)
    set(
      "School days lost to lateness", .days, .lateBeforeClose,
      sum.minutesLost.map { .count(rules.number(Rate.divide($0, by: taughtMinutes))) } ?? .notAvailable, .days
    )
  }

  private mutating func addBrokenWeeks() {
    let labels = PupilCounts.brokenWeekShares
    let counts = labels.indices.map { count(.brokenWeeks($0)) }
    let parts = merge(Array(labels.indices), counts).map { indices in
      (
        row: PupilCounts.label(ofBrokenWeeks: indices), count: indices.reduce(0) { $0 + counts[$1] }
      )
    }
    addParts(.brokenWeeks, parts.filter { $0.count > 0 || rules.isExact }, sum: year.enrolments)
    addCount(.brokenWeeks, "Missed at least one whole week", count(.missedWholeWeek))
    set(
      Figure.Key(.brokenWeeks, nil, "Weeks with an absence", .share),
      percent(facts.weeks.broken, of: facts.weeks.inSession), .percent, .rates)
  }

  private mutating func addStages(of figures: SchoolFigures) {
    for (index, stage) in figures.policy.stages.enumerated() {
      let key = Figure.Key(.stages, nil, stage.name, .pupils)
      set(
        key, hidden.stages.contains(index) ? .notShown : rules.rounded(count(.stage(index))), .pupils,
        .roundedCounts)
    }
    for threshold in figures.counts.thresholds {
      addCount(.thresholds, threshold.boardName, count(.reached(threshold.id)))
      guard threshold.hasNear else { continue }
      addCount(.thresholds, "Close to: \(threshold.boardName)", count(.near(threshold.id)))
    }
    let suspended = "Pupils with a suspension (E)"
    for period in [Period.yearToDate, published.currentHalfTerm].compactMap(\.self) {
      addCount(.suspensions, suspended, facts.figures.pupilsByCode[period]?[.suspended] ?? 0, in: period)
    }
  }

  private mutating func addRoll() {
    for since in PupilCounts.Since.allCases {
      let period = since == .firstDay ? .yearToDate : published.currentHalfTerm ?? .yearToDate
      addCount(.roll, "Joined after the first school day", count(.joined(since)), in: period)
      addCount(.roll, "Left before the as-at date", count(.leaver(since)), in: period)
    }
  }

  private mutating func addQuality(_ quality: RegisterQuality?) {
    let tally = facts.figures.codes[.yearToDate] ?? .zero
    let pupils = facts.figures.pupilsByCode[.yearToDate]?[.noMark] ?? 0
    set(
      Figure.Key(.quality, nil, "Sessions without a mark", .share),
      pupils == 0 || pupils >= rules.minGroup
        ? percent(tally.missing, of: tally.possible + tally.missing) : .notShown, .percent, .reasons)
    if let quality {
      set(
        Figure.Key(.quality, nil, "Marks not used", .share), percent(quality.refused, of: quality.read),
        .percent, .rates)
    }
  }

  /// Adds the attendance expected for the school's pupils at the trust's rates, and the difference to it.
  private mutating func addIntake(_ intake: CaseMixAdjustment?) {
    guard let intake, let expected = intake.expectedPercent,
      let attendance = published[Figure.Key(.headline, .attendance)]?.tenths
    else { return }
    let tenths = 1000 - Int((expected * 10).rounded())
    set(Figure.Key(.intake, .expected), .decimal(tenths, places: 1), .percent, .rates)
    let key = Figure.Key(.intake, .points)
    set(key, .decimal(attendance - tenths, places: 1), .points, .gaps)
    published.verdicts[key] = intake.verdict.ofAttendance
  }
}

/// The pupils who came to persistent absence and who left it since the half-term before.
package enum Movement {
  package static let before = "Persistently absent at the end of the half-term before"
  package static let left = "No longer persistently absent"
  package static let stayed = "Still persistently absent"
  package static let entered = "Became persistently absent"

  static let rows: [(row: String, key: PupilCounts.Key)] = [
    (before, .before(.persistent)), (left, .left(.persistent)), (stayed, .stayed(.persistent)),
    (entered, .entered(.persistent)),
  ]
}

extension PupilCounts {
  /// The label of neighbouring bands, such as "Over 80%, to 90%".
  static func label(ofBands indices: [Int]) -> String {
    guard let first = indices.first, let last = indices.last, first != last else {
      return indices.first.map(bandLabel) ?? ""
    }
    // 95% and 50% belong to the band that they begin or end.
    let top =
      first == 0 ? "to 100%" : first == 1 ? "under 95%" : "to \(bands[first - 1])%"
    return last == bands.count - 1
      ? "\(top.prefix(1).uppercased())\(top.dropFirst())" : "Over \(bands[last])%, \(top)"
  }

  /// The label of neighbouring shares of weeks.
  static func label(ofBrokenWeeks indices: [Int]) -> String {
    let labels = ["none", "a quarter of weeks", "half of weeks", "all weeks"]
    guard let first = indices.first, let last = indices.last, first != last else {
      return indices.first.map { brokenWeekShares[$0] } ?? ""
    }
    return first == 0 ? "Up to \(labels[last])" : "Over \(labels[first - 1]), up to \(labels[last])"
  }
}

extension PolicyWords {
  init(_ figures: SchoolFigures) {
    let policy = figures.policy
    title = policy.title
    target = policy.target
    stages = policy.stages.map { Line(name: $0.name, reachedAt: $0.line.label) }
    thresholds = figures.counts.thresholds.map { Line(name: $0.boardName, reachedAt: $0.boardRule) }
    hasSteps = !policy.steps.isEmpty
    ownPersistent = policy.ownPersistent.map { Line(name: $0.name, reachedAt: $0.line.label) }
  }
}

extension Threshold {
  fileprivate var boardName: String {
    switch (id, rule) {
    case (.window(0), _): "Penalty-notice threshold"
    case (_, .run(let run)): run.name
    default: name
    }
  }

  fileprivate var boardRule: String {
    switch rule {
    case .window(let window):
      "\(window.sessions) sessions of \(window.codes.formatted) in \(window.span.labelNow)"
    case .illness(let sessions, _):
      "\(sessions / 2) school days (\(sessions) sessions) of illness in the school year"
    case .run(let run):
      "\(run.days) school days in a row of \(run.codes == .absence ? "absence" : run.codes.formatted)"
    case .attendance(let line, _): line.label
    case .stage(let line): line.label
    case .brokenWeeks(let weeks, let oneIn): "\(weeks) weeks, and one in \(oneIn) of those in session"
    case .partTimeTimetable(let weeks): "more than \(weeks) school weeks"
    case .reward(let attendance): "\(Rate.decimal(attendance, places: 1))% or more in the half-term"
    }
  }
}
