import Policies
import Registers

/// Numbers of a school's pupils, for reports without pupils.
///
/// Counts are of the year to date and of pupils in the national scope unless a key says otherwise.
package struct PupilCounts: Sendable {
  /// The pupils that are counted.
  package enum Key: Hashable, Sendable {
    /// Pupils with a possible session.
    case counted
    case now(Line)
    /// Pupils at the threshold at the end of the half-term before; and those who have since reached it, left it, or
    /// stayed.
    case before(Line), entered(Line), left(Line), stayed(Line)
    /// Pupils in a band of attendance, by its index in `bands`.
    case band(Int)
    /// Pupils by the index of their share in `brokenWeekShares`.
    case brokenWeeks(Int)
    case missedWholeWeek
    /// Pupils of any age on roll at the as-at date with a possible session.
    case onRoll
    /// Pupils on roll whose furthest stage of the policy has this index; and pupils on roll at no stage.
    case stage(Int), noStage
    /// Pupils of any age on roll who have reached a window, a run or the sickness return, or are near it.
    case reached(Threshold.ID), near(Threshold.ID)
    /// Pupils of any age who joined or left.
    case joined(Since), leaver(Since)
    /// Pupils persistently absent by another way to count; and pupils persistently absent in only one of the two ways.
    case persistent(CountingVariant), changed(CountingVariant)
  }

  /// The day from which pupils who joined and left are counted.
  package enum Since: CaseIterable, Sendable {
    case currentHalfTerm, firstDay
  }

  package enum Line: CaseIterable, Sendable {
    case persistent, severe
  }

  package private(set) var counts: [Key: Int] = [:]
  package private(set) var variants: [CountingVariant: CountingVariant.Figures] = [:]
  /// The school weeks of all pupils counted.
  package private(set) var weeks = BrokenWeeks()
  /// A Boolean value that indicates whether there is a half-term before.
  package private(set) var hasBefore = false
  /// The thresholds at which the school acts: windows, runs and the sickness return.
  package let thresholds: [Threshold]
  package let halfTerms: [HalfTerm]
  private let stages: Int

  package subscript(key: Key) -> Int { counts[key] ?? 0 }

  /// The lowest attendance of each band in per cent. Most bands are five points wide.
  package static let bands = [95, 90, 85, 80, 75, 70, 65, 60, 55, 50, 0]

  /// Returns the label of a band, such as `95% to 100%`. Attendance of exactly 90% is persistent absence, so bands from
  /// 90% down include their upper limit.
  package static func bandLabel(_ index: Int) -> String {
    switch bands[index] {
    case 95: "95% to 100%"
    case 90: "Over 90%, under 95%"
    case 85: "Over 85%, to 90%"
    case 0: "50% and under"
    default: "Over \(bands[index])%, to \(bands[index - 1])%"
    }
  }

  /// The shares of the weeks in session that are broken, from none to more than half.
  package static let brokenWeekShares = [
    "None", "Up to a quarter of weeks", "Over a quarter, up to half", "Over half",
  ]
}

extension PupilCounts {
  /// - Parameter national: The sessions of each pupil by the national rule, or `nil` outside the national scope.
  init(
    _ pupils: [PupilFigures], policy: Policy, thresholds: [Threshold], plan: CalendarIndex,
    national: (PupilFigures) -> SessionTally?
  ) {
    self.thresholds = thresholds.filter(\.isCounted)
    halfTerms = plan.halfTerms
    stages = policy.stages.count
    hasBefore = plan.lastHalfTerm != nil
    for pupil in pupils {
      let counted = national(pupil)
      let tally = counted.flatMap { $0.possible > 0 ? $0 : nil }
      let isOnRoll = pupil.pupil.isOnRoll(on: plan.asAt)
      if let tally { addNational(pupil, tally, isCut: pupil.leavesOutSummer2(plan)) }
      if isOnRoll, pupil.year.possible > 0 { addOnRoll(pupil) }
      addThresholds(of: pupil)
      addMoves(of: pupil, plan: plan)
      for way in CountingVariant.allCases { add(pupil, counted, isOnRoll: isOnRoll, counted: way) }
    }
  }

