import Registers

/// A weekday, or a half of the day, that a pupil misses more often than chance explains.
///
/// For each week that the pupil missed in part, the test asks whether this weekday is among the missed days, given the
/// number of days missed and the number of other pupils absent on each day. For each day missed by half, it asks
/// whether the half was the afternoon, given the half days that other pupils missed. A day on which everyone was absent
/// and a week missed completely carry no information. Sessions of an agreed part-time timetable (C2) are left out.
///
/// The exact probability of the number found is computed for five weekdays and two halves of the day. The smallest is
/// multiplied by seven, which allows for the seven tests of each pupil. Across the pupils of a school, the procedure of
/// Benjamini and Hochberg keeps the expected share of false flags at 5%. Source: rules, section 6.
package struct WeekPattern: Sendable, Equatable {
  package enum Part: Hashable, Sendable {
    case weekday(Weekday)
    case half(DayHalf)
  }

  package let part: Part
  /// The number of weeks, or days missed by half, in which the part was missed.
  package let missed: Int
  /// The number of weeks missed in part in which the pupil was due in on that day, or of days missed by half.
  package let of: Int
  /// The expected number of weeks, or of days missed by half, in which the part is missed.
  package let expected: Double
  /// The probability of as many or more, times the seven parts tested, and at most 1.
  package let chance: Double

  /// The minimum number of weeks or days for a pattern.
  static let minCount = 3
  /// The expected share of flags that are due to chance.
  package static let falseShare = 0.05
}

/// For each day and session of the year, the number of the school's pupils who were due in and who missed it.
struct SchoolAbsence {
  private(set) var due: [Int32]
  private(set) var missed: [Int32]
  private(set) var dueOfDay: [Int32]
  private(set) var missedOfDay: [Int32]
  /// The number of pupils who missed exactly the morning or the afternoon of a day on which they were due in for both.
  private var halves: [(mornings: Int32, afternoons: Int32)]
  private var allHalves: (mornings: Int32, afternoons: Int32) = (0, 0)
  private let plan: CalendarIndex

  init(_ register: Register, plan: CalendarIndex) {
    self.plan = plan
    due = Array(repeating: 0, count: register.sessions.count)
    missed = due
    dueOfDay = Array(repeating: 0, count: plan.days)
    missedOfDay = dueOfDay
    halves = Array(repeating: (0, 0), count: plan.days)
  }

  /// Adds a pupil's marks of this year. A part-time timetable (C2) counts for sessions, but not for days and halves.
  mutating func add(_ marks: ArraySlice<PupilMarks.Mark>) {
    let absence = CodeSet.absence
    var day = -1
    var ofDay = DayMarks()
    for mark in marks {
      let isMissed = absence.contains(mark.code)
      due[mark.position] += 1
      if isMissed { missed[mark.position] += 1 }
      guard mark.code != .partTimeTimetable else { continue }
      let next = Int(plan.dayOfSession[mark.position])
      if next != day {
        addDay(day, ofDay)
        (day, ofDay) = (next, DayMarks())
      }
      ofDay.add(isMissed: isMissed)
    }
    addDay(day, ofDay)
  }

  private mutating func addDay(_ day: Int, _ marks: DayMarks) {
    guard marks.due > 0 else { return }
    dueOfDay[day] += 1
    if marks.missed > 0 { missedOfDay[day] += 1 }
    guard let isAfternoon = marks.isAfternoonAlone else { return }
    halves[day].mornings += isAfternoon ? 0 : 1
    halves[day].afternoons += isAfternoon ? 1 : 0
    allHalves.mornings += isAfternoon ? 0 : 1
    allHalves.afternoons += isAfternoon ? 1 : 0
  }

