import Measures
import Registers

/// The exact figures of a school, or of several added up, from which published figures are made.
struct Facts: Sendable {
  /// The figures of the schools by group, code and day; groups by the status on the day of each session.
  let figures: any Figures & Sendable
  /// The pupils of each group by their status now, so that each pupil is in one group of a topic.
  var members: [Group: Members] = [:]
  /// The pupils of the outer group who are not in the inner one.
  var outside: [Nesting: Members] = [:]
  /// The pupils of the inner group who are not in the outer one.
  var stray: [Nesting: Members] = [:]
  var counts: [PupilCounts.Key: Int] = [:]
  var weeks = BrokenWeeks()
  var lateness = SchoolLateness()
  /// The pupils of a school with a session in the year to date, or none for several schools.
  var pupils: [PupilFacts] = []
  /// The attendance and the stage of the pupils of a school, or none for several schools.
  var attendances: [(kind: AttendanceSearch.Kind, cell: AttendanceSearch.Cell)] = []

  /// The groups of a pupil, which a reader may know, and the pupil's persistent absence, which the reader may not learn.
  struct PupilFacts: Sendable {
    let groups: Set<Group>
    /// The topics whose group the pupil is not in, while in the group around it.
    let outside: [Nesting]
    let isPersistent: Bool
  }

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

  init(_ figures: any Figures & Sendable) { self.figures = figures }

  /// Creates the sum of some schools.
  init(of schools: [SchoolFacts], name: String, asAt: Day) {
    self.init(TrustFigures(of: schools.map(\.figures), name: name, asAt: asAt))
    for facts in schools.map(\.facts) {
      members.merge(facts.members, uniquingKeysWith: +)
      outside.merge(facts.outside, uniquingKeysWith: +)
      stray.merge(facts.stray, uniquingKeysWith: +)
      counts.merge(facts.counts, uniquingKeysWith: +)
      weeks += facts.weeks
      lateness.pupils += facts.lateness.pupils
      lateness.sum += facts.lateness.sum
    }
  }

  func total(in period: Period) -> GroupFigures { figures.total(in: period) }
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
  private(set) var facts: Facts

  /// Creates the facts of a school from figures that still have their pupils.
  package init(_ figures: SchoolFigures) {
    self.figures = figures.withoutPupils
    facts = Facts(self.figures)
    facts.counts = figures.counts.counts
    facts.weeks = figures.counts.weeks
    facts.lateness = figures.lateness
    let periods = [Period.yearToDate, figures.currentHalfTerm].compactMap(\.self)
    facts.attendances = figures.pupils.compactMap { AttendanceSearch.attendance(of: $0, figures) }
    for pupil in figures.pupils {
      var own = Facts.Members()
      for period in periods {
        guard let tally = figures.national(pupil, in: period), tally.possible > 0 else { continue }
        own.pupils[period] = 1
        if period == .yearToDate, tally.isPersistentlyAbsent { own.persistent = 1 }
      }
      guard !own.pupils.isEmpty else { continue }
      for group in pupil.pupil.groups { facts.members[group, default: Facts.Members()] += own }
      let nestings = Facts.Nesting.allCases.filter {
        let (isInner, isOuter) = $0.contains(pupil.pupil)
        return isOuter && !isInner
      }
      if own.pupils[.yearToDate] == 1 {
        facts.pupils.append(
          Facts.PupilFacts(
            groups: Set(pupil.pupil.groups.filter { Split.topics.contains($0.topic) }), outside: nestings,
            isPersistent: own.persistent == 1))
      }
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
