import Measures
import Registers

/// The exact figures of a school, or of several added up, from which published figures are made.
struct Facts: Sendable {
  /// The figures of the whole national scope.
  var totals: [Period: GroupFigures] = [:]
  /// The figures of groups by the status on the day of each session.
  var groups: [Period: [Group: GroupFigures]] = [:]
  /// The pupils of each group by their status now, so that each pupil is in one group of a topic.
  var members: [Group: Members] = [:]
  /// The pupils of the outer group who are not in the inner one.
  var outside: [Nesting: Members] = [:]
  /// The pupils of the inner group who are not in the outer one.
  var stray: [Nesting: Members] = [:]
  var codes: [Period: SessionTally] = [:]
  var pupilsByCode: [Period: SessionTally] = [:]
  var weekdays: [Weekday: [DayHalf: SessionFigures]] = [:]
  var counts: [PupilCounts.Key: Int] = [:]
  var weeks = BrokenWeeks()
  var lateness = SchoolLateness()

  /// The pupils of a group.
  struct Members: Sendable {
    /// The number of pupils with a possible session.
    var pupils: [Period: Int] = [:]
    /// The number of persistently absent pupils of the year to date.
    var persistent = 0

    static func += (left: inout Members, right: Members) {
      left.pupils.merge(right.pupils, uniquingKeysWith: +)
      left.persistent += right.persistent
    }
  }

  /// A group that lies within another.
  enum Nesting: CaseIterable, Sendable {
    case freeSchoolMeals, lookedAfter, previouslyLookedAfter, gypsyRomaTraveller

    var topic: Group.Topic {
      switch self {
      case .freeSchoolMeals: .freeSchoolMeals
      case .lookedAfter: .lookedAfter
      case .previouslyLookedAfter: .previouslyLookedAfter
      case .gypsyRomaTraveller: .gypsyRomaTraveller
      }
    }

    var outerTopic: Group.Topic { self == .gypsyRomaTraveller ? .ethnicity : .disadvantage }
    var outerRow: String {
      self == .gypsyRomaTraveller ? Ethnicity.white.name : outerTopic.name(of: .yes)
    }

    func contains(_ pupil: Pupil) -> (inner: Bool, outer: Bool) {
      switch self {
      case .freeSchoolMeals: (pupil.freeSchoolMeals == .yes, pupil.disadvantaged == .yes)
      case .lookedAfter: (pupil.lookedAfter == .yes, pupil.disadvantaged == .yes)
      case .previouslyLookedAfter: (pupil.previouslyLookedAfter == .yes, pupil.disadvantaged == .yes)
      case .gypsyRomaTraveller: (pupil.gypsyRomaTraveller == .yes, pupil.ethnicity == .white)
      }
    }
  }

  static func += (left: inout Facts, right: Facts) {
    left.totals.merge(right.totals, uniquingKeysWith: +)
    left.groups.merge(right.groups) { $0.merging($1, uniquingKeysWith: +) }
    left.members.merge(right.members, uniquingKeysWith: +)
    left.outside.merge(right.outside, uniquingKeysWith: +)
    left.stray.merge(right.stray, uniquingKeysWith: +)
    left.codes.merge(right.codes, uniquingKeysWith: +)
    left.pupilsByCode.merge(right.pupilsByCode, uniquingKeysWith: +)
    left.weekdays.merge(right.weekdays) { $0.merging($1) { one, other in sum(one, other) } }
    left.counts.merge(right.counts, uniquingKeysWith: +)
    left.weeks += right.weeks
    left.lateness.pupils += right.lateness.pupils
    left.lateness.sum += right.lateness.sum
  }

  private static func sum(_ one: SessionFigures, _ other: SessionFigures) -> SessionFigures {
    var sum = one
    sum += other
    return sum
  }

  func total(in period: Period) -> GroupFigures { totals[period] ?? .zero }
  func pupils(in period: Period) -> Int { total(in: period).enrolments }
}

extension Facts.Members {
  fileprivate static func + (left: Facts.Members, right: Facts.Members) -> Facts.Members {
    var sum = left
    sum += right
    return sum
  }
}

/// The exact figures of one school, kept until those of all schools are published.
package struct SchoolFacts: Sendable {
  /// The figures without pupils.
  let figures: SchoolFigures
  var facts = Facts()

  /// Creates the facts of a school from figures that still have their pupils.
  package init(_ figures: SchoolFigures) {
    self.figures = figures.withoutPupils
    facts.totals = figures.periods.reduce(into: [:]) { $0[$1] = figures.total(in: $1) }
    facts.groups = figures.groups
    facts.codes = figures.codes
    facts.pupilsByCode = figures.pupilsByCode
    facts.weekdays = figures.weekdays
    facts.counts = figures.counts.counts
    facts.weeks = figures.counts.weeks
    facts.lateness = figures.lateness
    let periods = [Period.yearToDate, figures.currentHalfTerm].compactMap(\.self)
    for pupil in figures.pupils {
      var own = Facts.Members()
      for period in periods {
        guard let tally = figures.national(pupil, in: period), tally.possible > 0 else { continue }
        own.pupils[period] = 1
        if period == .yearToDate, tally.isPersistentlyAbsent { own.persistent = 1 }
      }
      guard !own.pupils.isEmpty else { continue }
      for group in pupil.pupil.groups { facts.members[group, default: Facts.Members()] += own }
      for nesting in Facts.Nesting.allCases {
        let (isInner, isOuter) = nesting.contains(pupil.pupil)
        if isOuter, !isInner { facts.outside[nesting, default: Facts.Members()] += own }
        if isInner, !isOuter { facts.stray[nesting, default: Facts.Members()] += own }
      }
    }
  }

  var school: School { figures.school }
  var current: Period? { figures.currentHalfTerm }
}
