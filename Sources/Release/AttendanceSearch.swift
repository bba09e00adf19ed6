import Measures
import Policies
import Registers

/// A search for other attendances of a school's pupils that give the same published counts.
///
/// Persistent and severe absence, attendance bands and the stages of a policy count the same pupils at different thresholds. A
/// reader also knows who has left and who is outside the national scope. Like `WitnessSearch`, the search begins with the
/// true counts and collects the possible values of each small count.
struct AttendanceSearch {
  /// A band of attendance and a stage of the policy, as a pupil can have them together.
  struct Cell: Hashable, Sendable {
    /// The index in `PupilCounts.bands`, or `nil` for a pupil outside the national scope.
    let band: Int?
    /// The furthest stage reached by attendance alone, or `nil` for none.
    let reach: Int?
    /// The furthest stage, or `nil` for none and for a pupil who has left.
    let stage: Int?
  }

  /// Pupils whose statuses a reader knows.
  enum Kind: CaseIterable, Sendable {
    /// In the national scope and on roll.
    case onRoll
    case leaver
    /// On roll and outside the national scope.
    case otherAge
  }

  /// Pupils of one kind in one cell, of whom only the number matters.
  private struct Place {
    let kind: Kind
    let cell: Cell
    var pupils = 0
  }

  /// A count of pupils, and the values of it that are possible.
  private struct Target {
    /// The indices of the places whose pupils are counted.
    let places: [Int]
    /// The number of values that must stay possible.
    let needed: Int
    var seen: Set<Int>
    var isSafe: Bool { seen.count >= needed }
  }

  /// The counts that boards see.
  fileprivate struct Totals: Equatable {
    var persistent = 0
    var severe = 0
    var bands = [Int](repeating: 0, count: PupilCounts.bands.count)
    var stages: [Int]
  }

  private let publisher: Publisher
  private var places: [Place]
  private var totals: Totals
  private var targets: [Target] = []
  private var random = SplitMix()

  /// The number of changes that are tried.
  private static let maxSteps = 10_000

  /// Returns `nil` if a pupil's stage does not follow from the attendance in the national scope. A reader cannot combine the
  /// counts then.
  init?(_ publisher: Publisher, stages: [Policy.StageLine], small: ClosedRange<Int>) {
    self.publisher = publisher
    totals = Totals(stages: stages.map { _ in 0 })
    places = AttendanceSearch.places(stages)
    for pupil in publisher.facts.attendances {
      guard let index = places.firstIndex(where: { $0.kind == pupil.kind && $0.cell == pupil.cell }) else {
        return nil
      }
      places[index].pupils += 1
      AttendanceSearch.add(1, at: places[index], to: &totals)
    }
    addTargets(stages: stages.count, small)
  }

  private mutating func addTargets(stages: Int, _ small: ClosedRange<Int>) {
    func isPersistent(_ cell: Cell) -> Bool { cell.band.map { PupilCounts.bands[$0] < 90 } ?? false }
    func isSevere(_ cell: Cell) -> Bool { cell.band == PupilCounts.bands.count - 1 }
    addTarget(among: { $0.kind != .otherAge }, small) { isPersistent($0.cell) }
    addTarget(among: { isPersistent($0.cell) }, small) { isSevere($0.cell) }
    addTarget(among: { $0.kind == .leaver }, small) { isPersistent($0.cell) }
    for stage in 0..<stages {
      addTarget(among: { $0.kind != .leaver }, small) { $0.cell.stage == stage }
      addTarget(among: { $0.kind == .otherAge }, small) { $0.cell.stage == stage }
    }
  }

  private mutating func addTarget(
    among isAmong: (Place) -> Bool, _ small: ClosedRange<Int>, counts: (Place) -> Bool
  ) {
    let all = places.indices.filter { isAmong(places[$0]) }
    let counted = all.filter { counts(places[$0]) }
    let (size, count) = (pupils(at: all), pupils(at: counted))
    guard small.contains(count) || small.contains(size - count) else { return }
    targets.append(Target(places: counted, needed: min(CountSystem.minValues, size + 1), seen: [count]))
  }

  private func pupils(at indices: [Int]) -> Int { indices.reduce(0) { $0 + places[$1].pupils } }

