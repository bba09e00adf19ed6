import Measures
import Registers

/// A figure of `share/` as a reader sees it.
package enum Published: Hashable, Sendable {
  /// A whole number, exact or rounded.
  case count(Int)
  /// A small count, such as "3-7".
  case range(ClosedRange<Int>)
  /// A count of all pupils but a few, such as "all but 3-7".
  case allBut(ClosedRange<Int>)
  /// A number with decimals: its digits and the number of decimal places.
  case decimal(Int, places: Int)
  /// Hidden to protect pupils.
  case notShown
  /// Not published or not recorded.
  case notAvailable
  /// The figure does not apply, such as a rate without sessions.
  case notApplicable

  /// A Boolean value indicating whether a reader sees a figure.
  package var isShown: Bool {
    switch self {
    case .count, .range, .allBut, .decimal: true
    case .notShown, .notAvailable, .notApplicable: false
    }
  }

  /// The value as it is written in `figures.csv`.
  package var formatted: String {
    switch self {
    case .count(let count): String(count)
    case .range(let range): "\(range.lowerBound)-\(range.upperBound)"
    case .allBut(let range): "all but \(range.lowerBound)-\(range.upperBound)"
    case .decimal(let digits, let places):
      places == 0 ? String(digits) : Rate.decimal(digits, places: places)
    case .notShown: "c"
    case .notAvailable: "x"
    case .notApplicable: "z"
    }
  }

  /// The value in tenths, for a rate or a difference that is shown.
  package var tenths: Int? {
    switch self {
    case .decimal(let digits, places: 0): digits * 10
    case .decimal(let digits, places: 1): digits
    case .decimal, .count, .range, .allBut, .notShown, .notAvailable, .notApplicable: nil
    }
  }

  /// The exact or rounded count, or `nil` for ranges and figures that are not counts.
  package var count: Int? {
    if case .count(let count) = self { count } else { nil }
  }
}

/// A rule of `Docs/Release.md` by which a figure is shown.
package enum Rule: String, Hashable, Sendable {
  case topics = "1"
  case nested = "2"
  case remainders = "3"
  case rates = "4"
  case gaps = "5"
  case wholeCounts = "6"
  case exactGroups = "7a"
  case roundedGroups = "7b"
  case noGroups = "7c"
  case trustGroups = "8"
  case roundedCounts = "9"
  case reasons = "10"
  /// A figure of another publisher.
  case published
}

/// A figure with its place in `figures.csv`.
package struct Figure: Sendable {
  package let key: Key
  package let value: Published
  package let unit: Unit
  package let rule: Rule

  /// The place of a figure among those of a school, a set of schools or the trust.
  package struct Key: Hashable, Sendable {
    package let period: Period
    package let table: Table
    /// The topic of the group, or `nil` for a figure of no group.
    package let topic: Group.Topic?
    /// The name of the row: a group, a week, a reason.
    package let row: String
    package let measure: Measure

    package init(
      _ table: Table, _ topic: Group.Topic?, _ row: String, _ measure: Measure,
      in period: Period = .yearToDate
    ) {
      self.period = period
      self.table = table
      self.topic = topic
      self.row = row
      self.measure = measure
    }

    /// Creates the key of a figure of all pupils.
    package init(_ table: Table, _ measure: Measure, in period: Period = .yearToDate) {
      self.init(table, nil, Figure.allPupils, measure, in: period)
    }
  }

  /// The row of figures of a whole school or trust.
  package static let allPupils = "All pupils"
  /// The row of a topic that counts everyone outside the groups shown.
  package static let allOther = "All other pupils"

  package enum Unit: String, Sendable {
    case pupils, points, minutes, days, weeks, ratio
    case percent = "per cent"
  }

  /// The tables, in the order of the pages.
  package enum Table: String, CaseIterable, Sendable {
    case headline
    case halfTerms = "half_terms"
    case weeks, groups, years, weekdays, sessions, bands, movement, reasons, lateness
    case brokenWeeks = "broken_weeks"
    case stages, thresholds, suspensions, roll, quality, comparators, intake, funnel
  }

  /// The measures, in the order of the columns.
  package enum Measure: String, CaseIterable, Sendable {
    case pupils
    case attendance = "attendance_percent"
    case absence = "absence_percent"
    /// The attendance of all pupils who are not in the row.
    case otherAttendance = "other_attendance_percent"
    case authorised = "authorised_percent"
    case unauthorised = "unauthorised_percent"
    case persistent
    case persistentShare = "persistent_percent"
    case severe
    case severeShare = "severe_percent"
    case share = "share_percent"
    case expected = "expected_percent"
    case points, ratio, minutes, days, low, high
    case outerLow = "outer_low"
    case outerHigh = "outer_high"
  }
}