  private mutating func add(_ key: Key, _ isSo: Bool = true) { counts[key, default: 0] += isSo ? 1 : 0 }

  private mutating func addNational(_ pupil: PupilFigures, _ tally: SessionTally, isCut: Bool) {
    add(.counted)
    add(.band(PupilCounts.band(missed: tally.absence, of: tally.possible)))
    for line in Line.allCases {
      let isNow = line.isReached(tally.absence, of: tally.possible)
      let wasBefore = pupil.before.map { line.isReached($0.absence, of: $0.possible) } ?? false
      add(.now(line), isNow)
      add(.before(line), wasBefore)
      add(.entered(line), isNow && !wasBefore)
      add(.left(line), !isNow && wasBefore)
      add(.stayed(line), isNow && wasBefore)
    }
    let own = isCut ? pupil.weeks - pupil.weeksOfSummer2 : pupil.weeks
    weeks += own
    add(.missedWholeWeek, own.whole > 0)
    let (broken, all) = (own.broken, own.inSession)
    add(.brokenWeeks(broken == 0 ? 0 : 4 * broken <= all ? 1 : 2 * broken <= all ? 2 : 3))
  }

  /// Returns the first band whose lowest attendance is reached. From 90% down, attendance exactly at a limit belongs to
  /// the band below.
  package static func band(missed: Int, of possible: Int) -> Int {
    let attended = 100 * (possible - missed)
    return bands.firstIndex { $0 == 95 ? attended >= 95 * possible : attended > $0 * possible }
      ?? bands.count - 1
  }

  private mutating func addOnRoll(_ pupil: PupilFigures) {
    add(.onRoll)
    add(pupil.stageIndex.map(Key.stage) ?? .noStage)
  }

  private mutating func addThresholds(of pupil: PupilFigures) {
    for result in pupil.results where thresholds.contains(where: { $0.id == result.id }) {
      add(result.state == .reached ? .reached(result.id) : .near(result.id))
    }
  }

  private mutating func addMoves(of figures: PupilFigures, plan: CalendarIndex) {
    let pupil = figures.pupil
    guard let first = plan.halfTerms.first?.first else { return }
    for since in Since.allCases {
      // A half-term starts after the end of the one before. Pupils on roll on the first day of the year have not
      // joined.
      let start = since == .firstDay ? first : (plan.halfTerms.dropLast().last?.last).map { $0 + 1 } ?? first
      add(.joined(since), pupil.admitted.map { $0 > first && $0 >= start && $0 <= plan.asAt } ?? false)
      add(.leaver(since), pupil.left.map { $0 >= start && $0 < plan.asAt } ?? false)
    }
  }

  private mutating func add(
    _ pupil: PupilFigures, _ national: SessionTally?, isOnRoll: Bool, counted way: CountingVariant
  ) {
    let usual = national?.absenceRate
    let other = way.absence(of: pupil, national: national, isOnRoll: isOnRoll)
    variants[way, default: CountingVariant.Figures()].add(other, national: usual)
    let (isUsually, isOtherwise) = (usual?.isPersistentAbsence ?? false, other.map(way.isPersistent) ?? false)
    add(.persistent(way), isOtherwise)
    add(.changed(way), isUsually != isOtherwise)
  }
}

extension PupilCounts.Line {
  func isReached(_ missed: Int, of possible: Int) -> Bool {
    let line: AttendanceLine =
      switch self {
      case .persistent: .persistentAbsence
      case .severe: .severeAbsence
      }
    return line.isReached(absence: missed, of: possible)
  }
}

extension Threshold {
  /// A Boolean value indicating whether boards see how many pupils have reached the threshold.
  fileprivate var isCounted: Bool {
    switch id {
    case .window, .sicknessReturn, .run: true
    case .persistentAbsence, .severeAbsence, .ownPersistentAbsence, .ehcPlan, .stage, .brokenWeeks,
      .partTimeTimetable, .reward:
      false
    }
  }
}