  /// Returns every place that a pupil can have.
  private static func places(_ stages: [Policy.StageLine]) -> [Place] {
    let whole = 2_000
    var leavers: [Cell] = []
    for absence in 0...whole {
      let cell = Cell(
        band: PupilCounts.band(missed: absence, of: whole), reach: stages.reach(absence, of: whole),
        stage: nil)
      if leavers.last != cell { leavers.append(cell) }
    }
    let onRoll = leavers.flatMap { cell in
      let further = stages.indices.filter { !stages[$0].isOfAttendance && $0 > cell.reach ?? -1 }
      return ([cell.reach] + further).map { Cell(band: cell.band, reach: cell.reach, stage: $0) }
    }
    var otherAge: [Cell] = []
    for cell in onRoll.map({ Cell(band: nil, reach: $0.reach, stage: $0.stage) })
    where !otherAge.contains(cell) { otherAge.append(cell) }
    return leavers.map { Place(kind: .leaver, cell: $0) } + onRoll.map { Place(kind: .onRoll, cell: $0) }
      + otherAge.map { Place(kind: .otherAge, cell: $0) }
  }

  private static func add(_ count: Int, at place: Place, to totals: inout Totals) {
    if let band = place.cell.band {
      totals.bands[band] += count
      if PupilCounts.bands[band] < 90 { totals.persistent += count }
      if band == PupilCounts.bands.count - 1 { totals.severe += count }
    }
    if place.kind != .leaver, let stage = place.cell.stage { totals.stages[stage] += count }
  }

  /// Returns the fewest values found for a small count, and whether each has enough.
  mutating func run() -> (summary: AuditSummary, isSafe: Bool) {
    let published = publisher.thresholdCounts(totals)
    let kinds = Kind.allCases.map { kind in places.indices.filter { places[$0].kind == kind } }
      .filter { pupils(at: $0) > 0 }
    for _ in 0..<AttendanceSearch.maxSteps where targets.contains(where: { !$0.isSafe }) {
      let before = places
      var changed = totals
      for _ in 0...random.next(3) {
        let kind = kinds[random.next(kinds.count)]
        let filled = kind.filter { places[$0].pupils > 0 }
        let (from, to) = (filled[random.next(filled.count)], kind[random.next(kind.count)])
        places[from].pupils -= 1
        places[to].pupils += 1
        AttendanceSearch.add(-1, at: places[from], to: &changed)
        AttendanceSearch.add(1, at: places[to], to: &changed)
      }
      guard publisher.thresholdCounts(changed) == published else {
        places = before
        continue
      }
      totals = changed
      for index in targets.indices { targets[index].seen.insert(pupils(at: targets[index].places)) }
    }
    var summary = AuditSummary()
    summary.hiddenCounts = targets.count
    summary.fewestValues = targets.filter { $0.needed == CountSystem.minValues }.map(\.seen.count).min()
    return (summary, targets.allSatisfy(\.isSafe))
  }
}

extension Policy.StageLine {
  fileprivate var isOfAttendance: Bool { if case .attendance = self { true } else { false } }
}

extension [Policy.StageLine] {
  /// Returns the furthest stage that is reached by attendance alone, or `nil` for none.
  fileprivate func reach(_ absence: Int, of possible: Int) -> Int? {
    lastIndex {
      if case .attendance(let line) = $0 { line.isReached(absence: absence, of: possible) } else { false }
    }
  }
}

extension Publisher {
  fileprivate func thresholdCounts(_ totals: AttendanceSearch.Totals) -> ThresholdCounts {
    thresholdCounts(
      persistent: totals.persistent, severe: totals.severe, bands: totals.bands, stages: totals.stages)
  }
}

extension AttendanceSearch {
  /// Returns the attendance and the stage of a pupil, or `nil` for one who is in no count.
  static func attendance(of pupil: PupilFigures, _ figures: SchoolFigures) -> (kind: Kind, cell: Cell)? {
    let isOnRoll = pupil.pupil.isOnRoll(on: figures.asAt)
    let tally = figures.national(pupil).flatMap { $0.possible > 0 ? $0 : nil }
    guard let own = tally ?? (isOnRoll && pupil.year.possible > 0 ? pupil.year : nil) else { return nil }
    let reach = figures.policy.stages.map(\.line).reach(own.absence, of: own.possible)
    let band = tally.map { PupilCounts.band(missed: $0.absence, of: $0.possible) }
    return (
      tally == nil ? .otherAge : isOnRoll ? .onRoll : .leaver,
      Cell(band: band, reach: reach, stage: isOnRoll ? pupil.stageIndex : nil)
    )
  }
}

/// A generator of pseudorandom numbers (SplitMix64), the same on every run.
struct SplitMix {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Returns a number below a limit.
  mutating func next(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(limit))
  }
}