  /// Returns the probability that a pupil who missed half a day missed the afternoon, from the other pupils on that
  /// day.
  ///
  /// The estimate is drawn towards that of the whole year by the weight of two pupils.
  func chanceOfAfternoon(ofDay day: Int, wasAfternoon: Bool) -> Double {
    let own: Int32 = wasAfternoon ? 1 : 0
    let year =
      (Double(allHalves.afternoons - own) + 0.5) / (Double(allHalves.afternoons + allHalves.mornings - 1) + 1)
    let others = Double(halves[day].afternoons - own)
    return (others + 2 * year) / (Double(halves[day].afternoons + halves[day].mornings - 1) + 2)
  }

  /// Returns the odds that another pupil was absent on a day. Half a pupil is added to each side, so that no day is
  /// impossible.
  func odds(ofDay day: Int, isMissed: Bool) -> Double {
    SchoolAbsence.odds(missedOfDay[day], of: dueOfDay[day], own: isMissed)
  }

  private static func odds(_ missed: Int32, of due: Int32, own isMissed: Bool) -> Double {
    let others = Double(missed - (isMissed ? 1 : 0))
    return (others + 0.5) / (Double(due - 1) - others + 0.5)
  }
}

/// A pupil's marks of one day, in order.
struct DayMarks {
  private(set) var due = 0
  private(set) var missed = 0
  private var isLastMissed = false

  mutating func add(isMissed: Bool) {
    due += 1
    if isMissed { missed += 1 }
    isLastMissed = isMissed
  }

  /// For two sessions with exactly one missed, a Boolean value that indicates whether it was the second,
  /// otherwise `nil`.
  var isAfternoonAlone: Bool? { due == 2 && missed == 1 ? isLastMissed : nil }
}

extension WeekPattern {
  /// Finds the strongest pattern of a pupil's marks of this year, or returns `nil` if no part was missed often enough
  /// to test.
  init?(_ marks: ArraySlice<PupilMarks.Mark>, school: SchoolAbsence, register: Register, plan: CalendarIndex)
  {
    var chances = [[Double]](repeating: [], count: 7)
    var missed = [Int](repeating: 0, count: 7)
    // Sessions of an agreed part-time timetable carry no information about other absence.
    let marks = marks.filter { $0.code != .partTimeTimetable }
    let absence = CodeSet.absence
    var index = 0
    while index < marks.count {
      let week = plan.weekOfSession[marks[index].position]
      let ofWeek = marks[index...].prefix { plan.weekOfSession[$0.position] == week }
      index = ofWeek.endIndex
      // A week without an absence carries no information.
      guard ofWeek.contains(where: { absence.contains($0.code) }) else { continue }
      let days = WeekPattern.days(of: ofWeek, school: school, register: register, plan: plan)
      for (part, chance, isMissed) in WeekPattern.tests(of: days) {
        chances[part].append(chance)
        if isMissed { missed[part] += 1 }
      }
    }
    let found = chances.indices.filter { missed[$0] >= WeekPattern.minCount }.map { part in
      (part: part, chance: WeekPattern.chance(of: missed[part], among: chances[part]))
    }
    guard let strongest = found.min(by: { $0.chance < $1.chance }) else { return nil }
    part = WeekPattern.part(strongest.part)
    self.missed = missed[strongest.part]
    of = chances[strongest.part].count
    expected = chances[strongest.part].reduce(0, +)
    chance = min(1, 7 * strongest.chance)
  }

  private static func part(_ index: Int) -> Part {
    index < 5
      ? .weekday(Weekday(rawValue: index) ?? .monday) : .half(DayHalf(rawValue: index - 5) ?? .morning)
  }

  /// A day on which a pupil was due in.
  struct DueDay {
    let weekday: Int
    let isMissed: Bool
    /// The odds that others were absent.
    let odds: Double
    /// For a day with exactly one of two sessions missed, whether it was the afternoon, and the probability of that.
    let half: (isAfternoon: Bool, chance: Double)?
  }