/// The figures of a school, a set of schools or the trust that `share/` may hold, and nothing else about its pupils.
package struct PublishedFigures: Sendable {
  package let level: Level
  /// The name of the school, the set or the trust.
  package let name: String
  /// The school, or `nil` for a set or the trust.
  package let school: School?
  package let schoolYear: SchoolYear
  package let asAt: Day
  /// The half-terms begun, in order. The trust's are those of its first school that has begun each.
  package let halfTerms: [HalfTerm]
  /// The half-terms that end within the last ten school days.
  package let provisional: Set<Period>
  /// The first day whose marks are provisional, or `nil` without a school day.
  package let provisionalFrom: Day?
  package let lastMark: Day?
  /// The number of schools.
  package let schools: Int
  /// The policy's words for the report of a school.
  package let policy: PolicyWords?
  package internal(set) var figures: [Figure] = []
  private var indices: [Figure.Key: Int] = [:]
  /// The results of comparisons, by the key of the difference they are of. A lower verdict is lower attendance.
  package internal(set) var verdicts: [Figure.Key: Verdict] = [:]
  /// The 95% intervals of attendance in tenths of a per cent. Not all of them are shown.
  var intervals: [Figure.Key: ClosedRange<Int>] = [:]
  /// Sums of ranges and of rounded counts.
  package internal(set) var approximate: Set<Figure.Key> = []
  /// The number of schools whose figures are in a sum, where that is not all.
  package internal(set) var schoolsInSum: [Figure.Key: Int] = [:]

  package enum Level: String, Sendable {
    case school = "School"
    case set = "Set"
    case trust = "Trust"
  }

  init(
    _ level: Level, name: String, school: School? = nil, schoolYear: SchoolYear, asAt: Day,
    halfTerms: [HalfTerm], provisional: Set<Period>, provisionalFrom: Day?, lastMark: Day?, schools: Int,
    policy: PolicyWords? = nil
  ) {
    self.level = level
    self.name = name
    self.school = school
    self.schoolYear = schoolYear
    self.asAt = asAt
    self.halfTerms = halfTerms
    self.provisional = provisional
    self.provisionalFrom = provisionalFrom
    self.lastMark = lastMark
    self.schools = schools
    self.policy = policy
  }

  package subscript(key: Figure.Key) -> Published? { indices[key].map { figures[$0].value } }

  /// Adds a figure, or replaces the one with the same key.
  package mutating func set(_ key: Figure.Key, _ value: Published, _ unit: Figure.Unit, _ rule: Rule) {
    let figure = Figure(key: key, value: value, unit: unit, rule: rule)
    if let index = indices[key] {
      figures[index] = figure
    } else {
      indices[key] = figures.count
      figures.append(figure)
    }
  }

  package mutating func setVerdict(_ verdict: Verdict, of key: Figure.Key) { verdicts[key] = verdict }

  /// Returns the verdict on a rate compared with another publisher's, by the rate's 95% interval.
  ///
  /// - Parameter tenths: The other rate in tenths of a per cent.
  /// - Returns: `nil` if the rate has no interval.
  package func verdict(of key: Figure.Key, against tenths: Int) -> Verdict? {
    guard let own = self[key]?.tenths, let interval = intervals[key] else { return nil }
    guard abs(own - tenths) >= Comparison.minPoints else { return .similar }
    return interval.lowerBound > tenths ? .higher : interval.upperBound < tenths ? .lower : .similar
  }
}

extension PublishedFigures {
  /// The half-term that the as-at date lies in, or the last before it.
  package var currentHalfTerm: Period? { halfTerms.last.map { .halfTerm($0.name) } }
  package var previousHalfTerm: Period? { halfTerms.dropLast().last.map { .halfTerm($0.name) } }
  /// The period of a pack, such as "Spring 1 2025/26".
  package var packPeriod: String { "\(currentHalfTerm?.name ?? Period.yearToDate.name) \(schoolYear.name)" }

  /// Returns the rows of a table in the order of the pages.
  package func rows(of table: Figure.Table, _ topic: Group.Topic? = nil) -> [String] {
    var rows: [String] = []
    for figure in figures where figure.key.table == table && figure.key.topic == topic {
      if !rows.contains(figure.key.row) { rows.append(figure.key.row) }
    }
    return rows
  }

  /// Returns the topics that have rows in a table, in order.
  package func topics(of table: Figure.Table) -> [Group.Topic] {
    let found = Set(figures.filter { $0.key.table == table }.compactMap(\.key.topic))
    return PublishedFigures.topics.filter(found.contains)
  }

  /// The topics in the order of the pages.
  private static let topics: [Group.Topic] = [
    .disadvantage, .freeSchoolMeals, .sen, .senProvision, .lookedAfter, .previouslyLookedAfter,
    .englishAdditional, .gypsyRomaTraveller, .ethnicity, .sex, .ncYear,
  ]

  private static func index(of topic: Group.Topic?) -> Int {
    topic.map { 1 + (topics.firstIndex(of: $0) ?? topics.count) } ?? 0
  }

  /// The figures in the order of `figures.csv`.
  package var sorted: [Figure] {
    var firstRows: [[String]: Int] = [:]
    let places = figures.enumerated().map { index, figure -> [Int] in
      let key = figure.key
      let row = [key.table.rawValue, key.topic?.rawValue ?? "", key.row]
      let first = firstRows[row] ?? index
      firstRows[row] = first
      let period =
        switch key.period {
        case .yearToDate: 0
        case .halfTerm(let name): 1 + name.index
        }
      return [period, key.table.index, PublishedFigures.index(of: key.topic), first, key.measure.index]
    }
    return figures.indices.sorted { places[$0].lexicographicallyPrecedes(places[$1]) }.map { figures[$0] }
  }
}

extension CaseIterable where Self: Equatable, AllCases.Index == Int {
  /// The index of the value among all cases.
  fileprivate var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The words of a school's policy that its reports repeat.
package struct PolicyWords: Sendable {
  package let title: String
  /// The attendance target in tenths of a per cent, or `nil` for none.
  package let target: Int?
  /// The stages and the lines at which they are reached.
  package let stages: [Line]
  package let thresholds: [Line]
  package let hasSteps: Bool
  /// The policy's own line for persistent absence, or `nil` for none.
  package let ownPersistent: Line?

  package struct Line: Sendable {
    package let name: String
    package let reachedAt: String
  }
}
