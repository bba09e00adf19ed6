import Registers

/// The spoiling of a few whole weeks.
struct WeekDirt {
  private var stream: SplitMix64

  init(plan: SchoolPlan, seed: UInt64) { stream = SplitMix64(seed: seed, plan.number, -1, 8) }

  mutating func apply(to weeks: inout [WeekRow]) {
    change(&weeks, .wrongLength) { $0.marks.insert($0.marks[0], at: 0) }
    change(&weeks, .tooFewFields) { _ in }
    for _ in 0..<2 { repeatWeek(&weeks, .duplicate) { _ in } }
    repeatWeek(&weeks, .secondMark) { week in
      let present = week.marks.firstIndex(of: AttendanceCode.presentMorning.mark) ?? 0
      week.marks[present] = AttendanceCode.illness.mark
    }
    for _ in 0..<2 {
      repeatWeek(&weeks, .impossibleDate, where: { $0.monday.date.month == 11 }) {
        $0.impossibleDate = (month: 11, day: 31)
      }
    }
  }

  private mutating func change(
    _ weeks: inout [WeekRow], _ kind: DirtyRow.Kind, _ change: (inout WeekRow) -> Void
  ) {
    guard let place = anyWeek(of: weeks, where: { _ in true }) else { return }
    change(&weeks[place])
    weeks[place].dirt = [kind]
  }

  /// Writes a week a second time, after itself, and changes the second one.
  private mutating func repeatWeek(
    _ weeks: inout [WeekRow], _ kind: DirtyRow.Kind, where fits: (WeekRow) -> Bool = { _ in true },
    _ change: (inout WeekRow) -> Void
  ) {
    guard let place = anyWeek(of: weeks, where: fits) else { return }
    var week = weeks[place]
    change(&week)
    week.dirt = [kind]
    weeks.insert(week, at: place + 1)
  }

  /// The position of a clean week that fits, its pupil in on Monday. Missing: nil when none was drawn.
  private mutating func anyWeek(of weeks: [WeekRow], where fits: (WeekRow) -> Bool) -> Int? {
    for _ in 0..<1000 {
      let place = stream.below(weeks.count)
      let isClean = weeks[max(0, place - 1)..<min(weeks.count, place + 2)].allSatisfy(\.dirt.isEmpty)
      if isClean, weeks[place].marks.first == AttendanceCode.presentMorning.mark, fits(weeks[place]) {
        return place
      }
    }
    return nil
  }
}