  private static func days(
    of marks: ArraySlice<PupilMarks.Mark>, school: SchoolAbsence, register: Register, plan: CalendarIndex
  ) -> [DueDay] {
    var days: [DueDay] = []
    var index = marks.startIndex
    while index < marks.endIndex {
      let day = plan.dayOfSession[marks[index].position]
      let ofDay = marks[index...].prefix { plan.dayOfSession[$0.position] == day }
      index = ofDay.endIndex
      var seen = DayMarks()
      for mark in ofDay { seen.add(isMissed: CodeSet.absence.contains(mark.code)) }
      let half = seen.isAfternoonAlone.map {
        (isAfternoon: $0, chance: school.chanceOfAfternoon(ofDay: Int(day), wasAfternoon: $0))
      }
      let isMissed = seen.missed > 0
      days.append(
        DueDay(
          weekday: register.sessions[ofDay.first?.position ?? 0].day.weekday.rawValue, isMissed: isMissed,
          odds: school.odds(ofDay: Int(day), isMissed: isMissed), half: half))
    }
    return days
  }

  /// Returns, for each part of a week, the probability that it is missed and whether it is.
  static func tests(of days: [DueDay]) -> [(part: Int, chance: Double, isMissed: Bool)] {
    var tests: [(part: Int, chance: Double, isMissed: Bool)] = []
    for day in days {
      guard let half = day.half else { continue }
      tests.append((5, 1 - half.chance, !half.isAfternoon))
      tests.append((6, half.chance, half.isAfternoon))
    }
    let missed = days.count(where: \.isMissed)
    guard missed > 0, missed < days.count else { return tests }
    var sums = [Double](repeating: 0, count: missed + 1)
    let all = sum(ofOddsOf: days, of: missed, &sums)
    for (index, day) in days.enumerated() where day.weekday < 5 {
      let others = sum(ofOddsOf: days, butNot: index, of: missed - 1, &sums)
      tests.append((day.weekday, day.odds * others / all, day.isMissed))
    }
    return tests
  }

  /// Returns the sum of the products of the odds over every choice of a number of days.
  ///
  /// - Parameter sums: Storage for the sums over choices of fewer days. Its contents are overwritten.
  private static func sum(
    ofOddsOf days: [DueDay], butNot left: Int? = nil, of count: Int, _ sums: inout [Double]
  ) -> Double {
    for size in sums.indices { sums[size] = size == 0 ? 1 : 0 }
    for (index, day) in days.enumerated() where index != left {
      var size = count
      while size > 0 {
        sums[size] += day.odds * sums[size - 1]
        size -= 1
      }
    }
    return sums[count]
  }

  /// Returns the probability that at least `count` of some events occur, each with its own probability.
  static func chance(of count: Int, among chances: [Double]) -> Double {
    var exactly = [1.0] + [Double](repeating: 0, count: chances.count)
    for (seen, chance) in chances.enumerated() {
      for happened in stride(from: seen + 1, through: 1, by: -1) {
        exactly[happened] = exactly[happened] * (1 - chance) + exactly[happened - 1] * chance
      }
      exactly[0] *= 1 - chance
    }
    return min(1, exactly[count...].reduce(0, +))
  }
}

extension WeekPattern {
  /// Returns the patterns of a school's pupils by their positions, without those that may be due to chance given the
  /// number of tests.
  static func beyondChance(
    _ inputs: [PupilInput], school: SchoolAbsence, register: Register, plan: CalendarIndex
  ) -> [Int: WeekPattern] {
    let found = inputs.compactMap { input in
      WeekPattern(input.marks.year, school: school, register: register, plan: plan).map {
        (input.position, $0)
      }
    }
    let chances = found.map(\.1.chance).sorted()
    let tested = Double(inputs.count { !$0.marks.year.isEmpty })
    let last = chances.indices.last { chances[$0] <= falseShare * Double($0 + 1) / tested }
    guard let line = last.map({ chances[$0] }) else { return [:] }
    return Dictionary(uniqueKeysWithValues: found.filter { $0.1.chance <= line })
  }
}
